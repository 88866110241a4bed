"""What the board shows, and what citizens think of the service."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from counter.desk import calls, queueing
from counter.desk.context import Hall
from counter.errors import UnknownCode, UnknownTicket
from counter.hall import CallLine, HallView, RatingLine, Reason, Service
from counter.office import helping, looking, ratings, tickets
from counter.office.looking import Call
from counter.office.tables import BookingRow
from counter.values import local_day

SHOWN = 6
"""The number shown large, and the five before it."""


def hall_mark(hall: Hall) -> int:
    """Return a number that grows with every change of the queue; below 1 ms, ask it often.

    Raises:
        QueueAway: The office database does not answer; what is shown is getting old.
    """
    with hall.office.reading() as session:
        return looking.mark(session)


def hall_state(hall: Hall) -> HallView:
    """Return everything the board shows, whole, as after a restart.

    Raises:
        QueueAway: The office database does not answer.
    """
    moment = hall.clock()
    day = local_day(moment)
    with hall.office.reading() as session:
        counts = looking.waiting_counts(session, day)
        last = looking.last_calls(session, day, SHOWN)
        missed = looking.missed(session, day)
        mark = looking.mark(session)
        helps = tuple(asked.place for asked in helping.waiting(session, moment))
    return HallView(
        day=day,
        moment=moment,
        calls=tuple(_line(hall, call) for call in last),
        missed=tuple(ticket.number for ticket in missed),
        waiting=tuple(
            Service(
                code=letter,
                name=name,
                waiting=counts.get(letter, 0),
                words=hall.plain[letter].vi if letter in hall.plain else name,
                words_en=hall.plain[letter].en if letter in hall.plain else name,
            )
            for letter, name in hall.catalogue.services()
        ),
        mark=mark,
        helps=helps,
    )


def calls_after(hall: Hall, seq: int) -> tuple[CallLine, ...]:
    """Return every call of today after *seq*, oldest first: what is still to be said aloud.

    A board that starts says nothing old: it begins with the ``seq`` of ``hall_state().calls[0]``.

    Raises:
        QueueAway: The office database does not answer.
    """
    with hall.office.reading() as session:
        last = looking.calls_after(session, local_day(hall.clock()), seq)
    return tuple(_line(hall, call) for call in last)


def call_helper(hall: Hall) -> None:
    """Tell every counter that somebody at this kiosk wants a person.

    Raises:
        QueueAway: The office database does not answer; nobody hears of it.
    """
    with hall.office.writing() as session:
        helping.ask(session, hall.settings.settings.desk.name, hall.clock())


def rate(
    hall: Hall,
    code: str,
    score: int,
    reasons: Collection[Reason] = (),
    *,
    service: str | None = None,
) -> None:
    """Keep one answer about a dossier or ticket; neither counter nor officer is kept with it.

    No answer is never written: do not call this for a citizen who walks away.

    Args:
        code: Of a dossier that ``queueing.expect_dossier`` made known, or what a ticket's QR holds.
        score: 1 (very dissatisfied) to 5 (very satisfied).
        service: What a dossier is for, as the portal told, when the office does not know its code.

    Raises:
        UnknownCode: It is neither.
        AlreadyRated: It was rated before.
        QueueAway: The office database does not answer; the answer is lost, say thank you anyway.
        ValueError: *score* is not 1 to 5.
    """
    if score not in range(1, 6):
        message = "score"
        raise ValueError(message)
    code = code.strip().upper()
    day = local_day(hall.clock())
    number = calls.number_in(code, day)
    with hall.office.writing() as session:
        if number is not None:
            try:
                ticket = tickets.get_number(session, day, number)
            except UnknownTicket as error:
                raise UnknownCode from error
            subject, service = ticket.subject or code, ticket.service
        else:
            expected = session.get(BookingRow, code)
            if expected is not None:
                service = expected.service
            elif not queueing.is_dossier(code):
                service = None
            if service is None:
                raise UnknownCode
            subject = code
        ratings.rate(
            session,
            subject,
            service,
            score=score,
            reasons=" ".join(sorted(reasons)),
            day=day,
        )


def ratings_of(hall: Hall, first: date, last: date) -> tuple[RatingLine, ...]:
    """Return the answers from *first* to *last* for each service that has at least five."""
    names = dict(hall.catalogue.services())
    with hall.office.reading() as session:
        scores = ratings.scores(session, first, last)
    return tuple(RatingLine(names.get(s.service, s.service), s.counts) for s in scores)


def _line(hall: Hall, call: Call) -> CallLine:
    names = dict(hall.catalogue.services())
    return CallLine(
        seq=call.seq,
        number=call.number,
        counter=call.counter,
        service_name=names.get(call.service, call.service),
        at=call.at,
    )
