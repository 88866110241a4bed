"""The backups a desk makes by itself, one an hour, and how many of them are kept.

The clock of a desk may run ahead, be set back or stop. So the clock only names a backup: when one
is due is told by how long the computer has run, and which is the oldest by the order in which they
were made, as the desk noted it. What is not noted was made by another installation, before a
restore, by an older program, or by one that ended before it could note it: it is older than all
that is noted, and goes first.

The folder may be on a share that does not answer, and a year of scans takes a while to copy. So
only an errand touches the folder; what the desk needs to know of it is noted in the database.
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from counter.desk.context import Context
from counter.desk.going_on import HOURLY
from counter.desk.opening import seal_newest
from counter.desk.recovery import note_backup, write_backup
from counter.errands import ENDING_S, Errand, FolderSilent, GivenUp, Step, send
from counter.errors import (
    BackupDiskFull,
    BackupFolderSilent,
    BackupNotWritten,
    BackupOvertaken,
    DeskError,
    DiskFull,
)
from counter.folder import folder_error
from counter.pause import Pause
from counter.people import THE_PROGRAM
from counter.store import trail
from counter.store.backup import PART
from counter.store.clocks import ClockReading
from counter.store.store import find_mark, note_mark

KEPT_COPIES = 48
"""Backups made by the hour that are kept: two days of a desk that never closes."""

KEPT_LEAST = 3
"""Fewer than these are kept on no disk, however full."""

ROOM_BYTES = 2_000_000_000
"""What older backups leave free beside the next: a desk on the same disk goes on undisturbed."""

TRIES = 3
"""How often a backup is begun anew when a dossier's file was erased meanwhile."""

HOUR_MS = 3_600_000

PATIENCE_S = 120.0
"""How long the folder may take for a mebibyte, or for any other single thing asked of it."""

_HOUR = "????????T??Z"
"""The hour in a backup's name; desks whose names begin alike may share a folder."""

_ENDINGS_BEFORE = (".database",)
"""Of what earlier programs left half written."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What the desk noted of its hourly backups.

    Attributes:
        boot: The run of the computer in which the newest was made.
        uptime_ms: How long it had run then.
        names: Of those kept, in the order they were made.
        at: When the newest was made, by the desk's clock, ISO; empty when an older program did.
    """

    boot: str
    uptime_ms: int
    names: list[str]
    at: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an errand is told of the desk, as it was when the errand was sent."""

    into: Path
    desk_id: str
    moment: datetime
    clocks: ClockReading
    made: _Made

    @property
    def stem(self) -> str:
        """The name of this hour's backup, without its suffix."""
        return f"{self.desk_id}-{self.moment.astimezone(UTC):%Y%m%dT%H}Z"

    @property
    def hour_is_over(self) -> bool:
        """Whether an hour went by since the newest backup, as far as the desk knows."""
        newest = self.made.names[-1] if self.made.names else ""
        if newest and self.clocks.boot == self.made.boot:
            return self.clocks.uptime_ms - self.made.uptime_ms >= HOUR_MS
        return not newest.startswith(self.stem)


