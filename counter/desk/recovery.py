"""A desk is backed up while it works, and lives again from a backup when its computer is lost.

A restored desk does not know what it did after the backup was made. So it never uses a number it
might have used: every block of dossier numbers it still held is given up, new ones are asked for,
and its own counts leap ahead. Messages keep their keys, so the portal takes what it already has
for a repeat; and the desk reads the portal's list from the beginning. A desk whose folder was
copied from another computer goes on in the same way: what the other did since is not known here.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from counter.desk.context import Context
from counter.desk.queue_copy import copy_queue
from counter.errors import BackupOfOther, BadBackup, DeskError, StoreDamaged, WrongFolder
from counter.folder import DataFolder, folder_error, free_place, sync_folder
from counter.machine import machine_mark
from counter.people import THE_PROGRAM, Officer
from counter.secrets import DEMO_PASSPHRASE, find_passphrase
from counter.store import backup as archive
from counter.store import trail
from counter.store.key import open_key
from counter.store.store import RESTORED_AT, Store, find_mark, forget_mark, note_mark
from counter.store.tables import CountRow, LeaseRequestRow, LeaseRow
from counter.values import VIETNAM, local_day
from counter.work import Copied

LEAP, LEAP_A_MINUTE = 1000, 6
"""Numbers a count leaps ahead after a restore, and more for each minute since the backup."""

PORTAL_MARKS = ("changes_cursor", "gateway_epoch", "compared_at")
"""What the courier knows of the portal; a restored desk reads everything anew."""

TURNED_BACK = "turned_back"
"""Mark of the newest seal beside the database that was found to know more than it."""

MACHINE = "machine"
"""Mark of the computer a desk works on."""

MOVED_AT = "moved_at"
"""When a desk went on after its folder had come from another computer."""

HOURLY = "hourly_copies"
"""Mark of the backups this installation made by the hour; see ``hourly``."""

_OF_THE_DATABASE = (
    "desk.db-wal",
    "desk.db-shm",
    "files",
    "desk.db.next",
    "desk.key.next",
    "key-change-asked",
)
"""What belongs to the database that lived here and to none that takes its place."""

_PARTS = (
    "desk.db",
    "desk.key",
    "site.toml",
    "audit-seals.jsonl",
    "files",
    "notice.toml",
    "papers.toml",
    "old-units.csv",
    "queue-copy.db",
)
"""What a restore puts into its place when the backup holds it; the queue's files are made anew."""


def back_up(context: Context, target: Path, officer: Officer | None = None) -> Copied:
    """Write a backup of the open desk to the new file *target*, and note that it was made.

    Args:
        officer: Who made it; whoever sits here when None.

    Raises:
        BackupExists: The file is there.
        BackupOvertaken, BackupSpoilt: What was written is no sound backup, and none is left.
        DiskFull, StoreReadOnly: It cannot be written; no part of it is left.
    """
    moment = context.clock()
    with context.store.writing() as session:
        trail.seal_up(session, moment)
        known = trail.seals(session)
    try:
        trail.write_seals(context.hall.folder.seals, known)
        write_backup(context, target, moment)
        copied = Copied(target, target.stat().st_size, archive.digest_of(target))
    except OSError as error:
        raise folder_error(error) from error
    by = officer.id if officer else context.settings.settings.desk.officer_id
    with context.store.writing() as session:
        note_backup(session, context, by, moment)
    return copied


def write_backup(
    context: Context,
    target: Path,
    moment: datetime,
    step: Callable[[], None] = lambda: None,
) -> None:
    """Write a backup of the open desk to the new file *target*, on any thread, and note nothing.

    Args:
        step: As ``counter.store.backup.write`` takes it.

    Raises:
        BackupExists: The file is there.
        BackupOvertaken, BackupSpoilt: What was written is no sound backup, and none is left.
        OSError: It cannot be written; no part of it is left.
    """
    folder = context.hall.folder
    copy_queue(context)
    trust = {f"trust/{p.name}": p for p in sorted(folder.trust.glob("*")) if p.is_file()}
    archive.write(
        context.store,
        target,
        desk_id=context.settings.settings.desk.id,
        moment=moment,
        beside={
            "desk.key": folder.key,
            "site.toml": folder.settings,
            "audit-seals.jsonl": folder.seals,
            "notice.toml": folder.notice,
            "papers.toml": folder.papers,
            "old-units.csv": folder.old_units,
            "queue-copy.db": folder.queue_copy,
            "TRAINING": folder.training,
            **trust,
        },
        step=step,
    )


