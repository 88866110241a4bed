"""The disk fills up under an officer at work: the window says so, reads on, and comes back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from counter.desk.rehearsal import rehearse
from counter.errors import DiskFull, ReadingOnly
from program import RESOURCES
from program import officer as program
from tests.journeys.conftest import running

NAMES = RESOURCES / "demo" / "names.toml"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the disk is made as Linux does"),
]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=40m", "d", str(place)]
    if shutil.which("mount") is None or subprocess.run(command, check=False).returncode:
        pytest.skip("this user may not mount a disk")
    try:
        yield place
    finally:
        # Lazily: a child of the program may hold it for a moment longer.
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_the_window_reads_on_while_the_disk_is_full_and_comes_back_by_itself(
    demo_folder: Path, disk: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "FORGET_MS", 100)
    folder = disk / "desk"
    shutil.copytree(demo_folder, folder)
    settings = str(RESOURCES / "demo" / "site.toml")
    with running(["--data", str(folder), "--demo", "--settings", settings], qtbot) as counter:
        counter.until(lambda: counter.window.is_open)
        (code,) = rehearse(counter.rooms.context, dossiers=1, seed=1, names=NAMES)
        filler = disk / "filler"
        with filler.open("ab", buffering=0) as file, suppress(OSError):
            while file.write(bytes(4096)):
                pass
        with pytest.raises(DiskFull):  # noqa: PT012 - which reading meets it is not known
            for _ in range(500):
                counter.desk_work.show(code)

        counter.until(lambda: counter.find("only_reads").isVisible())
        seen = counter.desk_work.show(code).line.code
        with pytest.raises(ReadingOnly):
            rehearse(counter.rooms.context, dossiers=1, seed=2, names=NAMES)
        filler.unlink()
        counter.until(lambda: not counter.find("only_reads").isVisible())
        rehearse(counter.rooms.context, dossiers=1, seed=2, names=NAMES)

        assert seen == code
        assert not list(Path("/dev/shm").glob("motcua-*"))  # noqa: S108 - nothing is left there
