"""The log and a thread that fails say where it was, and never whom it was about."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from argparse import Namespace
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest

import main
from program import discreet
from tests.conftest import ExpectedLog

NAME = "Nguyễn Văn Kín 001099012345"


@pytest.fixture
def line() -> StringIO:
    return StringIO()


@pytest.fixture
def quiet(line: StringIO, expected_log: ExpectedLog) -> Iterator[logging.Logger]:
    """A log that also writes as the program's does."""
    expected_log.expect("quiet: ")
    found, handler = logging.getLogger("quiet"), discreet.handler_to(line)
    found.addHandler(handler)
    yield found
    found.removeHandler(handler)


def fail() -> None:
    try:
        int(NAME)
    except ValueError as error:
        raise KeyError(NAME) from error


def test_a_fault_in_the_log_says_its_kind_and_place_and_no_name(
    quiet: logging.Logger, line: StringIO
) -> None:
    try:
        fail()
    except KeyError:
        quiet.exception("it went wrong")

    said = line.getvalue()
    assert "quiet: it went wrong" in said
    assert "builtins.ValueError" in said
    assert "builtins.KeyError" in said
    assert "test_discreet.py" in said
    assert "Kín" not in said
    assert "001099012345" not in said


def test_nothing_told_from_outside_begins_a_line_of_its_own(
    quiet: logging.Logger, line: StringIO
) -> None:
    quiet.warning("news of kind %s", "a\nquiet: nobody\r\x1b[2K\u2028\u202eb Đặng")
    quiet.warning("100%% of %s", "it")

    assert line.getvalue().splitlines() == [
        r"quiet: news of kind a\nquiet: nobody\r\x1b[2K\u2028\u202eb Đặng",
        "quiet: 100% of it",
    ]


def test_a_thread_that_ends_by_a_fault_says_no_name_either(
    quiet: logging.Logger, line: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discreet, "log", quiet)
    monkeypatch.setattr(threading, "excepthook", discreet.log_thread)
    thread = threading.Thread(target=fail, name="reader")

    thread.start()
    thread.join()

    assert "thread reader ended" in line.getvalue()
    assert "test_discreet.py" in line.getvalue()
    assert "Kín" not in line.getvalue()


def test_every_command_and_window_logs_so(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, list[logging.Handler]] = {}
    monkeypatch.setattr(logging, "basicConfig", lambda **how: told.update(how))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(main, "import_module", lambda _name: SimpleNamespace(run=lambda _: 0))

    assert main.run(Namespace(command="doctor")) == 0

    (handler,) = told["handlers"]
    assert isinstance(handler.formatter, discreet.PlacesOnly)
    assert threading.excepthook is discreet.log_thread


COMMAND_THAT_FAILS = f"""
from types import SimpleNamespace
import main

def fail(_arguments):
    try:
        int({NAME!r})
    except ValueError as error:
        raise KeyError({NAME!r}) from error

main.import_module = lambda _name: SimpleNamespace(run=fail)
main.main(["doctor"])
"""


def test_a_command_that_ends_by_a_fault_says_what_to_do_and_no_name() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", COMMAND_THAT_FAILS],
        cwd=Path(main.__file__).parent,
        capture_output=True,
        check=False,
    )

    said = ended.stderr.decode()
    assert ended.returncode == 1
    assert "builtins.KeyError" in said
    assert "builtins.ValueError" in said
    assert "Phần mềm gặp lỗi ngoài dự tính" in said
    assert "Kín" not in said
    assert "001099012345" not in said
