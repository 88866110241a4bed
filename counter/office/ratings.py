"""What citizens thought of a service: one tap, once for each dossier or ticket.

Neither counter nor officer is kept, and figures come out in batches only, so that nobody can find
out who said what.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from counter.errors import AlreadyRated
from counter.office.tables import RatingRow

BATCH = 5
"""Fewer answers than this are not shown."""


@dataclass(frozen=True, slots=True)
class Score:
    """The answers for one service in some days; no answer is no answer and is not counted.

    Attributes:
        counts: How many gave 1, 2, 3, 4 and 5.
    """

    service: str
    counts: tuple[int, int, int, int, int]


def rate(
    session: Session, subject: str, service: str, *, score: int, reasons: str, day: date
) -> None:
    """Keep one answer.

    Raises:
        AlreadyRated: There is one for this dossier or ticket.
    """
    if session.get(RatingRow, subject) is not None:
        raise AlreadyRated
    session.add(RatingRow(subject=subject, service=service, score=score, reasons=reasons, day=day))


def scores(session: Session, first: date, last: date) -> list[Score]:
    """Return the answers of each service from *first* to *last* that has at least five."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 5)
    for service, score in session.execute(
        select(RatingRow.service, RatingRow.score).where(
            RatingRow.day >= first, RatingRow.day <= last
        )
    ):
        counts[service][score - 1] += 1
    return [
        Score(service, (one, two, three, four, five))
        for service, (one, two, three, four, five) in sorted(counts.items())
        if one + two + three + four + five >= BATCH
    ]
