"""What the sandbox portal keeps: dossiers, events, leases, replies given; one SQLite file.

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

_TABLES = """
CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reply (
    key TEXT PRIMARY KEY, digest TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS lease (
    id TEXT PRIMARY KEY, agency TEXT NOT NULL, desk TEXT NOT NULL, day TEXT NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS dossier (
    id TEXT PRIMARY KEY, code TEXT UNIQUE, updated_at TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS event (
    id TEXT PRIMARY KEY, dossier TEXT NOT NULL, desk TEXT NOT NULL, seq INTEGER NOT NULL,
    position INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE (dossier, desk, seq));
CREATE TABLE IF NOT EXISTS change (
    position INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL);
"""


class Books:
    """The portal's books, open. One writer at a time; safe from any thread."""

    def __init__(self, path: Path) -> None:
        self._lock = RLock()
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript(_TABLES)

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

    def empty(self) -> None:
        """Forget everything, as a newly installed portal."""
        with self.writing() as books:
            for table in ("reply", "lease", "dossier", "event", "change"):
                books.execute(f"DELETE FROM {table}")  # noqa: S608 - fixed names

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def dump(value: object) -> str:
    """Return *value* as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
