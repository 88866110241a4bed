"""Which dossiers a list is narrowed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Filter:
    """Which dossiers are looked among; an empty one leaves none out.

    Attributes:
        due_before: Due before the end of that day.
        due_until: Due before that moment.
    """

    statuses: tuple[int, ...] = ()
    procedure_code: str | None = None
    due_before: date | None = None
    due_until: datetime | None = None


EVERYTHING = Filter()
