"""A disk that fills up under a desk: nothing acknowledged is lost, and the desk can finish."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from counter import spare
from counter.desk import housekeeping
from counter.desk.context import Context
from counter.desk.opening import open_desk
from counter.desk.rehearsal import rehearse
from counter.errors import DiskFull
from counter.secrets import DEMO_PASSPHRASE
from counter.store.key import open_key
from counter.store.store import Store, note_mark
from counter.store.tables import MarkRow
from tests.faults.desk_writing import NAMES, opening
from tests.faults.test_power_cut import wrong

SMALL = 3 * 1024 * 1024

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the small disk is made as Linux does"),
]


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A disk of a few megabytes, and as little space kept back."""
    monkeypatch.setattr(spare, "BYTES", SMALL)
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "small-disk", str(place)]
    if shutil.which("mount") is None or subprocess.run(command, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def receive(context: Context, acknowledged: set[str]) -> None:
    acknowledged.update(rehearse(context, dossiers=1, seed=len(acknowledged), names=NAMES))


def fill(disk: Path) -> Path:
    """Let something else take all the room there is."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    return filler


def receive_until_full(context: Context, acknowledged: set[str], *, most: int = 200) -> None:
    with pytest.raises(DiskFull):  # noqa: PT012 - which of them meets the full disk is not known
        for _ in range(most):
            receive(context, acknowledged)


def play(disk: Path) -> str | None:
    """Fill the disk under a desk, twice; return what is wrong with it afterwards."""
    folder, acknowledged = disk / "desk", set[str]()
    with open_desk(opening(folder)) as context:
        assert spare.keep_back(folder)
        receive(context, acknowledged)
        filler = fill(disk)
        receive_until_full(context, acknowledged)
        assert not (folder / spare.NAME).exists()
        receive(context, acknowledged)
        with context.store.writing() as session:
            note_mark(session, "unwanted", "x" * 1000)
        with context.store.writing() as session:
            session.execute(delete(MarkRow).where(MarkRow.name == "unwanted"))
        fill(disk)
        receive_until_full(context, acknowledged)
        filler.unlink()
        assert housekeeping.tidy(context) is None
        assert (folder / spare.NAME).stat().st_size == SMALL
        receive(context, acknowledged)
    return wrong(folder, open_key(folder / "desk.key", DEMO_PASSPHRASE), acknowledged)


def test_a_full_disk_loses_nothing_that_was_acknowledged(disk: Path) -> None:
    assert play(disk) is None


def test_a_desk_that_says_saved_on_a_full_disk_is_caught(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The harness finds the mistake it is there for."""
    honest = Store.writing

    @contextmanager
    def hopeful(store: Store) -> Iterator[Session]:
        with suppress(DiskFull), honest(store) as session:
            yield session
            session.flush()
            session.expunge_all()  # what was made is believed in, whatever becomes of it

    folder, acknowledged = disk / "desk", set[str]()
    with open_desk(opening(folder)) as context:
        receive(context, acknowledged)
        fill(disk)
        with monkeypatch.context() as mistaken:
            mistaken.setattr(Store, "writing", hopeful)
            with suppress(DiskFull):  # of the queue's own database
                for _ in range(200):
                    receive(context, acknowledged)
        (disk / "filler").unlink()

    problem = wrong(folder, open_key(folder / "desk.key", DEMO_PASSPHRASE), acknowledged)
    assert problem is not None
    assert problem.startswith("lost")


def test_no_space_is_kept_back_where_there_is_little(disk: Path) -> None:
    fill(disk)

    assert not spare.keep_back(disk)
    assert [place.name for place in disk.iterdir()] == ["filler"]
