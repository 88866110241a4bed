"""Queue tickets: a number taken, what it is for, and each of its states as a period."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlalchemy.orm import Session

from counter.errors import AlreadyWaiting, UnknownTicket
from counter.office.tables import Base, DayKeyRow, ErrandRow, RenewalRow, SeriesRow, TicketRow
from counter.values import CitizenNumber, local_day

NUMBER = re.compile(r"([A-Z])([0-9]{3,6})")
"""What people read and hear."""


class State(StrEnum):
    """Where a ticket is. ``VOID`` was given back before it came to anything."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    SERVED = "served"
    ABSENT = "absent"
    VOID = "void"


LIVE = (State.WAITING, State.CALLED, State.SERVING, State.HELD)
AT_COUNTER = (State.CALLED, State.SERVING)


@dataclass(frozen=True, slots=True)
class Place:
    """Where and by whom something is done to a ticket.

    Attributes:
        services: Letters of what the counter serves; empty is all.
    """

    counter: str
    officer: str | None = None
    services: str = ""

    @property
    def stream(self) -> str:
        """Name of the turns it shares with the counters that serve the same."""
        return "".join(sorted(set(self.services))) or "*"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A number that is asked for.

    Attributes:
        id: Made once; the same number is never taken twice under it.
        services: What the person came for, first thing first.
        person: Keyed hash of the citizen number, None when no card was shown.
        given_by: Desk or kiosk that gives it out.
        letter: Series to use instead of the first service's.
        subject: Code of the booking or dossier it is for.
    """

    id: UUID
    services: tuple[str, ...]
    given_by: str
    priority: str | None = None
    person: str | None = None
    letter: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """One queue ticket.

    Attributes:
        number: What people read and hear, such as ``A012``.
        service: The letter of the service it waits for or is served in.
        counter: The counter that called it last, None before.
        calls: How often it was called, one minute and more apart.
    """

    row: int
    day: date
    number: str
    service: str
    priority: str | None
    issued_at: datetime
    state: State
    counter: str | None
    officer: str | None
    for_counter: str | None
    for_officer: str | None
    comes_back: bool
    subject: str | None
    calls: int
    called_at: datetime | None
    recalled: bool
    ahead: int | None


def take(session: Session, wanted: Wanted, moment: datetime, ahead: int | None = None) -> TicketRow:
    """Give out the next number of today's series: its service's, unless the day has another.

    Raises:
        AlreadyWaiting: This person has a live ticket for one of the services; ``number`` says it.
    """
    day = local_day(moment)
    if wanted.person is not None:
        for service in wanted.services:
            other = live_of(session, day, wanted.person, service)
            if other is not None:
                raise AlreadyWaiting(number=number_of(other))
    letter = letter_of(session, day) or wanted.letter or wanted.services[0]
    row = TicketRow(
        id=wanted.id,
        day=day,
        letter=letter,
        number=_next_number(session, day, letter),
        service=wanted.services[0],
        priority=wanted.priority,
        issued_at=moment,
        given_by=wanted.given_by,
        state=State.WAITING,
        counter=None,
        ahead=ahead,
        subject=wanted.subject,
    )
    return add(session, row, wanted.services, wanted.person)


def letter_of(session: Session, day: date) -> str | None:
    """Return what every number of *day* bears since a damaged file was replaced; None else."""
    return session.execute(_LETTER, {"of": day}).scalar()


_LETTER = select(RenewalRow.letter).where(RenewalRow.day == bindparam("of"))


def _next_number(session: Session, day: date, letter: str) -> int:
    given: int = session.execute(_NEXT_NUMBER, {"of": day, "letter": letter}).scalar_one()
    return given


def add(session: Session, row: TicketRow, services: Sequence[str], person: str | None) -> TicketRow:
    """Write a new ticket with what it is for and its first period."""
    session.add(row)
    session.flush()
    session.add_all(
        ErrandRow(ticket=row.row, position=position, day=row.day, service=service, person=person)
        for position, service in enumerate(services)
    )
    session.execute(_NEW_PERIOD, _period(row, row.issued_at))
    return row


def move(
    session: Session,
    row: TicketRow,
    state: State,
    moment: datetime,
    place: Place | None = None,
) -> None:
    """End the ticket's period and begin one in *state*; errands end with a ticket that ends."""
    row.state = state  # first, so that the row is written once, before the first statement here
    if place is not None:
        row.counter, row.officer = place.counter, place.officer
    session.execute(_END_PERIOD, {"of": row.row, "at": moment})
    session.execute(_NEW_PERIOD, _period(row, moment))
    if state not in LIVE:
        session.execute(_END_ERRANDS, {"of": row.row, "at": moment})


_PERIODS, _ERRANDS = Base.metadata.tables["period"], Base.metadata.tables["errand"]
_NEXT_NUMBER = text(
    "INSERT INTO series (day, letter, last) VALUES (:of, :letter, 1)"
    " ON CONFLICT (day, letter) DO UPDATE SET last = series.last + 1 RETURNING last"
).bindparams(bindparam("of", type_=SeriesRow.day.type))
"""In words both databases understand; SQLAlchemy's own would load the dialect of each."""

