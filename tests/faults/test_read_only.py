"""A disk that takes nothing more under a desk: everything is read, and nothing is promised."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from counter.desk import emergency
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.desk.opening import open_desk
from counter.desk.rehearsal import rehearse
from counter.errors import DeskError, DiskFull, ReadingOnly, StoreDamaged, StoreReadOnly
from counter.folder import DataFolder
from counter.secrets import DEMO_PASSPHRASE
from counter.store import trail
from counter.store.key import open_key
from counter.store.store import Store
from program.rooms import desk_or_copy
from tests.faults.desk_writing import NAMES, opening
from tests.faults.test_power_cut import wrong

DOSSIERS = 5

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the disk is made as Linux does"),
]


def mount(*words: str) -> int:
    return subprocess.run(["mount", *words], check=False).returncode


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own that can be told to take nothing more."""
    place = tmp_path / "disk"
    place.mkdir()
    if shutil.which("mount") is None or mount("-t", "tmpfs", "-o", "size=48m", "d", str(place)):
        pytest.skip("this user may not mount a disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def receive(context: Context, acknowledged: set[str]) -> None:
    acknowledged.update(rehearse(context, dossiers=1, seed=len(acknowledged), names=NAMES))


def cut_off(disk: Path) -> tuple[Path, set[str]]:
    """Leave a desk as a crash does: acknowledged dossiers stand in the write-ahead log only."""
    acknowledged = set[str]()
    with open_desk(opening(disk / "begun")) as context:
        receive(context, acknowledged)
    with open_desk(opening(disk / "begun")) as context:
        for _ in range(DOSSIERS):
            receive(context, acknowledged)
        shutil.copytree(disk / "begun", disk / "desk")
    shutil.rmtree(disk / "begun")
    return disk / "desk", acknowledged


@contextmanager
def open_or_copy(folder: Path) -> Iterator[tuple[Context, DeskError | None]]:
    with ExitStack() as house:
        yield desk_or_copy(house, opening(folder))


def play(disk: Path) -> list[str]:
    """Let the disk take nothing for a while; return what was promised and not kept."""
    folder, acknowledged = cut_off(disk)
    mount("-o", "remount,ro", str(disk))
    with open_or_copy(folder) as (context, trouble):
        assert isinstance(trouble, StoreReadOnly)
        assert emergency.find_trouble(DataFolder(folder)) is not None
        desk = Desk(context)
        missing = acknowledged - {line.code for line in desk.find_dossiers()}
        (line, *_) = desk.find_dossiers()
        desk.show(line.code)
        desk.reprint(line.id)
        with suppress(ReadingOnly):
            receive(context, acknowledged)
        noted = emergency.noted(context)
    mount("-o", "remount,rw", str(disk))
    assert emergency.find_trouble(DataFolder(folder)) is None
    with open_or_copy(folder) as (context, trouble):
        assert trouble is None
        emergency.carry_over(context, noted)
        with context.store.reading() as session:
            told = {entry.action for entry in trail.entries(session, newest=len(noted))}
    found = wrong(folder, open_key(folder / "desk.key", DEMO_PASSPHRASE), acknowledged)
    problems = [found] if found else []
    if missing:
        problems.append(f"not seen {len(missing)}")
    if not told >= {emergency.BEGAN, "dossier.read", "receipt.reprinted"}:
        problems.append("readings were not noted")
    return problems


def test_a_disk_that_takes_nothing_is_read_whole_and_nothing_is_promised_of_it(
    disk: Path,
) -> None:
    assert play(disk) == []


def forget_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emergency, "_NOT_COPIED", (*emergency._NOT_COPIED, "desk.db-wal"))


def promise_what_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def writing(store: Store) -> Iterator[Session]:
        with store.noting() as session:
            yield session

    monkeypatch.setattr(Store, "writing", writing)


def note_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emergency, "carry_over", lambda _context, _entries: None)


@pytest.mark.parametrize(
    ("mistake", "sign"),
    [
        (forget_the_log, "not seen"),
        (promise_what_is_not_kept, "lost"),
        (note_nothing, "readings were not noted"),
    ],
)
def test_a_desk_that_deceives_its_officer_is_caught(
    disk: Path,
    monkeypatch: pytest.MonkeyPatch,
    mistake: Callable[[pytest.MonkeyPatch], None],
    sign: str,
) -> None:
    """The harness finds the mistakes it is there for."""
    mistake(monkeypatch)

    assert any(problem.startswith(sign) for problem in play(disk))


def test_a_disk_that_fails_under_a_desk_at_work_is_known_and_known_to_be_well_again(
    disk: Path,
) -> None:
    with open_desk(opening(disk / "desk")) as context:
        full = disk / "filler"
        with full.open("ab", buffering=0) as file, suppress(OSError):
            while file.write(bytes(4096)):
                pass
        with pytest.raises(DiskFull):  # noqa: PT012 - which of them meets it is not known
            for _ in range(100):
                receive(context, set())
        ill = context.store.trouble
        full.unlink()
        receive(context, set())

        assert isinstance(ill, DiskFull)
        assert context.store.trouble is None


def test_a_damaged_database_is_not_repaired_by_reading_it(disk: Path) -> None:
    folder = disk / "desk"
    with open_desk(opening(folder)) as context:
        receive(context, set())
    damaged = bytearray((folder / "desk.db").read_bytes())
    damaged[5000:] = bytes(len(damaged) - 5000)
    (folder / "desk.db").write_bytes(damaged)

    with pytest.raises(StoreDamaged), open_or_copy(folder):
        raise AssertionError
    assert (folder / "desk.db").read_bytes() == damaged


def test_a_desk_with_one_damaged_page_is_still_read(disk: Path) -> None:
    """What opening touches is whole; a page of the audit chain is not."""
    folder, acknowledged = disk / "desk", set[str]()
    with open_desk(opening(folder)) as context:
        receive(context, acknowledged)
        with context.store.writing() as session:
            root = session.execute(
                text("SELECT rootpage FROM sqlite_master WHERE name = 'audit_seal'")
            ).scalar_one()
    damaged = bytearray((folder / "desk.db").read_bytes())
    damaged[(root - 1) * 4096 + 100] ^= 1
    (folder / "desk.db").write_bytes(damaged)

    with open_or_copy(folder) as (context, trouble):
        assert isinstance(trouble, StoreDamaged)
        assert {line.code for line in Desk(context).find_dossiers()} == acknowledged
