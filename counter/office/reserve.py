"""Numbers while the office database is cut off: a reserved letter, and what is told it afterwards.

Each desk and kiosk that has once reached the office database holds a letter of its own, which no
field and no other place has. While the database is away, or its file damaged, it gives numbers out
of that series, from a small database beside it with the same tables, and counters note the numbers
they call by typing.
Afterwards everything is told to the office in one transaction; telling it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from counter.errors import NoReserve
from counter.office import bookings, calling
from counter.office.tables import (
    BookingRow,
    DoubtRow,
    ErrandRow,
    PeriodRow,
    PlaceRow,
    RenewalRow,
    TicketRow,
    TypedCallRow,
)
from counter.office.tickets import Place, State, add, find, move
from counter.values import local_day

LETTERS = "ZYXWVUTSRJIFO"
"""In this order they are reserved, when no field has them."""


@dataclass(frozen=True, slots=True)
class Told:
    """What came of telling the office.

    Attributes:
        tickets: Numbers it did not know.
        calls: Typed calls it noted on a ticket now.
        voided: Numbers that were taken while the way was cut, and promised to nobody.
        ids: Everything of the reserve that the office has now.
        codes: Dossiers whose citizens can be expected now.
    """

    tickets: int
    calls: int
    voided: int
    ids: frozenset[UUID]
    codes: frozenset[str] = frozenset()


def enrol(
    session: Session,
    *,
    desk_id: str,
    counter: str,
    services: str,
    fields: Collection[str],
    held: str | None = None,
) -> str:
    """Note a place where numbers are given out; return its reserved letter.

    Args:
        held: The letter it had before; it keeps it in an office that knows nothing of it yet.

    Raises:
        NoReserve: Every letter is in use.
    """
    places = session.scalars(select(PlaceRow)).all()
    for place in places:
        if place.desk_id == desk_id:
            place.counter, place.services = counter, services
            return place.letter
    used = {place.letter for place in places} | set(fields)
    used.update(session.scalars(select(RenewalRow.letter)))
    wanted = (held, *LETTERS) if held else LETTERS
    letter = next((letter for letter in wanted if letter not in used), None)
    if letter is None:
        raise NoReserve
    session.add(PlaceRow(desk_id=desk_id, letter=letter, counter=counter, services=services))
    return letter


def is_empty(session: Session) -> bool:
    """Tell whether no place was ever enrolled here."""
    return session.scalar(select(PlaceRow.desk_id).limit(1)) is None


def letter_of(session: Session, desk_id: str) -> str:
    """Return the reserved letter of a place.

    Raises:
        NoReserve: It has never reached the office database.
    """
    place = session.get(PlaceRow, desk_id)
    if place is None:
        raise NoReserve
    return place.letter


def remember(session: Session, *, desk_id: str, letter: str, counter: str, services: str) -> None:
    """Keep in the reserve which letter the office gave this place."""
    session.merge(PlaceRow(desk_id=desk_id, letter=letter, counter=counter, services=services))


def note_typed(session: Session, *, key: UUID, number: str, place: Place, moment: datetime) -> None:
    """Keep that a number was called by typing it."""
    session.add(
        TypedCallRow(
            id=key,
            day=local_day(moment),
            number=number,
            counter=place.counter,
            officer=place.officer,
            at=moment,
        )
    )


def note_doubt(session: Session, key: UUID, moment: datetime) -> None:
    """Keep that a number may have been taken in the office without anybody having it."""
    session.add(DoubtRow(id=key, at=moment))


def tell(office: Session, reserve: Session, moment: datetime) -> Told:
    """Tell the office what happened while it was away; what it knows already changes nothing.

    The caller ends the office's transaction first, and then lets the reserve ``forget``.
    """
    doubts = reserve.scalars(select(DoubtRow)).all()
    voided = sum(_void(office, doubt, moment) for doubt in doubts)
    kept = reserve.scalars(select(TicketRow).order_by(TicketRow.row)).all()
    new = [row for row in kept if not _knows(office, TicketRow, row.id)]
    for row in new:
        _join(office, reserve, row)
    typed = reserve.scalars(select(TypedCallRow).order_by(TypedCallRow.row)).all()
    for call in typed:
        if not _knows(office, TypedCallRow, call.id):
            note_typed(
                office,
                key=call.id,
                number=call.number,
                place=Place(call.counter, call.officer),
                moment=call.at,
            )
    expected = reserve.scalars(select(BookingRow)).all()
    for booking in expected:
        bookings.expect(office, booking.code, booking.service, booking.begins_at)
    office.flush()
    ids = frozenset([*(d.id for d in doubts), *(t.id for t in kept), *(c.id for c in typed)])
    codes = frozenset(booking.code for booking in expected)
    return Told(len(new), settle_typed(office, moment), voided, ids, codes)


def forget(reserve: Session, told: Told) -> None:
    """Empty the reserve of what the office has; the letter and the last numbers stay."""
    ids = told.ids
    reserve.execute(delete(BookingRow).where(BookingRow.code.in_(told.codes)))
    tickets = select(TicketRow.row).where(TicketRow.id.in_(ids))
    reserve.execute(delete(PeriodRow).where(PeriodRow.ticket.in_(tickets)))
    reserve.execute(delete(ErrandRow).where(ErrandRow.ticket.in_(tickets)))
    reserve.execute(delete(TicketRow).where(TicketRow.id.in_(ids)))
    reserve.execute(delete(TypedCallRow).where(TypedCallRow.id.in_(ids)))
    reserve.execute(delete(DoubtRow).where(DoubtRow.id.in_(ids)))


def _knows(office: Session, table: type[TicketRow | TypedCallRow], key: UUID) -> bool:
    return office.scalar(select(table.row).where(table.id == key)) is not None


def settle_typed(office: Session, moment: datetime) -> int:
    """Note typed calls on the tickets that are known by now, in the order they were made.

    What a counter called by typing is done when it calls the next, and at the latest now.
    """
    open_calls = office.scalars(
        select(TypedCallRow)
        .where(TypedCallRow.settled_at.is_(None))
        .order_by(TypedCallRow.at, TypedCallRow.row)
    ).all()
    settled = 0
    for typed in open_calls:
        row = find(office, typed.day, typed.number)
        if row is None:
            continue
        typed.settled_at = moment
        settled += 1
        if row.state == State.WAITING:
            place = Place(typed.counter, typed.officer)
            following = next(
                (t.at for t in open_calls if t.counter == typed.counter and t.at > typed.at),
                moment,
            )
            calling.note_call(office, row, place, max(typed.at, row.issued_at))
            move(office, row, State.SERVED, max(following, typed.at), place)
    return settled


def _void(office: Session, doubt: DoubtRow, moment: datetime) -> int:
    row = office.scalar(select(TicketRow).where(TicketRow.id == doubt.id))
    if row is None or row.state != State.WAITING:
        return 0
    move(office, row, State.VOID, moment)
    return 1


def _join(office: Session, reserve: Session, kept: TicketRow) -> TicketRow:
    """Copy one ticket of the reserve to the office as it was given out, then as it is now."""
    row = TicketRow(
        id=kept.id,
        day=kept.day,
        letter=kept.letter,
        number=kept.number,
        service=kept.service,
        priority=kept.priority,
        issued_at=kept.issued_at,
        given_by=kept.given_by,
        state=State.WAITING,
        counter=None,
        subject=kept.subject,
        paper=kept.paper,
    )
    services = reserve.scalars(
        select(ErrandRow.service).where(ErrandRow.ticket == kept.row).order_by(ErrandRow.position)
    ).all()
    add(office, row, services, None)
    if kept.state == State.VOID:
        move(office, row, State.VOID, kept.issued_at)
    return row
