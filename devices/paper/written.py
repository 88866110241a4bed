"""How papers write times, days and money, and words composed as fonts need them.

The words of one day, one time or one amount hang together with no-break blanks, so that no line
of a paper ends within them.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from counter.values import VIETNAM, Dong, tidy_text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

NO_BREAK = "\N{NO-BREAK SPACE}"

_Said = TypeVar("_Said", bound="DataclassInstance")


def composed(paper: _Said) -> _Said:
    """Return *paper* with every text in it composed (NFC) and single-spaced.

    ReportLab and Pillow's plain layout set a decomposed accent beside its letter, not on it.
    """
    parts: dict[str, Any] = {f.name: _composed(getattr(paper, f.name)) for f in fields(paper)}
    return replace(paper, **parts)


def _composed(value: object) -> object:
    match value:
        case Enum():
            return value
        case str():
            return "\n".join(tidy_text(line) for line in value.strip().split("\n"))
        case tuple():
            return tuple(_composed(part) for part in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return composed(value)
        case _:
            return value


def day_in_words(moment: date) -> str:
    """``ngày 03 tháng 02 năm 2026``, a moment in Vietnamese time.

    Days below 10 and the months 1 and 2 take a leading zero, so that no figure can be added
    (NĐ 30/2020/NĐ-CP, annex I).
    """
    local = moment.astimezone(VIETNAM) if isinstance(moment, datetime) else moment
    month = f"{local.month:02}" if local.month < 3 else str(local.month)
    return _one(f"ngày {local.day:02} tháng {month} năm {local.year}")


def time_in_words(moment: datetime) -> str:
    """``08 giờ 05 phút, ngày 03 tháng 02 năm 2026`` in Vietnamese time."""
    local = moment.astimezone(VIETNAM)
    return _one(f"{local.hour:02} giờ {local.minute:02} phút, {day_in_words(moment)}")


def clock_and_day(moment: datetime) -> str:
    """``08:05  03/02/2026`` in Vietnamese time."""
    return f"{moment.astimezone(VIETNAM):%H:%M  %d/%m/%Y}"


def day_figures(moment: datetime) -> str:
    """``03/02/2026`` in Vietnamese time."""
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}"


def figures(amount: Dong) -> str:
    """``1.250.000``."""
    return f"{amount:,}".replace(",", ".")


def money(amount: Dong) -> str:
    """``1.250.000 đồng``."""
    return _one(f"{figures(amount)} đồng")


def _one(words: str) -> str:
    return words.replace(" ", NO_BREAK)
