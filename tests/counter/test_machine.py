"""A computer is known again, and nobody learns which one it is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from counter import machine


def test_a_computer_tells_the_same_each_time() -> None:
    assert machine.machine_id() == machine.machine_id()


def test_linux_tells_the_name_it_was_given_when_it_was_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform != "linux":
        pytest.skip("reads the file of Linux")
    named = tmp_path / "machine-id"
    named.write_text("0123456789abcdef0123456789abcdef\n", encoding="ascii")
    unset = tmp_path / "unset"
    unset.write_text("uninitialized\n", encoding="ascii")
    monkeypatch.setattr(machine, "LINUX", (tmp_path / "none", unset, named))

    assert machine.machine_id() == "0123456789abcdef0123456789abcdef"


def test_a_system_that_tells_nothing_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform != "linux":
        pytest.skip("reads the file of Linux")
    monkeypatch.setattr(machine, "LINUX", (tmp_path / "none",))

    assert machine.machine_id() == ""


def test_a_mark_tells_computers_and_desks_apart_and_names_neither() -> None:
    marks = {machine.machine_mark(one, desk) for one in ("ma", "mb") for desk in ("da", "db")}

    assert len(marks) == 4
    assert all(len(mark) == 32 for mark in marks)
