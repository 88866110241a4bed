"""A copy of the queue's file for the desk's backup, without anything that leads to a person.

It lies beside the desk's own files under a key that follows from the desk's, so that a backup of it
says nothing to whoever finds it. A queue that is damaged later takes from it what cannot be read
any more (see ``renewing.py``).
"""

from __future__ import annotations

import hmac
import os
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, delete, text, update

from counter.errors import QueueDamaged
from counter.folder import one_at_a_time
from counter.office.file import encrypt_anew, is_plain, reading_engine, remove_file
from counter.office.office import Office
from counter.office.tables import DayKeyRow, ErrandRow


def write_copy(office: Office, target: Path, key: bytes) -> None:
    """Write the queue as it is at this moment to *target*; the copy of before is replaced.

    Others may read and write meanwhile, on this thread or another.

    Args:
        key: The desk's own, 32 bytes.

    Raises:
        QueueDamaged: The file is not sound, or has no digests; the copy of before stays.
        DiskFull, StoreReadOnly, StoreBusy: It cannot be copied; the copy of before stays.
        OSError: It cannot be written; the copy of before stays.
    """
    part = target.with_name(f"{target.name}.part")
    with one_at_a_time(target.with_name(f"{target.name}-turn")):
        remove_file(part)
        try:
            if is_plain(office.path or Path()):
                raise QueueDamaged
            office.copy_to(part)
            with closing(Office(part)) as copy:
                with copy.writing() as session:
                    if session.execute(text("PRAGMA integrity_check(1)")).scalar() != "ok":
                        raise QueueDamaged
                    session.execute(delete(DayKeyRow))
                    session.execute(update(ErrandRow).values(person=None))
                encrypt_anew(copy.engine, _key(key))
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(target)
        finally:
            remove_file(part)


def open_copy(path: Path, key: bytes) -> Engine:
    """Return an engine that reads the copy at *path*; nothing is changed."""
    return reading_engine(path, _key(key))


def _key(key: bytes) -> str:
    return hmac.digest(key, b"queue copy", "sha256").hex()
