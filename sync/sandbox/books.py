"""What the sandbox portal keeps, in one SQLite file.

Every request is one transaction, so that a killed sandbox has either taken a request whole or
not at all; what it answered under a key is kept and answered again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any
from uuid import uuid4

_TABLES = """
CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS lease (
    id TEXT PRIMARY KEY, agency TEXT NOT NULL, desk TEXT, day TEXT NOT NULL,
    first INTEGER NOT NULL, top INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reply (
    desk TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, status INTEGER NOT NULL,
    body TEXT NOT NULL, headers TEXT NOT NULL, PRIMARY KEY (desk, key));
CREATE TABLE IF NOT EXISTS dossier (
    id TEXT PRIMARY KEY, agency TEXT NOT NULL, competent TEXT, code TEXT UNIQUE,
    owner TEXT, submitter TEXT, updated INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS dossier_updated ON dossier (updated, id);
CREATE TABLE IF NOT EXISTS event (
    id TEXT PRIMARY KEY, dossier TEXT NOT NULL, desk TEXT, seq INTEGER,
    place INTEGER NOT NULL, body TEXT NOT NULL,
    UNIQUE (dossier, desk, seq), UNIQUE (dossier, place));
CREATE TABLE IF NOT EXISTS change (
    position INTEGER PRIMARY KEY AUTOINCREMENT, agency TEXT, author TEXT, dossier TEXT,
    body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS upload (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, dossier TEXT NOT NULL, agency TEXT NOT NULL,
    length INTEGER NOT NULL, offset INTEGER NOT NULL, mime TEXT NOT NULL, expires TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS blob (
    sha256 TEXT NOT NULL, agency TEXT NOT NULL, size INTEGER NOT NULL, mime TEXT NOT NULL,
    PRIMARY KEY (sha256, agency));
CREATE TABLE IF NOT EXISTS paper (
    kind TEXT NOT NULL, id TEXT NOT NULL, agency TEXT NOT NULL, request TEXT NOT NULL,
    body TEXT NOT NULL, PRIMARY KEY (kind, id));
CREATE TABLE IF NOT EXISTS item (
    catalogue TEXT NOT NULL, code TEXT NOT NULL, revision INTEGER NOT NULL,
    is_removed INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (catalogue, code));
CREATE TABLE IF NOT EXISTS seal (
    desk TEXT NOT NULL, install TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (desk, install, seq));
CREATE TABLE IF NOT EXISTS look (
    moment TEXT NOT NULL, desk TEXT NOT NULL, officer TEXT NOT NULL, purpose TEXT NOT NULL,
    ground TEXT NOT NULL);
"""
_RESTORED = (
    *("reply", "dossier", "event", "change", "upload", "blob", "paper", "item", "look"),
    "seal",
)
"""What a backup brings back. Numbers once lent stay lent, or two papers would share one."""


class Books:
    """The portal's books, open. One request at a time; safe from any thread."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._backup = folder / "yesterday.db"
        self._lock = RLock()
        self._connection = sqlite3.connect(
            folder / "gateway.db", check_same_thread=False, isolation_level=None
        )
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript(_TABLES)
        if self.find_mark("epoch") is None:
            self._new_epoch()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the books for one request: kept whole when the block ends, else not at all."""
        with self._lock, self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """Return what *query* finds."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def bodies(self, query: str, values: tuple[object, ...] = ()) -> list[Any]:
        """Return the JSON in the ``body`` column of what *query* finds."""
        return [json.loads(row["body"]) for row in self.rows(query, values)]

    def find_mark(self, name: str) -> str | None:
        """Return the value kept under *name*."""
        found = self.rows("SELECT value FROM mark WHERE name = ?", (name,))
        return str(found[0]["value"]) if found else None

    def set_mark(self, name: str, value: str) -> None:
        """Keep *value* under *name*."""
        with self._lock:
            self._connection.execute("INSERT OR REPLACE INTO mark VALUES (?, ?)", (name, value))

    @property
    def epoch(self) -> str:
        """The name of this life of the portal; a restored one has another."""
        return self.find_mark("epoch") or ""

    def empty(self) -> None:
        """Forget everything, as a newly installed portal."""
        with self.writing() as books:
            for table in (*_RESTORED, "lease"):
                books.execute(f"DELETE FROM {table}")  # noqa: S608 - fixed names
        self._new_epoch()

    def keep_backup(self) -> None:
        """Copy the books as they are now; a later copy replaces this one."""
        with self._lock:
            copy = sqlite3.connect(self._backup)
            self._connection.backup(copy)
            copy.close()

    def restore_backup(self) -> None:
        """Go back to the last copy, or to nothing when none was kept; the epoch is a new one."""
        with self._lock:
            if self._backup.exists():
                self._connection.execute("ATTACH ? AS yesterday", (str(self._backup),))
            with self.writing() as books:
                for table in _RESTORED:
                    books.execute(f"DELETE FROM main.{table}")  # noqa: S608 - fixed names
                    if self._backup.exists():
                        books.execute(
                            f"INSERT INTO main.{table} SELECT * FROM yesterday.{table}"  # noqa: S608
                        )
            if self._backup.exists():
                self._connection.execute("DETACH yesterday")
            self._new_epoch()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _new_epoch(self) -> None:
        self.set_mark("epoch", f"e-{uuid4().hex[:12]}")


def dump(value: object) -> str:
    """Return *value* as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
