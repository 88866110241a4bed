"""The line of messages: in order, immutable, one stuck dossier never holding up another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select

from counter.store import clocks, outbox, reopening
from counter.store.store import Store
from counter.store.tables import OutboxRow
from counter.values import uuid7

MORNING = datetime(2026, 11, 25, 1, tzinfo=UTC)
ONE, TWO = UUID(int=1), UUID(int=2)


def put(store: Store, dossier_id: UUID, note: str) -> None:
    with store.writing() as session:
        outbox.put(
            session,
            key=uuid7(MORNING),
            dossier_id=dossier_id,
            kind=outbox.EVENT,
            facts={"note": note},
            moment=MORNING,
        )


def waiting(store: Store, moment: datetime = MORNING) -> list[str]:
    with store.reading() as session:
        return [message.body for message in outbox.due(session, moment, 50)]


def first(store: Store, dossier_id: UUID) -> outbox.Message:
    with store.reading() as session:
        return next(m for m in outbox.due(session, MORNING, 50) if m.dossier_id == dossier_id)


def test_only_the_first_unsettled_message_of_a_dossier_is_offered(store: Store) -> None:
    put(store, ONE, "a1")
    put(store, TWO, "b1")
    put(store, ONE, "a2")

    assert waiting(store) == ['{"note":"a1"}', '{"note":"b1"}']


def test_the_next_one_follows_when_the_portal_has_the_first(store: Store) -> None:
    put(store, ONE, "a1")
    put(store, ONE, "a2")

    with store.writing() as session:
        outbox.settle(session, first(store, ONE), MORNING, portal_version=1)

    assert waiting(store) == ['{"note":"a2"}']


def test_a_parked_message_holds_back_its_own_dossier_alone(store: Store) -> None:
    put(store, ONE, "a1")
    put(store, ONE, "a2")
    put(store, TWO, "b1")

    with store.writing() as session:
        outbox.set_aside(session, first(store, ONE), "parked", "{}")

    assert waiting(store) == ['{"note":"b1"}']
    with store.reading() as session:
        assert outbox.count(session).parked == 1


def test_a_message_behind_a_parked_one_is_not_due_however_long_it_waited(store: Store) -> None:
    put(store, ONE, "a1")
    put(store, ONE, "a2")
    with store.writing() as session:
        outbox.settle(session, first(store, ONE), MORNING, portal_version=1)
    with store.writing() as session:
        outbox.postpone(session, first(store, ONE), MORNING, "{}")
    with store.reading() as session:
        alone = outbox.next_due_at(session)

    with store.writing() as session:
        reopening.reopen(session, ONE)
    with store.writing() as session:
        outbox.set_aside(session, first(store, ONE), "parked", "{}")

    with store.reading() as session:
        assert (alone, outbox.next_due_at(session)) == (MORNING, None)


def test_an_officer_can_send_a_parked_dossier_again(store: Store) -> None:
    put(store, ONE, "a1")
    with store.writing() as session:
        outbox.set_aside(session, first(store, ONE), "parked", "{}")

    with store.writing() as session:
        again = outbox.send_again(session, ONE)

    assert again == 1
    assert waiting(store) == ['{"note":"a1"}']


def test_a_postponed_message_waits_for_its_time(store: Store) -> None:
    put(store, ONE, "a1")
    later = MORNING + timedelta(minutes=5)

    with store.writing() as session:
        outbox.postpone(session, first(store, ONE), later, "portal.silent")

    assert waiting(store) == []
    assert waiting(store, later) == ['{"note":"a1"}']


def test_settling_twice_changes_nothing(store: Store) -> None:
    put(store, ONE, "a1")
    message = first(store, ONE)

    for moment in (MORNING, MORNING + timedelta(hours=1)):
        with store.writing() as session:
            outbox.settle(session, message, moment, portal_version=1)

    with store.reading() as session:
        assert outbox.count(session) == outbox.OutboxCount(0, 0, 0, None)


def test_the_digest_ties_envelope_and_body_together(store: Store) -> None:
    put(store, ONE, "a1")
    message = first(store, ONE)

    right = outbox.digest_of(message.key, ONE, 1, message.body)
    changed = {
        outbox.digest_of(UUID(int=9), ONE, 1, message.body),
        outbox.digest_of(message.key, TWO, 1, message.body),
        outbox.digest_of(message.key, ONE, 2, message.body),
        outbox.digest_of(message.key, ONE, 1, message.body + " "),
    }

    assert message.digest == right
    assert right not in changed
    assert len(changed) == 4


def test_a_wait_that_a_clock_set_back_makes_endless_is_not_kept(store: Store) -> None:
    put(store, ONE, "a1")
    with store.writing() as session:
        outbox.postpone(session, first(store, ONE), MORNING + timedelta(minutes=4), "silent")

    assert waiting(store) == []
    assert waiting(store, MORNING - timedelta(days=1)) == ['{"note":"a1"}']


def clocks_of(store: Store) -> list[tuple[str | None, int | None, int | None]]:
    with store.reading() as session:
        rows = session.execute(
            select(OutboxRow.boot, OutboxRow.uptime_ms, OutboxRow.skew_ms).order_by(OutboxRow.seq)
        )
        return [(row.boot, row.uptime_ms, row.skew_ms) for row in rows]


def test_a_message_notes_a_clock_that_nobody_can_set(store: Store) -> None:
    put(store, ONE, "before")
    with time_machine.travel(MORNING - timedelta(days=900)):
        store.clocks.heard(-130.25)
        put(store, ONE, "after the clock was set back")

    before, after = clocks_of(store)
    assert before[0] == after[0] != ""
    assert before[1] is not None
    assert after[1] is not None
    assert 0 <= after[1] - before[1] < 60_000
    assert (before[2], after[2]) == (None, -130_250)


def test_a_system_that_names_no_run_gets_one_for_each_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(clocks, "BOOT_ID", tmp_path / "there is none")

    names = set()
    for _ in range(2):
        clocks._boot.cache_clear()
        names |= {clocks.Clocks().read().boot, clocks.Clocks().read().boot}
    clocks._boot.cache_clear()

    assert len(names) == 2
