"""Days as chips and printed codes write them; an impossible day is refused, never rolled over."""

from __future__ import annotations

import re
from datetime import date

from counter.errors import BadDate
from counter.values import PartialDate


def birth_of(text: str) -> PartialDate | None:
    """Read ``dd/mm/yyyy``, ``ddmmyyyy``, ``mm/yyyy`` or ``yyyy``; zeros stand for unknown parts.

    Raises:
        BadDate: It is none of these, or the day does not exist.
    """
    text = text.strip()
    if not text:
        return None
    if re.fullmatch(r"[0-9]{8}", text):
        text = f"{text[:2]}/{text[2:4]}/{text[4:]}"
    return PartialDate.parse(re.sub(r"^(00[/.\-]){1,2}", "", text))


def day_of(text: str) -> date | None:
    """Read a whole day as ``dd/mm/yyyy`` or ``ddmmyyyy``; None for an empty text.

    Raises:
        BadDate: It is no whole day.
    """
    found = birth_of(text)
    if found is None:
        return None
    if found.month is None or found.day is None:
        raise BadDate
    return date(found.year, found.month, found.day)
