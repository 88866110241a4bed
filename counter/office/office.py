"""The office database, open: a file beside the desk's, or a PostgreSQL server shared by all.

Writing transactions come one after the other on both: SQLite's begin IMMEDIATE, PostgreSQL's hold
one advisory lock. So no number is given twice and no ticket is called by two counters, and what one
transaction has read is still true when it ends. PostgreSQL lets them in as they came; at a file
whoever has waited longest tries most often (see ``line.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import monotonic

from sqlalchemy import URL, Engine, create_engine, func, make_url, select
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from counter.database import Database, migrate
from counter.errors import QueueAway, QueueDamaged, StoreDamaged, WrongKey
from counter.office.file import FileTurned, copy_file, file_error, newest, open_engine
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

AWAY_S = 3.0
"""How long a server that did not answer is left alone."""


class Office(Database):
    """Tickets and calls of the office. May be used by several threads and many programs.

    Attributes:
        home: The file that the settings or the folder name; None on a server.
        path: The file that has its turn now: that one, or a later one made because it was damaged.
    """

    def __init__(self, path: Path | None, url: str = "") -> None:
        """Open or make the database.

        A server need not be there yet: then each transaction raises ``QueueAway`` until it is. A
        damaged file does not keep a desk from opening either: each transaction says so, with
        ``QueueDamaged``, until a new one has taken its turn (see ``renewing.py``).

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
        self._damaged: Path | None = None
        self.home = path
        if path is None:
            super().__init__(_server(url), None)
        else:
            super().__init__(open_engine(path), newest(path))
            with suppress(QueueDamaged):  # dossiers lie in another file
                self._take_steps()

    @property
    def is_shared(self) -> bool:
        """Whether it lives on a server, which can be out of reach."""
        return self.path is None

    @property
    def is_known_damaged(self) -> bool:
        """Whether somebody here has met something damaged in the file that has its turn now."""
        return self._damaged is not None and self._damaged == self.path

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open one transaction that is alone: committed whole when the block ends, else not at all.

        Raises:
            QueueAway: The server does not answer. Whether it kept anything is not known when this
                comes at the end of the block.
            DiskFull, StoreReadOnly, StoreBusy, QueueDamaged: As for a file.
        """
        with ExitStack() as house:
            try:
                session = house.enter_context(self._alone())
            except FileTurned:  # nothing was done in the file of before
                session = house.enter_context(self._alone())
            yield session

    @contextmanager
    def _alone(self) -> Iterator[Session]:
        self._be_there()
        with super().writing() as session:
            session.connection()
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

    def copy_to(self, target: Path) -> None:
        """Copy the whole file, as it is at this moment, to the new file *target*.

        Others may read and write meanwhile.

        Raises:
            DiskFull, StoreReadOnly, StoreBusy, QueueDamaged: There is no whole copy.
        """
        copy_file(self.engine, target)

    def meaning(self, error: Exception) -> Exception:
        """Return what *error* means; a server that does not answer is left alone for a while."""
        if not self.is_shared or not isinstance(error, DBAPIError):
            found = file_error(error, self.path or Path())
            if isinstance(found, QueueDamaged):
                self._damaged = self.path
                self.engine.dispose()  # a connection that met a spoilt page trusts no other
            return found
        if isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated:
            self._away_until = monotonic() + AWAY_S
            return QueueAway(type(error.orig).__name__)
        return error

    def _be_there(self) -> None:
        if monotonic() < self._away_until:
            raise QueueAway
        if self.home is not None and self.path != (turn := newest(self.home)):
            self.path, self._has_steps = turn, False
        if not self._has_steps:
            self._take_steps()

    def _take_steps(self) -> None:
        try:
            migrate(self, SCRIPTS)
        except (StoreDamaged, WrongKey) as error:
            raise QueueDamaged from error
        self._has_steps = True


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
