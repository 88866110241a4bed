"""The hour's backup is made while the desk works on, and noted when it stands."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from counter.desk import checking, hourly, recovery
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.desk.hourly import HourlyBackups
from counter.desk.opening import open_desk
from counter.desk.recovery import Restoring, restore
from counter.errors import (
    BackupDiskFull,
    BackupFolderSilent,
    BackupNotWritten,
    BackupOvertaken,
    BackupSpoilt,
    DeskError,
    StoreReadOnly,
)
from counter.folder import DataFolder
from counter.store import backup, trail
from counter.store.backup import COPY
from counter.store.store import find_mark
from tests.counter.desk.conftest import Run, SetClock, asked, opening_in

LONG_S = 120.0


@pytest.fixture
def run(context: Context) -> Run:
    context.store.clocks = Run()
    return context.store.clocks


@pytest.fixture
def into(tmp_path: Path) -> Path:
    (tmp_path / "second disk").mkdir()
    return tmp_path / "second disk"


class Gate:
    """Stands before the writing of a backup until it is opened."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.came = threading.Semaphore(0)
        self.times = 0
        self._write = recovery.write_backup

    def __call__(
        self, context: Context, target: Path, moment: object, step: Callable[[], None]
    ) -> None:
        self.times += 1
        self.came.release()
        self.opened.wait(LONG_S)
        step()
        self._write(context, target, context.clock(), step)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate()
    monkeypatch.setattr(hourly, "write_backup", gate)
    yield gate
    gate.opened.set()


def told(backups: HourlyBackups, context: Context, into: Path) -> type[DeskError] | None:
    """Return what one turn tells."""
    try:
        backups.turn(context, into)
    except DeskError as error:
        return type(error)
    return None


def noted(context: Context) -> tuple[str | None, int]:
    """Return when the desk was backed up last, and how often the chain says so."""
    with context.store.reading() as session:
        entries = trail.find_entries(session, newest=9, action="desk.backed_up")
        return find_mark(session, "backed_up_at"), len(entries)


def attach(context: Context, name: str) -> Path:
    """Put a file among the dossiers' files as if it were a scan."""
    context.store.files.mkdir(exist_ok=True)
    place = context.store.files / name
    place.write_bytes(b"sealed " * 1000)
    return place


def test_the_desk_works_on_while_its_backup_is_written_and_it_restores(
    context: Context, clock: SetClock, into: Path, gate: Gate
) -> None:
    backups, desk = HourlyBackups(), Desk(context)
    before = desk.receive(asked(clock)).code
    backups.turn(context, into)
    gate.came.acquire(timeout=LONG_S)

    during = desk.receive(asked(clock)).code
    gate.opened.set()
    backups.wait(LONG_S)
    backups.turn(context, into)

    (made,) = into.glob("*.motcua")
    folder = DataFolder(into.with_name("restored"))
    restore(Restoring(folder, made, training=True, clock=clock))
    with open_desk(opening_in(folder, clock)) as again:
        assert checking.verify(again) == ()
        assert checking.counted(again)["dossiers"] == 2
    assert before != during


def test_a_backup_is_noted_when_it_stands_and_not_before(
    context: Context, clock: SetClock, run: Run, into: Path, gate: Gate
) -> None:
    backups = HourlyBackups()
    backups.turn(context, into)
    gate.came.acquire(timeout=LONG_S)
    backups.turn(context, into)
    while_it_is_written = noted(context)
    gate.opened.set()
    backups.wait(LONG_S)

    backups.turn(context, into)

    assert while_it_is_written == (None, 0)
    assert noted(context) == (clock().isoformat(), 1)


def ask_for_one(context: Context, into: Path) -> None:
    recovery.back_up(context, into / "copy.motcua")


@pytest.mark.parametrize(
    ("make", "told"),
    [(hourly.back_up_by_the_hour, BackupNotWritten), (ask_for_one, StoreReadOnly)],
)
def test_a_backup_that_fails_is_never_noted(
    context: Context,
    tmp_path: Path,
    make: Callable[[Context, Path], object],
    told: type[DeskError],
) -> None:
    no_folder = tmp_path / "a file"
    no_folder.write_bytes(b"")

    with pytest.raises(told):
        make(context, no_folder)

    assert noted(context) == (None, 0)


