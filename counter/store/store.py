"""The encrypted desk database as a whole: made, opened, brought up to date, checked, closed.

SQLCipher with a raw 256-bit key, write-ahead log and ``synchronous=FULL``: what a finished
transaction holds is on the disk when the next line of code runs, also after a power cut.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2
from sqlalchemy import create_engine, delete, event, select, text
from sqlalchemy.orm import Session

from counter.audit import link_of
from counter.database import Database, begin_immediate, migrate
from counter.store.tables import MarkRow

Transaction = Session
"""What ``Store.writing`` and ``Store.reading`` open, for rooms that only hand it on."""

SCRIPTS = Path(__file__).parent / "migrations"


class Store(Database):
    """One desk's database, open."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Open or make the database at *path* with the 32 bytes of *key*.

        Raises:
            WrongKey: The key does not open this file.
            StoreTooNew: The file was made by a newer program.
            DiskFull, StoreReadOnly, StoreBusy, StoreDamaged: It cannot be used now.
        """
        engine = create_engine(f"sqlite:///{path}", module=sqlcipher3.dbapi2, hide_parameters=True)

        @event.listens_for(engine, "connect", insert=True)
        def _unlock(connection: Any, _record: object) -> None:
            connection.create_function("audit_link", 7, link_of, deterministic=True)
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            cursor.execute("PRAGMA cipher_log_level = NONE")
            cursor.execute("PRAGMA busy_timeout = 5000")
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = FULL")
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.execute("PRAGMA secure_delete = ON")
            cursor.close()

        begin_immediate(engine)
        super().__init__(engine, path)
        migrate(self, SCRIPTS)

    def problems(self) -> list[str]:
        """Return what the database itself finds wrong: pages, indexes, foreign keys."""
        with self.reading() as session:
            found = [str(row[0]) for row in session.execute(text("PRAGMA integrity_check"))]
            broken = [
                f"foreign key: {row[0]} row {row[1]}"
                for row in session.execute(text("PRAGMA foreign_key_check"))
            ]
        return [line for line in found if line != "ok"] + broken


def find_mark(session: Session, name: str) -> str | None:
    """Return the fact *name* about the whole desk, None when it was never noted."""
    return session.scalar(select(MarkRow.value).where(MarkRow.name == name))


def note_mark(session: Session, name: str, value: str) -> None:
    """Note the fact *name* about the whole desk."""
    session.merge(MarkRow(name=name, value=value))


def forget_mark(session: Session, name: str) -> None:
    """Forget the fact *name* about the whole desk."""
    session.execute(delete(MarkRow).where(MarkRow.name == name))
