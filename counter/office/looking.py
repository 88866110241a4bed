"""What is asked of the queue without changing it: for board, kiosk and the figures of the day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import quantiles

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from counter.office.tables import CallRow, HelpRow, PeriodRow, TicketRow
from counter.office.tickets import State, Ticket, number_of, value

SAMPLES = 20
"""Fewer finished waits than this say nothing about the next one."""

NEWEST = 200
"""How many finished waits are looked at, and for how many days."""
DAYS = 30

LIKELY = (10, 90)
"""Percentiles between which a wait is expected to lie."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call as the board tells it; a higher ``seq`` is later."""

    seq: int
    number: str
    service: str
    counter: str
    at: datetime


def waiting_counts(session: Session, day: date) -> dict[str, int]:
    """Return how many tickets wait on *day* for each service letter that has any."""
    rows = session.execute(
        select(TicketRow.service, func.count())
        .where(TicketRow.day == day, TicketRow.state == State.WAITING)
        .group_by(TicketRow.service)
    )
    return {str(service): int(number) for service, number in rows}


def last_calls(session: Session, day: date, limit: int) -> list[Call]:
    """Return the newest call of each of the numbers called last, newest first."""
    newest = (
        select(func.max(CallRow.row).label("row"))
        .where(CallRow.day == day)
        .group_by(CallRow.ticket)
        .order_by(func.max(CallRow.row).desc())
        .limit(limit)
        .subquery()
    )
    rows = session.execute(
        select(CallRow, TicketRow)
        .join(newest, CallRow.row == newest.c.row)
        .join(TicketRow, TicketRow.row == CallRow.ticket)
        .order_by(CallRow.row.desc())
    )
    return [
        Call(call.row, number_of(ticket), ticket.service, call.counter, call.at)
        for call, ticket in rows
    ]


def calls_after(session: Session, day: date, seq: int) -> list[Call]:
    """Return every call of *day* after *seq*, oldest first: what is still to be said aloud."""
    rows = session.execute(
        select(CallRow, TicketRow)
        .join(TicketRow, TicketRow.row == CallRow.ticket)
        .where(CallRow.day == day, CallRow.row > seq)
        .order_by(CallRow.row)
    )
    return [
        Call(call.row, number_of(ticket), ticket.service, call.counter, call.at)
        for call, ticket in rows
    ]


def missed(session: Session, day: date) -> list[Ticket]:
    """Return the absent numbers that can still be called once more, newest first."""
    rows = session.scalars(
        select(TicketRow)
        .where(TicketRow.day == day, TicketRow.state == State.ABSENT, TicketRow.recalled.is_(False))
        .order_by(TicketRow.called_at.desc(), TicketRow.row)
    )
    return [value(row) for row in rows]


def mark(session: Session) -> int:
    """Return a number that grows with every change of the queue; cheap enough to ask often."""
    periods = session.scalar(select(func.max(PeriodRow.row))) or 0
    calls = session.scalar(select(func.max(CallRow.row))) or 0
    asked, answered = session.execute(
        select(func.coalesce(func.max(HelpRow.row), 0), func.count(HelpRow.answered_at))
    ).one()
    return periods + calls + int(asked) + int(answered)


def likely_wait(
    session: Session, service: str, ahead: int, moment: datetime
) -> tuple[timedelta, timedelta] | None:
    """Return between what and what a wait behind *ahead* others lay, as past waits went.

    Each finished wait of the last 30 days gives the time one place took; four of five such waits
    lie within the range. None with fewer than 20 of them.
    """
    rows = session.execute(
        select(PeriodRow.began_at, PeriodRow.ended_at, TicketRow.ahead)
        .join(TicketRow, TicketRow.row == PeriodRow.ticket)
        .where(
            PeriodRow.service == service,
            PeriodRow.state == State.WAITING,
            PeriodRow.ended_at.is_not(None),
            PeriodRow.began_at == TicketRow.issued_at,
            PeriodRow.began_at > moment - timedelta(days=DAYS),
            TicketRow.ahead.is_not(None),
            TicketRow.state != State.VOID,
        )
        .order_by(PeriodRow.row.desc())
        .limit(NEWEST)
    )
    paces = [
        (ended_at - began_at).total_seconds() / (before + 1)
        for began_at, ended_at, before in rows
        if ended_at is not None and before is not None
    ]
    if len(paces) < SAMPLES:
        return None
    cuts = quantiles(paces, n=100, method="inclusive")
    low, high = (cuts[percent - 1] * (ahead + 1) for percent in LIKELY)
    return timedelta(seconds=low), timedelta(seconds=high)


@dataclass(frozen=True, slots=True)
class ServiceDay:
    """One service on one day; times are medians, None when there was nothing to measure."""

    service: str
    taken: int
    waiting: int
    served: int
    absent: int
    wait: timedelta | None
    longest_wait: timedelta | None
    serving: timedelta | None


def day_figures(session: Session, day: date, moment: datetime) -> list[ServiceDay]:
    """Return the day's figures of each service that had a ticket; a running wait counts so far.

    ``taken`` counts tickets by the service they stand in now, void ones left out.
    """
    states: Counter[tuple[str, str]] = Counter()
    for service, state, number in session.execute(
        select(TicketRow.service, TicketRow.state, func.count())
        .where(TicketRow.day == day, TicketRow.state != State.VOID)
        .group_by(TicketRow.service, TicketRow.state)
    ):
        states[service, state] = number
    waits: dict[str, list[float]] = {}
    servings: dict[str, list[float]] = {}
    for period in session.scalars(
        select(PeriodRow)
        .join(TicketRow, TicketRow.row == PeriodRow.ticket)
        .where(TicketRow.day == day, TicketRow.state != State.VOID)
        .where(PeriodRow.state.in_((State.WAITING, State.CALLED, State.SERVING)))
    ):
        kind = waits if period.state == State.WAITING else servings
        if period.ended_at is None and kind is servings:
            continue
        length = ((period.ended_at or moment) - period.began_at).total_seconds()
        kind.setdefault(period.service, []).append(length)
    services = sorted({service for service, _state in states})
    return [
        ServiceDay(
            service=service,
            taken=sum(number for (which, _s), number in states.items() if which == service),
            waiting=states[service, State.WAITING],
            served=states[service, State.SERVED],
            absent=states[service, State.ABSENT],
            wait=_median(waits.get(service)),
            longest_wait=_longest(waits.get(service)),
            serving=_median(servings.get(service)),
        )
        for service in services
    ]


def officers_at(session: Session, day: date) -> dict[str, str]:
    """Return the officer who called last on *day* at each counter."""
    rows = session.execute(
        select(CallRow.counter, CallRow.officer)
        .where(CallRow.day == day, CallRow.officer.is_not(None))
        .order_by(CallRow.row)
    )
    return {counter: officer for counter, officer in rows if officer}


def served_at(session: Session, day: date, counter: str) -> int:
    """Return how many tickets *counter* has finished on *day*."""
    return (
        session.scalar(
            select(func.count())
            .select_from(TicketRow)
            .where(
                TicketRow.day == day,
                TicketRow.state == State.SERVED,
                TicketRow.counter == counter,
            )
        )
        or 0
    )


def _median(seconds: list[float] | None) -> timedelta | None:
    if not seconds:
        return None
    return timedelta(seconds=sorted(seconds)[len(seconds) // 2])


def _longest(seconds: list[float] | None) -> timedelta | None:
    return timedelta(seconds=max(seconds)) if seconds else None
