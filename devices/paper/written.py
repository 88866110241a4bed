"""How papers write times, days and money, and words composed as fonts need them.

The words of one day, one time or one amount hang together with no-break blanks, so that no line
of a paper ends within them.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import Any, TypeVar

from counter.forms import FeeText, PaperLine, ReceiptPaper, TicketPaper
from counter.values import VIETNAM, Dong, tidy_text

NO_BREAK = "\N{NO-BREAK SPACE}"

_Said = TypeVar("_Said", ReceiptPaper, TicketPaper, PaperLine, FeeText)


def composed(paper: _Said) -> _Said:
    """Return *paper* with every text in it composed (NFC) and single-spaced.

    ReportLab and Pillow's plain layout set a decomposed accent beside its letter, not on it.
    """
    parts: dict[str, Any] = {f.name: _composed(getattr(paper, f.name)) for f in fields(paper)}
    return replace(paper, **parts)


def _composed(value: object) -> object:
    match value:
        case str():
            return tidy_text(value)
        case tuple():
            return tuple(_composed(part) for part in value)
        case PaperLine():
            return composed(value)
        case FeeText():
            return composed(value)
        case _:
            return value


def day_in_words(moment: datetime) -> str:
    """``ngày 03 tháng 02 năm 2026`` in Vietnamese time.

    Days below 10 and the months 1 and 2 take a leading zero, so that no figure can be added
    (NĐ 30/2020/NĐ-CP, annex I).
    """
    local = moment.astimezone(VIETNAM)
    month = f"{local.month:02}" if local.month < 3 else str(local.month)
    return _one(f"ngày {local.day:02} tháng {month} năm {local.year}")


def time_in_words(moment: datetime) -> str:
    """``08 giờ 05 phút, ngày 03 tháng 02 năm 2026`` in Vietnamese time."""
    local = moment.astimezone(VIETNAM)
    return _one(f"{local.hour:02} giờ {local.minute:02} phút, {day_in_words(moment)}")


def clock_and_day(moment: datetime) -> str:
    """``08:05  03/02/2026`` in Vietnamese time."""
    return f"{moment.astimezone(VIETNAM):%H:%M  %d/%m/%Y}"


def money(amount: Dong) -> str:
    """``1.250.000 đồng``."""
    return _one(f"{amount:,} đồng".replace(",", "."))


def _one(words: str) -> str:
    return words.replace(" ", NO_BREAK)
