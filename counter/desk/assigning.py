"""A supervisor says what each counter of the office serves, and which of them call numbers."""

from __future__ import annotations

from counter.desk import calls, officers
from counter.desk.context import Context
from counter.errors import UnknownService
from counter.hall import CounterAsked, CounterLine
from counter.office import skills
from counter.people import Action
from counter.store import trail


def counters(context: Context) -> tuple[CounterLine, ...]:
    """Return the counters of the office, by name.

    Raises:
        QueueAway: The office database does not answer.
    """
    names = {line.officer.id: line.officer.name for line in officers.officers(context)}
    return calls.counters(context.hall, context.settings.settings.desk.name, names)


def assign(context: Context, asked: CounterAsked) -> None:
    """Keep what a counter serves; when it returns, the next call of that counter follows it.

    Raises:
        UnknownService: A letter is no service's.
        UnknownCounter: No counter has this name.
        QueueAway: The office database does not answer; nothing changed.
    """
    officer = context.seat.require(Action.ASSIGN)
    every = [letter for letter, _name in context.hall.catalogue.services()]
    if not set(asked.services) <= set(every):
        raise UnknownService
    wanted = "".join(letter for letter in every if letter in asked.services)
    services = "" if len(wanted) == len(every) else wanted
    moment = context.clock()
    with context.hall.office.writing() as session:
        skills.assign(session, asked.counter, services, is_open=asked.is_open, moment=moment)
    with context.store.writing() as session:
        trail.note(
            session,
            officer=officer.id,
            action="counter.assigned",
            moment=moment,
            subject=asked.counter,
            detail=f"{services or '*'} {'open' if asked.is_open else 'closed'}",
        )
