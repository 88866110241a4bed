"""One program at work in a folder: a second is refused, a killed one leaves no lock behind."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from counter.errors import SecondInstance
from counter.folder import DataFolder
from tests.faults.ready import begin

pytestmark = pytest.mark.slow


def hold(folder: str) -> None:
    """Be the program at work in *folder* until this process is ended."""
    with DataFolder(Path(folder)).locked():
        print("at work", flush=True)  # noqa: T201 - tells the test
        threading.Event().wait()


def test_a_second_program_is_refused_and_takes_over_after_the_first_was_killed(
    tmp_path: Path,
) -> None:
    folder = DataFolder(tmp_path / "desk")
    first = begin(hold, str(folder.root))
    assert first.printed.readline() == "at work\n"
    with pytest.raises(SecondInstance), folder.locked():
        raise AssertionError

    first.kill()

    with folder.locked():
        assert folder.root.exists()
