"""The desk finds what is wrong with itself: each invariant is broken once and noticed."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from counter.desk import checking
from counter.desk.context import Context
from counter.desk.desk import Desk
from tests.counter.desk.conftest import SetClock, asked, lend


def broken(context: Context, statement: str) -> set[str]:
    with context.store.writing() as session:
        session.execute(text(statement))
    return {violation.invariant for violation in checking.verify(context)}


@pytest.fixture(autouse=True)
def two_dossiers(desk: Desk, context: Context, clock: SetClock) -> None:
    lend(context, 51, 60)
    desk.receive(asked(clock))
    desk.receive(asked(clock))


def test_a_sound_desk_has_nothing_to_complain_about(context: Context) -> None:
    assert checking.verify(context) == ()
    assert checking.counted(context) == {"dossiers": 2, "history": 2, "messages": 2, "leases": 1}


@pytest.mark.parametrize(
    ("statement", "invariant"),
    [
        ("DELETE FROM outbox WHERE seq = 1", "I2"),
        ("UPDATE outbox SET dossier_seq = 5 WHERE seq = 1", "I3"),
        ("UPDATE outbox SET body = replace(body, 'counter', 'postal') WHERE seq = 1", "I4"),
        ("UPDATE outbox SET dossier_id = x'00000000000000000000000000000001' WHERE seq = 1", "I5"),
        ("UPDATE lease SET next = 60", "I7"),
        ("UPDATE lease SET next = 51", "I7"),
        ("UPDATE dossier SET code = 'nonsense' WHERE row = 1", "I7"),
        ("UPDATE dossier SET status = 4 WHERE row = 1", "I9"),
        ("DELETE FROM history WHERE row = 1", "I9"),
    ],
)
def test_what_is_broken_is_named(context: Context, statement: str, invariant: str) -> None:
    assert invariant in broken(context, statement)


def test_a_line_that_points_nowhere_is_named(context: Context) -> None:
    connection = context.store.engine.raw_connection()
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF")
    cursor.execute("UPDATE paper SET dossier = 99 WHERE row = 1")
    cursor.execute("PRAGMA foreign_keys = ON")
    connection.close()

    assert "I10" in {violation.invariant for violation in checking.verify(context)}