_NEW_PERIOD = insert(_PERIODS)
_END_PERIOD = (
    update(_PERIODS)
    .where(_PERIODS.c.ticket == bindparam("of"), _PERIODS.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)
_END_ERRANDS = (
    update(_ERRANDS)
    .where(_ERRANDS.c.ticket == bindparam("of"), _ERRANDS.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)
"""Built once: building them costs more than sending them."""


def _period(row: TicketRow, moment: datetime) -> dict[str, object]:
    at = row.state not in {State.WAITING, State.VOID}
    return {
        "ticket": row.row,
        "state": str(row.state),
        "service": row.service,
        "counter": row.counter if at else None,
        "officer": row.officer if at else None,
        "began_at": moment,
    }


def get(session: Session, row: int) -> TicketRow:
    """Return one ticket.

    Raises:
        UnknownTicket: There is none.
    """
    ticket = session.get(TicketRow, row)
    if ticket is None:
        raise UnknownTicket
    return ticket


def find(session: Session, day: date, number: str) -> TicketRow | None:
    """Return the ticket of *day* with this number, such as ``A012``."""
    parts = NUMBER.fullmatch(number.strip().upper())
    if parts is None:
        return None
    return session.scalar(
        select(TicketRow).where(
            TicketRow.day == day, TicketRow.letter == parts[1], TicketRow.number == int(parts[2])
        )
    )


def get_number(session: Session, day: date, number: str) -> TicketRow:
    """Return the ticket of *day* with this number.

    Raises:
        UnknownTicket: There is none.
    """
    ticket = find(session, day, number)
    if ticket is None:
        raise UnknownTicket
    return ticket


def live_of(session: Session, day: date, person: str, service: str | None) -> TicketRow | None:
    """Return the live ticket of a person, for one service or any."""
    statement = (
        select(TicketRow)
        .join(ErrandRow, ErrandRow.ticket == TicketRow.row)
        .where(ErrandRow.day == day, ErrandRow.person == person, ErrandRow.ended_at.is_(None))
        .order_by(TicketRow.row)
        .limit(1)
    )
    if service is not None:
        statement = statement.where(ErrandRow.service == service)
    return session.scalar(statement)


def all_live_of(session: Session, day: date, person: str) -> list[TicketRow]:
    """Return every live ticket of a person, oldest first."""
    rows = session.scalars(
        select(TicketRow)
        .join(ErrandRow, ErrandRow.ticket == TicketRow.row)
        .where(ErrandRow.day == day, ErrandRow.person == person, ErrandRow.ended_at.is_(None))
        .distinct()
        .order_by(TicketRow.row)
    )
    return list(rows)


def open_errands(session: Session, ticket: int) -> list[ErrandRow]:
    """Return what is still to be done on one ticket, in order."""
    return list(session.scalars(_OPEN_ERRANDS, {"of": ticket}))


_OPEN_ERRANDS = (
    select(ErrandRow)
    .where(ErrandRow.ticket == bindparam("of"), ErrandRow.ended_at.is_(None))
    .order_by(ErrandRow.position)
)


def person_of(session: Session, day: date, number: CitizenNumber) -> str:
    """Return how a citizen is known on *day*: HMAC-SHA256 under the day's own random key.

    The key is made with the day's first card and erased with the first of a later day; what is
    left of a past day cannot be led back to a number by trying all of them.
    """
    key = session.scalar(select(DayKeyRow.key).where(DayKeyRow.day == day))
    if key is None:
        session.execute(delete(DayKeyRow).where(DayKeyRow.day < day))
        key = secrets.token_bytes(32)
        session.add(DayKeyRow(day=day, key=key))
        session.flush()
    return hmac.new(key, number.digits.encode("ascii"), sha256).hexdigest()


def find_person(session: Session, day: date, number: CitizenNumber) -> str | None:
    """Return how a citizen is known on *day*, None before anybody showed a card."""
    key = session.scalar(select(DayKeyRow.key).where(DayKeyRow.day == day))
    return None if key is None else hmac.new(key, number.digits.encode("ascii"), sha256).hexdigest()


def number_of(row: TicketRow) -> str:
    """Return the number people read, three digits at least."""
    return f"{row.letter}{row.number:03}"


def value(row: TicketRow) -> Ticket:
    """Return what leaves the database."""
    return Ticket(
        row=row.row,
        day=row.day,
        number=number_of(row),
        service=row.service,
        priority=row.priority,
        issued_at=row.issued_at,
        state=State(row.state),
        counter=row.counter,
        officer=row.officer,
        for_counter=row.for_counter,
        for_officer=row.for_officer,
        comes_back=row.comes_back,
        subject=row.subject,
        calls=row.calls,
        called_at=row.called_at,
        recalled=row.recalled,
        ahead=row.ahead,
    )
