"""How this place stands with the office database: enrolled, cut off from it, told afterwards.

A shared one may be away; a file may be damaged. Either way numbers come from this place's reserve.
"""

from __future__ import annotations

from functools import reduce
from operator import add

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from counter.desk.context import Hall
from counter.errors import NoReserve, QueueAway, QueueDamaged
from counter.hall import Reserve
from counter.office import renewing, reserve
from counter.office.reserve import Told
from counter.office.tables import BookingRow, DoubtRow, PlaceRow, TicketRow, TypedCallRow
from counter.values import local_day

CUT_OFF = (QueueAway, QueueDamaged)
"""Why the office database gives no numbers now: it does not answer, or its file is damaged."""

_UNTOLD = reduce(
    add,
    (
        select(func.count()).select_from(table).scalar_subquery()
        for table in (TicketRow, TypedCallRow, DoubtRow, BookingRow)
    ),
)


def keep_in_touch(hall: Hall) -> Told | None:
    """Enrol this place with the office and tell it what happened while it was away.

    Cheap when there is nothing to tell. Telling is repeated until the office has kept it, and what
    it knows already changes nothing.

    Returns:
        What came of it; None when there was nothing to tell or the office is cut off.
    """
    try:
        if not _is_enrolled(hall):
            _enrol(hall)
        if _untold(hall) == 0:
            return None
        return _tell(hall)
    except CUT_OFF:
        return None


def stand_with_office(hall: Hall) -> Reserve | None:
    """Return how this place stands with the office; None with a file here that is sound."""
    is_away = False
    try:
        with hall.office.reading() as session:
            session.execute(select(TicketRow.row).limit(1))
    except CUT_OFF:
        is_away = True
    is_damaged = hall.office.is_known_damaged
    if not (hall.office.is_shared or is_away or is_damaged):
        return None
    with hall.reserve.reading() as session:
        try:
            letter = reserve.letter_of(session, hall.settings.settings.desk.id)
        except NoReserve:
            letter = None
    return Reserve(is_away=is_away, letter=letter, untold=_untold(hall), is_damaged=is_damaged)


def own_letter(hall: Hall, session: Session) -> str:
    """Return the letter of this place, where *session* is the reserve's.

    The only place at a file of its own takes one by itself when that file was damaged before it
    could give any.

    Raises:
        NoReserve: It has never reached the office database.
    """
    desk = hall.settings.settings.desk
    if hall.office.path != hall.folder.office:
        return reserve.letter_of(session, desk.id)
    return reserve.enrol(
        session,
        desk_id=desk.id,
        counter=desk.name,
        services=desk.services,
        fields=_fields(hall),
    )


def _is_enrolled(hall: Hall) -> bool:
    """Tell whether this place has its letter; a file may be a new one, and is asked each time."""
    desk = hall.settings.settings.desk
    with hall.reserve.reading() as session:
        place = session.get(PlaceRow, desk.id)
    if place is None or (place.counter, place.services) != (desk.name, desk.services):
        return False
    if hall.office.is_shared:
        return True
    with hall.office.reading() as session:
        there = session.get(PlaceRow, desk.id)
    return there is not None and there.letter == place.letter


def _enrol(hall: Hall) -> None:
    desk = hall.settings.settings.desk
    with hall.reserve.reading() as session:
        known = session.get(PlaceRow, desk.id)
    with hall.office.writing() as session:
        if _had_another(hall, known) and reserve.is_empty(session):
            used = {*_fields(hall), *([known.letter] if known else [])}
            renewing.begin_anew(session, local_day(hall.clock()), used)
        letter = reserve.enrol(
            session,
            desk_id=desk.id,
            counter=desk.name,
            services=desk.services,
            fields=_fields(hall),
            held=known.letter if known else None,
        )
    with hall.reserve.writing() as session:
        reserve.remember(
            session, desk_id=desk.id, letter=letter, counter=desk.name, services=desk.services
        )


def _had_another(hall: Hall, known: PlaceRow | None) -> bool:
    """Tell whether a file was at work here before; if this one is new, what it gave out is unknown.

    It was taken away by hand, or the desk was restored to another computer.
    """
    if hall.office.is_shared:
        return False
    return known is not None or hall.folder.queue_copy.exists()


def _fields(hall: Hall) -> list[str]:
    return [letter for letter, _name in hall.catalogue.services()]


def _untold(hall: Hall) -> int:
    with hall.reserve.reading() as session:
        return session.scalar(select(_UNTOLD)) or 0


def _tell(hall: Hall) -> Told:
    with hall.reserve.reading() as kept, hall.office.writing() as session:
        told = reserve.tell(session, kept, hall.clock())
    with hall.reserve.writing() as kept:
        reserve.forget(kept, told)
    return told
