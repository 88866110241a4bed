"""A clock set forward or back, or a machine that slept: no number twice, nobody locked out."""

from __future__ import annotations

import pytest

from counter.acts import Collect, Withdraw
from counter.desk import checking, housekeeping, officers, tries
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import AccountClosed, ConfirmAgain, WrongPassword
from counter.people import Role, Seat, officer_of
from counter.roster import Account
from counter.store import leases, life, trail
from counter.store.dossiers import find_row
from counter.values import Dong, local_day
from tests.counter.desk.conftest import EXTRACT, Run, SetClock, asked, lend

JUMPS_H = {
    "an hour forward": (1.0,),
    "an hour back": (-1.0,),
    "over midnight": (20.0,),
    "over midnight and back": (20.0, -20.0),
    "a year forward and back": (24.0 * 365, -24.0 * 365),
    "back a day and forward": (-24.0, 24.0),
}


def codes(desk: Desk) -> list[str]:
    return [line.code for line in desk.find_dossiers()]


@pytest.mark.parametrize("jumps", JUMPS_H.values(), ids=JUMPS_H.keys())
def test_no_code_and_no_ticket_is_given_twice_whatever_the_clock_does(
    context: Context, clock: SetClock, jumps: tuple[float, ...]
) -> None:
    desk = Desk(context)
    lend(context, 1, 9)
    tickets = set()
    taken = 0
    for jump in (0.0, *jumps):
        clock.move(hours=jump)
        for _ in range(2):
            desk.receive(asked(clock))
            ticket = desk.take_ticket("A")
            tickets.add((local_day(clock()), ticket.number))
            taken += 1

    assert len(set(codes(desk))) == len(codes(desk)) == taken
    assert len(tickets) == taken
    assert checking.verify(context) == ()


def test_a_code_carries_the_day_it_was_lent_for_and_a_day_without_numbers_gets_none(
    context: Context, clock: SetClock
) -> None:
    desk = Desk(context)
    lend(context, 1, 9)
    today = f"{clock.moment:%y%m%d}"

    desk.receive(asked(clock))
    clock.move(hours=24)
    desk.receive(asked(clock))

    later, first = codes(desk)
    assert today in first
    assert later.startswith("TAM-")


def test_the_history_keeps_the_order_of_what_happened_when_the_clock_is_set_back(
    context: Context, clock: SetClock
) -> None:
    desk = Desk(context)
    dossier = desk.receive(asked(clock)).dossier_id
    clock.move(hours=-3)

    desk.act(dossier, Withdraw("đổi ý"))

    (line,) = desk.find_dossiers()
    events = [step.event for step in desk.show(line.code).history]
    assert events[0] == "dossier.received"
    assert events[-1] == "dossier.withdrawn"
    assert checking.verify(context) == ()


def test_a_password_typed_once_more_does_not_hold_after_the_clock_was_set_back(
    context: Context, clock: SetClock
) -> None:
    seat = Seat(context.settings, officer_of(context.settings.settings, Role.SUPERVISOR))
    seat.confirm(clock())
    clock.move(minutes=-5)

    with pytest.raises(ConfirmAgain):
        seat.use_confirmation(clock())


def test_a_closed_account_is_not_closed_for_longer_by_a_clock_set_back_a_year(
    context: Context, clock: SetClock
) -> None:
    roles = frozenset({Role.ADMINISTRATOR})
    officers.make_officer(context, Account("an", "An Thị Mẫu", "", roles), "đồng lúa chín vàng")
    for _ in range(tries.FREE_TRIES):
        with pytest.raises(WrongPassword):
            officers.sign_in(context, "an", "sai")
    clock.move(days=-365)

    with pytest.raises(AccountClosed):
        officers.sign_in(context, "an", "đồng lúa chín vàng")
    clock.move(seconds=tries.LONGEST_WAIT_S + 1)

    assert officers.sign_in(context, "an", "đồng lúa chín vàng").id == "an"


def test_a_machine_that_slept_over_the_night_seals_and_backs_up_at_once(
    context: Context, clock: SetClock
) -> None:
    context.store.clocks = run = Run()
    housekeeping.tidy(context)
    Desk(context).receive(asked(clock))
    clock.move(hours=14)
    run.hours += 14

    housekeeping.tidy(context)

    assert len(list(housekeeping.copies_folder(context).glob("*.motcua"))) == 2
    assert checking.verify(context) == ()


def test_numbers_lent_for_today_are_not_used_up_by_a_clock_that_ran_ahead(
    context: Context, clock: SetClock
) -> None:
    lend(context, 1, 9)
    agency = context.settings.settings.office.agency_code
    clock.move(days=30)
    with context.store.writing() as session:
        ahead = leases.take_code(session, agency, clock())
    clock.move(days=-30)
    with context.store.writing() as session:
        back = leases.take_code(session, agency, clock())

    assert ahead is None
    assert back is not None


def test_numbers_called_void_by_a_clock_that_ran_ahead_are_taken_up_again(
    context: Context, clock: SetClock
) -> None:
    lend(context, 1, 9)
    agency = context.settings.settings.office.agency_code
    clock.move(days=30)
    housekeeping.tidy(context)
    clock.move(days=-30)

    housekeeping.tidy(context)

    with context.store.writing() as session:
        assert leases.take_code(session, agency, clock()) is not None
    with context.store.reading() as session:
        noted = [e.action for e in trail.entries(session, newest=50) if "serials" in e.action]
    assert sorted(noted) == ["serials.taken_up", "serials.voided"]


@pytest.mark.parametrize("hours", [0, -1, -48, 24 * 365])
def test_the_last_receipt_is_the_one_written_last_whatever_the_clock_did(
    context: Context, clock: SetClock, hours: int
) -> None:
    desk = Desk(context)
    lend(context, 1, 9)
    extract = desk.receive(asked(clock, EXTRACT)).dossier_id
    desk.act(extract, Collect())
    with context.store.writing() as session:
        row = find_row(session, extract)
        assert row is not None
        row.fee_total = Dong(row.fee_total + 1000)
    clock.move(hours=hours)

    number = desk.act(extract, Collect()).number

    with context.store.reading() as session:
        row = find_row(session, extract)
        assert row is not None
        last = life.last_receipt(session, row)
        assert last is not None
        assert (last.number, last.amount) == (number, Dong(1000))
