"""What an officer does with numbers: call, call again, hold, pass on, end; and see the queue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from counter.desk import reserving
from counter.desk.context import Hall
from counter.errors import (
    UnknownCounter,
    UnknownService,
    UnknownTicket,
    WrongQueueStep,
)
from counter.hall import (
    CounterLine,
    DayFigures,
    HelpAsked,
    QueueTicket,
    QueueView,
    ServiceFigures,
    VisitOpened,
)
from counter.office import calling, helping, looking, order, renewing, reserve, skills, tickets
from counter.office.tickets import Place, State, Ticket
from counter.values import CitizenNumber, local_day, uuid7

TICKET_QR = re.compile(r"([A-Z][0-9]{3,6})-([0-9]{6})")
"""What the QR on a ticket holds: its number and day."""

LONGEST_COUNTER = 40


def call_next(hall: Hall, counter: str) -> QueueTicket | None:
    """Call the next ticket to *counter*; None when nobody waits for it. What stood there is done.

    Raises:
        UnknownCounter: The counter's name is empty or longer than 40 characters.
        CounterClosed: A supervisor lets this counter call no numbers.
        QueueAway, QueueDamaged: The office database is cut off; call by typing.
    """
    reserving.keep_in_touch(hall)
    with hall.office.writing() as session:
        skills.require_open(session, counter)
        place = _place(hall, counter, skills.services_at(session, counter))
        ticket = calling.call_next(session, place, hall.clock())
    return None if ticket is None else shown(hall, ticket)


def call_number(hall: Hall, counter: str, number: str) -> QueueTicket:
    """Call one number that an officer types, out of turn, also while the office is cut off.

    Raises:
        UnknownTicket: Nobody has this number today, or it is none.
        WrongQueueStep: It does not wait.
        UnknownCounter: As for ``call_next``.
    """
    number = number.strip().upper()
    if tickets.NUMBER.fullmatch(number) is None:
        raise UnknownTicket
    moment = hall.clock()
    place = _place(hall, counter)
    reserving.keep_in_touch(hall)
    try:
        with hall.office.writing() as session:
            fields = tuple(dict(hall.catalogue.services()))
            given_by = hall.settings.settings.desk.id
            renewing.take_up(session, number, given_by=given_by, fields=fields, moment=moment)
            ticket = calling.call_number(session, number, place, moment)
        return shown(hall, ticket)
    except reserving.CUT_OFF:
        pass
    with hall.reserve.writing() as session:
        reserve.note_typed(session, key=uuid7(moment), number=number, place=place, moment=moment)
    return QueueTicket(number, "", None, moment, state=State.CALLED, called_at=moment)


def call_again(hall: Hall, counter: str, ticket: int) -> QueueTicket:
    """Call a called number once more; nearer than a minute it is heard but not counted.

    Raises:
        WrongQueueStep: It was not called to this counter.
    """
    with hall.office.writing() as session:
        return shown(hall, calling.call_again(session, ticket, _place(hall, counter), hall.clock()))


def begin(hall: Hall, counter: str, ticket: int) -> QueueTicket:
    """The called person sits down; beginning twice changes nothing.

    Raises:
        WrongQueueStep: The ticket does not stand at this counter.
    """
    with hall.office.writing() as session:
        return shown(hall, calling.begin(session, ticket, _place(hall, counter), hall.clock()))


def begin_scanned(
    hall: Hall, counter: str, *, code: str | None = None, citizen: CitizenNumber | None = None
) -> VisitOpened | None:
    """Begin the visit of whoever was called here, when the card or ticket scanned is theirs.

    A visit laid aside here is gone on with. None when the scan belongs to neither, so that the
    window can use it for something else.

    Raises:
        CounterTaken: It is laid aside here, and another number stands at the counter.
    """
    day = local_day(hall.clock())
    place = _place(hall, counter)
    with hall.office.writing() as session:
        row = None
        number = number_in(code, day) if code else None
        if number is not None:
            row = tickets.find(session, day, number)
        elif citizen is not None:
            person = tickets.find_person(session, day, citizen)
            mine = [] if person is None else tickets.all_live_of(session, day, person)
            row = next((ticket for ticket in mine if ticket.counter == counter), None)
        if row is None or row.counter != counter:
            return None
        if row.state == State.HELD:
            ticket = calling.resume(session, row.row, place, hall.clock())
        elif row.state in tickets.AT_COUNTER:
            ticket = calling.begin(session, row.row, place, hall.clock())
        else:
            return None
    return VisitOpened(shown(hall, ticket))


def miss(hall: Hall, counter: str, ticket: int) -> QueueTicket:
    """The called person did not come, after three calls one minute apart.

    Raises:
        WrongQueueStep: It was not called to this counter.
        TooFewCalls: It must be called more often, or a minute has not passed.
    """
    with hall.office.writing() as session:
        return shown(hall, calling.miss(session, ticket, _place(hall, counter), hall.clock()))


def hold(hall: Hall, counter: str, ticket: int) -> QueueTicket:
    """Lay a visit aside so that the next can be called; it stays with this counter.

    Raises:
        WrongQueueStep: It does not stand at this counter.
    """
    with hall.office.writing() as session:
        return shown(hall, calling.hold(session, ticket, _place(hall, counter), hall.clock()))


def resume(hall: Hall, counter: str, ticket: int) -> QueueTicket:
    """Go on with a visit laid aside, under the same ticket.

    Raises:
        WrongQueueStep: It is not held at this counter.
        CounterTaken: Another number stands here.
    """
    with hall.office.writing() as session:
        return shown(hall, calling.resume(session, ticket, _place(hall, counter), hall.clock()))


def come_back(hall: Hall, ticket: int) -> None:
    """A held person is back (told at the kiosk): their counter calls them next.

    Raises:
        WrongQueueStep: The ticket is not held.
    """
    with hall.office.writing() as session:
        calling.come_back(session, ticket, hall.clock())


def finish(hall: Hall, counter: str, ticket: int) -> None:
    """End the visit without calling the next; a further service on the ticket waits on.

    Raises:
        WrongQueueStep: The ticket does not stand at this counter.
    """
    place = _place(hall, counter)
    with hall.office.writing() as session:
        row = tickets.get(session, ticket)
        if row.counter != counter or row.state not in tickets.AT_COUNTER:
            raise WrongQueueStep(state=row.state)
        calling.finish(session, row, place, hall.clock())


def pass_on(
    hall: Hall,
    counter: str,
    ticket: int,
    *,
    service: str | None = None,
    to_counter: str | None = None,
    to_officer: str | None = None,
) -> None:
    """Pass a ticket on to a field, a counter or an officer; number and time stay.

    Raises:
        UnknownService: No service has this letter.
        WrongQueueStep: It stands at another counter, or is over.
        AlreadyWaiting: The person has another live ticket in that field.
    """
    if service is not None and service not in dict(hall.catalogue.services()):
        raise UnknownService
    with hall.office.writing() as session:
        calling.transfer(
            session,
            ticket,
            _place(hall, counter),
            hall.clock(),
            service=service,
            counter=to_counter,
            officer=to_officer,
        )


def recall_missed(hall: Hall, counter: str, number: str) -> QueueTicket:
    """Call an absent number once more the same day.

    Raises:
        UnknownTicket: Nobody has this number today.
        WrongQueueStep: It is not absent.
        RecalledBefore: It was absent twice.
        AlreadyWaiting: The person has taken another number since.
    """
    with hall.office.writing() as session:
        place = _place(hall, counter)
        return shown(hall, calling.recall_missed(session, number, place, hall.clock()))


def queue(hall: Hall, counter: str) -> QueueView:
    """Return who stands at *counter*, who waits for it, is held and was missed."""
    moment = hall.clock()
    day = local_day(moment)
    reserving.keep_in_touch(hall)
    stands = reserving.stand_with_office(hall)
    if stands is not None and stands.is_away:
        return QueueView(None, (), reserve=stands)
    with hall.office.reading() as session:
        place = _place(hall, counter, skills.services_at(session, counter))
        current = calling.called_here(session, day, counter)
        return QueueView(
            current=None if current is None else shown(hall, current),
            waiting=tuple(shown(hall, t) for t in order.in_order(session, place, moment)),
            held=tuple(shown(hall, t) for t in calling.held_here(session, day, counter)),
            missed=tuple(t.number for t in looking.missed(session, day)),
            reserve=stands,
            helps=tuple(
                HelpAsked(asked.row, asked.place, asked.at)
                for asked in helping.waiting(session, moment)
            ),
        )


def answer_help(hall: Hall, counter: str, row: int) -> bool:
    """Go to somebody who asked for a person at a kiosk; False when another officer was faster."""
    with hall.office.writing() as session:
        return helping.answer(session, row, _place(hall, counter), hall.clock())


def counters(hall: Hall, counter: str, names: Mapping[str, str]) -> tuple[CounterLine, ...]:
    """Return the counters of the office, by name; a number can be passed on to each.

    Args:
        names: Names of the officers this desk knows, by their codes: the office has only codes.
    """
    day = local_day(hall.clock())
    with hall.office.reading() as session:
        officers = looking.officers_at(session, day)
        places = skills.counters(session)
    lines = {
        place.counter: CounterLine(
            place.counter,
            place.services,
            officers.get(place.counter),
            place.counter == counter,
            names.get(officers.get(place.counter, ""), ""),
            place.closed_at is None,
        )
        for place in places
    }
    return tuple(lines[name] for name in sorted(lines))


def day_figures(hall: Hall, counter: str) -> DayFigures:
    """Return the figures of the day so far, for the hall and for *counter*."""
    moment = hall.clock()
    day = local_day(moment)
    names = dict(hall.catalogue.services())
    with hall.office.reading() as session:
        lines = looking.day_figures(session, day, moment)
        here = looking.served_at(session, day, counter)
    return DayFigures(
        services=tuple(
            ServiceFigures(
                service_name=names.get(line.service, line.service),
                taken=line.taken,
                waiting=line.waiting,
                served=line.served,
                absent=line.absent,
                wait=line.wait,
                longest_wait=line.longest_wait,
                serving=line.serving,
            )
            for line in lines
        ),
        here=here,
    )


def number_in(code: str, day: date) -> str | None:
    """Return the number in a scanned ticket of *day*; None when it is something else."""
    parts = TICKET_QR.fullmatch(code.strip().upper())
    return parts[1] if parts is not None and parts[2] == f"{day:%y%m%d}" else None


def shown(hall: Hall, ticket: Ticket) -> QueueTicket:
    """Return a ticket as windows show it."""
    names = dict(hall.catalogue.services())
    return QueueTicket(
        number=ticket.number,
        service_name=names.get(ticket.service, ticket.service),
        priority=hall.priorities.get(ticket.priority) if ticket.priority else None,
        issued_at=ticket.issued_at,
        row=ticket.row,
        state=ticket.state.value,
        calls=ticket.calls,
        called_at=ticket.called_at,
        target=ticket.for_counter or ticket.for_officer,
        subject=ticket.subject,
    )


def _place(hall: Hall, counter: str, services: str | None = None) -> Place:
    """Return a counter with what it serves; this desk's own has an officer and its settings."""
    if not counter.strip() or len(counter) > LONGEST_COUNTER:
        raise UnknownCounter
    desk = hall.settings.settings.desk
    if counter == desk.name:
        return Place(counter, desk.officer_id, desk.services if services is None else services)
    return Place(counter, None, services or "")
