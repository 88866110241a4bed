"""What every test stands on: an unseen screen, a home of its own, and loud failures.

A test fails when it leaves a thread running or logs a warning it did not announce.
"""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Generator, Iterator
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # without it Qt aborts the interpreter
os.environ["LC_ALL"] = "C.UTF-8"

import pytest
from hypothesis import settings
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

HOUSE = Path(__file__).resolve().parent.parent
SHARED = HOUSE.parent / "shared"
REAL_DEVICES = HOUSE / "tests" / "devices" / "real"
THREAD_END_S = 10.0
PATIENCE_MS = 60_000
"""For what must come, however busy the machine is; only what never comes waits so long."""
MAY_BE_ABSENT = ("../shared", "no npm")  # the reasons .ci/run can do nothing about
NOTHING_SKIPPED = "MOTCUA_NOTHING_SKIPPED" in os.environ  # promised by .ci/run

settings.register_profile("desk", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("desk")
    group.addoption("--reader", metavar="NAME", help="run tests/devices/real with this card reader")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave tests on real hardware out unless a reader is named."""
    if collection_path == REAL_DEVICES and not config.getoption("--reader"):
        return True
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long proofs out unless markers are chosen by hand."""
    if config.getoption("markexpr"):
        return
    proofs = [item for item in items if item.get_closest_marker("prove")]
    config.hook.pytest_deselected(items=proofs)
    items[:] = [item for item in items if item not in proofs]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Count a skip as a failure where every optional part is promised."""
    report = yield
    if NOTHING_SKIPPED and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not any(part in reason for part in MAY_BE_ABSENT):
            report.outcome = "failed"
            report.longrepr = f"skipped, though every part is installed here: {reason}"
    return report


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference data beside the repository; where it is absent the test is skipped."""
    if not SHARED.is_dir():
        pytest.skip("needs the reference data in ../shared")
    return SHARED


@pytest.fixture(scope="session")
def reader_name(request: pytest.FixtureRequest) -> str:
    """The name given with ``--reader``; only tests in ``tests/devices/real`` ask for it."""
    return str(request.config.getoption("--reader"))


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """Let the library's hand wait for events as long as a busy machine may need."""
    for name in ("waitUntil", "waitSignal", "waitActive", "waitExposed"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=PATIENCE_MS))
    return qtbot


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fail a test after which a thread still runs, and name the thread."""
    before = set(threading.enumerate())
    yield
    for thread in _threads_since(before):
        thread.join(THREAD_END_S)
    left = [thread.name for thread in _threads_since(before)]
    assert not left, f"threads left running: {', '.join(left)}"


def _threads_since(before: set[threading.Thread]) -> list[threading.Thread]:
    foreign = threading._DummyThread  # a thread Python did not start
    return [t for t in threading.enumerate() if t not in before and not isinstance(t, foreign)]


class ExpectedLog:
    """What a test says about records at WARNING and above; patterns are searched in the message."""

    def __init__(self) -> None:
        self.announced: list[str] = []
        self.allowed: list[str] = []

    def expect(self, pattern: str) -> None:
        """Announce at least one record like *pattern*; the test fails when none comes."""
        self.announced.append(pattern)

    def allow(self, pattern: str) -> None:
        """Let records like *pattern* pass, whether they come or not."""
        self.allowed.append(pattern)


@pytest.fixture
def expected_log() -> ExpectedLog:
    """Announce records at WARNING and above; all others fail the test."""
    return ExpectedLog()


@pytest.fixture(autouse=True)
def no_unexpected_log(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Fail a test that logs at WARNING or above without saying so."""
    said = ExpectedLog()
    if "expected_log" in request.fixturenames:
        said = request.getfixturevalue("expected_log")
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    records += caplog.get_records("teardown")
    loud = [
        f"{record.name}: {record.getMessage()}"
        for record in records
        if record.levelno >= logging.WARNING
    ]
    patterns = said.announced + said.allowed
    unexpected = [line for line in loud if not any(re.search(p, line) for p in patterns)]
    assert not unexpected, f"logged without being expected: {unexpected}"
    silent = [p for p in said.announced if not any(re.search(p, line) for line in loud)]
    assert not silent, f"expected in the log, but never came: {silent}"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a home, settings and data folders of its own, and no key store."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in ("APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in [name for name in os.environ if name.startswith("MOTCUA_")]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(home / "config"))
    return home
