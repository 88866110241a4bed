"""Serial numbers: from leased blocks, in order, on their day only, never twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from counter.store import leases
from counter.store.store import Store, note_mark
from counter.store.tables import LeaseRow

MORNING = datetime(2026, 11, 25, 1, tzinfo=UTC)
TODAY = date(2026, 11, 25)
AGENCY = "H55.242"


def lend(store: Store, first: int, last: int, *, day: date = TODAY, number: int = 1) -> None:
    with store.writing() as session:
        request = leases.ask_for(
            session,
            key=UUID(int=number),
            agency=AGENCY,
            day=day,
            count=last - first + 1,
            moment=MORNING,
        )
        lease = leases.Lease(
            id=UUID(int=100 + number),
            agency=AGENCY,
            day=day,
            first=first,
            last=last,
            width=4,
            prefix=f"{AGENCY}-{day:%y%m%d}-",
            expires_at=datetime(2026, 11, 27, tzinfo=UTC),
        )
        leases.grant(session, request, lease)
        leases.grant(session, request, lease)


def take(store: Store, moment: datetime = MORNING) -> str | None:
    with store.writing() as session:
        code = leases.take_code(session, AGENCY, moment)
    return None if code is None else code.text


def test_numbers_are_taken_in_order_and_end_with_the_block(store: Store) -> None:
    lend(store, 51, 52)

    assert [take(store), take(store), take(store)] == [
        "H55.242-261125-0051",
        "H55.242-261125-0052",
        None,
    ]


def test_a_second_block_follows_the_first(store: Store) -> None:
    lend(store, 51, 51)
    lend(store, 101, 102, number=2)

    assert [take(store), take(store)] == ["H55.242-261125-0051", "H55.242-261125-0101"]


def test_a_number_is_minted_only_on_its_day(store: Store) -> None:
    lend(store, 1, 9, day=TODAY)

    before_midnight = datetime(2026, 11, 25, 16, 59, tzinfo=UTC)
    after_midnight = before_midnight + timedelta(minutes=2)

    assert take(store, before_midnight) == "H55.242-261125-0001"
    assert take(store, after_midnight) is None


def test_a_transaction_that_fails_gives_its_number_back(store: Store) -> None:
    lend(store, 1, 9)

    try:
        with store.writing() as session:
            leases.take_code(session, AGENCY, MORNING)
            raise KeyError
    except KeyError:
        again = take(store)

    assert again == "H55.242-261125-0001"


def test_what_is_left_is_counted_by_day(store: Store) -> None:
    lend(store, 1, 10)
    take(store)

    tomorrow = TODAY + timedelta(days=1)
    with store.reading() as session:
        counted = leases.left(session, AGENCY, [TODAY, tomorrow], MORNING)
    assert counted == {TODAY: 9, tomorrow: 0}


def test_numbers_of_a_block_that_has_ended_are_not_counted_as_left(store: Store) -> None:
    lend(store, 1, 10)
    with store.reading() as session:
        ends = session.scalars(select(LeaseRow.expires_at)).one()

    with store.reading() as session:
        before = leases.left(session, AGENCY, [TODAY], ends - timedelta(seconds=1))
        after = leases.left(session, AGENCY, [TODAY], ends)

    assert (before, after) == ({TODAY: 10}, {TODAY: 0})


def test_an_unanswered_request_is_repeated_under_its_own_key(store: Store) -> None:
    with store.writing() as session:
        asked = leases.ask_for(
            session, key=UUID(int=7), agency=AGENCY, day=TODAY, count=50, moment=MORNING
        )

    with store.reading() as session:
        assert leases.open_requests(session, TODAY) == [asked]
        assert leases.open_requests(session, TODAY + timedelta(days=1)) == []


def test_provisional_codes_name_the_desk_and_count_by_day(store: Store) -> None:
    with store.writing() as session:
        codes = [str(leases.take_provisional(session, "H55.242-Q03", MORNING)) for _ in range(2)]
        next_day = leases.take_provisional(session, "H55.242-Q03", MORNING + timedelta(days=1))

    assert codes == ["TAM-Q03-261125-0001", "TAM-Q03-261125-0002"]
    assert str(next_day) == "TAM-Q03-261126-0001"


def void(store: Store, moment: datetime) -> list[tuple[str, str, int]]:
    with store.writing() as session:
        if not leases.is_account_open(session, moment):
            return []
        return [(v.first, v.last, v.count) for v in leases.void_left_over(session, moment)]


def test_what_a_day_leaves_over_is_void_once_and_never_taken(store: Store) -> None:
    lend(store, 51, 60)
    lend(store, 61, 70, number=2)
    lend(store, 1, 9, day=date(2026, 11, 26), number=3)
    take(store)

    evening, next_day = MORNING + timedelta(hours=15), MORNING + timedelta(days=1)
    assert void(store, evening) == []
    assert void(store, next_day) == [
        ("H55.242-261125-0052", "H55.242-261125-0060", 9),
        ("H55.242-261125-0061", "H55.242-261125-0070", 10),
    ]
    assert void(store, next_day) == []
    assert take(store, MORNING) is None
    assert take(store, next_day) == "H55.242-261126-0001"


def test_nothing_is_void_while_nobody_knows_what_day_it_is(store: Store) -> None:
    lend(store, 51, 60)
    with store.writing() as session:
        note_mark(session, leases.CLOCK_OFF, "90000")

    assert void(store, MORNING + timedelta(days=2)) == []


def test_numbers_given_up_after_a_restore_are_not_called_void(store: Store) -> None:
    lend(store, 51, 60)
    with store.writing() as session:
        session.scalars(select(LeaseRow)).one().returned = True

    assert void(store, MORNING + timedelta(days=1)) == []
