"""Finding dossiers by whatever is at hand: a code or its end, a number, a telephone, a name.

What was typed decides which index is asked, so that a million dossiers answer as fast as a
hundred; nothing is ever read through from end to end. Names are found by the beginnings of words
without accents (``counter.values.fold``), newest first and never by rank: ranking would have to
look at every Nguyễn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    SelectBase,
    String,
    and_,
    bindparam,
    case,
    column,
    false,
    func,
    or_,
    select,
    table,
    union_all,
)
from sqlalchemy.orm import Session

from counter.finding import EVERYTHING, Filter
from counter.store.tables import DossierRow, OutboxRow, PartyRow, PrintRow
from counter.values import VIETNAM, fold

WORST = {"conflict": 3, "parked": 2, "waiting": 1, "settled": 0}
"""How bad a message's state is; a dossier stands as its worst message does."""

_NAMES = table("dossier_name", column("rowid"), column("dossier_name", String()))
_SERIAL = re.compile(r"-?[0-9]{1,4}")
_DAY = re.compile(r"[0-9]{6}")
_NUMBER = re.compile(r"[0-9]{9,12}")
_BRANCH = re.compile(r"[0-9]{10}-[0-9]{3}")
_CODE_END = re.compile(r".*-[0-9]{1,6}")


def listed(wanted: ColumnElement[bool], limit: int) -> Select[Any]:
    """Select lines of the dossiers for which *wanted* holds, soonest due first."""
    return _LINES.where(wanted).order_by(DossierRow.due_at, DossierRow.row).limit(limit)


LONGEST = 6
"""Letters whose beginnings the index keeps; a longer one must be the whole word."""

_COLUMNS = (
    DossierRow.row,
    DossierRow.id,
    DossierRow.code,
    DossierRow.provisional_code,
    DossierRow.applicant_name,
    DossierRow.applicant_number,
    DossierRow.procedure_name,
    DossierRow.status,
    DossierRow.received_at,
    DossierRow.due_at,
    DossierRow.officer_id,
    DossierRow.officer_name,
    DossierRow.charge_id,
    DossierRow.charge_name,
    DossierRow.unit,
    DossierRow.shelf,
    DossierRow.system,
    DossierRow.system_code,
    select(func.max(case(WORST, value=OutboxRow.state, else_=1)))
    .where(OutboxRow.dossier_id == DossierRow.id)
    .correlate(DossierRow)
    .scalar_subquery()
    .label("standing"),
    select(PrintRow.outcome)
    .where(
        PrintRow.dossier == DossierRow.row,
        PrintRow.kind == "receipt",
        PrintRow.outcome.is_not(None),
    )
    .order_by(PrintRow.asked_at.desc())
    .limit(1)
    .correlate(DossierRow)
    .scalar_subquery()
    .label("paper"),
)
"""What a line of a list shows, its standing with the portal and the fate of its receipt too: one
question, for each costs more on its way to the database than in it."""
_LINES = select(*_COLUMNS)


def line_of(row: int) -> Select[Any]:
    """Select the line of one dossier by its row."""
    return _LINES.where(DossierRow.row == row)


_BY_NAME = (
    _LINES.join(_NAMES, _NAMES.c.rowid == DossierRow.row)
    .where(_NAMES.c.dossier_name.op("MATCH")(bindparam("words")))
    .order_by(_NAMES.c.rowid.desc())
)
_NEWEST_BY_NAME = _BY_NAME.limit(bindparam("most"))
"""Built once and never changed: it is asked with every letter that is typed, and a question that
is made anew costs more time than its answer."""


LATIN = "[0-9a-z\u00df-\u00f6\u00f8-\u024f\u1e00-\u1eff]+"
"""Words of names as documents here write them, folded."""

FEW = 20_000
"""Dossiers in a state whose names are looked through one by one; of more, those found by name are
many enough in that state that the newest are soon found."""


def narrow(session: Session, text: str, only: Filter) -> bool:
    """Tell whether a name is better looked for among the dossiers of the states asked for.

    The full-text index first finds everybody of that name, and were few of them in the state, it
    would be read from end to end.
    """
    if not text or not only.statuses:
        return False
    some = select(DossierRow.row).where(_among(only)).limit(FEW + 1).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) <= FEW


def look(session: Session, text: str, only: Filter, limit: int) -> CursorResult[Any]:
    """Return lines of the newest dossiers that *text* names; of all of them for an empty one."""
    name = text.strip()
    if name and only == EVERYTHING and _wanted(name, only, narrowly=False) is None:
        asked = {"words": _words(name), "most": limit}
        return session.connection().execute(_NEWEST_BY_NAME, asked)
    query = found(text, only, limit, narrowly=narrow(session, text, only))
    return session.connection().execute(query)


