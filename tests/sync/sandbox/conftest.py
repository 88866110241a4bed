"""One sandbox portal for all these tests, as new for each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sync.sandbox.process import SandboxProcess
from tests.sync.sandbox.caller import DESKS, SISTER, STRANGER, Caller


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """The process, started once."""
    with SandboxProcess(tmp_path_factory.mktemp("sandbox"), desks=DESKS) as process:
        yield process


@pytest.fixture
def sandbox(running: SandboxProcess) -> SandboxProcess:
    """A portal that was installed just now."""
    running.heal()
    running.reset()
    return running


@pytest.fixture
def caller(sandbox: SandboxProcess) -> Iterator[Caller]:
    """The desk that most tests speak for."""
    desk = Caller(sandbox)
    yield desk
    desk.close()


@pytest.fixture
def sister(sandbox: SandboxProcess) -> Iterator[Caller]:
    """Another desk of the same agency."""
    desk = Caller(sandbox, SISTER)
    yield desk
    desk.close()


@pytest.fixture
def stranger(sandbox: SandboxProcess) -> Iterator[Caller]:
    """A desk of another agency."""
    desk = Caller(sandbox, STRANGER)
    yield desk
    desk.close()
