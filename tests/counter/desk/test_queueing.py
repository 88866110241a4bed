"""Numbers are given out in order, called once, and count their waiting truly."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from counter.desk import calls, queueing, reserving
from counter.desk.context import Context, Hall
from counter.desk.desk import Desk
from counter.errors import BookingUsed, UnknownCounter, UnknownPriority, UnknownService
from counter.office.tables import PeriodRow
from tests.counter.desk.conftest import SetClock


def test_first_come_first_served(desk: Desk, clock: SetClock) -> None:
    for service in ("A", "B", "A"):
        desk.take_ticket(service)
        clock.move(seconds=1)

    called = [desk.call_next() for _ in range(4)]

    assert [t.number if t else None for t in called] == ["A001", "B001", "A002", None]


def test_each_service_counts_its_own_numbers_from_the_morning_on(
    desk: Desk, clock: SetClock
) -> None:
    today = [desk.take_ticket("A").number for _ in range(2)]
    clock.move(days=1)

    assert (today, desk.take_ticket("A").number) == (["A001", "A002"], "A001")


def test_a_ticket_says_how_many_wait_before(desk: Desk) -> None:
    assert [desk.take_ticket("A").ahead for _ in range(3)] == [0, 1, 2]


def test_a_called_number_leaves_the_queue_and_stands_at_the_counter(desk: Desk) -> None:
    desk.take_ticket("A")
    desk.take_ticket("B")

    desk.call_next()

    view = desk.queue()
    assert view.current is not None
    assert view.current.number == "A001"
    assert [t.number for t in view.waiting] == ["B001"]
    assert {s.code: s.waiting for s in desk.services()}["B"] == 1


@pytest.mark.parametrize("service", ["", "Z", "a", "AA"])
def test_only_services_that_exist_are_given_out(desk: Desk, service: str) -> None:
    with pytest.raises(UnknownService):
        desk.take_ticket(service)


def test_a_priority_has_a_reason_from_the_list(desk: Desk) -> None:
    assert desk.take_ticket("A", "NCT").job.paper.priority == "Người cao tuổi"  # type: ignore[union-attr]  # a ticket's paper
    with pytest.raises(UnknownPriority):
        desk.take_ticket("A", "VIP")


@pytest.mark.parametrize("counter", ["", "  ", "x" * 41])
def test_a_counter_has_a_name(context: Context, counter: str) -> None:
    with pytest.raises(UnknownCounter):
        calls.call_next(context.hall, counter)


def test_waiting_and_service_times_are_kept_as_periods(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    desk.take_ticket("A")
    clock.move(minutes=7)
    desk.call_next()
    clock.move(minutes=5)
    desk.call_next()

    with context.hall.office.reading() as session:
        periods = session.scalars(select(PeriodRow).order_by(PeriodRow.row)).all()

    lengths = [(p.state, p.ended_at - p.began_at if p.ended_at else None) for p in periods]
    assert [(state, length.seconds if length else None) for state, length in lengths] == [
        ("waiting", 420),
        ("called", 300),
        ("served", None),
    ]


def test_many_clients_never_share_a_number_nor_a_call(desk: Desk, context: Context) -> None:
    with ThreadPoolExecutor(8) as clients:
        taken = list(clients.map(lambda _: desk.take_ticket("A").number, range(40)))
        called = list(clients.map(lambda n: calls.call_next(context.hall, f"Quầy {n}"), range(40)))

    assert sorted(taken) == [f"A{n:03}" for n in range(1, 41)]
    assert sorted(t.number for t in called if t) == sorted(taken)


def test_one_booking_scanned_at_two_kiosks_in_one_moment_gives_one_number(
    desk: Desk, context: Context, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = queueing.book(context.hall, "A", clock())
    elsewhere: list[str] = []

    def meanwhile(hall: Hall) -> None:
        monkeypatch.undo()
        elsewhere.append(queueing.check_in(hall, code).number)

    monkeypatch.setattr(reserving, "keep_in_touch", meanwhile)

    with pytest.raises(BookingUsed):
        queueing.check_in(context.hall, code)

    assert elsewhere == ["A001"]
    assert [t.number for t in desk.queue().waiting] == ["A001"]
