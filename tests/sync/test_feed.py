from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from counter.store import copies, outbox
from counter.store.sisters import STATUS_CHANGED
from counter.store.store import Store, find_mark
from counter.store.tables import CopyRow, DossierRow, HistoryRow
from counter.values import Dong, uuid7
from sync.feed import CURSOR, Feed
from sync.portal import Portal
from sync.rounds import Rounds
from tests.sync.small_portal import AGENCY, MORNING, Clock, Hasty, SmallPortal, note_event, receive

NOON = "2026-11-25T12:00:00+07:00"


@pytest.fixture
def told() -> list[UUID]:
    return []


@pytest.fixture
def feed(store: Store, portal: Portal, clock: Clock, told: list[UUID]) -> Feed:
    return Feed(store, portal, clock, told.extend)


@pytest.fixture
def rounds(store: Store, portal: Portal, clock: Clock, told: list[UUID]) -> Rounds:
    return Rounds(
        store,
        portal,
        agency=AGENCY,
        version="0.1.0",
        clock=clock,
        chance=Hasty(),
        is_working=lambda day: True,
        tell=lambda done: None,
        tell_news=told.extend,
        monotonic=lambda: clock().timestamp(),
    )


def always() -> bool:
    return True


def received(store: Store, phone: str = "0912000001") -> UUID:
    """Receive a dossier whole: its row and its message."""
    dossier_id = receive(store, MORNING, phone=phone)
    with store.writing() as session:
        session.add(
            DossierRow(
                id=dossier_id,
                code=None,
                provisional_code=f"TAM-Q01-261125-{dossier_id.int % 10000:04}",
                procedure_code="1.001193",
                procedure_revision="1",
                procedure_name="Đăng ký khai sinh",
                field_code="G15-TP07",
                field_name="Hộ tịch",
                status=2,
                subject="Đăng ký khai sinh",
                applicant_name="Người Thử",
                applicant_folded="nguoi thu",
                applicant_number=None,
                birth_date=None,
                sex=None,
                address=None,
                phone=phone,
                email=None,
                identity_source="manual",
                verdict=None,
                received_at=MORNING,
                due_at=None,
                time_limit_words="",
                sets=1,
                book_volume="2026",
                book_number=dossier_id.int % 1000000,
                officer_id="cb",
                officer_name="Cán bộ",
                ticket=None,
                fee_total=Dong(0),
                created_offline=True,
                note=None,
            )
        )
    return dossier_id


def row(store: Store, dossier_id: UUID) -> DossierRow:
    with store.reading() as session:
        return session.scalars(select(DossierRow).where(DossierRow.id == dossier_id)).one()


def history(store: Store) -> list[tuple[str, int]]:
    with store.reading() as session:
        rows = session.scalars(select(HistoryRow).order_by(HistoryRow.dossier, HistoryRow.position))
        return [(line.event, line.status) for line in rows]


def test_a_new_state_reaches_the_dossier_with_a_line_in_its_history(
    store: Store, server: SmallPortal, rounds: Rounds, told: list[UUID]
) -> None:
    dossier = received(store)
    rounds.go(always)
    server.work_on(dossier, status=5, status_at=NOON, processing_unit="Tư pháp", due_at=NOON)
    server.tell("dossier.status_changed", dossier, status=5, status_before=2, text=None)

    rounds.go(always)

    found = row(store, dossier)
    assert (found.status, found.due_at) == (5, datetime(2026, 11, 25, 5, tzinfo=UTC))
    assert history(store) == [(STATUS_CHANGED, 5), (copies.DUE_CHANGED, 5)]
    assert told == [dossier]


def test_news_that_comes_twice_and_out_of_order_changes_nothing_twice(
    store: Store, server: SmallPortal, rounds: Rounds
) -> None:
    dossier = received(store)
    rounds.go(always)
    server.work_on(dossier, status=4, status_at=NOON)
    older = server.tell("dossier.status_changed", dossier, status=4)
    server.work_on(dossier, status=9, status_at=NOON)
    newer = server.tell("dossier.status_changed", dossier, status=9)
    server.feed[-2:] = [newer, older, newer, older]

    rounds.go(always)
    rounds.go(always)

    assert row(store, dossier).status == 9
    assert history(store) == [(STATUS_CHANGED, 9)]
    assert [path for _, path, *_ in server.requests].count(f"/dossiers/{dossier}") == 1


