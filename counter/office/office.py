"""Queue tickets: taken, called, served, in one database that every window of the office shares.

A number is taken and its ticket written in one IMMEDIATE transaction with a unique key over day,
letter and number, so no number is given twice and no ticket is called by two counters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from counter.database import Database, begin_immediate, migrate
from counter.office.tables import PeriodRow, SeriesRow, TicketRow
from counter.values import local_day

SCRIPTS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Ticket:
    """One queue ticket.

    Attributes:
        number: What people read and hear, such as ``A012``.
        service: The letter of its service.
        state: ``waiting``, ``called``, ``served`` or ``absent``.
        counter: The counter that called it last, None before.
    """

    row: int
    day: date
    number: str
    service: str
    priority: str | None
    issued_at: datetime
    state: str
    counter: str | None


class Office(Database):
    """The office database, open; a file beside the desk's when everything is on one computer."""

    def __init__(self, path: Path) -> None:
        """Open or make the database at *path*.

        Raises:
            DiskFull, StoreReadOnly, StoreBusy, StoreDamaged, StoreTooNew: It cannot be used now.
        """
        engine = create_engine(f"sqlite:///{path}")

        @event.listens_for(engine, "connect", insert=True)
        def _prepare(connection: Any, _record: object) -> None:
            cursor = connection.cursor()
            cursor.execute("PRAGMA busy_timeout = 5000")
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = FULL")
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.close()

        begin_immediate(engine)
        super().__init__(engine, path)
        migrate(self, SCRIPTS)


def take(
    session: Session,
    *,
    service: str,
    priority: str | None,
    moment: datetime,
    counter: str | None = None,
) -> Ticket:
    """Give out the next number of *service* today.

    Args:
        counter: Where the person already stands; None puts the ticket in the queue.
    """
    day = local_day(moment)
    number = session.execute(
        insert(SeriesRow)
        .values(day=day, letter=service, last=1)
        .on_conflict_do_update(index_elements=["day", "letter"], set_={"last": SeriesRow.last + 1})
        .returning(SeriesRow.last)
    ).scalar_one()
    if counter is not None:
        _serve_called(session, day, counter, moment)
    row = TicketRow(
        day=day,
        letter=service,
        number=number,
        service=service,
        priority=priority,
        issued_at=moment,
        state="waiting" if counter is None else "called",
        counter=counter,
    )
    session.add(row)
    session.flush()
    session.add(PeriodRow(ticket=row.row, state=row.state, counter=counter, began_at=moment))
    return _ticket(row)


def call_next(session: Session, *, counter: str, moment: datetime) -> Ticket | None:
    """Call the ticket that has waited longest to *counter*; None when nobody waits.

    A ticket the counter had called before is taken as served.
    """
    day = local_day(moment)
    row = session.scalar(
        select(TicketRow)
        .where(TicketRow.day == day, TicketRow.state == "waiting")
        .order_by(TicketRow.issued_at, TicketRow.row)
        .limit(1)
    )
    if row is None:
        _serve_called(session, day, counter, moment)
        return None
    _serve_called(session, day, counter, moment)
    _move(session, row, "called", counter, moment)
    return _ticket(row)


def finish(session: Session, *, row: int, state: str, moment: datetime) -> None:
    """End a called ticket as ``served`` or ``absent``; ending it twice changes nothing."""
    ticket = session.get(TicketRow, row)
    if ticket is not None and ticket.state == "called":
        _move(session, ticket, state, ticket.counter, moment)


def waiting(session: Session, day: date) -> list[Ticket]:
    """Return the tickets that wait on *day* in the order they will be called."""
    rows = session.scalars(
        select(TicketRow)
        .where(TicketRow.day == day, TicketRow.state == "waiting")
        .order_by(TicketRow.issued_at, TicketRow.row)
    )
    return [_ticket(row) for row in rows]


def waiting_counts(session: Session, day: date) -> dict[str, int]:
    """Return how many tickets wait on *day* for each service letter that has any."""
    rows = session.execute(
        select(TicketRow.service, func.count())
        .where(TicketRow.day == day, TicketRow.state == "waiting")
        .group_by(TicketRow.service)
    )
    return {str(service): int(number) for service, number in rows}


def called_at(session: Session, day: date, counter: str) -> Ticket | None:
    """Return the ticket that stands at *counter* now, None when the counter is free."""
    row = session.scalar(
        select(TicketRow)
        .where(TicketRow.day == day, TicketRow.state == "called", TicketRow.counter == counter)
        .order_by(TicketRow.row.desc())
        .limit(1)
    )
    return None if row is None else _ticket(row)


def _serve_called(session: Session, day: date, counter: str, moment: datetime) -> None:
    for called in session.scalars(
        select(TicketRow).where(
            TicketRow.day == day, TicketRow.state == "called", TicketRow.counter == counter
        )
    ):
        _move(session, called, "served", counter, moment)


def _move(
    session: Session, row: TicketRow, state: str, counter: str | None, moment: datetime
) -> None:
    session.execute(
        update(PeriodRow)
        .where(PeriodRow.ticket == row.row, PeriodRow.ended_at.is_(None))
        .values(ended_at=moment)
    )
    session.add(
        PeriodRow(ticket=row.row, state=state, counter=counter, began_at=moment, ended_at=None)
    )
    row.state = state
    row.counter = counter


def _ticket(row: TicketRow) -> Ticket:
    return Ticket(
        row=row.row,
        day=row.day,
        number=f"{row.letter}{row.number:03}",
        service=row.service,
        priority=row.priority,
        issued_at=row.issued_at,
        state=row.state,
        counter=row.counter,
    )
