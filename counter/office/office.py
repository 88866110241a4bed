"""The office database, open: a file beside the desk's, or a PostgreSQL server shared by all.

Writing transactions come one after the other on both: SQLite's begin IMMEDIATE, PostgreSQL's hold
one advisory lock. So no number is given twice and no ticket is called by two counters, and what one
transaction has read is still true when it ends. PostgreSQL lets them in as they came; at a file
whoever has waited longest tries most often (see ``line.py``).
"""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, monotonic_ns
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from counter.database import Database, migrate, store_error
from counter.errors import QueueAway, QueueDamaged, StoreBusy, StoreDamaged, WrongKey
from counter.office.line import Line
from counter.settings import LOOPBACK

SCRIPTS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 4_202_602
"""The advisory lock of a PostgreSQL server that a writing transaction holds."""

CONNECT_S = 2
"""How long a server may take to answer at first."""

ANSWER_MS = 5_000
"""How long it may be silent on the wire."""

LOCK_MS = 20_000
"""How long a transaction stands in a server's line: twice what a dead one can hold it up."""

STATEMENT_MS = 25_000
"""How long a statement may take, with the time in the line."""

IDLE_MS = 10_000
"""How long a transaction may do nothing; then the server ends it and lets the others in.

Else a computer that loses its current in the middle of a call would keep the line closed for the
hours in which the server still believes in the connection.
"""

BUSY_MS = 30_000
"""How long a file may be held by others before whoever wants it gives up."""

FIRST_MS = (0.5, 2.0)
"""Between what and what the first of those who wait for a file pauses between two tries."""

LATER_MS = (10.0, 30.0)
"""The same for all others: they leave the file, and the processor, to who was there before them.

SQLite's own wait grows with time to 100 ms: whoever has waited long tries least often and may never
get in among twenty who come and go.
"""

AWAY_S = 3.0
"""How long a server that did not answer is left alone."""


class Office(Database):
    """Tickets and calls of the office. May be used by several threads and many programs."""

    def __init__(self, path: Path | None, url: str = "") -> None:
        """Open or make the database.

        A server need not be there yet: then each transaction raises ``QueueAway`` until it is. A
        damaged file does not keep a desk from opening either: each transaction says so, with
        ``QueueDamaged``, until that file is moved away; then a new one is made.

        Args:
            path: The file; None with a *url*.
            url: As the settings write it, ``sqlite:///…`` or ``postgresql+psycopg://…``.

        Raises:
            DiskFull, StoreReadOnly, StoreBusy, StoreTooNew: It cannot be used now.
        """
        parts = make_url(url) if path is None else None
        if parts is not None and parts.get_backend_name() == "sqlite":
            path = Path(parts.database or "")
        self._away_until = 0.0
        self._has_steps = False
        if path is None:
            super().__init__(_server(url), None)
        else:
            super().__init__(_file(path), path)
            with suppress(QueueDamaged):  # dossiers lie in another file
                self._take_steps()

    @property
    def is_shared(self) -> bool:
        """Whether it lives on a server, which can be out of reach."""
        return self.path is None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open one transaction that is alone: committed whole when the block ends, else not at all.

        Raises:
            QueueAway: The server does not answer. Whether it kept anything is not known when this
                comes at the end of the block.
            DiskFull, StoreReadOnly, StoreBusy, QueueDamaged: As for a file.
        """
        self._be_there()
        with super().writing() as session:
            if self.is_shared:
                session.execute(select(func.pg_advisory_xact_lock(ADVISORY_LOCK)))
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open one transaction that only reads.

        Raises:
            QueueAway: The server does not answer.
        """
        self._be_there()
        with super().reading() as session:
            yield session

    def meaning(self, error: DBAPIError | sqlite3.Error) -> Exception:
        """Return what *error* means; a server that does not answer is left alone for a while."""
        if not self.is_shared or not isinstance(error, DBAPIError):
            return _file_error(error)
        if isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated:
            self._away_until = monotonic() + AWAY_S
            return QueueAway(type(error.orig).__name__)
        return error

    def _be_there(self) -> None:
        if monotonic() < self._away_until:
            raise QueueAway
        if not self._has_steps:
            self._take_steps()

    def _take_steps(self) -> None:
        try:
            migrate(self, SCRIPTS)
        except (StoreDamaged, WrongKey) as error:
            raise QueueDamaged from error
        self._has_steps = True


def _file(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True, pool_use_lifo=True)
    line = Line(path)

    @event.listens_for(engine, "connect", insert=True)
    def _prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "connect")
    def _leave_transactions_to_us(connection: Any, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("reads_only", False):
            connection.exec_driver_sql("BEGIN")
        else:
            _begin_writing(connection.connection.dbapi_connection, line)

    return engine


def _begin_writing(connection: Any, line: Line) -> None:
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
    except sqlite3.DatabaseError as error:
        meaning = _file_error(error)
        if gives_up or not isinstance(meaning, StoreBusy):
            raise meaning from error
        return False
    return True


def _file_error(error: DBAPIError | sqlite3.Error) -> Exception:
    """Return what *error* of the file means; whatever is wrong in it is the queue's, not a key."""
    found = store_error(error)
    if isinstance(found, WrongKey | StoreDamaged):
        return QueueDamaged()
    said = str(error).lower()
    return QueueDamaged() if any(sign in said for sign in _NOT_OURS) else found


_NOT_OURS = (
    "no such table",
    "no such column",
    "already exists",
    "duplicate column",
    "could not decode",
    "unsupported file format",
)
"""What SQLite says of a file that it can read and that no program of ours wrote so."""


def _wait_between(least_ms: float, most_ms: float) -> None:
    """Wait as long as chance says; nothing is held meanwhile."""
    threading.Event().wait(secrets.SystemRandom().uniform(least_ms, most_ms) / 1000)


def encrypted(url: str) -> URL:
    """Return the address of a server, asking for TLS on any way that leaves this computer.

    Whoever listens there could try all identity numbers with the day's key, which travels too.
    Who may be the server is told by ``sslmode`` and ``sslrootcert`` in the address (libpq, SSL
    support); without them any certificate is taken.
    """
    address = make_url(url)
    named = address.query.get("host", ())
    hosts = [address.host or "", *((named,) if isinstance(named, str) else named)]
    is_near = all(not host or host[0] == "/" or host in LOOPBACK for host in hosts)
    if is_near or "sslmode" in address.query:
        return address
    return address.update_query_dict({"sslmode": "require"})


def _server(url: str) -> Engine:
    return create_engine(
        encrypted(url),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=2,
        connect_args={
            "connect_timeout": CONNECT_S,
            "tcp_user_timeout": ANSWER_MS,
            "keepalives_idle": 5,
            "options": " ".join(
                f"-c {name}={limit}"
                for name, limit in (
                    ("statement_timeout", STATEMENT_MS),
                    ("lock_timeout", LOCK_MS),
                    ("idle_in_transaction_session_timeout", IDLE_MS),
                )
            ),
        },
    )
