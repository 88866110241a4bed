"""What the desk database and the office database have in common: types, transactions, steps.

Both are opened by SQLAlchemy: the desk's is an encrypted SQLite file, the office's a plain one or
lives on a PostgreSQL server. In SQLite every writing transaction begins IMMEDIATE: with its default
two threads can both read, both try to write, and one of them fails at once in spite of a time-out.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    String,
    event,
    inspect,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from counter.errors import (
    DeskError,
    DiskFull,
    StoreBusy,
    StoreDamaged,
    StoreReadOnly,
    StoreTooNew,
    WrongKey,
)
from counter.folder import folder_error
from counter.values import Dong

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Names of constraints; migrations need them from the first day."""


class UtcText(TypeDecorator[datetime]):
    """An aware moment as fixed-width text in UTC, so that text order is time order."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> str | None:
        """Write ``2026-11-25T01:15:00.000000Z``."""
        return None if value is None else f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"

    def process_result_value(self, value: str | None, dialect: object) -> datetime | None:
        """Read it back, aware, in UTC."""
        return None if value is None else datetime.fromisoformat(value)


class DayText(TypeDecorator[date]):
    """A calendar day as ``2026-11-25``."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: object) -> str | None:
        """Write it."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: object) -> date | None:
        """Read it back."""
        return None if value is None else date.fromisoformat(value)


class UuidBytes(TypeDecorator[UUID]):
    """A UUID as its sixteen bytes; version 7 keeps time order."""

    impl = LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: UUID | None, dialect: object) -> bytes | None:
        """Write it."""
        return None if value is None else value.bytes

    def process_result_value(self, value: bytes | None, dialect: object) -> UUID | None:
        """Read it back."""
        return None if value is None else UUID(bytes=value)


STEPS = 4_202_601
"""The advisory lock of a PostgreSQL server under which steps are taken."""

TYPES: dict[Any, Any] = {Dong: Integer, datetime: UtcText, date: DayText, UUID: UuidBytes}
"""How the house's own types reach a column; a column cannot forget that it is money or UTC."""


def row_words(row: object) -> str:
    """Return what a row is and its key, as ``DossierRow(row=7)``, and nothing else of it."""
    state = inspect(row)
    assert state is not None  # noqa: S101 - rows are mapped
    names = [column.name for column in state.mapper.primary_key]
    key = ", ".join(f"{name}={state.dict.get(name)!r}" for name in names)
    return f"{type(row).__name__}({key})"


def place_of(path: Path) -> URL:
    """Return how the SQLite file at *path* is opened, whatever its folder is called."""
    return URL.create("sqlite", database=str(path))


def begin_immediate(engine: Engine) -> None:
    """Let *engine* begin every transaction itself, IMMEDIATE unless it only reads."""

    @event.listens_for(engine, "connect")
    def _leave_transactions_to_us(connection: Any, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get("reads_only", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


class Database(ABC):
    """One database and its two units of work.

    Attributes:
        path: The SQLite file; None on a server.
    """

    def __init__(
        self, engine: Engine, path: Path | None, info: dict[Any, Any] | None = None
    ) -> None:
        """Use *engine*; every writing transaction knows *info*."""
        self.engine = engine
        self._info = info or {}
        self.path = path
        self._reads = engine.execution_options(reads_only=True)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open one transaction: committed whole when the block ends, else not at all.

        Raises:
            DiskFull: Nothing was kept.
            StoreReadOnly: Nothing was kept.
            StoreBusy: Another program held the database too long; nothing was kept.
            StoreDamaged: The file cannot be trusted.
        """
        try:
            with (
                Session(self.engine, expire_on_commit=False, info=self._info) as session,
                session.begin(),
            ):
                yield session
        except DBAPIError as error:
            raise self.meaning(error) from error

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open one transaction that only reads: it sees one moment and blocks nobody."""
        try:
            with Session(self._reads, expire_on_commit=False) as session, session.begin():
                yield session
        except DBAPIError as error:
            raise self.meaning(error) from error

    def meaning(self, error: Exception) -> Exception:
        """Return what *error* of the database means at the desk; *error* itself when unknown."""
        return store_error(error)

    @abstractmethod
    def copy_to(self, target: Path) -> None:
        """Copy the whole file, as it is at this moment, to the new file *target*.

        Others may read and write meanwhile.

        Raises:
            DiskFull, StoreReadOnly, StoreBusy, StoreDamaged: There is no whole copy.
        """

    def close(self) -> None:
        """Give every connection back; the last one folds the write-ahead log into the file."""
        self.engine.dispose()


_SIGNS: tuple[tuple[str, type[DeskError]], ...] = (
    ("disk is full", DiskFull),
    ("disk i/o error", DiskFull),
    ("readonly database", StoreReadOnly),
    ("unable to open database file", StoreReadOnly),
    ("is locked", StoreBusy),
    ("not a database", WrongKey),
    ("malformed", StoreDamaged),
    ("vtable constructor failed", StoreDamaged),
)


def store_error(error: Exception) -> Exception:
    """Return what *error* of the database means at the desk; *error* itself when unknown."""
    cause = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    for sign, meaning in _SIGNS:
        if sign in cause:
            return meaning(cause[:200])
    return error


_STEP = re.compile(r"[0-9]{4}")


def migrate(database: Database, scripts: Path) -> None:
    """Bring *database* to the newest step of *scripts*; all steps are one transaction.

    Before the first step an existing file is copied beside itself. Several programs may do this at
    once; the first takes the steps, the others find them taken. Alembic is imported only when
    there is a step to take: it costs most of a second.

    Raises:
        StoreTooNew: The database was made by a newer program.
        DiskFull, StoreReadOnly: The copy cannot be made; no step was taken.
        StoreDamaged: It names a step that no program ever took.
    """
    files = (scripts / "versions").glob("[0-9]*.py")
    steps = sorted(path.stem.split("_")[0] for path in files)
    head = steps[-1]
    try:
        with database.engine.connect().execution_options(reads_only=True) as connection:
            current = (
                connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
                if inspect(connection).has_table("alembic_version")
                else None
            )
    except DBAPIError as error:
        raise database.meaning(error) from error
    if current == head:
        return
    if current is not None:
        if current not in steps and not _STEP.fullmatch(current):
            raise StoreDamaged("its step is none")
        if current > head:
            raise StoreTooNew(f"file is at step {current}, program at {head}")
        _copy_beside(database, current)

    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    try:
        with database.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": STEPS})
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DBAPIError as error:
        raise database.meaning(error) from error


def _copy_beside(database: Database, step: str) -> None:
    """Keep the file as it is before *step* goes on; what bears its name is whole.

    SQLite copies one moment, the write-ahead log included, whoever else has the file open.
    """
    if database.path is None:
        return
    target = database.path.with_name(f"{database.path.name}.before-{step}")
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        database.copy_to(part)
        part.replace(target)
    except OSError as error:
        raise folder_error(error) from error