def test_a_backup_disk_that_is_full_is_not_taken_for_the_desks_own(
    context: Context, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_anything: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(hourly, "write_backup", full)

    with pytest.raises(BackupDiskFull) as caught:
        hourly.back_up_by_the_hour(context, into)

    assert caught.value.fields == {"folder": str(into)}


def test_what_failed_is_tried_again_after_a_pause_and_told_each_time(
    context: Context, run: Run, tmp_path: Path
) -> None:
    no_folder, backups, heard = tmp_path / "a file", HourlyBackups(), []
    no_folder.write_bytes(b"")

    for minute in range(19):
        run.hours = 5 + minute / 60
        heard += [minute] if told(backups, context, no_folder) else []
        backups.wait(LONG_S)
    failed = backups.has_failed
    no_folder.unlink()
    run.hours += 1
    backups.turn(context, no_folder)
    backups.wait(LONG_S)
    backups.turn(context, no_folder)

    assert heard == [1, 3, 6, 11]
    assert (failed, backups.has_failed) == (True, False)
    backups.stop(context)


@pytest.mark.skipif(os.name == "nt", reason="a pipe is what does not answer here")
def test_a_folder_that_does_not_answer_is_told_once_an_hour_and_gets_no_second_thread(
    context: Context, desk: Desk, clock: SetClock, run: Run, into: Path
) -> None:
    with context.store.reading() as session:
        pipe = hourly.seals_beside(session, into)
    os.mkfifo(pipe)  # who reads it waits for who writes it
    backups, heard = HourlyBackups(patience_s=0.05), []
    backups.turn(context, into)
    backups.wait(2.0)

    for minute in range(130):
        run.hours = 5 + minute / 60
        heard += [(minute, told(backups, context, into))]
    threads = [one.name for one in threading.enumerate()].count("backup")
    receipt = desk.receive(asked(clock))

    answer(pipe)
    backups.wait(LONG_S)
    backups.turn(context, into)
    assert [one for one in heard if one[1]] == [
        (minute, BackupFolderSilent) for minute in (0, 60, 120)
    ]
    assert threads == 1
    assert receipt.code
    assert noted(context)[1] == 1
    assert not backups.has_failed


@pytest.mark.skipif(os.name == "nt", reason="a pipe is what does not answer here")
def test_a_check_of_the_chain_waits_for_no_folder_and_sends_no_second_thread_there(
    context: Context, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "copies_folder", lambda _context: into)
    monkeypatch.setattr(checking, "SEALS_S", 0.05)
    with context.store.reading() as session:
        pipe = hourly.seals_beside(session, into)
    os.mkfifo(pipe)

    found = [checking.verify(context) for _ in range(3)]
    threads = [one.name for one in threading.enumerate()].count("seals")
    backups = HourlyBackups(patience_s=0.05)
    heard = told(backups, context, into)

    answer(pipe)
    assert found == [()] * 3
    assert threads == 1
    assert heard is BackupFolderSilent


def answer(pipe: Path) -> None:
    """Let whoever reads *pipe* go on."""
    os.close(os.open(pipe, os.O_WRONLY))
    pipe.unlink()


def test_a_desk_that_closes_breaks_its_backup_off_and_leaves_nothing_of_it(
    context: Context, run: Run, into: Path, gate: Gate
) -> None:
    backups = HourlyBackups()
    backups.turn(context, into)
    gate.came.acquire(timeout=LONG_S)
    threading.Timer(0.1, gate.opened.set).start()

    backups.stop(context)

    assert list(into.iterdir()) == []
    assert not context.store.beside(COPY).exists()
    assert noted(context) == (None, 0)
    backups.turn(context, into)
    backups.wait(LONG_S)
    backups.turn(context, into)
    assert noted(context)[1] == 1


def test_a_desk_that_closes_notes_the_backup_that_stands_already(
    context: Context, run: Run, into: Path
) -> None:
    backups = HourlyBackups()
    backups.turn(context, into)
    backups.wait(LONG_S)

    backups.stop(context)

    assert noted(context)[1] == 1


@pytest.mark.parametrize("way", ["erased", "written over"])
def test_a_file_erased_meanwhile_is_in_no_backup_and_another_is_made(
    context: Context, run: Run, into: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    scan, looks, look = attach(context, "a" * 64), [0], backup._seen
    attach(context, "b" * 64)

    def seen(paths: Iterable[Path]) -> dict[Path, tuple[int, int, int]]:
        looks[0] += 1
        if looks[0] == 2:  # as the first copying ends
            scan.unlink() if way == "erased" else scan.write_bytes(bytes(scan.stat().st_size))
        return look(paths)

    monkeypatch.setattr(backup, "_seen", seen)

    made = hourly.back_up_by_the_hour(context, into)

    assert made is not None
    assert looks == [4]


def test_files_that_are_erased_at_every_try_are_told(
    context: Context, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan, look = attach(context, "a" * 64), backup._seen

    def seen(paths: Iterable[Path]) -> dict[Path, tuple[int, int, int]]:
        found = look(paths)
        scan.write_bytes(os.urandom(9))
        return found

    monkeypatch.setattr(backup, "_seen", seen)

    with pytest.raises(BackupOvertaken):
        hourly.back_up_by_the_hour(context, into)

    assert not list(into.glob("*.motcua*"))


def test_a_disk_that_does_not_give_back_what_was_written_gets_no_backup_noted(
    context: Context, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_back = backup._read_back

    def spoil(part: Path, said: backup.Backup, step: Callable[[], None]) -> None:
        with part.open("r+b") as file:
            file.seek(200)
            byte = file.read(1)
            file.seek(200)
            file.write(bytes([byte[0] ^ 1]))
        read_back(part, said, step)

    monkeypatch.setattr(backup, "_read_back", spoil)

    with pytest.raises(BackupSpoilt):
        hourly.back_up_by_the_hour(context, into)

    assert list(into.iterdir()) == []
    assert noted(context) == (None, 0)
