"""Whoever has a receipt in hand takes a number and answers with its code; help reaches somebody."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from counter.desk import officers, queueing, waiting_hall
from counter.desk.at_kiosk import KioskDesk
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import AlreadyRated, UnknownCode
from counter.kiosk import PaperKind
from counter.office import bookings, calling, reserve, tickets
from counter.office.office import Office
from counter.office.tables import BookingRow, RatingRow
from counter.office.tickets import Place
from counter.people import Role
from counter.ports import Outcome, PaperMade
from counter.roster import Account
from counter.work import Reception
from tests.counter.desk.conftest import SetClock, asked, lend


@pytest.fixture
def kiosk(context: Context) -> KioskDesk:
    return KioskDesk(context.hall, ())


def receive(desk: Desk, clock: SetClock) -> Reception:
    """Receive a dossier and let all its papers be made."""
    received = desk.receive(asked(clock))
    for job in received.jobs:
        desk.note_paper(PaperMade(job.id, Outcome.PRINTED, "máy in"))
    return received


def test_a_citizen_rates_at_the_kiosk_with_the_code_of_the_receipt(
    desk: Desk, context: Context, kiosk: KioskDesk, clock: SetClock
) -> None:
    lend(context, 1, 9)
    code = receive(desk, clock).code

    paper = kiosk.look_at(code)
    kiosk.rate(code, 5)

    with context.hall.office.reading() as session:
        kept = session.scalars(select(RatingRow)).one()
    assert (paper.kind, paper.service) == (PaperKind.DOSSIER, "A")
    assert (kept.subject, kept.service, kept.score) == (code, "A", 5)
    with pytest.raises(AlreadyRated):
        kiosk.rate(code, 1)


def test_a_citizen_takes_a_number_with_the_code_of_the_receipt(
    desk: Desk, kiosk: KioskDesk, clock: SetClock
) -> None:
    code = receive(desk, clock).code

    taken = kiosk.check_in(code)

    assert taken.service_name == "Hộ tịch"
    waiting = desk.queue().waiting
    assert [(t.number, t.subject) for t in waiting] == [(taken.number, code)]


def test_no_receipt_made_means_that_nobody_has_its_code(
    desk: Desk, kiosk: KioskDesk, clock: SetClock
) -> None:
    code = desk.receive(asked(clock)).code

    paper = kiosk.look_at(code)

    assert (paper.kind, paper.service) == (PaperKind.DOSSIER, "")
    with pytest.raises(UnknownCode):
        kiosk.rate(code, 5)


def test_a_dossier_handed_in_online_comes_with_its_field_from_the_portal(
    kiosk: KioskDesk,
) -> None:
    code = "H55.242-261120-0007"

    taken = kiosk.check_in(code, "B")
    kiosk.rate(code, 4, "B")

    assert taken.number == "B001"
    with pytest.raises(UnknownCode):
        kiosk.check_in("8934567890123", "B")


def test_a_booked_time_is_told_from_a_ticket_and_from_nothing(
    kiosk: KioskDesk, context: Context, clock: SetClock
) -> None:
    booked = queueing.book(context.hall, "A", clock())
    number = kiosk.check_in(booked).number

    kinds = [
        kiosk.look_at(code).kind
        for code in (booked, f"{number}-{clock():%y%m%d}", f"{number}-200101", "8934567890123")
    ]

    assert kinds == [PaperKind.BOOKING, PaperKind.TICKET, PaperKind.UNKNOWN, PaperKind.UNKNOWN]


def test_whoever_was_laid_aside_comes_back_without_a_new_queue(
    desk: Desk, kiosk: KioskDesk, clock: SetClock
) -> None:
    first = desk.take_ticket("A").number
    current = desk.call_next()
    assert current is not None
    desk.calls().hold(current.row)
    for _ in range(2):
        desk.take_ticket("A")
    paper = kiosk.look_at(f"{first}-{clock():%y%m%d}")
    assert paper.ticket is not None

    kiosk.come_back(paper.ticket.row)

    called = desk.call_next()
    assert called is not None
    assert called.number == first


def test_a_call_for_help_reaches_the_counters_until_one_goes(
    desk: Desk, kiosk: KioskDesk, context: Context
) -> None:
    before = waiting_hall.hall_mark(context.hall)
    kiosk.call_helper()
    kiosk.call_helper()
    (waits,) = desk.queue().helps
    asked_mark = waiting_hall.hall_mark(context.hall)

    went = [desk.calls().answer_help(waits.row) for _ in range(2)]

    assert went == [True, False]
    assert desk.queue().helps == ()
    assert before < asked_mark < waiting_hall.hall_mark(context.hall)


def test_nobody_is_waited_for_all_day(desk: Desk, kiosk: KioskDesk, clock: SetClock) -> None:
    kiosk.call_helper()

    clock.move(minutes=31)

    assert desk.queue().helps == ()


def test_counters_know_each_other(desk: Desk) -> None:
    desk.take_ticket("A")
    desk.call_next()

    (here,) = desk.calls().counters()

    assert (here.name, here.is_here) == ("Quầy 1", True)
    assert here.officer


def test_an_officer_is_told_by_name_where_this_desk_knows_it(desk: Desk, context: Context) -> None:
    desk.take_ticket("A")
    desk.call_next()
    (before,) = desk.calls().counters()
    assert before.officer is not None
    account = Account(before.officer, "Lê Thị Thử", "Chuyên viên", frozenset({Role.ADMINISTRATOR}))
    officers.make_officer(context, account, "bốn con trâu qua sông")

    (after,) = desk.calls().counters()

    assert (before.officer_name, after.officer_name) == ("", "Lê Thị Thử")


def test_a_receipt_made_while_the_office_is_away_is_told_afterwards(
    tmp_path: Path, clock: SetClock
) -> None:
    with closing(Office(tmp_path / "a.db")) as office, closing(Office(tmp_path / "b.db")) as kept:
        with kept.writing() as session:
            bookings.expect(session, "TAM-Q01-261125-0001", "A", None)
        with kept.reading() as untold, office.writing() as session:
            told = reserve.tell(session, untold, clock())
        with kept.writing() as session:
            reserve.forget(session, told)

        with office.reading() as session, kept.reading() as emptied:
            known = session.scalars(select(BookingRow.code)).all()
            left = emptied.scalars(select(BookingRow.code)).all()

    assert (known, left) == (["TAM-Q01-261125-0001"], [])


def test_a_held_number_of_another_counter_comes_back_to_that_counter(
    context: Context, desk: Desk, clock: SetClock
) -> None:
    number = desk.take_ticket("A").number
    far = Place("Quầy 9", "xa")
    with context.hall.office.writing() as session:
        row = tickets.get_number(session, clock().date(), number)
        calling.call_number(session, number, far, clock())
        calling.hold(session, row.row, far, clock())
        calling.come_back(session, row.row, clock())

    assert desk.call_next() is None
