"""A desk is backed up while it works, and lives again from a backup when its computer is lost.

A restored desk does not know what it did after the backup was made: it goes on as ``going_on``
says, and uses no number it might have used.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from counter import errands
from counter.desk.context import Context
from counter.desk.going_on import forget_what_may_be_past
from counter.desk.queue_copy import copy_queue
from counter.errands import Step, see_through
from counter.errors import (
    BackupOfOther,
    BadBackup,
    DeskError,
    PlaceSilent,
    StoreDamaged,
    WrongFolder,
)
from counter.folder import DataFolder, folder_error, free_place, named_error, sync_folder
from counter.people import THE_PROGRAM, Officer
from counter.secrets import DEMO_PASSPHRASE, find_passphrase
from counter.store import backup as archive
from counter.store import trail
from counter.store.key import open_key
from counter.store.store import Store, note_mark
from counter.work import Copied

WORK = "restore.part"
"""Where a desk is prepared before it takes its place."""

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
        PlaceMissing: There is no such folder.
        DiskFull, StoreReadOnly: It cannot be written; no part of it is left.
        PlaceSilent: Its folder does not answer; what lies there under another name is no backup.
    """
    moment = context.clock()
    with context.store.writing() as session:
        trail.seal_up(session, moment)
        known = trail.seals(session)
    try:
        trail.write_seals(context.hall.folder.seals, known)
        copied = see_through(
            target.parent,
            lambda step: _backed_up(context, target, moment, step),
            name="backup",
            patience_s=errands.WAITED_S,
        )
    except PlaceSilent:
        with suppress(OSError):  # Windows removes nothing that is still being read
            context.store.beside(archive.COPY).unlink(missing_ok=True)
        raise
    except OSError as error:
        raise named_error(error, target.parent) from error
    by = officer.id if officer else context.settings.settings.desk.officer_id
    with context.store.writing() as session:
        note_backup(session, context, by, moment)
    return copied


def _backed_up(context: Context, target: Path, moment: datetime, step: Step) -> Copied:
    write_backup(context, target, moment, step)
    return _copied(target, step)


def _copied(path: Path, step: Step) -> Copied:
    return Copied(path, path.stat().st_size, archive.digest_of(path, step))


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
        PlaceMissing: There is no such file; nothing was touched.
        BadBackup: The file is no backup, or was changed; nothing was touched.
        BackupOfOther: Another desk lives in the folder.
        WrongFolder: A real desk's backup was to be put into training, or the reverse.
        NoKey, WrongKey: The backup cannot be unlocked.
        DiskFull, StoreReadOnly: It cannot be written.
        PlaceSilent: The folder of the backup does not answer; nothing was touched.
    """
    folder = asked.folder
    folder.make()
    work = folder.root / WORK
    try:
        finish(folder, asked.clock())  # else the desk of a restore killed half way is torn apart
        work.mkdir(mode=0o700)
        said, copied = see_through(
            asked.source.parent,
            lambda step: (archive.unpack(asked.source, work, step), _copied(asked.source, step)),
            name="restore",
            patience_s=errands.WAITED_S,
        )
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
    except OSError as error:
        raise named_error(error, asked.source) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return copied


def finish(folder: DataFolder, moment: datetime) -> None:
    """Put a prepared desk into its place; does nothing when none waits.

    What a backup or a restore that was killed had not finished is removed: it would keep for ever
    what is deleted here later. The caller holds the folder's lock.

    Raises:
        DiskFull, StoreReadOnly: It cannot be moved now; it goes on waiting.
    """
    shutil.rmtree(folder.root / WORK, ignore_errors=True)
    _remove_left_over(folder)
    if not folder.ready.exists():
        return
    try:
        stamp = f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        _take_place(folder, free_place(folder.root / f"before-restore-{stamp}"))
    except OSError as error:
        raise folder_error(error) from error


def _remove_left_over(folder: DataFolder) -> None:
    """Remove what a backup that was killed has left beside the database."""
    for name in (archive.COPY, f"{folder.queue_copy.name}.part"):
        for place in folder.root.glob(f"{name}*"):
            with suppress(OSError):  # it goes the next time
                place.unlink()


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
        forget_what_may_be_past(session, made_at, moment, officer=asked.officer)
        trail.seal_up(session, moment)
        known = trail.seals(session)
    trail.write_seals(path.with_name("audit-seals.jsonl"), known)


def _demo_passphrase() -> str:
    return DEMO_PASSPHRASE
