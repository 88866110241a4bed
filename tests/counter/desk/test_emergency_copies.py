"""The copy that is read while the disk takes nothing does not outlive a program that was killed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from counter.desk import emergency
from counter.desk.opening import Opening, open_desk
from program.rooms import desk_or_copy

READER = """
import sys
from pathlib import Path
from counter.folder import held_by_one
copy = Path(sys.argv[1])
with held_by_one(copy / "held-while-it-is-read"):
    (copy / "desk.db").write_bytes(b"pages")
    print("reads", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def passing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this computer keeps passing things."""
    place = tmp_path / "passing"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setattr(emergency, "PLACES", ())
    return place


def copy_in(place: Path, name: str) -> Path:
    copy = place / f"{emergency.PREFIX}{name}"
    copy.mkdir()
    return copy


def test_a_copy_that_is_read_stays_and_goes_once_its_program_was_killed(passing: Path) -> None:
    copy = copy_in(passing, "one")
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(copy)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == b"reads\n"
        while_read = emergency.remove_left_over()
        is_whole = (copy / "desk.db").exists()
        reader.kill()

    assert (while_read, is_whole) == (0, True)
    assert emergency.remove_left_over() == 1
    assert list(passing.iterdir()) == []


def test_what_a_desk_opened_to_read_leaves_when_killed_is_gone_at_the_next_start(
    opening: Opening, passing: Path, tmp_path: Path
) -> None:
    with open_desk(opening):
        pass
    with emergency.open_to_read(opening):
        (copy,) = passing.iterdir()
        assert emergency.remove_left_over() == 0
        shutil.copytree(copy, copy_in(passing, "killed"), dirs_exist_ok=True)

    with ExitStack() as house:
        desk_or_copy(house, opening)
        left = list(passing.iterdir())

    assert left == []


def test_a_folder_that_is_no_copy_stays(passing: Path, tmp_path: Path) -> None:
    desk = copy_in(passing, "a-desk-s-own-folder")
    (desk / "desk.lock").touch()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / emergency.HELD).touch()
    (passing / f"{emergency.PREFIX}link").symlink_to(elsewhere)

    removed = emergency.remove_left_over()

    assert removed == 0
    assert desk.exists()
    assert (elsewhere / emergency.HELD).exists()