class HourlyBackups:
    """Has this hour's backup made while the desk works on, and tells when that fails.

    All of it is called on the ``counter`` thread and takes no longer than a short transaction. It
    outlives the desk that is opened anew, so that it knows of a folder that did not answer before.

    Attributes:
        has_failed: The last try brought no backup.
        has_looked: It is known how the backups stand: the first try is over, or takes too long.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._errand: Errand[_Made | None] | None = None
        self._pause = Pause()
        self.has_failed = False
        self.has_looked = False

    def turn(self, context: Context, into: Path) -> None:
        """Note what the last turn began, and begin a backup in *into* when one may be due.

        Whatever the clock says, the one just made stays, and one run of the computer makes no more
        than one an hour. What failed is tried again after a pause; a folder that does not answer
        is let be for an hour, and longer while it still holds the try before.

        Raises:
            BackupFolderSilent: The folder does not answer; told once an hour.
            BackupOvertaken, BackupSpoilt: What was written is no sound backup, and none is left.
            BackupDiskFull, BackupNotWritten: It cannot be written; the older ones are kept.
            DiskFull, StoreReadOnly, StoreBusy, StoreDamaged: The database cannot be used now.
        """
        uptime_ms = context.store.clocks.read().uptime_ms
        try:
            self._finish(context)
            if self._pause.is_over(uptime_ms):
                self._begin(context, into)
        except FolderSilent as error:
            self._fell(uptime_ms)
            self._pause.rest(uptime_ms)
            raise BackupFolderSilent(folder=str(into)) from error
        except DeskError:
            self._fell(uptime_ms)
            raise

    def stop(self, context: Context) -> None:
        """Let no backup be under way when the desk is closed; one that stands is noted.

        A folder that does not answer is not waited for; what is being written there is no backup.
        """
        errand = self._errand
        if errand is None or not errand.give_up(0 if errand.is_silent else ENDING_S):
            return
        with suppress(DeskError):  # it is tried again when the desk is next open
            self._finish(context)

    def wait(self, seconds: float) -> None:
        """Wait at most *seconds* for what the last turn began; the next turn notes it."""
        if self._errand is not None:
            self._errand.wait(seconds)

    def _begin(self, context: Context, into: Path) -> None:
        if self._errand is not None:
            if self._errand.is_silent:
                raise FolderSilent
            return
        asked = _ask(context, into)
        self._errand = send(
            into,
            lambda step: _back_up_if_due(context, asked, step),
            name="backup",
            patience_s=self._patience_s,
        )

    def _finish(self, context: Context) -> None:
        if self._errand is None or not self._errand.is_over:
            return
        errand, self._errand = self._errand, None
        try:
            made = errand.answer()
        except GivenUp:
            return
        except OSError as error:
            raise _not_written(errand.folder, error) from error
        if made is not None:
            _note(context, made)
        self._pause.went_well()
        self.has_failed, self.has_looked = False, True

    def _fell(self, uptime_ms: int) -> None:
        self._pause.failed(uptime_ms)
        self.has_failed = self.has_looked = True


def back_up_by_the_hour(context: Context, into: Path) -> Path | None:
    """Write this hour's backup into the folder *into* here and now; None when none is due.

    It is what ``HourlyBackups`` does in two turns, for who has the time to wait.

    Raises:
        BackupOvertaken, BackupSpoilt: What was written is no sound backup, and none is left.
        BackupDiskFull, BackupNotWritten: It cannot be written; the older ones are kept.
    """
    try:
        made = _back_up_if_due(context, _ask(context, into), lambda: None)
    except OSError as error:
        raise _not_written(into, error) from error
    if made is None:
        return None
    _note(context, made)
    return into / made.names[-1]


def find_age(session: Session, moment: datetime, clocks: ClockReading) -> timedelta | None:
    """Return how long ago the newest hourly backup was made; None when that is not known.

    In the run of the computer that made it, its running time tells, whatever its clock says. After
    another start the clock does, unless the backup would be of a time to come: then the clock was
    wrong once, and nothing tells how far.
    """
    made = _made(session)
    if not made.names:
        return None
    if made.boot == clocks.boot:
        return timedelta(milliseconds=clocks.uptime_ms - made.uptime_ms)
    at = made.at or find_mark(session, "backed_up_at")
    age = None if at is None else moment - datetime.fromisoformat(at)
    return None if age is None or age < timedelta(0) else age


def names_noted(session: Session) -> list[str]:
    """Return the hourly backups this desk noted and kept, in the order they were made."""
    return list(_made(session).names)


def seals_beside(session: Session, into: Path) -> Path:
    """Return where the seals of the audit chain lie beside the hourly backups, on their disk.

    A restored desk begins a file of its own: its chain goes on from the backup, not from the last
    seal of the computer that was lost.
    """
    desk_id, install = find_mark(session, "desk_id"), trail.install_of(session)
    return into / f"{desk_id}-{install}-audit-seals.jsonl"


def _ask(context: Context, into: Path) -> _Asked:
    with context.store.reading() as session:
        made = _made(session)
    asked = _Asked(
        into=into,
        desk_id=context.settings.settings.desk.id,
        moment=context.clock(),
        clocks=context.store.clocks.read(),
        made=made,
    )
    if asked.hour_is_over:
        seal_newest(context)
    return asked


def _back_up_if_due(context: Context, asked: _Asked, step: Step) -> _Made | None:
    """Write the backup that *asked* makes due and remove the oldest; on the errand's thread.

    Raises:
        BackupOvertaken, BackupSpoilt, OSError: There is none; the older ones are kept.
    """
    into, made = asked.into, asked.made
    if not _is_due(asked):
        return None
    step()
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    for ending in (PART, *_ENDINGS_BEFORE):
        for leftover in into.glob(f"{asked.desk_id}-{_HOUR}*.motcua{ending}"):
            leftover.unlink()
    _make_room(context, asked)
    target = _free_name(asked)
    for tries_left in reversed(range(TRIES)):
        step()
        try:
            write_backup(context, target, asked.moment, step)
            break
        except BackupOvertaken:
            if not tries_left:
                raise
    names = [name for name in made.names if (into / name).exists()] + [target.name]
    step()
    with context.store.reading() as session:
        place, known = seals_beside(session, into), trail.seals(session)
    trail.write_seals(place, known)
    for oldest in _oldest_first(asked, names)[:-KEPT_COPIES]:
        (into / oldest).unlink()
    return _Made(asked.clocks.boot, asked.clocks.uptime_ms, names, asked.moment.isoformat())


def _not_written(into: Path, error: OSError) -> BackupDiskFull | BackupNotWritten:
    """Return what an *error* of the folder of the backups means; the desk's own disk is sound."""
    if isinstance(folder_error(error), DiskFull):
        return BackupDiskFull(str(error.strerror), folder=str(into))
    return BackupNotWritten(str(error.strerror), folder=str(into))


