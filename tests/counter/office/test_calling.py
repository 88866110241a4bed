"""A number goes from the machine to the counter and to its end, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from counter.errors import (
    AlreadyWaiting,
    CounterTaken,
    RecalledBefore,
    TooFewCalls,
    WrongQueueStep,
)
from counter.office import calling, looking, order, tickets
from counter.office.office import Office
from counter.office.tables import ErrandRow, PeriodRow
from counter.office.tickets import Place, State, Ticket, Wanted
from counter.values import CitizenNumber, local_day, uuid7

OPENING = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
DAY = local_day(OPENING)
ONE = Place("Quầy 1", "lan")
TWO = Place("Quầy 2", "minh")
CITIZEN = CitizenNumber("001199012345")


class Hall:
    """The queue with a clock that moves a minute with each act."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.moment = OPENING

    def take(
        self,
        *services: str,
        priority: str | None = None,
        citizen: CitizenNumber | None = None,
    ) -> Ticket:
        self.moment += timedelta(minutes=1)
        with self.office.writing() as session:
            person = None
            if citizen is not None:
                person = tickets.person_of(session, local_day(self.moment), citizen)
            wanted = Wanted(
                id=uuid7(self.moment),
                services=services or ("A",),
                given_by="H55.242-K01",
                priority=priority,
                person=person,
            )
            ahead = order.places_before(session, wanted.services[0], priority, self.moment)
            return tickets.value(tickets.take(session, wanted, self.moment, ahead))

    def next(self, place: Place = ONE) -> str | None:
        self.moment += timedelta(minutes=1)
        with self.office.writing() as session:
            called = calling.call_next(session, place, self.moment)
        return called.number if called else None

    def do(self, act: Callable[..., Ticket], *arguments: object, **more: object) -> Ticket:
        self.moment += timedelta(minutes=1)
        with self.office.writing() as session:
            return act(session, *arguments, self.moment, **more)

    def state(self, ticket: Ticket) -> str:
        with self.office.reading() as session:
            return tickets.get(session, ticket.row).state


@pytest.fixture
def hall(office: Office) -> Hall:
    return Hall(office)


def test_each_service_has_a_series_of_its_own(hall: Hall) -> None:
    taken = [hall.take(service).number for service in ("A", "B", "A")]

    assert taken == ["A001", "B001", "A002"]


def test_numbers_begin_anew_at_local_midnight(hall: Hall) -> None:
    hall.moment = datetime(2026, 11, 25, 16, 58, tzinfo=UTC)
    late = hall.take()
    hall.moment = datetime(2026, 11, 25, 16, 59, 30, tzinfo=UTC)
    early = hall.take()

    assert (late.number, late.day.day) == ("A001", 25)
    assert (early.number, early.day.day) == ("A001", 26)


def test_two_of_priority_are_called_for_one_of_the_others(hall: Hall) -> None:
    for priority in (None, None, "NCT", "NKT", "NCT", "NCC"):
        hall.take(priority=priority)

    assert [hall.next() for _ in range(6)] == ["A003", "A004", "A001", "A005", "A006", "A002"]


def test_counters_that_serve_the_same_share_their_turns(hall: Hall) -> None:
    for priority in (None, "NCT", "NCT", "NCT", "NCT"):
        hall.take(priority=priority)

    called = [hall.next(place) for place in (ONE, TWO, ONE)]

    assert called == ["A002", "A003", "A001"]


def test_a_counter_calls_only_what_it_serves(hall: Hall) -> None:
    for service in ("A", "B", "C"):
        hall.take(service)

    assert [hall.next(Place("Quầy 3", services="CB")) for _ in range(3)] == ["B001", "C001", None]


def test_a_citizen_has_one_live_number_in_a_service(hall: Hall) -> None:
    first = hall.take("A", citizen=CITIZEN)
    other = hall.take("B", citizen=CITIZEN)
    with pytest.raises(AlreadyWaiting) as caught:
        hall.take("A", citizen=CITIZEN)
    hall.next()
    hall.next()
    hall.next()

    again = hall.take("A", citizen=CITIZEN)

    assert caught.value.fields == {"number": "A001"}
    assert (first.number, other.number, again.number) == ("A001", "B001", "A002")


def test_the_citizen_number_stands_nowhere_and_its_key_lives_one_day(hall: Hall) -> None:
    hall.take(citizen=CITIZEN)
    with hall.office.reading() as session:
        today = session.scalars(select(ErrandRow.person)).all()
    hall.moment += timedelta(days=1)
    hall.take(citizen=CITIZEN)

    with hall.office.reading() as session:
        both = session.scalars(select(ErrandRow.person).order_by(ErrandRow.row)).all()
        yesterday = tickets.find_person(session, DAY, CITIZEN)

    assert CITIZEN.digits not in str(today)
    assert both[0] != both[1]
    assert yesterday is None


def test_several_procedures_are_done_on_one_number(hall: Hall) -> None:
    ticket = hall.take("A", "B")
    first = hall.next(Place("Quầy 1", services="A"))
    nobody = hall.next(Place("Quầy 1", services="A"))

    second = hall.next(Place("Quầy 2", services="B"))
    hall.next(Place("Quầy 2", services="B"))

    assert (first, nobody, second) == ("A001", None, "A001")
    assert hall.state(ticket) == State.SERVED