def note_backup(session: Session, context: Context, officer_id: str, moment: datetime) -> None:
    """Note that a backup of the desk as it was at *moment* stands and was read back."""
    trail.note(
        session,
        officer=officer_id,
        action="desk.backed_up",
        moment=moment,
        subject=context.settings.settings.desk.id,
    )
    note_mark(session, "backed_up_at", moment.isoformat())


@dataclass(frozen=True, slots=True)
class Restoring:
    """How a desk is to be restored.

    Attributes:
        training: The demonstration's folder is meant.
        clock: The moment now, aware.
        ask_passphrase: Asks the person at the terminal; None when nobody can be asked.
        officer: Who answers for it; stands in the chain of the restored desk.
    """

    folder: DataFolder
    source: Path
    training: bool
    clock: Callable[[], datetime]
    ask_passphrase: Callable[[], str] | None = None
    officer: Officer = THE_PROGRAM


def restore(asked: Restoring) -> Copied:
    """Let the desk of a backup live in a folder; what lived there is kept beside it.

    The caller holds the folder's lock. Killed half way, either the old desk is there or the next
    start finishes the restore.

    Raises:
        BadBackup: The file is no backup, or was changed; nothing was touched.
        BackupOfOther: Another desk lives in the folder.
        WrongFolder: A real desk's backup was to be put into training, or the reverse.
        NoKey, WrongKey: The backup cannot be unlocked.
        DiskFull, StoreReadOnly: It cannot be written.
    """
    folder = asked.folder
    folder.make()
    work = folder.root / "restore.part"
    try:
        finish(folder, asked.clock())  # else the desk of a restore killed half way is torn apart
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(mode=0o700)
        said = archive.unpack(asked.source, work)
        training = (work / "TRAINING").exists()
        if asked.training and not training:
            raise WrongFolder("backup of a real desk")
        if folder.is_set_up() and folder.training.exists() != training:
            raise WrongFolder("training and real work never mix")
        ask = asked.ask_passphrase or (_demo_passphrase if training else None)
        try:
            key = open_key(work / "desk.key", find_passphrase(said.desk_id, ask, training=training))
        except StoreDamaged as error:
            raise BadBackup("its key cannot be read") from error
        archive.check(said, key)
        _begin_anew(asked, work / "desk.db", key, datetime.fromisoformat(said.made_at))
        _check_owner(folder, said.desk_id)
        sync_folder(work)
        work.rename(folder.ready)
        sync_folder(folder.root)
        finish(folder, asked.clock())
        size, digest = asked.source.stat().st_size, archive.digest_of(asked.source)
    except OSError as error:
        raise folder_error(error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Copied(asked.source, size, digest)


def finish(folder: DataFolder, moment: datetime) -> None:
    """Put a prepared desk into its place; does nothing when none waits.

    Raises:
        DiskFull, StoreReadOnly: It cannot be moved now; it goes on waiting.
    """
    if not folder.ready.exists():
        return
    try:
        stamp = f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        _take_place(folder, free_place(folder.root / f"before-restore-{stamp}"))
    except OSError as error:
        raise folder_error(error) from error


def _take_place(folder: DataFolder, aside: Path) -> None:
    ready = folder.ready
    aside.mkdir(mode=0o700)
    # The database goes first: a log beside another database would be taken for its own.
    for name in _OF_THE_DATABASE:
        if (folder.root / name).exists() and (ready / "desk.db").exists():
            (folder.root / name).rename(aside / name)
    for name in _PARTS:
        if (ready / name).exists():
            if (folder.root / name).exists():
                (folder.root / name).rename(aside / name)
            (ready / name).rename(folder.root / name)
    if (ready / "TRAINING").exists():
        (ready / "TRAINING").replace(folder.training)
    for certificate in (ready / "trust").glob("*"):
        certificate.replace(folder.trust / certificate.name)
    folder.draft.unlink(missing_ok=True)  # nothing is left to be set up
    shutil.rmtree(ready)
    if not any(aside.iterdir()):
        aside.rmdir()


def _check_owner(folder: DataFolder, desk_id: str) -> None:
    """Refuse the backup of another desk than the one whose settings lie in the folder."""
    from counter.settings import read_settings

    if not folder.settings.exists():
        return
    try:
        owner = read_settings(folder.settings).settings.desk.id
    except DeskError:
        return  # damaged settings are what a restore is for
    if owner != desk_id:
        raise BackupOfOther


def _begin_anew(asked: Restoring, path: Path, key: bytes, made_at: datetime) -> None:
    """Make the copied database one that can go on without repeating what it forgot."""
    moment = asked.clock()
    with closing(Store(path, key)) as store, store.writing() as session:
        _forget_what_may_be_past(session, made_at, moment, officer=asked.officer)
        trail.seal_up(session, moment)
        known = trail.seals(session)
    trail.write_seals(path.with_name("audit-seals.jsonl"), known)


def go_on_if_turned_back(store: Store, seals: Path, moment: datetime) -> bool:
    """Go on as a restored desk when *seals* tell of more than the database knows.

    Somebody put an older database back by hand. What it forgot is on paper and at the portal, so
    its numbers are given up as after a restore; ``verify`` goes on telling what is missing. The
    same seals do so once. A line that is no seal tells nothing.

    Raises:
        StoreReadOnly, DiskFull: The seals cannot be read.
    """
    try:
        kept = trail.read_seals(seals)
    except OSError as error:
        raise folder_error(error) from error
    newest = max((one for one in kept if one.is_good()), key=lambda one: one.seq, default=None)
    if newest is None:
        return False
    told = f"{newest.seq}:{newest.link}"
    with store.reading() as session:
        last = trail.entries(session, newest=1)
        is_known = find_mark(session, TURNED_BACK) == told
    if is_known or not last or last[0].seq >= newest.seq:
        return False
    with store.writing() as session:
        note_mark(session, TURNED_BACK, told)
        _forget_what_may_be_past(session, datetime.fromisoformat(last[0].at), moment)
    return True


def go_on_if_moved(store: Store, machine: str, moment: datetime) -> bool:
    """Go on as a restored desk when the folder was copied here from another computer.

    The other may have worked on after the copy was made, and may still do so. A computer that tells
    nothing of itself, or a desk never asked before, changes nothing.

    Args:
        machine: As ``machine_id`` says.
    """
    if not machine:
        return False
    with store.reading() as session:
        mark = machine_mark(machine, find_mark(session, "install_id") or "")
        known = find_mark(session, MACHINE)
        last = trail.entries(session, newest=1)
    if known == mark:
        return False
    is_moved = known is not None and bool(last)
    with store.writing() as session:
        if is_moved:
            _forget_what_may_be_past(
                session, datetime.fromisoformat(last[0].at), moment, action="desk.moved"
            )
            note_mark(session, MOVED_AT, moment.isoformat())
            mark = machine_mark(machine, find_mark(session, "install_id") or "")
        note_mark(session, MACHINE, mark)
    return is_moved


def moved_at(session: Session) -> datetime | None:
    """Return when the desk came here from another computer, None when it never did."""
    noted = find_mark(session, MOVED_AT)
    return None if noted is None else datetime.fromisoformat(noted)


def _forget_what_may_be_past(
    session: Session,
    made_at: datetime,
    moment: datetime,
    *,
    action: str = "desk.restored",
    officer: Officer = THE_PROGRAM,
) -> None:
    """Let a database that knows nothing since *made_at* go on without repeating anything."""
    _give_up_numbers(session)
    _leap(session, made_at, moment)
    for name in PORTAL_MARKS:
        forget_mark(session, name)
    note_mark(session, "install_id", str(uuid4()))
    forget_mark(session, MACHINE)
    forget_mark(session, HOURLY)
    note_mark(session, RESTORED_AT, moment.isoformat())
    trail.note(
        session,
        officer=officer.id,
        action=action,
        moment=moment,
        subject=find_mark(session, "desk_id") or "",
        detail=f"made {made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    )


def _give_up_numbers(session: Session) -> None:
    """Give up every block still held and every request still open: they may have been used."""
    session.execute(update(LeaseRow).where(LeaseRow.next <= LeaseRow.last).values(returned=True))
    session.execute(
        update(LeaseRequestRow)
        .where(LeaseRequestRow.granted.is_(None), LeaseRequestRow.refused.is_(None))
        .values(refused="the desk was restored")
    )


def _leap(session: Session, made_at: datetime, moment: datetime) -> None:
    """Let every count leap past what it can have reached since the backup.

    The leap grows with time, so a second restore from the same backup leaps past the first.
    Today's provisional codes begin there even when the backup knew of none.
    """
    midnight = datetime.combine(local_day(moment), time.min, VIETNAM)
    today = f"provisional:{local_day(moment):%y%m%d}"
    if session.get(CountRow, today) is None:
        session.add(CountRow(name=today, last=0))
        session.flush()
    for count, since in (
        (CountRow.name != today, made_at),
        (CountRow.name == today, max(made_at, midnight)),
    ):
        minutes = max(0, (moment - since) // timedelta(minutes=1))
        leap = CountRow.last + LEAP + LEAP_A_MINUTE * minutes
        session.execute(update(CountRow).where(count).values(last=leap))


def _demo_passphrase() -> str:
    return DEMO_PASSPHRASE
