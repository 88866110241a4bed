"""What each counter of the office serves, and whether it calls numbers now.

A counter's own settings say what it serves until a supervisor says otherwise for it; what the
supervisor said stands in the office database and holds from the next call on, at every counter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from counter.errors import CounterClosed, UnknownCounter
from counter.office.tables import PlaceRow


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
    closed_at = session.scalar(
        select(PlaceRow.closed_at).where(PlaceRow.counter == counter).limit(1)
    )
    if closed_at is not None:
        raise CounterClosed


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

    Numbers that were passed on to a closed counter by name wait until it opens again.

    Raises:
        UnknownCounter: No place has this name.
    """
    rows = session.scalars(select(PlaceRow).where(PlaceRow.counter == counter)).all()
    if not rows:
        raise UnknownCounter
    for row in rows:
        row.assigned = services
        row.closed_at = None if is_open else row.closed_at or moment
