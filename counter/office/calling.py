"""Who is called, and what an officer does with a called number until it is done.

The order is that of ``counter.priorities``: two of priority for one of the others among counters
that serve the same. A number that comes back to its counter passes the queue and takes nobody's
turn. Every function is part of one writing transaction, which is alone (see ``office.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session

from counter.errors import (
    AlreadyWaiting,
    CounterTaken,
    RecalledBefore,
    TooFewCalls,
    WrongQueueStep,
)
from counter.office.order import first
from counter.office.skills import is_open, require_open
from counter.office.tables import Base, ErrandRow, TicketRow
from counter.office.tickets import (
    AT_COUNTER,
    Place,
    State,
    Ticket,
    get,
    get_number,
    live_of,
    move,
    number_of,
    open_errands,
    value,
)
from counter.values import local_day

CALLS = 3
"""Calls after which somebody who did not come is absent."""

APART = timedelta(seconds=60)
"""Calls nearer to the last one are heard again but not counted."""


def call_next(session: Session, place: Place, moment: datetime) -> Ticket | None:
    """Call the next ticket to a counter; None when nobody waits for it.

    What stands at the counter is done first.
    """
    day = local_day(moment)
    for standing in _standing(session, day, place.counter):
        finish(session, standing, place, moment)
    row = first(session, place, moment)
    if row is None:
        return None
    _call(session, row, place, moment, None if row.comes_back else place.stream)
    return value(row)


def call_number(session: Session, number: str, place: Place, moment: datetime) -> Ticket:
    """Call one number out of turn, such as one an officer types; what stands here is done first.

    Raises:
        UnknownTicket: Nobody has this number today.
        WrongQueueStep: It does not wait.
    """
    row = get_number(session, local_day(moment), number)
    if row.state not in {State.WAITING, State.HELD}:
        raise WrongQueueStep(state=row.state)
    for standing in _standing(session, row.day, place.counter):
        finish(session, standing, place, moment)
    _call(session, row, place, moment, None)
    return value(row)


def call_again(session: Session, ticket: int, place: Place, moment: datetime) -> Ticket:
    """Call a called number once more; nearer than a minute it is heard but not counted.

    Raises:
        WrongQueueStep: It was not called to this counter.
    """
    row = _mine(session, ticket, place, State.CALLED)
    counts = row.called_at is None or moment - row.called_at >= APART
    if counts:
        row.calls += 1
        row.called_at = moment
    note_call(session, row, place, moment)
    return value(row)


def begin(session: Session, ticket: int, place: Place, moment: datetime) -> Ticket:
    """The called person sits down; beginning twice changes nothing.

    Raises:
        WrongQueueStep: The ticket does not stand at this counter.
    """
    row = _mine(session, ticket, place, *AT_COUNTER)
    if row.state == State.CALLED:
        move(session, row, State.SERVING, moment, place)
    return value(row)


def finish(session: Session, row: TicketRow, place: Place, moment: datetime) -> None:
    """The first thing on the ticket is done; with another one it waits for that, else it is served.

    It keeps its number and the time it was taken.
    """
    errands = open_errands(session, row.row)
    if len(errands) > 1:
        errands[0].ended_at = moment
        row.service = errands[1].service
        _wait(session, row, moment)
    else:
        move(session, row, State.SERVED, moment, place)


def miss(session: Session, ticket: int, place: Place, moment: datetime) -> Ticket:
    """The called person did not come.

    Raises:
        WrongQueueStep: It was not called to this counter.
        TooFewCalls: It must be called more often, or a minute has not passed.
    """
    row = _mine(session, ticket, place, State.CALLED)
    if row.calls < CALLS or (row.called_at is not None and moment - row.called_at < APART):
        raise TooFewCalls(calls=row.calls, needed=CALLS)
    move(session, row, State.ABSENT, moment, place)
    return value(row)


def hold(session: Session, ticket: int, place: Place, moment: datetime) -> Ticket:
    """Lay a visit aside; the counter is free for the next, the ticket stays with the counter.

    Raises:
        WrongQueueStep: It does not stand at this counter.
    """
    row = _mine(session, ticket, place, *AT_COUNTER)
    move(session, row, State.HELD, moment, place)
    return value(row)


def resume(session: Session, ticket: int, place: Place, moment: datetime) -> Ticket:
    """Go on with a held visit under the same ticket.

    Raises:
        WrongQueueStep: It is not held at this counter.
        CounterTaken: Another number stands here; ``number`` says which.
    """
    row = _mine(session, ticket, place, State.HELD)
    for standing in _standing(session, row.day, place.counter):
        raise CounterTaken(number=number_of(standing))
    move(session, row, State.SERVING, moment, place)
    return value(row)


def come_back(session: Session, ticket: int, moment: datetime) -> Ticket:
    """A held person is back: that counter calls them next, without a new queue.

    A counter that was closed meanwhile calls nobody: then whoever serves their field does.

    Raises:
        WrongQueueStep: The ticket is not held.
    """
    row = get(session, ticket)
    if row.state != State.HELD:
        raise WrongQueueStep(state=row.state)
    there = row.counter if is_open(session, row.counter) else None
    _wait(session, row, moment, for_counter=there, comes_back=there is not None)
    return value(row)


def transfer(
    session: Session,
    ticket: int,
    place: Place,
    moment: datetime,
    *,
    service: str | None = None,
    counter: str | None = None,
    officer: str | None = None,
) -> Ticket:
    """Pass a ticket on to a field, a counter or an officer; number and time stay.

    Raises:
        WrongQueueStep: It stands at another counter, or is over.
        AlreadyWaiting: The person has another live ticket in that field.
        CounterClosed: *counter* calls no numbers today.
    """
    row = _mine(session, ticket, place, *AT_COUNTER, State.HELD)
    if counter is not None:
        require_open(session, counter)
    if service is not None and service != row.service:
        errand = open_errands(session, row.row)[0]
        if errand.person is not None:
            other = live_of(session, row.day, errand.person, service)
            if other is not None:
                raise AlreadyWaiting(number=number_of(other))
        errand.service = row.service = service
    _wait(session, row, moment, for_counter=counter, for_officer=officer)
    return value(row)


def recall_missed(session: Session, number: str, place: Place, moment: datetime) -> Ticket:
    """Call an absent number once more the same day; what stands here is done first.

    Raises:
        UnknownTicket: Nobody has this number today.
        WrongQueueStep: It is not absent.
        RecalledBefore: It was absent twice.
        AlreadyWaiting: The person has taken another number since.
    """
    row = get_number(session, local_day(moment), number)
    if row.state != State.ABSENT:
        raise WrongQueueStep(state=row.state)
    if row.recalled:
        raise RecalledBefore
    for standing in _standing(session, row.day, place.counter):
        finish(session, standing, place, moment)
    _open_again(session, row)
    row.recalled, row.calls = True, 0
    _call(session, row, place, moment, None)
    return value(row)


def give_back(session: Session, ticket: int, moment: datetime) -> None:
    """Void a number that came to nothing; one that is over stays as it is."""
    row = get(session, ticket)
    if row.state in {State.WAITING, *AT_COUNTER}:
        move(session, row, State.VOID, moment)


def stand(session: Session, row: TicketRow, place: Place, moment: datetime) -> None:
    """Let a ticket that was just taken stand at a counter where its person already is."""
    for standing in _standing(session, row.day, place.counter):
        finish(session, standing, place, moment)
    move(session, row, State.SERVING, moment, place)


def called_here(session: Session, day: date, counter: str) -> Ticket | None:
    """Return the ticket that stands at *counter* now, None when the counter is free."""
    rows = _standing(session, day, counter)
    return value(rows[-1]) if rows else None


def held_here(session: Session, day: date, counter: str) -> list[Ticket]:
    """Return the visits laid aside at *counter*, longest first."""
    rows = session.scalars(
        select(TicketRow)
        .where(TicketRow.day == day, TicketRow.state == State.HELD, TicketRow.counter == counter)
        .order_by(TicketRow.row)
    )
    return [value(row) for row in rows]


_STANDING = (
    select(TicketRow)
    .where(
        TicketRow.day == bindparam("of_day"),
        TicketRow.state.in_(AT_COUNTER),
        TicketRow.counter == bindparam("at"),
    )
    .order_by(TicketRow.row)
)
_NEW_CALL = insert(Base.metadata.tables["call"])
"""Built once: building them costs more than sending them."""


def _standing(session: Session, day: date, counter: str) -> Sequence[TicketRow]:
    return session.scalars(_STANDING, {"of_day": day, "at": counter}).all()


def _mine(session: Session, ticket: int, place: Place, *states: State) -> TicketRow:
    row = get(session, ticket)
    if row.state not in states or row.counter != place.counter:
        raise WrongQueueStep(state=row.state)
    return row


def _wait(
    session: Session,
    row: TicketRow,
    moment: datetime,
    *,
    for_counter: str | None = None,
    for_officer: str | None = None,
    comes_back: bool = False,
) -> None:
    row.for_counter, row.for_officer, row.comes_back = for_counter, for_officer, comes_back
    row.calls = 0
    move(session, row, State.WAITING, moment)


def _call(
    session: Session, row: TicketRow, place: Place, moment: datetime, stream: str | None
) -> None:
    row.for_counter = row.for_officer = None
    row.comes_back = False
    row.calls += 1
    row.called_at = moment
    move(session, row, State.CALLED, moment, place)
    note_call(session, row, place, moment, stream)


def note_call(
    session: Session,
    row: TicketRow,
    place: Place,
    moment: datetime,
    stream: str | None = None,
) -> None:
    """Keep one call for the board; *stream* names whose turn it took, None nobody's."""
    session.execute(
        _NEW_CALL,
        {
            "day": row.day,
            "ticket": row.row,
            "counter": place.counter,
            "officer": place.officer,
            "stream": stream,
            "at": moment,
        },
    )


def _open_again(session: Session, row: TicketRow) -> None:
    """Open the errand that ended when its person was absent."""
    ended = session.scalar(select(func.max(ErrandRow.ended_at)).where(ErrandRow.ticket == row.row))
    for errand in session.scalars(
        select(ErrandRow).where(ErrandRow.ticket == row.row, ErrandRow.ended_at == ended)
    ):
        if errand.person is not None:
            other = live_of(session, row.day, errand.person, errand.service)
            if other is not None:
                raise AlreadyWaiting(number=number_of(other))
        errand.ended_at = None
