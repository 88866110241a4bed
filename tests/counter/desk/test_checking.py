"""The desk finds what is wrong with itself: each invariant is broken once and noticed."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from counter.auditing import AuditAsked
from counter.desk import auditing, checking, housekeeping
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.desk.opening import Opening, open_desk, seal_trail
from counter.people import Officer, Role
from counter.store import trail
from counter.store.store import find_mark, note_mark
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
    assert checking.counted(context) == {
        "dossiers": 2,
        "history": 2,
        "messages": 2,
        "leases": 1,
        "files": 0,
        "audit": 2,
    }


@pytest.mark.parametrize(
    ("statement", "invariant"),
    [
        ("DELETE FROM outbox WHERE seq = 1", "I2"),
        ("UPDATE outbox SET dossier_seq = 5 WHERE seq = 1", "I3"),
        ("UPDATE outbox SET body = replace(body, 'counter', 'postal') WHERE seq = 1", "I4"),
        ("UPDATE outbox SET body = '{}' WHERE seq = 1", "I4"),
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


def test_reading_a_citizens_record_is_noted_with_who_read_it(context: Context, desk: Desk) -> None:
    desk.show(desk.find_dossiers()[0].code)

    with context.store.reading() as session:
        newest = trail.entries(session, newest=1)[0]
    assert (newest.action, newest.officer) == ("dossier.read", "cb-0001")
    assert checking.verify(context) == ()


def test_a_line_of_history_rewritten_behind_the_chain_is_found(context: Context) -> None:
    with context.store.writing() as session:
        session.execute(text("UPDATE history SET officer_id = 'cb-0002' WHERE row = 1"))

    assert {found.invariant for found in checking.verify(context)} == {"I9"}


def test_a_line_of_history_slipped_in_without_the_chain_is_found(context: Context) -> None:
    with context.store.writing() as session:
        session.execute(text("DROP TRIGGER history_is_audited"))
        session.execute(
            text(
                "INSERT INTO history (dossier, position, at, event, status, officer_id,"
                " officer_name) SELECT dossier, 2, at, 'x', status, officer_id, officer_name"
                " FROM history WHERE row = 1"
            )
        )

    assert any("never noted" in found.message for found in checking.verify(context))


def test_a_desk_that_closes_leaves_its_seals_beside_the_database(
    opening: Opening, clock: SetClock
) -> None:
    with open_desk(opening) as context:
        Desk(context).receive(asked(clock))

    sealed = trail.read_seals(opening.folder.seals)
    assert [(one.seq, one.is_good()) for one in sealed] == [(2, True), (3, True)]


def test_a_chain_rewritten_with_its_seals_is_found_by_those_on_the_second_disk(
    context: Context, desk: Desk, clock: SetClock
) -> None:
    desk.receive(asked(clock))
    housekeeping.tidy(context)
    with context.store.writing() as session:
        session.execute(text("DROP TRIGGER audit_keeps_DELETE"))
        session.execute(text("DELETE FROM audit_seal"))
        session.execute(text("DELETE FROM audit"))
        session.execute(text("DELETE FROM sqlite_sequence WHERE name = 'audit'"))
        session.execute(text("DELETE FROM history"))
    context.hall.folder.seals.unlink()

    found = [one for one in checking.verify(context) if one.invariant == "I9"]

    (second,) = housekeeping.copies_folder(context).glob("*-audit-seals.jsonl")
    assert found
    second.unlink()
    assert not [one for one in checking.verify(context) if one.where.startswith("audit")]


def test_a_chain_rewritten_with_every_seal_here_is_found_by_those_the_portal_holds(
    context: Context, desk: Desk, clock: SetClock
) -> None:
    desk.receive(asked(clock))
    seal_trail(context)
    with context.store.writing() as session:
        install, held = trail.install_of(session), trail.seals(session)
        named = find_mark(session, "install_id") or ""
        session.execute(text("DROP TRIGGER audit_keeps_DELETE"))
        for table in ("audit_seal", "audit", "history"):
            session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - names of ours
        session.execute(text("DELETE FROM sqlite_sequence WHERE name = 'audit'"))
    context.hall.folder.seals.unlink()
    unseen = [one for one in checking.verify(context) if one.where.startswith("audit")]

    trail.keep_seals(trail.portal_seals(context.hall.folder.root, install), held)

    assert unseen == []
    assert [one for one in checking.verify(context) if one.where.startswith("audit")]
    with context.store.writing() as session:
        note_mark(session, "install_id", "another installation")
    assert [one for one in checking.verify(context) if one.where.startswith("audit")]
    with context.store.writing() as session:
        note_mark(session, "install_id", named)
    assert auditing.look(context, AuditAsked()).broken
    assert auditing.look(context, AuditAsked()).told_at == clock()
    with trail.portal_seals(context.hall.folder.root, install).open("a") as file:
        file.write("half a li")
    assert auditing.look(context, AuditAsked()).told_at == clock()


def newest_entry(context: Context) -> tuple[str, str, str]:
    with context.store.reading() as session:
        entry = trail.entries(session, newest=1)[0]
    return entry.action, entry.officer, entry.subject


def test_what_somebody_declared_before_is_used_by_who_receives_and_that_is_noted(
    context: Context, desk: Desk, clock: SetClock
) -> None:
    clock.move(minutes=1)
    before = desk.receive(asked(clock))
    person = asked(clock).applicant

    desk.declare(asked(clock).procedure_code, person, None)
    noted = newest_entry(context)
    context.seat.take(Officer("qt", "Người Quản Trị", "", frozenset({Role.ADMINISTRATOR})))
    desk.declare(asked(clock).procedure_code, person, None)

    assert noted == ("dossier.recalled", "cb-0001", before.dossier_id.hex)
    assert newest_entry(context) == noted, "who may not receive is told nothing of it"
