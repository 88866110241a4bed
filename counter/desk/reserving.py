"""How this place stands with a shared office database: enrolled, away, told afterwards."""

from __future__ import annotations

from sqlalchemy import func, select

from counter.desk.context import Hall
from counter.errors import NoReserve, QueueAway
from counter.hall import Reserve
from counter.office import reserve
from counter.office.reserve import Told
from counter.office.tables import BookingRow, DoubtRow, PlaceRow, TicketRow, TypedCallRow


def keep_in_touch(hall: Hall) -> Told | None:
    """Enrol this place with the office and tell it what happened while it was away.

    Cheap when there is nothing to tell. Telling is repeated until the office has kept it, and what
    it knows already changes nothing.

    Returns:
        What came of it; None when there was nothing to tell or the office is away.
    """
    try:
        if not _is_enrolled(hall):
            _enrol(hall)
        if hall.reserve is None or _untold(hall) == 0:
            return None
        return _tell(hall)
    except QueueAway:
        return None


def stand_with_office(hall: Hall) -> Reserve | None:
    """Return how this place stands with a shared office; None when its database is a file."""
    if hall.reserve is None:
        return None
    is_away = False
    try:
        with hall.office.reading() as session:
            session.execute(select(1))
    except QueueAway:
        is_away = True
    with hall.reserve.reading() as session:
        try:
            letter = reserve.letter_of(session, hall.settings.settings.desk.id)
        except NoReserve:
            letter = None
    return Reserve(is_away=is_away, letter=letter, untold=_untold(hall))


def _is_enrolled(hall: Hall) -> bool:
    desk = hall.settings.settings.desk
    kept = hall.office if hall.reserve is None else hall.reserve
    with kept.reading() as session:
        place = session.get(PlaceRow, desk.id)
    return place is not None and (place.counter, place.services) == (desk.name, desk.services)


def _enrol(hall: Hall) -> None:
    desk = hall.settings.settings.desk
    fields = [letter for letter, _name in hall.catalogue.services()]
    with hall.office.writing() as session:
        letter = reserve.enrol(
            session, desk_id=desk.id, counter=desk.name, services=desk.services, fields=fields
        )
    if hall.reserve is not None:
        with hall.reserve.writing() as session:
            reserve.remember(
                session,
                desk_id=desk.id,
                letter=letter,
                counter=desk.name,
                services=desk.services,
            )


def _untold(hall: Hall) -> int:
    if hall.reserve is None:
        return 0
    with hall.reserve.reading() as session:
        return sum(
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (TicketRow, TypedCallRow, DoubtRow, BookingRow)
        )


def _tell(hall: Hall) -> Told:
    assert hall.reserve is not None  # noqa: S101 - there is something untold in it
    with hall.reserve.reading() as kept, hall.office.writing() as session:
        told = reserve.tell(session, kept, hall.clock())
    with hall.reserve.writing() as kept:
        reserve.forget(kept, told)
    return told
