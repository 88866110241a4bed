"""The office database in a file of this computer: which file it is, opened, and begun in line.

Each page carries a digest (SQLCipher's HMAC-SHA512), so that a flipped bit is found and never taken
for a number. The key stands below: it keeps nothing secret, for nothing secret is in the file. One
that an earlier program made has no digests and is used as it is.

A file is never moved while a program may have it open: when that program closes it, SQLite removes
the log of whatever bears the name by then. So a damaged file stays where it is and a new one takes
its turn, ``office-2.db`` after ``office.db``; every program looks for it before each transaction.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
from contextlib import closing
from pathlib import Path
from time import monotonic, monotonic_ns
from typing import Any

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.pool import NullPool

from counter.database import place_of, store_error
from counter.errors import QueueDamaged, StoreBusy, StoreDamaged, WrongKey
from counter.office.line import Line

BUSY_MS = 30_000
"""How long a file may be held by others before whoever wants it gives up."""

CACHE_KIB = 1024
"""How much of the file each connection keeps deciphered."""

FIRST_MS = (0.5, 2.0)
"""Between what and what the first of those who wait for a file pauses between two tries."""

LATER_MS = (10.0, 30.0)
"""The same for all others: they leave the file, and the processor, to who was there before them.

SQLite's own wait grows with time to 100 ms: whoever has waited long tries least often and may never
get in among twenty who come and go.
"""

PLAIN = b"SQLite format 3\0"
"""How a file without digests begins."""

_KEY = hashlib.sha256(b"office.db: digests, no secret").hexdigest()
_SALT = hashlib.sha256(b"office.db salt").hexdigest()[:32]
"""Given, so that a spoilt first sector, which holds it, can still be read from the log."""

_NOT_OURS = (
    "no such table",
    "no such column",
    "already exists",
    "duplicate column",
    "could not decode",
    "unsupported file format",
)
"""What SQLite says of a file that it can read and that no program of ours wrote so."""


_CLOSED = "attempt to write a readonly database"
"""What SQLCipher says, once it has met a spoilt page, of a file that can be written."""


class FileTurned(Exception):
    """Another file has taken the turn of the one a transaction was begun in; nothing was done."""


class _Connection(sqlcipher3.dbapi2.Connection):  # type: ignore[misc]  # the driver has no types
    """A connection that knows its file."""

    file: Path


def newest(home: Path) -> Path:
    """Return the file whose turn it is: the last of *home* and those that came after it."""
    found, turn = home, 2
    while (after := _turn(home, turn)).exists():
        found, turn = after, turn + 1
    return found


def following(home: Path) -> Path:
    """Return the file that is to come after the newest; it is not there."""
    turn = 2
    while _turn(home, turn).exists():
        turn += 1
    return _turn(home, turn)


def turn_of(file: Path) -> int:
    """Return how many files took the turn of a damaged one before *file* did."""
    return int(file.stem.rpartition("-")[2]) - 2


def _turn(home: Path, turn: int) -> Path:
    return home.with_name(f"{home.stem}-{turn}{home.suffix}")


def open_engine(home: Path) -> Engine:
    """Return the engine of whatever file has the turn of *home*; it is made where there is none."""
    engine = create_engine(
        place_of(home),
        module=sqlcipher3.dbapi2,
        creator=lambda: connect(newest(home)),
        hide_parameters=True,
        pool_use_lifo=True,  # else every connection fills its cache in turn
    )
    line = Line(home)

    @event.listens_for(engine, "connect", insert=True)
    def _prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA secure_delete = ON")  # the key of a day is gone with it
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        cursor.close()

    @event.listens_for(engine, "checkout")
    def _keep_up(connection: Any, _record: object, _proxy: object) -> None:
        if newest(home) != connection.file:
            raise DisconnectionError

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("reads_only", False):
            connection.exec_driver_sql("BEGIN")
            return
        driver: Any = connection.connection.dbapi_connection
        begin_writing(driver, line)
        if newest(home) != driver.file:
            driver.execute("ROLLBACK")
            raise FileTurned

    return engine


def remove_file(file: Path) -> None:
    """Remove a file that no program has open, with all that lies beside it."""
    for end in ("", "-wal", "-shm", "-journal", "-line"):
        file.with_name(f"{file.name}{end}").unlink(missing_ok=True)


def reading_engine(file: Path, key: str = _KEY) -> Engine:
    """Return an engine that reads one file, with a new connection each time.

    A connection that has met a spoilt page finds other pages spoilt as well.

    Args:
        key: In hexadecimal; a copy has another.
    """
    return create_engine(
        place_of(file),
        module=sqlcipher3.dbapi2,
        creator=lambda: connect(file, key),
        poolclass=NullPool,
        hide_parameters=True,
    )


def connect(path: Path, key: str = _KEY) -> Any:
    """Return the driver's connection to one file, with the key of its digests where it has any."""
    connection = sqlcipher3.dbapi2.connect(
        str(path),
        check_same_thread=False,
        isolation_level=None,  # we begin every transaction
        factory=_Connection,
    )
    connection.file = path
    if not is_plain(path):
        connection.execute(f"PRAGMA key = \"x'{key}{_SALT}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
    return connection


def is_plain(path: Path) -> bool:
    """Tell whether a file was made without digests; one that is not there is not."""
    try:
        with path.open("rb") as file:
            return file.read(len(PLAIN)) == PLAIN
    except OSError:
        return False


def copy_file(engine: Engine, target: Path) -> None:
    """Copy what *engine* has open, as it is at this moment, to the new file *target*.

    Raises:
        DiskFull, StoreReadOnly, StoreBusy, QueueDamaged: There is no whole copy.
    """
    source = engine.raw_connection()
    driver: Any = source.driver_connection
    try:
        plain = is_plain(driver.file)
        opened = sqlcipher3.dbapi2.connect(str(target)) if plain else connect(target)
        with closing(opened) as copy:
            driver.backup(copy)
    except sqlcipher3.dbapi2.Error as error:
        raise file_error(error, driver.file) from error
    finally:
        source.close()


def fold_log(engine: Engine) -> None:
    """Fold the write-ahead log into the file, so that the file alone is everything."""
    _do(engine, "PRAGMA journal_mode = DELETE")


def encrypt_anew(engine: Engine, key: str) -> None:
    """Give the file that *engine* alone has open another *key*, in hexadecimal; nothing is left."""
    _do(engine, "PRAGMA journal_mode = DELETE", f"PRAGMA rekey = \"x'{key}{_SALT}'\"")
    engine.dispose()


def _do(engine: Engine, *pragmas: str) -> None:
    source = engine.raw_connection()
    driver: Any = source.driver_connection
    try:
        for pragma in pragmas:
            source.cursor().execute(pragma).fetchall()
    except sqlcipher3.dbapi2.Error as error:
        raise file_error(error, driver.file) from error
    finally:
        source.close()


def begin_writing(connection: Any, line: Line) -> None:
    """Begin a transaction that is alone, as soon as the file is free and nobody waits longer.

    Raises:
        StoreBusy: Others held it all the time.
    """
    began = monotonic_ns()
    end = monotonic() + BUSY_MS / 1000
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        if not line.is_waited(before_ns=began) and _begins(connection):
            return
        while True:
            is_first = line.is_first(began)
            if _begins(connection, gives_up=monotonic() > end):
                if is_first:
                    line.leave()
                return
            _wait_between(*(FIRST_MS if is_first else LATER_MS))
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")


def _begins(connection: Any, *, gives_up: bool = False) -> bool:
    """Try to begin; False when another holds the file, unless the one who wants it *gives_up*."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlcipher3.dbapi2.DatabaseError as error:
        meaning = file_error(error, connection.file)
        if gives_up or not isinstance(meaning, StoreBusy):
            raise meaning from error
        return False
    return True


def _wait_between(least_ms: float, most_ms: float) -> None:
    """Wait as long as chance says; nothing is held meanwhile."""
    threading.Event().wait(secrets.SystemRandom().uniform(least_ms, most_ms) / 1000)


def file_error(error: Exception, file: Path) -> Exception:
    """Return what *error* of *file* means; whatever is wrong in it is the queue's, not a key."""
    if not isinstance(error, DBAPIError | sqlcipher3.dbapi2.Error):
        return error
    found = store_error(error)
    if isinstance(found, WrongKey | StoreDamaged):
        return QueueDamaged()
    said = str(error).lower()
    is_closed_to_us = _CLOSED in said and os.access(file, os.W_OK)
    if is_closed_to_us or any(sign in said for sign in _NOT_OURS):
        return QueueDamaged()
    return found
