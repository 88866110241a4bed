"""The desk killed while the national interface has its request and no answer came.

The interface keeps no keys and no order, so all that stands against a doubled line is what the desk
wrote down before it sent.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter.desk import checking
from sync.sandbox.process import SandboxProcess
from tests.sync.test_national import Desk, lines

HOUSE = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("national_at_work.py")
RECORDS, PROGRESS = "DongBoHoSoMC", "CapNhatTienDoHoSoMC"
LONGEST_S = 120.0

pytestmark = pytest.mark.slow


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[SandboxProcess]:
    with SandboxProcess(tmp_path / "sandbox") as running:
        yield running


@pytest.fixture
def codes(tmp_path: Path, sandbox: SandboxProcess) -> list[str]:
    """Two dossiers with their whole life, of which the interface has heard nothing."""
    desk = Desk(tmp_path / "one", sandbox)
    desk.sync()
    received = desk.receive(2)
    for code in received:
        desk.live(code)
    desk.close()
    return received


def start(folder: Path, sandbox: SandboxProcess, *more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), str(folder), sandbox.national_url, *more],
        cwd=HOUSE,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
    )


def kill_while_sending(folder: Path, sandbox: SandboxProcess, service: str, *more: str) -> None:
    """Kill the desk once the interface took its request to *service* and says nothing."""
    before = sandbox.ask("national/calls").get(service, 0)
    sandbox.act("national/faults", names=["took_it_then_silent"], operation=service)
    desk = start(folder, sandbox, *more)
    until = time.monotonic() + LONGEST_S
    while sandbox.ask("national/calls").get(service, 0) == before:
        assert desk.poll() is None, "the desk ended before it was killed"
        assert time.monotonic() < until, "nothing was sent"
    desk.kill()
    desk.wait()


def finish(folder: Path, sandbox: SandboxProcess, *more: str) -> None:
    assert start(folder, sandbox, *more).wait(LONGEST_S) == 0


def kill_and_check(
    folder: Path, sandbox: SandboxProcess, codes: list[str], services: tuple[str, ...]
) -> None:
    for service in services:
        kill_while_sending(folder, sandbox, service)

    finish(folder, sandbox)

    desk = Desk(folder, sandbox)
    assert sandbox.ask("national/created") == dict.fromkeys(codes, 1)
    assert lines(sandbox) == desk.events()
    assert desk.states() == {"settled"}
    assert checking.verify(desk.context) == ()
    desk.close()


def test_a_desk_killed_while_it_sends_loses_nothing_and_tells_nothing_twice(
    tmp_path: Path, sandbox: SandboxProcess, codes: list[str]
) -> None:
    kill_and_check(tmp_path / "one", sandbox, codes, (RECORDS, PROGRESS))


@pytest.mark.prove
@pytest.mark.parametrize("_run", range(6))
def test_a_desk_killed_again_and_again_loses_nothing_and_tells_nothing_twice(
    tmp_path: Path, sandbox: SandboxProcess, codes: list[str], _run: int
) -> None:
    killed_at = (RECORDS, RECORDS, PROGRESS, PROGRESS, PROGRESS)
    kill_and_check(tmp_path / "one", sandbox, codes, killed_at)


def test_a_desk_that_keeps_no_doubt_is_found_out(
    tmp_path: Path, sandbox: SandboxProcess, codes: list[str]
) -> None:
    folder = tmp_path / "one"
    kill_while_sending(folder, sandbox, PROGRESS, "forgetful")

    finish(folder, sandbox, "forgetful")

    desk = Desk(folder, sandbox)
    assert sum(map(len, lines(sandbox).values())) > sum(map(len, desk.events().values()))
    desk.close()