def test_absent_is_who_was_called_three_times_a_minute_apart(hall: Hall) -> None:
    ticket = hall.take()
    hall.next()
    with pytest.raises(TooFewCalls):
        hall.do(calling.miss, ticket.row, ONE)
    hall.do(calling.call_again, ticket.row, ONE)
    hall.do(calling.call_again, ticket.row, ONE)

    hall.do(calling.miss, ticket.row, ONE)

    assert hall.state(ticket) == State.ABSENT
    with hall.office.reading() as session:
        assert [t.number for t in looking.missed(session, DAY)] == ["A001"]


def test_calls_within_a_minute_count_once(hall: Hall) -> None:
    ticket = hall.take()
    hall.next()

    for _ in range(5):
        hall.moment -= timedelta(minutes=1)
        again = hall.do(calling.call_again, ticket.row, ONE)

    assert again.calls == 1


def test_a_missed_number_is_called_once_more_and_no_oftener(hall: Hall) -> None:
    ticket = hall.take(citizen=CITIZEN)
    hall.next()
    for _ in range(2):
        hall.do(calling.call_again, ticket.row, ONE)
    hall.do(calling.miss, ticket.row, ONE)

    hall.do(calling.recall_missed, "A001", TWO)
    for _ in range(2):
        hall.do(calling.call_again, ticket.row, TWO)
    hall.do(calling.miss, ticket.row, TWO)

    with pytest.raises(RecalledBefore):
        hall.do(calling.recall_missed, "A001", ONE)


def test_a_visit_laid_aside_comes_back_under_its_number(hall: Hall) -> None:
    ticket, _other = hall.take(), hall.take()
    hall.next()
    hall.do(calling.hold, ticket.row, ONE)
    hall.next()
    with pytest.raises(CounterTaken):
        hall.do(calling.resume, ticket.row, ONE)
    with pytest.raises(WrongQueueStep):
        hall.do(calling.resume, ticket.row, TWO)
    hall.next()

    hall.do(calling.resume, ticket.row, ONE)

    assert hall.state(ticket) == State.SERVING


def test_who_comes_back_is_called_first_by_the_same_counter_only(hall: Hall) -> None:
    ticket = hall.take()
    hall.next()
    hall.do(calling.hold, ticket.row, ONE)
    for _ in range(3):
        hall.take(priority="NCT")
    hall.do(calling.come_back, ticket.row)

    assert [hall.next(TWO), hall.next(ONE), hall.next(TWO)] == ["A002", "A001", "A003"]


def test_a_number_passed_on_keeps_its_place_in_time(hall: Hall) -> None:
    ticket = hall.take("A")
    hall.next()
    hall.take("B")

    hall.do(calling.transfer, ticket.row, ONE, service="B")

    assert hall.next(Place("Quầy 2", services="B")) == "A001"


@pytest.mark.parametrize(
    ("target", "may_not"),
    [({"counter": "Quầy 2"}, Place("Quầy 3", "hoa")), ({"officer": "minh"}, Place("Quầy 2"))],
)
def test_a_number_passed_to_somebody_is_called_by_nobody_else(
    hall: Hall, target: dict[str, str], may_not: Place
) -> None:
    ticket = hall.take("A")
    hall.next()

    hall.do(calling.transfer, ticket.row, ONE, **target)

    assert [hall.next(may_not), hall.next(Place("Quầy 2", "minh", "B"))] == [None, "A001"]


def test_a_transfer_never_makes_two_live_numbers_in_one_service(hall: Hall) -> None:
    ticket = hall.take("A", citizen=CITIZEN)
    hall.take("B", citizen=CITIZEN)
    hall.next(Place("Quầy 1", services="A"))

    with pytest.raises(AlreadyWaiting):
        hall.do(calling.transfer, ticket.row, Place("Quầy 1"), service="B")


def test_every_state_is_a_period_with_its_officer(hall: Hall) -> None:
    ticket = hall.take()
    hall.next()
    hall.do(calling.begin, ticket.row, ONE)
    hall.do(calling.hold, ticket.row, ONE)
    hall.do(calling.resume, ticket.row, ONE)
    hall.next()

    with hall.office.reading() as session:
        periods = session.scalars(select(PeriodRow).order_by(PeriodRow.row)).all()
    told = [(p.state, p.officer) for p in periods]
    ends = [p.ended_at for p in periods]

    assert told == [
        ("waiting", None),
        ("called", "lan"),
        ("serving", "lan"),
        ("held", "lan"),
        ("serving", "lan"),
        ("served", "lan"),
    ]
    assert ends == [*(p.began_at for p in periods[1:]), None]


def test_a_wait_is_foretold_only_after_twenty_were_seen(hall: Hall) -> None:
    for _ in range(19):
        hall.take()
        hall.next()
    with hall.office.reading() as session:
        before = looking.likely_wait(session, "A", 0, hall.moment)
    hall.take()
    hall.next()
    with hall.office.reading() as session:
        after = looking.likely_wait(session, "A", 3, hall.moment)

    assert before is None
    assert after == (timedelta(minutes=4), timedelta(minutes=4))


def test_the_day_s_figures_are_those_of_its_periods(hall: Hall) -> None:
    for _ in range(3):
        hall.take("A")
    hall.next()
    hall.next()

    with hall.office.reading() as session:
        (line,) = looking.day_figures(session, DAY, hall.moment)
        here = looking.served_at(session, DAY, "Quầy 1")

    assert (line.taken, line.waiting, line.served, here) == (3, 1, 1, 1)
    assert (line.wait, line.longest_wait, line.serving) == (
        timedelta(minutes=3),
        timedelta(minutes=3),
        timedelta(minutes=1),
    )
