"""Tickets at the desk: given out, called, ended. They live in the office database."""

from __future__ import annotations

from counter.desk.context import Hall
from counter.errors import UnknownCounter, UnknownPriority, UnknownService
from counter.forms import TicketPaper
from counter.office import office
from counter.ports import PrintJob
from counter.procedures import Catalogue
from counter.settings import Settings
from counter.values import local_day, uuid7
from counter.work import Change, QueueTicket, QueueView, Service, TicketTaken


def services(hall: Hall) -> tuple[Service, ...]:
    """Return what a ticket can be taken for and how many wait for each."""
    with hall.office.reading() as session:
        counts = office.waiting_counts(session, local_day(hall.clock()))
    return tuple(
        Service(letter, name, counts.get(letter, 0)) for letter, name in hall.catalogue.services()
    )


def take_ticket(hall: Hall, service: str, priority: str | None) -> TicketTaken:
    """Give out the next number of *service*.

    Raises:
        UnknownService: No service has this letter.
        UnknownPriority: No priority group has this code.
    """
    name = _service_name(hall.catalogue, service)
    if priority is not None and priority not in hall.priorities:
        raise UnknownPriority
    moment = hall.clock()
    with hall.office.writing() as session:
        ahead = len(office.waiting(session, local_day(moment)))
        ticket = office.take(session, service=service, priority=priority, moment=moment)
    return _taken(hall, ticket, name, ahead=ahead)


def take_served(hall: Hall, service: str, counter: str) -> TicketTaken:
    """Give a number to somebody who already stands at *counter*; nobody is passed by.

    Raises:
        UnknownService: No service has this letter.
    """
    moment = hall.clock()
    name = _service_name(hall.catalogue, service)
    with hall.office.writing() as session:
        ticket = office.take(
            session, service=service, priority=None, moment=moment, counter=counter
        )
    return _taken(hall, ticket, name, ahead=0)


def give_back(hall: Hall, taken: TicketTaken) -> None:
    """Take back a number whose visit came to nothing."""
    with hall.office.writing() as session:
        office.finish(session, row=taken.row, state="absent", moment=hall.clock())


def call_next(hall: Hall, counter: str) -> QueueTicket | None:
    """Call the next ticket to *counter*; None when nobody waits.

    Raises:
        UnknownCounter: The counter's name is empty or longer than 40 characters.
    """
    if not counter.strip() or len(counter) > 40:
        raise UnknownCounter
    with hall.office.writing() as session:
        ticket = office.call_next(session, counter=counter, moment=hall.clock())
    return None if ticket is None else _shown(hall, ticket)


def queue(hall: Hall, counter: str) -> QueueView:
    """Return who stands at *counter* and who waits."""
    day = local_day(hall.clock())
    with hall.office.reading() as session:
        current = office.called_at(session, day, counter)
        waiting = office.waiting(session, day)
    return QueueView(
        current=None if current is None else _shown(hall, current),
        waiting=tuple(_shown(hall, ticket) for ticket in waiting),
    )


def center_name(settings: Settings) -> str:
    """Return the desk's office as citizens know it, for tickets and boards."""
    return f"{settings.office.center_name} {settings.office.name.removeprefix('Ủy ban nhân dân ')}"


def _service_name(catalogue: Catalogue, service: str) -> str:
    for letter, name in catalogue.services():
        if letter == service:
            return name
    raise UnknownService


def _taken(hall: Hall, ticket: office.Ticket, service_name: str, *, ahead: int) -> TicketTaken:
    paper = TicketPaper(
        agency=center_name(hall.settings.settings),
        number=ticket.number,
        service=service_name,
        issued_at=ticket.issued_at,
        ahead=ahead,
        qr=f"{ticket.number}-{ticket.day:%y%m%d}",
        priority=hall.priorities[ticket.priority] if ticket.priority else None,
        reprint=False,
        training=hall.training,
    )
    name = f"{ticket.day:%y%m%d}_{ticket.number}_ticket"
    return TicketTaken(
        row=ticket.row,
        number=ticket.number,
        service_name=service_name,
        issued_at=ticket.issued_at,
        ahead=ahead,
        job=PrintJob(uuid7(ticket.issued_at), name, paper),
        changed=Change.QUEUE,
    )


def _shown(hall: Hall, ticket: office.Ticket) -> QueueTicket:
    names = dict(hall.catalogue.services())
    return QueueTicket(
        number=ticket.number,
        service_name=names.get(ticket.service, ticket.service),
        priority=hall.priorities.get(ticket.priority) if ticket.priority else None,
        issued_at=ticket.issued_at,
    )
