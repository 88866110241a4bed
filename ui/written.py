"""How days, moments, money and numbers are written on a Vietnamese screen."""

from __future__ import annotations

import re
from datetime import date, datetime

from counter.values import VIETNAM, CitizenNumber, Dong
from ui.said import QT_TRANSLATE_NOOP, said

WEEKDAYS = (
    QT_TRANSLATE_NOOP("texts", "Thứ Hai"),
    QT_TRANSLATE_NOOP("texts", "Thứ Ba"),
    QT_TRANSLATE_NOOP("texts", "Thứ Tư"),
    QT_TRANSLATE_NOOP("texts", "Thứ Năm"),
    QT_TRANSLATE_NOOP("texts", "Thứ Sáu"),
    QT_TRANSLATE_NOOP("texts", "Thứ Bảy"),
    QT_TRANSLATE_NOOP("texts", "Chủ Nhật"),
)


def grouped(amount: int) -> str:
    """``1.250.000``."""
    return f"{amount:,}".replace(",", ".")


def money(amount: Dong) -> str:
    """``1.250.000 đ``."""
    return f"{grouped(amount)} đ"


def day(value: date) -> str:
    """``31/01/1999``."""
    return f"{value:%d/%m/%Y}"


def near_day(value: date) -> str:
    """``31/01``: a day of these days."""
    return f"{value:%d/%m}"


def weekday(value: date) -> str:
    """``Thứ Sáu``."""
    return said(WEEKDAYS[value.weekday()])


def clock(moment: datetime) -> str:
    """``08:12``, in Vietnamese time."""
    return f"{moment.astimezone(VIETNAM):%H:%M}"


def moment(value: datetime) -> str:
    """``08:12 31/01/1999``, in Vietnamese time."""
    return f"{value.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def near(value: datetime) -> str:
    """``08:12 31/01``, in Vietnamese time: a moment of these days."""
    return f"{value.astimezone(VIETNAM):%H:%M %d/%m}"


def number(value: CitizenNumber) -> str:
    """All twelve digits in groups of three, for reading aloud beside the card."""
    digits = value.digits
    return " ".join(digits[start : start + 3] for start in range(0, 12, 3))


def issuer(subject: str) -> str:
    """``CSCA Vietnam 001 · Bộ Công an``: the names in a certificate's subject, without labels."""
    parts = re.split(r"[,;] (?=[A-Z][A-Za-z ]*: )", subject)
    named = dict(part.split(": ", 1) for part in parts if ": " in part)
    told = [named[label] for label in ("Common Name", "Organization") if label in named]
    return " · ".join(told) or subject
