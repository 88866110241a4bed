"""Rows written straight into a table, past the session's unit of work.

A reception writes seven rows that nobody reads again in its transaction. Made as objects and
flushed they cost three times what they cost here, and an officer waits for each of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy import Insert, Table, insert, inspect
from sqlalchemy.orm import Session, make_transient_to_detached

from counter.store.tables import Base


def write(session: Session, kind: type[Base], *values: Mapping[str, object]) -> None:
    """Insert a row of *kind* for each of *values*, now, into the transaction that is open."""
    if values:
        session.connection().execute(_into(kind), _as_rows(values))


def write_new(session: Session, row: Base) -> None:
    """Insert *row*, made just now, into the transaction that is open; *session* holds it then.

    Its key is a number that the database gives; changes made to it later are kept as of any row.
    """
    state = inspect(row)
    (key,) = state.mapper.primary_key
    values = {name: value for name, value in state.dict.items() if name != key.name}
    given = session.connection().execute(_into(type(row)), values).inserted_primary_key
    assert given is not None  # noqa: S101 - one row was inserted
    setattr(row, key.name, given[0])
    make_transient_to_detached(row)
    session.add(row)


def _as_rows(values: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    return [dict(row) for row in values]


@cache
def _into(kind: type[Base]) -> Insert:
    table = kind.__table__
    assert isinstance(table, Table)  # noqa: S101 - every kind of row has a table of its own
    return insert(table)
