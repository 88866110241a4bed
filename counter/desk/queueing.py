"""Numbers given out: at a counter, at the kiosk, by a code; and from the reserve when need be.

All functions of the waiting hall may be called from any thread, one transaction each. While the
office database is away or its file damaged, numbers come from this place's reserved series (see
``counter/office/reserve.py``); the office is told as soon as it answers again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from counter.desk import calls, reserving
from counter.desk.context import Hall
from counter.errors import (
    BadDossierCode,
    UnknownCode,
    UnknownPriority,
    UnknownService,
)
from counter.forms import TicketPaper
from counter.hall import OwnTicket, Service, TicketTaken, WaitRange
from counter.kiosk import PaperKind, ScannedPaper
from counter.office import bookings, calling, looking, order, reserve, tickets
from counter.office.tables import BookingRow, TicketRow
from counter.ports import Outcome, PrintJob
from counter.procedures import Catalogue
from counter.settings import Settings
from counter.values import CitizenNumber, DossierCode, ProvisionalCode, local_day, uuid7
from counter.work import Change


def services(hall: Hall) -> tuple[Service, ...]:
    """Return what a ticket can be taken for, in plain words, with how many wait and how long.

    While the office database is cut off nobody knows how many wait: then 0, and no wait.
    """
    moment = hall.clock()
    try:
        with hall.office.reading() as session:
            counts = looking.waiting_counts(session, local_day(moment))
            waits = {
                letter: looking.likely_wait(session, letter, counts.get(letter, 0), moment)
                for letter, _name in hall.catalogue.services()
            }
    except reserving.CUT_OFF:
        counts, waits = {}, {}
    found = []
    for letter, name in hall.catalogue.services():
        plain = hall.plain.get(letter)
        wait = waits.get(letter)
        found.append(
            Service(
                code=letter,
                name=name,
                waiting=counts.get(letter, 0),
                words=plain.vi if plain else name,
                words_en=plain.en if plain else name,
                wait=WaitRange.of(*wait) if wait else None,
            )
        )
    return tuple(found)


def take_ticket(
    hall: Hall,
    service: str,
    priority: str | None,
    *,
    citizen: CitizenNumber | None = None,
    more: tuple[str, ...] = (),
    subject: str | None = None,
) -> TicketTaken:
    """Give out the next number of *service*; when it returns the number is on disk.

    Ask the printer for its state before, and ``give_back`` the number when its paper failed and
    nobody has seen it.

    Args:
        priority: Code of a priority group, the reason why this person is called first.
        citizen: Who showed a card; only a keyed hash of the number is kept, for one day.
        more: Further services to be done on the same ticket, in this order.
        subject: Code of the dossier or booking it is for.

    Raises:
        UnknownService: No service has this letter.
        UnknownPriority: No priority group has this code.
        AlreadyWaiting: The citizen has a live number for one of these services.
        NoReserve: The office database is cut off, and this place never had a letter of its own.
    """
    return _take(hall, service, priority, citizen=citizen, more=more, subject=subject)


def _take(
    hall: Hall,
    service: str,
    priority: str | None,
    *,
    citizen: CitizenNumber | None,
    more: tuple[str, ...] = (),
    subject: str | None,
    booking: str | None = None,
) -> TicketTaken:
    """Give out a number, and mark the *booking* it is for, in one transaction.

    Raises:
        BookingUsed: The same booking was scanned elsewhere in this moment.
    """
    wanted = tuple(dict.fromkeys((service, *more)))
    for letter in wanted:
        _service_name(hall.catalogue, letter)
    if priority is not None and priority not in hall.priorities:
        raise UnknownPriority
    moment = hall.clock()
    asked = tickets.Wanted(
        id=uuid7(moment),
        services=wanted,
        given_by=hall.settings.settings.desk.id,
        priority=priority,
        subject=subject,
    )
    reserving.keep_in_touch(hall)
    try:
        with hall.office.writing() as session:
            if booking is not None:
                bookings.arrive(session, booking, moment)
            if citizen is not None:
                person = tickets.person_of(session, local_day(moment), citizen)
                asked = replace(asked, person=person)
            ahead = order.places_before(session, service, priority, moment)
            wait = looking.likely_wait(session, service, ahead, moment)
            row = tickets.take(session, asked, moment, ahead)
            if booking is not None:
                bookings.note_ticket(session, booking, row.row)
            taken = tickets.value(row)
    except reserving.CUT_OFF:
        return _take_reserve(hall, asked, moment)
    return _taken(hall, taken, ahead=ahead, wait=WaitRange.of(*wait) if wait else None)


def take_served(hall: Hall, service: str, counter: str) -> TicketTaken:
    """Give a number to somebody who already stands at *counter*; nobody is passed by.

    Raises:
        UnknownService: No service has this letter.
        QueueAway: The office database is away; such a visit needs no number.
    """
    moment = hall.clock()
    _service_name(hall.catalogue, service)
    desk = hall.settings.settings.desk
    asked = tickets.Wanted(id=uuid7(moment), services=(service,), given_by=desk.id)
    with hall.office.writing() as session:
        row = tickets.take(session, asked, moment)
        calling.stand(session, row, tickets.Place(counter, desk.officer_id), moment)
        taken = tickets.value(row)
    return _taken(hall, taken, ahead=0)


def give_back(hall: Hall, taken: TicketTaken) -> None:
    """Take back a number that came to nothing; it stays counted as void."""
    _amend(hall, taken, lambda session, row: calling.give_back(session, row, hall.clock()))


def check_in(
    hall: Hall,
    code: str,
    *,
    service: str | None = None,
    priority: str | None = None,
    citizen: CitizenNumber | None = None,
) -> TicketTaken:
    """Take a number with the code of a booking, of an online dossier or from a receipt.

    Who comes within a quarter of an hour of a booked time is called as somebody who booked.

    Args:
        service: What a dossier is for when the office does not know its code.

    Raises:
        UnknownCode: It is no such code, or it needs a *service*.
        BookingUsed: A number was taken with it that is not over.
        WrongTime: It is booked for another day.
        QueueAway: The office database is away; take a number by service.
        AlreadyWaiting, UnknownService, UnknownPriority: As for ``take_ticket``.
    """
    code = code.strip().upper()
    moment = hall.clock()
    try:
        with hall.office.reading() as session:
            booking = bookings.arrive(session, code, moment)
    except UnknownCode:
        if service is None or not is_dossier(code):
            raise
        return take_ticket(hall, service, priority, citizen=citizen, subject=code)
    if priority is None and bookings.is_on_time(booking, moment):
        priority = bookings.BOOKED
    return _take(hall, booking.service, priority, citizen=citizen, subject=code, booking=code)


def book(hall: Hall, service: str, begins_at: datetime) -> str:
    """Note a booked time; return the code the citizen comes with.

    Raises:
        UnknownService: No service has this letter.
        QueueAway: The office database is away.
    """
    _service_name(hall.catalogue, service)
    code = bookings.new_code()
    with hall.office.writing() as session:
        bookings.expect(session, code, service, begins_at)
    return code


def expect_dossier(hall: Hall, code: str, service: str) -> None:
    """Note the code of a dossier, so that its citizen can take a number and answer with it.

    While the office database is away or damaged it is kept here and told afterwards.
    """
    try:
        with hall.office.writing() as session:
            bookings.expect(session, code, service, None)
    except reserving.CUT_OFF:
        with hall.reserve.writing() as session:
            bookings.expect(session, code, service, None)


def tickets_of(hall: Hall, citizen: CitizenNumber) -> tuple[OwnTicket, ...]:
    """Return the live numbers of the citizen at the kiosk, oldest first; none while cut off."""
    day = local_day(hall.clock())
    try:
        with hall.office.reading() as session:
            person = tickets.find_person(session, day, citizen)
            rows = [] if person is None else tickets.all_live_of(session, day, person)
            return tuple(_own(hall, row) for row in rows)
    except reserving.CUT_OFF:
        return ()


def look_at(hall: Hall, code: str) -> ScannedPaper:
    """Say what a scanned code is: a booked time, a ticket of today, a dossier's, or none of them.

    While the office database is cut off a ticket is told by its form only.
    """
    code = code.strip().upper()
    day = local_day(hall.clock())
    number = calls.number_in(code, day)
    if number is None and not is_dossier(code):
        kind = PaperKind.BOOKING if bookings.is_booking_code(code) else PaperKind.UNKNOWN
        return ScannedPaper(code, kind)
    kind = PaperKind.DOSSIER if number is None else PaperKind.TICKET
    try:
        with hall.office.reading() as session:
            if number is None:
                booking = session.get(BookingRow, code)
                return ScannedPaper(code, kind, service=booking.service if booking else "")
            row = tickets.find(session, day, number)
            if row is None:
                return ScannedPaper(code, PaperKind.UNKNOWN)
            live = _own(hall, row) if row.state in tickets.LIVE else None
            return ScannedPaper(code, kind, live)
    except reserving.CUT_OFF:
        return ScannedPaper(code, kind)


def reprint(hall: Hall, number: str) -> TicketTaken:
    """Return the paper of a live number once more, marked as a reprint.

    Raises:
        UnknownTicket: Nobody has this number today.
        QueueAway: The office database is away.
    """
    with hall.office.reading() as session:
        row = tickets.get_number(session, local_day(hall.clock()), number)
        taken = tickets.value(row)
    return _taken(hall, taken, ahead=taken.ahead or 0, reprint=True)


def note_paper(hall: Hall, taken: TicketTaken, outcome: Outcome) -> None:
    """Note what is known of a ticket's paper: printed, unknown or failed."""

    def note(session: Session, row: int) -> None:
        tickets.get(session, row).paper = outcome.value

    _amend(hall, taken, note)


