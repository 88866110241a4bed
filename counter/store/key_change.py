"""The last step of a changed key: the database and the key under it take their places.

The database goes first. Whichever key opens it is the desk's, so a machine that stops in between
leaves a desk that opens: ``finish`` gives the key its place, or takes everything back.
"""

from __future__ import annotations

from pathlib import Path

from counter.errors import StoreBusy, StoreDamaged
from counter.folder import DataFolder, sync_folder
from counter.store.key import open_key
from counter.store.store import opens


def swap(folder: DataFolder) -> None:
    """Let the next database and the next key take their places; the database goes first."""
    log = folder.store.with_name(f"{folder.store.name}-wal")
    if log.exists() and log.stat().st_size:
        raise StoreBusy("the database is still open")  # its log would be taken for the new one's
    folder.next_store.replace(folder.store)
    sync_folder(folder.root)
    folder.next_key.replace(folder.key)
    sync_folder(folder.root)


def take_back(folder: DataFolder) -> None:
    """Remove what a change that did not come to its swap has left."""
    for place in folder.root.glob("desk.db.next*"):
        place.unlink()
    folder.next_key.unlink(missing_ok=True)


def finish(folder: DataFolder, passphrase: str) -> None:
    """Finish a change of the key that was broken off, or take it back.

    A key is removed only where another opens the database.

    Raises:
        WrongKey: The passphrase opens neither key.
        StoreDamaged: Neither key opens the database, or it cannot be read now; both stay.
    """
    if folder.next_key.exists() and not folder.next_store.exists():
        if _is_under(folder, folder.next_key, passphrase):
            folder.next_key.replace(folder.key)
            sync_folder(folder.root)
            return
        if not _is_under(folder, folder.key, passphrase):
            raise StoreDamaged("neither key opens the database")
    take_back(folder)


def _is_under(folder: DataFolder, wrapped: Path, passphrase: str) -> bool:
    """Tell whether the database is under the key in *wrapped*; a key written by half opens none."""
    try:
        key = open_key(wrapped, passphrase)
    except StoreDamaged:
        return False
    return opens(folder.store, key)
