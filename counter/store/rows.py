"""Rows written straight into a table, past the session's unit of work.

A reception writes seven rows that nobody reads again in its transaction. Made as objects and
flushed they cost three times what they cost here, and an officer waits for each of them. Each kind
of row is written by one statement that is put into words once and names every column, so the
driver has it ready too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, Table, inspect
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from counter.store.tables import Base


def write(session: Session, kind: type[Base], *values: Mapping[str, object]) -> None:
    """Insert a row of *kind* for each of *values*, now, into the transaction that is open.

    A column that is not named gets its default, else nothing; a key made of one number that is not
    named is given by the database.

    Raises:
        KeyError: A value is named after no column.
    """
    if values:
        into = _into(kind)
        session.connection().exec_driver_sql(into.words, [into.fill(row) for row in values])


def write_new(session: Session, row: Base) -> None:
    """Insert *row*, made just now, into the transaction that is open; *session* holds it then.

    Its key is a number that the database gives; changes made to it later are kept as of any row.
    """
    state = inspect(row)
    (key,) = state.mapper.primary_key
    into = _into(type(row))
    values = {name: state.dict[name] for name in into.names if name in state.dict}
    given = session.connection().exec_driver_sql(into.words, into.fill(values)).lastrowid
    setattr(row, key.name, given)
    make_transient_to_detached(row)
    session.add(row)


@dataclass(frozen=True, slots=True)
class _Into:
    """How one kind of row is inserted.

    Attributes:
        words: The statement, with a place for each column.
        names: The columns, in the order of the places; not those the database works out.
        defaults: What a column holds when nothing is given for it.
        spelling: How a value is written for the driver, where it is not written as it is.
    """

    words: str
    names: tuple[str, ...]
    defaults: Mapping[str, object]
    spelling: tuple[Callable[[Any], Any] | None, ...]

    def fill(self, values: Mapping[str, object]) -> tuple[object, ...]:
        """Return what stands in each place for a row of *values*."""
        whole = {**self.defaults, **values}
        if len(whole) != len(self.names):
            raise KeyError(*(whole.keys() - set(self.names)))
        return tuple(
            whole[name] if spelled is None else spelled(whole[name])
            for name, spelled in zip(self.names, self.spelling, strict=True)
        )


@cache
def _into(kind: type[Base]) -> _Into:
    table = kind.__table__
    assert isinstance(table, Table)  # noqa: S101 - every kind of row has a table of its own
    dialect = SQLiteDialect_pysqlite()
    quoted = dialect.identifier_preparer.quote
    columns = tuple(column for column in table.columns if column.computed is None)
    names = ", ".join(quoted(column.name) for column in columns)
    places = ", ".join("?" * len(columns))
    return _Into(
        words=f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({places})",  # noqa: S608 - our names
        names=tuple(column.name for column in columns),
        defaults={column.name: _default(column) for column in columns},
        spelling=tuple(column.type.bind_processor(dialect) for column in columns),
    )


def _default(column: Column[Any]) -> object:
    if column.default is None:
        return None
    assert isinstance(column.default, ScalarElementColumnDefault)  # noqa: S101 - ours are values
    return column.default.arg