def _amend(hall: Hall, taken: TicketTaken, change: Callable[[Session, int], None]) -> None:
    """Change a number where it is kept: one of the reserve is the office's once that was told.

    It is found by its number then, for the office gives it a row of its own, and the reserve may
    use an emptied row again.
    """
    if not taken.is_reserve:
        with hall.office.writing() as session:
            change(session, taken.row)
        return
    day = local_day(taken.issued_at)
    with hall.reserve.writing() as session:
        kept = tickets.find(session, day, taken.number)
        if kept is not None:
            change(session, kept.row)
            return
    with hall.office.writing() as session:
        change(session, tickets.get_number(session, day, taken.number).row)


def center_name(settings: Settings) -> str:
    """Return the desk's office as citizens know it, for tickets and boards."""
    return f"{settings.office.center_name} {settings.office.name.removeprefix('Ủy ban nhân dân ')}"


def _take_reserve(hall: Hall, asked: tickets.Wanted, moment: datetime) -> TicketTaken:
    """Give out a number of the reserved series; what was asked of the office is in doubt."""
    with hall.reserve.writing() as session:
        reserve.note_doubt(session, asked.id, moment)
        letter = reserving.own_letter(hall, session)
        again = replace(asked, id=uuid7(moment), letter=letter, person=None)
        taken = tickets.value(tickets.take(session, again, moment))
    return replace(_taken(hall, taken, ahead=0), is_reserve=True)