def test_what_the_portal_says_does_not_touch_a_dossier_with_a_message_on_the_way(
    store: Store, server: SmallPortal, rounds: Rounds, clock: Clock
) -> None:
    dossier = received(store)
    rounds.go(always)
    server.work_on(dossier, status=4, status_at=NOON)
    server.tell("dossier.status_changed", dossier, status=4)
    change_content(store, dossier, clock)
    server.verdicts[str(dossier)] = (503, "maintenance")

    rounds.go(always)
    before = row(store, dossier).status
    server.verdicts.clear()
    clock.forward(minutes=5)
    rounds.go(always)

    assert before == 2
    assert row(store, dossier).status == 4


def test_a_parked_dossier_does_not_hold_up_news_of_the_others(
    store: Store, server: SmallPortal, rounds: Rounds, clock: Clock
) -> None:
    parked, other = received(store), received(store)
    rounds.go(always)
    for dossier in (parked, other):
        server.work_on(dossier, status=4, status_at=NOON)
        server.tell("dossier.status_changed", dossier, status=4)
    change_content(store, parked, clock)
    server.verdicts[str(parked)] = (422, "validation")

    rounds.go(always)

    assert (row(store, parked).status, row(store, other).status) == (2, 4)


def test_a_telephone_number_changed_online_reaches_the_desk(
    store: Store, server: SmallPortal, rounds: Rounds
) -> None:
    dossier = received(store, phone="0912000001")
    rounds.go(always)
    server.dossiers[str(dossier)]["owner"]["phone"] = "0987000002"
    server.work_on(dossier, updated_by="citizen", content_version=2)
    whole = server.whole(str(dossier))
    server.tell("dossier.updated", dossier, changed_fields=["/owner/phone"], dossier=whole)

    rounds.go(always)

    assert row(store, dossier).phone == "0987000002"
    assert history(store) == [(copies.CONTACT_CHANGED, 2)]
    assert server.asked(f"/dossiers/{dossier}") == 0


def test_the_national_portals_answer_is_kept_without_asking_again(
    store: Store, server: SmallPortal, rounds: Rounds
) -> None:
    dossier = received(store)
    rounds.go(always)
    state = {"state": "rejected", "error_code": "-3", "message": "trùng", "at": NOON}
    server.tell("dossier.portal_state", dossier, **state)

    rounds.go(always)

    with store.reading() as session:
        kept = session.get_one(CopyRow, dossier).portal_state
    assert kept is not None
    assert '"error_code": "-3"' in kept
    assert server.asked(f"/dossiers/{dossier}") == 0


def test_a_dossier_sent_online_is_kept_with_the_time_to_answer_it(
    store: Store, server: SmallPortal, feed: Feed
) -> None:
    dossier = uuid7()
    server.dossiers[str(dossier)] = {"id": str(dossier), "owner": {"full_name": "Người Thử"}}
    server.versions[str(dossier)] = 1
    whole = {**server.whole(str(dossier)), "status": 1}
    server.tell("dossier.assigned", dossier, dossier=whole, answer_by=NOON)

    feed.fetch(always)

    with store.reading() as session:
        copy = session.get_one(CopyRow, dossier)
    assert (copy.status, copy.answer_by) == (1, datetime(2026, 11, 25, 5, tzinfo=UTC))
    assert copy.body is not None
    assert "Người Thử" in copy.body


def test_news_of_an_unknown_kind_is_passed_by(
    store: Store, server: SmallPortal, feed: Feed
) -> None:
    server.tell("weather.changed", None, sky="blue")
    server.tell("dossier.folded", uuid7())

    feed.fetch(always)

    with store.reading() as session:
        assert find_mark(session, CURSOR) == "c2"


def test_a_page_and_its_cursor_are_kept_together_or_not_at_all(
    store: Store, server: SmallPortal, rounds: Rounds, portal: Portal, clock: Clock
) -> None:
    dossier = received(store)
    rounds.go(always)
    server.work_on(dossier, status=4, status_at=NOON)
    server.tell("dossier.status_changed", dossier, status=4)

    def broken() -> datetime:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Feed(store, portal, broken, lambda ids: None).fetch(always)
    rounds.go(always)

    assert row(store, dossier).status == 4