def _note(context: Context, made: _Made) -> None:
    """Note the backup that stands now."""
    with context.store.writing() as session:
        note_backup(session, context, THE_PROGRAM.id, datetime.fromisoformat(made.at))
        note_mark(session, HOURLY, json.dumps(asdict(made)))


def _made(session: Session) -> _Made:
    noted = find_mark(session, HOURLY)
    return _Made("", 0, []) if noted is None else _Made(**json.loads(noted))


def _is_due(asked: _Asked) -> bool:
    """Tell whether an hour went by since the newest backup, or that one is not there."""
    newest = asked.made.names[-1] if asked.made.names else ""
    if not newest:
        return not (asked.into / f"{asked.stem}.motcua").exists()
    return asked.hour_is_over or not (asked.into / newest).exists()


def _free_name(asked: _Asked) -> Path:
    """Return the place of a backup of this hour, which comes twice when the clock is set back."""
    place, turn = asked.into / f"{asked.stem}.motcua", 1
    while place.exists():
        turn += 1
        place = asked.into / f"{asked.stem}-{turn}.motcua"
    return place


def _oldest_first(asked: _Asked, names: list[str]) -> list[str]:
    """Return this desk's backups in the folder: what *names* does not tell of, then *names*."""
    ours = asked.into.glob(f"{asked.desk_id}-{_HOUR}*.motcua")
    return [*sorted(path.name for path in ours if path.name not in names), *names]


def _make_room(context: Context, asked: _Asked) -> None:
    """Remove the oldest backups while the disk has no room for the next; a few always stay."""
    into = asked.into
    wanted = ROOM_BYTES
    for path in (context.hall.folder.store, *context.store.files.glob("*")):
        with suppress(FileNotFoundError):  # erased meanwhile
            wanted += path.stat().st_size
    there = [name for name in asked.made.names if (into / name).exists()]
    for oldest in _oldest_first(asked, there)[:-KEPT_LEAST]:
        if shutil.disk_usage(into).free >= wanted:
            return
        (into / oldest).unlink()
