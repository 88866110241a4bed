"""In what order tickets are called to a counter, and who is first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, String, bindparam, case, or_, select
from sqlalchemy.orm import Session

from counter.office.tables import CallRow, TicketRow
from counter.office.tickets import Place, State, Ticket, value
from counter.priorities import IN_A_ROW, calling_order
from counter.values import local_day


@dataclass(frozen=True, slots=True)
class Turn:
    """What the order of calling needs to know of a ticket."""

    issued_at: datetime
    priority: str | None
    row: int = 0
    service: str = ""
    for_counter: str | None = None
    for_officer: str | None = None
    comes_back: bool = False


def first(session: Session, place: Place, moment: datetime) -> TicketRow | None:
    """Return who is called next: the order's first depends on the first of each kind alone."""
    asked = {
        "of_day": local_day(moment),
        "at": place.counter,
        "by": place.officer or "",
        "serves": place.services,
    }
    heads = session.scalars(_HEADS, asked).all()
    back = next((row for row in heads if row.comes_back), None)
    if back is not None or len(heads) < 2:
        return back or next(iter(heads), None)
    turns = [Turn(row.issued_at, row.priority, row.row) for row in heads]
    first = calling_order(turns, _called_last(session, place, moment), moment)[0]
    return next(row for row in heads if row.row == first.row)


def in_order(session: Session, place: Place, moment: datetime) -> list[Ticket]:
    """Return the tickets that wait for a counter in the order it will call them."""
    able = _able(session, place, moment)
    back = [turn for turn in able if turn.comes_back]
    others = [turn for turn in able if not turn.comes_back]
    order = [*back, *calling_order(others, _called_last(session, place, moment), moment)]
    rows = {
        row.row: row
        for row in session.scalars(
            select(TicketRow).where(TicketRow.row.in_([turn.row for turn in order]))
        )
    }
    return [value(rows[turn.row]) for turn in order]


def places_before(session: Session, service: str, priority: str | None, moment: datetime) -> int:
    """Return how many tickets of *service* would be called before one taken now."""
    place = Place("", services=service)
    waiting = [turn for turn in _waiting(session, moment) if turn.service == service]
    new = Turn(moment, priority)
    order = calling_order([*waiting, new], _called_last(session, place, moment), moment)
    return next(at for at, turn in enumerate(order) if turn is new)


def _able(session: Session, place: Place, moment: datetime) -> list[Turn]:
    """Return who this counter may call, oldest first; one passed to it needs no skill."""

    def may_call(turn: Turn) -> bool:
        if turn.for_counter is not None:
            return turn.for_counter == place.counter
        if turn.for_officer is not None:
            return turn.for_officer == place.officer
        return not place.services or turn.service in place.services

    return [turn for turn in _waiting(session, moment) if may_call(turn)]


def _waiting(session: Session, moment: datetime) -> list[Turn]:
    """Return everybody who waits, oldest first."""
    return [Turn(*row) for row in session.execute(_WAITING, {"of_day": local_day(moment)})]


def _called_last(session: Session, place: Place, moment: datetime) -> list[Turn]:
    """Return the last turns of the counters that serve the same, in order."""
    asked = {"of_day": local_day(moment), "of_stream": place.stream}
    return [Turn(*row) for row in session.execute(_CALLED_LAST, asked)][::-1]


_WAITING = (
    select(
        TicketRow.issued_at,
        TicketRow.priority,
        TicketRow.row,
        TicketRow.service,
        TicketRow.for_counter,
        TicketRow.for_officer,
        TicketRow.comes_back,
    )
    .where(TicketRow.day == bindparam("of_day"), TicketRow.state == State.WAITING)
    .order_by(TicketRow.issued_at, TicketRow.row)
)
_MAY_CALL = case(
    (TicketRow.for_counter.is_not(None), TicketRow.for_counter == bindparam("at")),
    (TicketRow.for_officer.is_not(None), TicketRow.for_officer == bindparam("by")),
    else_=or_(
        bindparam("serves", type_=String) == "",
        bindparam("serves", type_=String).contains(TicketRow.service),
    ),
)
"""What ``_able`` says, as the database reads it."""


def _oldest(*which: ColumnElement[bool]) -> ScalarSelect[int]:
    """Return the oldest of those a counter may call and *which* holds for."""
    return (
        select(TicketRow.row)
        .where(TicketRow.day == bindparam("of_day"), TicketRow.state == State.WAITING)
        .where(_MAY_CALL, *which)
        .order_by(TicketRow.issued_at, TicketRow.row)
        .limit(1)
        .correlate(None)
        .scalar_subquery()
    )


_HEADS = (
    select(TicketRow)
    .where(
        TicketRow.row.in_(
            [
                _oldest(TicketRow.comes_back.is_(True)),
                _oldest(TicketRow.comes_back.is_(False), TicketRow.priority.is_not(None)),
                _oldest(TicketRow.comes_back.is_(False), TicketRow.priority.is_(None)),
            ]
        )
    )
    .order_by(TicketRow.issued_at, TicketRow.row)
)
_CALLED_LAST = (
    select(TicketRow.issued_at, TicketRow.priority)
    .join(CallRow, CallRow.ticket == TicketRow.row)
    .where(CallRow.day == bindparam("of_day"), CallRow.stream == bindparam("of_stream"))
    .order_by(CallRow.row.desc())
    .limit(IN_A_ROW)
)
