"""The desk's key is changed: database and files are encrypted anew, whole or not at all.

The database is copied and the copy encrypted under the new key. Only when both copy and wrapped key
are on the disk do they take the places of the old ones, database first: whichever of the two keys
opens the database is then the desk's. Killed at any moment, the next opening finishes it or takes
it back. Files follow one by one; the database knows the secret of both until the last is done.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

from counter import errands, passwords
from counter.desk import recovery
from counter.desk.context import Context
from counter.desk.housekeeping import copies_folder
from counter.desk.opening import Opening, open_desk, passphrase_for
from counter.errands import Step, see_through
from counter.errors import DeskError, KeyUnbacked, StoreBusy, StoreDamaged
from counter.folder import DataFolder, folder_error, free_place, sync_folder
from counter.people import THE_PROGRAM, Officer
from counter.secrets import keep_passphrase
from counter.store import key_change, sealed, trail
from counter.store.key import open_key, wrap_key
from counter.store.store import Store
from counter.work import Copied

CHANGED, FAILED = "desk.key_changed", "desk.key_change_failed"
TOLD_FOR = timedelta(days=1)
"""How long a desk whose key could not be changed says so when it is opened."""


def ask_for_change(folder: DataFolder) -> None:
    """Let the key be changed when the desk is opened next.

    Raises:
        DiskFull, StoreReadOnly: It cannot be noted.
    """
    try:
        folder.key_change.write_text("", encoding="ascii")
    except OSError as error:
        raise folder_error(error) from error


def change_if_asked(opening: Opening) -> None:
    """Change the key before the desk is opened, where somebody who may has asked for it.

    Raises:
        NoKey, WrongKey: The desk cannot be unlocked; it is still asked for.
    """
    sign = opening.folder.key_change
    if not sign.exists() or not opening.folder.is_set_up():
        return
    opening = replace(opening, typed=passphrase_for(opening))
    before = open_key(opening.folder.key, opening.typed)
    with suppress(OSError):
        sign.unlink()
    try:
        change_key(opening)
    except DeskError as error:  # whatever it is, the desk opens: with the one key or the other
        _note_failed(opening, error, before)


def has_failed(context: Context) -> bool:
    """Tell whether the key was to be changed within the last day and could not be."""
    since = context.clock() - TOLD_FOR
    with context.store.reading() as session:
        failed = trail.find_entries(session, newest=1, action=FAILED, begin=since)
        changed = trail.find_entries(session, newest=1, action=CHANGED, begin=since)
    return bool(failed) and (not changed or changed[0].seq < failed[0].seq)


def _note_failed(opening: Opening, error: DeskError, before: bytes) -> None:
    """Note that the key could not be changed; a disk that takes nothing says so by itself.

    Nothing is noted where only the second backup is missing: the key is another, and the next
    hourly backup is made under it.
    """
    with suppress(DeskError), open_desk(opening) as context:
        if context.store.key != before:
            return
        with context.store.noting() as session:
            trail.note(
                session,
                officer=THE_PROGRAM.id,
                action=FAILED,
                moment=context.clock(),
                subject=context.settings.settings.desk.id,
                detail=error.code,
            )


def change_key(opening: Opening, officer: Officer = THE_PROGRAM) -> Copied:
    """Change the key of the desk in ``opening.folder``; backed up before and after.

    The caller holds the folder's lock and no desk is open in it.

    Args:
        officer: Who asked for it.

    Returns:
        The backup made afterwards.

    Raises:
        NoKey, WrongKey: The desk cannot be unlocked.
        DiskFull, StoreReadOnly, StoreBusy: It cannot be written; the key of before holds.
        PlaceSilent: The folder of the backups does not answer; the key of before holds.
        BackupOvertaken, BackupSpoilt: There is no sound backup; the key of before holds.
        KeyUnbacked: The key is changed, and only the backup afterwards is missing.
        StoreDamaged: The database is not sound; nothing was changed.
    """
    folder = opening.folder
    opening = replace(opening, typed=passphrase_for(opening))
    with open_desk(opening) as context:
        if context.store.problems():
            raise StoreDamaged("a database that is not sound gets no new key")
        context.seat.take(officer)
        _back_up(context, "before")
        key = context.store.key
    try:
        _make_next(opening, key, officer)
        key_change.swap(folder)
    except OSError as error:
        raise folder_error(error) from error
    with open_desk(opening) as context:
        context.seat.take(officer)
        try:
            return _back_up(context, "after")
        except DeskError as error:
            raise KeyUnbacked(folder=str(copies_folder(context))) from error


def change_passphrase(opening: Opening, passphrase: str, officer: Officer = THE_PROGRAM) -> bool:
    """Wrap the desk's key with another passphrase; data and backups stay as they are.

    Args:
        officer: Who asked for it.

    Returns:
        Whether the operating system's key store keeps it.

    Raises:
        WeakPassphrase: It is too easy; the one of before holds.
        NoKey, WrongKey: The desk cannot be unlocked with the one of before.
        DiskFull, StoreReadOnly: It cannot be written; the one of before holds.
    """
    passwords.check_new_passphrase(passphrase)
    folder = opening.folder
    with open_desk(opening) as context:
        key, desk = context.store.key, context.settings.settings.desk
        part = folder.key.with_name("desk.key.part")
        try:
            part.unlink(missing_ok=True)
            wrap_key(part, key, passphrase)
            # Noted before it holds: a disk too full for the note leaves the one of before.
            with context.store.writing() as session:
                trail.note(
                    session,
                    officer=officer.id,
                    action="desk.passphrase_changed",
                    moment=context.clock(),
                    subject=desk.id,
                )
            part.replace(folder.key)
            sync_folder(folder.root)
        except OSError as error:
            raise folder_error(error) from error
        finally:
            with suppress(OSError):
                part.unlink()
    return keep_passphrase(desk.id, passphrase)


def _make_next(opening: Opening, key: bytes, officer: Officer) -> None:
    """Put the database under a new key, and that key, beside the old ones."""
    folder, moment = opening.folder, opening.clock()
    key_change.take_back(folder)
    fresh = os.urandom(32)
    with closing(Store(folder.store, key)) as store:
        store.copy_to(folder.next_store)
    with closing(Store(folder.next_store, key)) as copy:
        copy.change_key(fresh)
    with closing(Store(folder.next_store, fresh)) as copy:
        with copy.writing() as session:
            sealed.begin_new_secret(session)
            trail.note(session, officer=officer.id, action=CHANGED, moment=moment)
        if copy.problems():
            raise StoreDamaged("the copy under the new key is not sound")
        if not copy.forget_deleted():
            raise StoreBusy("somebody reads the copy")
    with folder.next_store.open("rb+") as file:
        os.fsync(file.fileno())
    wrap_key(folder.next_key, fresh, opening.typed)
    sync_folder(folder.root)


def _back_up(context: Context, when: str) -> Copied:
    into = copies_folder(context)
    desk = context.settings.settings.desk.id
    stamp = f"{context.clock().astimezone(UTC):%Y%m%dT%H%M%S}"

    def place(_step: Step) -> Path:
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        return free_place(into / f"{desk}-key-{stamp}-{when}.motcua")

    try:
        target = see_through(into, place, name="backup", patience_s=errands.WAITED_S)
    except OSError as error:
        raise folder_error(error) from error
    return recovery.back_up(context, target)