def test_a_place_the_feed_no_longer_reaches_is_made_up_by_a_list(
    store: Store, server: SmallPortal, rounds: Rounds
) -> None:
    dossiers = [received(store) for _ in range(5)]
    rounds.go(always)
    for dossier in dossiers:
        server.work_on(dossier, status=4, status_at=NOON)
        server.tell("dossier.status_changed", dossier, status=4)
    server.feed_begins = 4

    rounds.go(always)

    assert [row(store, dossier).status for dossier in dossiers] == [4] * 5
    with store.reading() as session:
        assert find_mark(session, CURSOR) == "c5"


def test_a_dossier_the_portal_no_longer_shows_is_not_asked_for_for_ever(
    store: Store, server: SmallPortal, feed: Feed
) -> None:
    gone = uuid7()
    server.versions[str(gone)] = 3
    server.tell("dossier.status_changed", gone, status=4)

    feed.fetch(always)
    feed.fetch(always)

    assert server.asked(f"/dossiers/{gone}") == 1


def test_news_is_heard_while_the_desk_waits_at_the_portal(
    store: Store, server: SmallPortal, feed: Feed
) -> None:
    server.stirred.set()
    server.tell("weather.changed", None)

    assert feed.listen(5, lambda: False)


def test_waiting_without_news_ends_by_itself(store: Store, server: SmallPortal, feed: Feed) -> None:
    begun = time.monotonic()

    assert not feed.listen(1, lambda: False)
    assert time.monotonic() - begun < 30


def test_a_portal_restored_from_yesterdays_backup_is_filled_again(
    store: Store, server: SmallPortal, rounds: Rounds, clock: Clock
) -> None:
    dossiers = [received(store) for _ in range(5)]
    for seq in (1, 2):
        note(store, dossiers[3], seq, clock)
    rounds.go(always)
    before = dict(server.dossiers), {key: list(kept) for key, kept in server.events.items()}
    server.restore_backup(without=dossiers[2:])

    for _ in range(4):
        clock.forward(hours=7)
        rounds.go(always)

    assert (server.dossiers, server.events) == before
    assert sorted(server.arrivals) == sorted(map(str, dossiers))


def test_events_the_portal_lost_go_again_from_where_it_stands(
    store: Store, server: SmallPortal, rounds: Rounds, clock: Clock
) -> None:
    dossier = received(store)
    for seq in (1, 2, 3):
        note(store, dossier, seq, clock)
    rounds.go(always)
    del server.events[str(dossier)][1:]
    note(store, dossier, 4, clock)

    rounds.go(always)
    clock.forward(minutes=5)
    rounds.go(always)

    assert [event["seq"] for event in server.events[str(dossier)]] == [1, 2, 3, 4]


def test_a_dossier_the_portal_lost_goes_again_before_its_events(
    store: Store, server: SmallPortal, rounds: Rounds, clock: Clock
) -> None:
    dossier = received(store)
    note(store, dossier, 1, clock)
    rounds.go(always)
    server.restore_backup(without=[dossier])
    server.epoch = "e1"
    note(store, dossier, 2, clock)

    rounds.go(always)
    clock.forward(minutes=5)
    rounds.go(always)

    assert server.arrivals == [str(dossier)]
    assert [event["seq"] for event in server.events[str(dossier)]] == [1, 2]


def test_both_sides_are_compared_once_a_day_and_not_more_often(
    store: Store, server: SmallPortal, rounds: Rounds, clock: Clock
) -> None:
    received(store)
    rounds.go(always)

    for _ in range(8):
        clock.forward(hours=6.1)
        rounds.go(always)

    assert server.asked("/dossiers?updated_since") == 2


def test_a_change_rests_on_the_version_the_officer_saw(
    store: Store, server: SmallPortal, rounds: Rounds, clock: Clock
) -> None:
    dossier = received(store)
    rounds.go(always)
    change_content(store, dossier, clock)

    rounds.go(always)

    assert server.based == {str(dossier): [None, 1]}


def change_content(store: Store, dossier_id: UUID, clock: Clock) -> None:
    facts = {
        "id": str(dossier_id),
        "code": None,
        "owner": {"full_name": "Người Thử", "phone": "0912000001"},
        "note": "thêm giấy",
    }
    with store.writing() as session:
        outbox.put(
            session,
            key=uuid7(clock()),
            dossier_id=dossier_id,
            kind=outbox.DOSSIER,
            facts=facts,
            moment=clock(),
        )


def note(store: Store, dossier_id: UUID, seq: int, clock: Clock) -> None:
    note_event(store, dossier_id, seq, clock() + timedelta(seconds=seq))
