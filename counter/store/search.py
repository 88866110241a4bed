"""Finding dossiers by whatever is at hand: a code or its end, a number, a telephone, a name.

What was typed decides which index is asked, so that a million dossiers answer as fast as a
hundred; nothing is ever read through from end to end. Names are found by the beginnings of words
without accents (``counter.values.fold``), newest first and never by rank: ranking would have to
look at every Nguyễn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, String, column, or_, select, table

from counter.store.tables import DossierRow
from counter.values import VIETNAM, fold

_NAMES = table("dossier_name", column("rowid"), column("dossier_name", String()))
_SERIAL = re.compile(r"[0-9]{1,4}")
_DAY = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})")
_NUMBER = re.compile(r"[0-9]{9,12}")
_CODE_END = re.compile(r".*-[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which dossiers are looked among; an empty one leaves none out.

    Attributes:
        due_before: Due before the end of that day.
    """

    statuses: tuple[int, ...] = ()
    procedure_code: str | None = None
    due_before: date | None = None


def found(text: str, only: Filter, limit: int) -> Select[DossierRow]:
    """Select the newest dossiers that *text* names; all of them for an empty one."""
    query = select(DossierRow).limit(limit)
    text = text.strip()
    wanted = _wanted(text)
    if wanted is None and text:
        query = query.join(_NAMES, _NAMES.c.rowid == DossierRow.row)
        query = query.where(_NAMES.c.dossier_name.op("MATCH")(_words(text)))
        query = query.order_by(_NAMES.c.rowid.desc())
    else:
        query = query.order_by(DossierRow.row.desc())
    if wanted is not None:
        query = query.where(wanted)
    if only.statuses:
        query = query.where(DossierRow.status.in_(only.statuses))
    if only.procedure_code is not None:
        query = query.where(DossierRow.procedure_code == only.procedure_code)
    if only.due_before is not None:
        end = datetime.combine(only.due_before + timedelta(days=1), time(), VIETNAM)
        query = query.where(DossierRow.due_at < end)
    return query


def _wanted(text: str) -> ColumnElement[bool] | None:
    """Return the condition for a code, number, telephone or day; None for a name."""
    if _SERIAL.fullmatch(text):
        return DossierRow.serial == text.rjust(4, "0")
    if _NUMBER.fullmatch(text.replace(" ", "")):
        digits = text.replace(" ", "")
        return or_(
            DossierRow.applicant_number.between(digits, digits + ":"), DossierRow.phone == digits
        )
    day = _day(text)
    if day is not None:
        begin = datetime.combine(day, time(), VIETNAM)
        return DossierRow.received_at.between(begin, begin + timedelta(days=1))
    if _CODE_END.fullmatch(text) or (text[:1].isalpha() and any(c.isdigit() for c in text)):
        return _of_code(text.upper())
    return None


def _of_code(code: str) -> ColumnElement[bool]:
    """Return the condition for a whole code, its beginning, or its end with the serial."""
    whole = or_(
        DossierRow.code.between(code, code + ":"),
        DossierRow.provisional_code.between(code, code + ":"),
    )
    end = re.search(r"[0-9]{1,6}$", code)
    if "-" not in code or end is None or len(end[0]) < 4:
        return whole
    return or_(
        whole,
        (DossierRow.serial == end[0][-4:])
        & or_(
            DossierRow.code.endswith(code, autoescape=True),
            DossierRow.provisional_code.endswith(code, autoescape=True),
        ),
    )


def _day(text: str) -> date | None:
    parts = _DAY.fullmatch(text)
    if parts is None:
        return None
    try:
        return date(2000 + int(parts[1]), int(parts[2]), int(parts[3]))
    except ValueError:
        return None


def _words(text: str) -> str:
    """Return *text* as a full-text question: each word quoted, and the beginning of one."""
    tokens = re.findall(r"\w+", fold(text)) or ["\N{NO-BREAK SPACE}"]
    return " ".join(f'"{token}"*' for token in tokens)