def found(text: str, only: Filter, limit: int, *, narrowly: bool = False) -> Select[Any]:
    """Select lines of the newest dossiers that *text* names; of all of them for an empty one.

    Args:
        narrowly: Look for a name among the dossiers of the states asked for; see ``narrow``.
    """
    text = text.strip()
    wanted = _wanted(text, only, narrowly=narrowly)
    if wanted is None and not text and only.statuses:
        wanted = _newest_of(only, limit)
    if wanted is not None:
        query = _LINES.where(DossierRow.row.in_(wanted)).order_by(DossierRow.row.desc())
    elif text:
        query = _BY_NAME.params(words=_words(text))
    else:
        query = _LINES.order_by(DossierRow.row.desc())
    return query.where(*_narrowed(only)).limit(limit)


def _narrowed(only: Filter) -> Iterator[ColumnElement[bool]]:
    """Yield what *only* asks of a dossier."""
    if only.statuses:
        yield DossierRow.status.in_(only.statuses)
    if only.procedure_code is not None:
        yield DossierRow.procedure_code == only.procedure_code
    if only.due_before is not None:
        end = datetime.combine(only.due_before + timedelta(days=1), time(), VIETNAM)
        yield DossierRow.due_at < end
    if only.due_until is not None:
        yield DossierRow.due_at < only.due_until


def _newest_of(only: Filter, limit: int) -> SelectBase:
    """Select the newest rows of each state asked for: each from its own end of the index."""
    rest = replace(only, statuses=())
    newest = (
        select(DossierRow.row)
        .where(DossierRow.status == status, *_narrowed(rest))
        .order_by(DossierRow.row.desc())
        .limit(limit)
        .subquery()
        for status in only.statuses
    )
    return union_all(*(select(one.c.row) for one in newest))


def _among(only: Filter) -> ColumnElement[bool]:
    """Return what narrows to the states and the procedure asked for, both in one index."""
    states = DossierRow.status.in_(only.statuses)
    if only.procedure_code is None:
        return states
    return and_(states, DossierRow.procedure_code == only.procedure_code)


def _wanted(text: str, only: Filter, *, narrowly: bool) -> SelectBase | None:
    """Select the rows with a code, number, telephone or day like *text*; None for a name.

    Each condition is a question of its own, so that each is answered by its own index.
    """
    digits = text.replace(" ", "")
    if _BRANCH.fullmatch(digits):
        return _rows(people=digits)
    if _SERIAL.fullmatch(text):
        return _rows(DossierRow.serial == text.lstrip("-").rjust(4, "0"))
    if _NUMBER.fullmatch(digits):
        return _rows(
            DossierRow.applicant_number.between(digits, digits + ":"),
            DossierRow.phone == digits,
            people=digits,
        )
    if _DAY.fullmatch(text):
        return _rows(*_on(text))
    if _CODE_END.fullmatch(text) or (text[:1].isalpha() and any(c.isdigit() for c in text)):
        return _rows(*_of_code(text.upper()), people=text.upper())
    if text and narrowly:
        return _rows(
            and_(
                _among(only),
                *(
                    or_(
                        DossierRow.applicant_folded.startswith(word, autoescape=True),
                        DossierRow.applicant_folded.contains(f" {word}", autoescape=True),
                    )
                    for word in fold(text).split()
                ),
            )
        )
    return None


def _of_code(code: str) -> Iterator[ColumnElement[bool]]:
    """Yield conditions for a whole code, its beginning, or its end with day and serial.

    The serial alone would find one dossier of every day there ever was; its day finds few.
    """
    yield DossierRow.code.between(code, code + ":")
    yield DossierRow.provisional_code.between(code, code + ":")
    yield DossierRow.system_code.between(code, code + ":")
    end = re.search(r"([0-9]{6})-[0-9]{4,7}$", code)
    if end is not None and not code[0].isalpha():
        for on_day in _on(end[1]):
            yield and_(
                on_day,
                func.coalesce(DossierRow.code, DossierRow.provisional_code).endswith(
                    code, autoescape=True
                ),
            )


def _on(day: str) -> Iterator[ColumnElement[bool]]:
    """Yield the condition for dossiers of the day ``YYMMDD``, none when there is no such day."""
    try:
        begin = datetime.strptime(day, "%y%m%d").replace(tzinfo=VIETNAM)
    except ValueError:
        yield false()
    else:
        yield DossierRow.received_at.between(begin, begin + timedelta(days=1))


def _rows(*conditions: ColumnElement[bool], people: str = "") -> SelectBase:
    """Select the rows for which a condition holds, and those of whose people one is so named."""
    named = _NAMED if people else ()
    return union_all(
        *(select(DossierRow.row).where(condition) for condition in conditions),
        *(select(PartyRow.dossier).where(column == people) for column in named),
    )


_NAMED = (PartyRow.number, PartyRow.phone, PartyRow.document_number, PartyRow.tax_code)
"""What names who brings a dossier, an applicant without a card, an organisation."""


def _words(text: str) -> str:
    """Return *text* as a full-text question: each word quoted, and the beginning of one.

    The index parts words at whatever is no letter or digit to it, and takes no parted word as a
    question; so only letters and digits are asked for that are such to everybody.
    """
    tokens = re.findall(LATIN, fold(text)) or ["\N{NO-BREAK SPACE}"]
    return " ".join(f'"{token}"*' if len(token) <= LONGEST else f'"{token}"' for token in tokens)