def _own(hall: Hall, row: TicketRow) -> OwnTicket:
    """Return a live number as its citizen is told of it."""
    return OwnTicket(
        row=row.row,
        number=tickets.number_of(row),
        service_name=dict(hall.catalogue.services()).get(row.service, row.service),
        state=row.state,
        counter=row.counter if row.state != tickets.State.WAITING else None,
        ahead=row.ahead,
    )


def _service_name(catalogue: Catalogue, service: str) -> str:
    for letter, name in catalogue.services():
        if letter == service:
            return name
    raise UnknownService


def is_dossier(code: str) -> bool:
    """Tell whether *code* is written as the code of a dossier is, official or provisional."""
    for kind in (DossierCode, ProvisionalCode):
        try:
            kind(code)
        except BadDossierCode:
            continue
        return True
    return False


def _taken(
    hall: Hall,
    ticket: tickets.Ticket,
    *,
    ahead: int,
    wait: WaitRange | None = None,
    reprint: bool = False,
) -> TicketTaken:
    name = _service_name(hall.catalogue, ticket.service)
    paper = TicketPaper(
        agency=center_name(hall.settings.settings),
        number=ticket.number,
        service=name,
        issued_at=ticket.issued_at,
        ahead=ahead,
        qr=f"{ticket.number}-{ticket.day:%y%m%d}",
        priority=hall.priorities[ticket.priority] if ticket.priority else None,
        reprint=reprint,
        training=hall.training,
        wait=(wait.least, wait.most) if wait else None,
    )
    return TicketTaken(
        row=ticket.row,
        number=ticket.number,
        service_name=name,
        issued_at=ticket.issued_at,
        ahead=ahead,
        job=PrintJob(uuid7(hall.clock()), f"{ticket.day:%y%m%d}_{ticket.number}_ticket", paper),
        changed=Change.QUEUE,
        wait=wait,
    )
