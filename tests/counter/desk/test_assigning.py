"""What a supervisor says of a counter holds from its next call on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter.desk import calls
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import CounterClosed, NotAllowed, UnknownCounter, UnknownService
from counter.hall import CounterAsked
from counter.office import reserve
from counter.people import Officer, Role
from tests.counter.desk.conftest import SetClock


def sit(context: Context, role: Role) -> None:
    """Let somebody of *role* sit at this desk."""
    context.seat.take(Officer("cb-9", "Người Mẫu", "", frozenset({role})))


@pytest.fixture
def counter(desk: Desk, context: Context) -> str:
    """This desk's counter, known to the office, a supervisor before it."""
    sit(context, Role.SUPERVISOR)
    desk.queue()
    return context.settings.settings.desk.name


def test_the_next_call_takes_only_what_the_counter_was_given(
    desk: Desk, counter: str, clock: SetClock
) -> None:
    desk.take_ticket("A")
    clock.move(seconds=1)
    desk.take_ticket("B")

    desk.assign_counter(CounterAsked(counter, "B"))

    called = [desk.call_next() for _ in range(2)]
    assert [t.number if t else None for t in called] == ["B001", None]


def test_every_field_again_is_everything_again(desk: Desk, counter: str) -> None:
    every = "".join(service.code for service in desk.services())
    desk.assign_counter(CounterAsked(counter, "B"))
    desk.take_ticket("A")

    desk.assign_counter(CounterAsked(counter, every))

    (line,) = desk.counters()
    called = desk.call_next()
    assert line.services == ""
    assert called is not None
    assert called.number == "A001"


def test_a_closed_counter_calls_nobody_until_it_opens(desk: Desk, counter: str) -> None:
    desk.take_ticket("A")
    desk.assign_counter(CounterAsked(counter, "A", is_open=False))

    with pytest.raises(CounterClosed):
        desk.call_next()
    assert not desk.counters()[0].is_open
    desk.assign_counter(CounterAsked(counter, "A"))

    called = desk.call_next()
    assert called is not None
    assert called.number == "A001"


def test_who_was_passed_to_a_counter_that_closes_is_called_by_another(
    desk: Desk, counter: str, context: Context
) -> None:
    with context.hall.office.writing() as session:
        reserve.enrol(session, desk_id="H00.1-Q02", counter="Quầy 2", services="A", fields="ABCD")
    desk.take_ticket("A")
    called = desk.call_next()
    assert called is not None
    calls.pass_on(context.hall, counter, called.row, to_counter="Quầy 2")
    before = desk.call_next()

    desk.assign_counter(CounterAsked("Quầy 2", "A", is_open=False))

    after = desk.call_next()
    assert before is None
    assert after is not None
    assert after.number == "A001"


def test_nobody_is_passed_to_a_counter_that_is_closed(
    desk: Desk, counter: str, context: Context
) -> None:
    with context.hall.office.writing() as session:
        reserve.enrol(session, desk_id="H00.1-Q02", counter="Quầy 2", services="A", fields="ABCD")
    desk.take_ticket("A")
    called = desk.call_next()
    assert called is not None
    desk.assign_counter(CounterAsked("Quầy 2", "A", is_open=False))

    with pytest.raises(CounterClosed):
        calls.pass_on(context.hall, counter, called.row, to_counter="Quầy 2")

    standing = desk.queue().current
    assert standing is not None
    assert standing.number == "A001"


def test_who_comes_back_to_a_closed_counter_is_called_by_another(
    desk: Desk, counter: str, context: Context
) -> None:
    with context.hall.office.writing() as session:
        reserve.enrol(session, desk_id="H00.1-Q02", counter="Quầy 2", services="A", fields="ABCD")
    desk.take_ticket("A")
    held = calls.call_next(context.hall, "Quầy 2")
    assert held is not None
    calls.begin(context.hall, "Quầy 2", held.row)
    calls.hold(context.hall, "Quầy 2", held.row)
    desk.assign_counter(CounterAsked("Quầy 2", "A", is_open=False))

    calls.come_back(context.hall, held.row)

    called = desk.call_next()
    assert called is not None
    assert called.number == "A001"


def test_another_counter_follows_what_it_was_given(
    desk: Desk, counter: str, context: Context
) -> None:
    with context.hall.office.writing() as session:
        reserve.enrol(session, desk_id="H00.1-Q02", counter="Quầy 2", services="A", fields="ABCD")
    desk.take_ticket("A")
    desk.take_ticket("B")

    desk.assign_counter(CounterAsked("Quầy 2", "B"))

    called = calls.call_next(context.hall, "Quầy 2")
    assert called is not None
    assert called.number == "B001"


def test_what_was_said_stays_when_the_desk_starts_again(desk: Desk, counter: str) -> None:
    desk.assign_counter(CounterAsked(counter, "B"))

    desk.queue()

    (line,) = desk.counters()
    assert line.services == "B"


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (CounterAsked("Quầy 99", "A"), UnknownCounter),
        (CounterAsked("Quầy 1", "Z"), UnknownService),
    ],
)
def test_what_does_not_exist_is_refused(
    desk: Desk, counter: str, asked: CounterAsked, error: type[Exception]
) -> None:
    asked = replace(asked, counter=asked.counter.replace("Quầy 1", counter))

    with pytest.raises(error):
        desk.assign_counter(asked)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CASHIER, Role.ADMINISTRATOR])
def test_only_a_supervisor_says_it(desk: Desk, counter: str, context: Context, role: Role) -> None:
    sit(context, role)

    with pytest.raises(NotAllowed):
        desk.assign_counter(CounterAsked(counter, "A"))
    with pytest.raises(NotAllowed):
        desk.counters()
