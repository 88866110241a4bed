"""What each counter of the office serves, and whether it calls numbers now.

A counter's own settings say what it serves until a supervisor says otherwise for it; what the
supervisor said stands in the office database and holds from the next call on, at every counter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from counter.errors import CounterClosed, UnknownCounter
from counter.office.tables import PlaceRow, TicketRow
from counter.office.tickets import State
from counter.values import local_day


@dataclass(frozen=True, slots=True)
class Skills:
    """What is known of one counter.

    Attributes:
        services: Letters of what it serves; empty is all.
        is_assigned: A supervisor said so, and not its own settings.
        closed_at: Since when it calls no numbers; None while it is open.
    """

    counter: str
    services: str
    is_assigned: bool
    closed_at: datetime | None


def services_at(session: Session, counter: str) -> str | None:
    """Return the letters of what a counter serves, empty for all; None when it is not known."""
    return session.scalar(
        select(func.coalesce(PlaceRow.assigned, PlaceRow.services))
        .where(PlaceRow.counter == counter)
        .limit(1)
    )


def require_open(session: Session, counter: str) -> None:
    """Let only an open counter go on; one that nobody knows is open.

    Raises:
        CounterClosed: A supervisor closed it.
    """
    if not is_open(session, counter):
        raise CounterClosed


def is_open(session: Session, counter: str | None) -> bool:
    """Tell whether a counter calls numbers now; one that nobody knows does."""
    known = select(PlaceRow.closed_at).where(PlaceRow.counter == counter).limit(1)
    return session.scalar(known) is None


def counters(session: Session) -> list[Skills]:
    """Return every place that was enrolled under a name, in the order they came."""
    rows = session.scalars(select(PlaceRow).order_by(PlaceRow.letter.desc())).all()
    return [
        Skills(
            row.counter,
            row.services if row.assigned is None else row.assigned,
            row.assigned is not None,
            row.closed_at,
        )
        for row in rows
        if row.counter
    ]


def assign(
    session: Session, counter: str, services: str, *, is_open: bool, moment: datetime
) -> None:
    """Let a counter serve *services* from now on, and call numbers or not.

    Numbers that were passed on to a counter wait for nobody when it closes: they go back to their
    field and keep the time they were taken.

    Raises:
        UnknownCounter: No place has this name.
    """
    rows = session.scalars(select(PlaceRow).where(PlaceRow.counter == counter)).all()
    if not rows:
        raise UnknownCounter
    for row in rows:
        row.assigned = services
        row.closed_at = None if is_open else row.closed_at or moment
    if not is_open:
        session.execute(
            update(TicketRow)
            .where(
                TicketRow.day == local_day(moment),
                TicketRow.state == State.WAITING,
                TicketRow.for_counter == counter,
            )
            .values(for_counter=None, comes_back=False)
        )
