"""How long personal data is kept at the desk: one term for each kind, from one file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from counter.datafiles import checked, in_file, read_toml
from counter.errors import BadData
from counter.settings import RetentionSettings

FILE = "retention.toml"


@dataclass(frozen=True, slots=True)
class Term:
    """How long one kind of data stays once its work is done.

    Attributes:
        what: What it is, in the office's words.
        source: What the term rests on.
    """

    code: str
    months: int
    what: str
    source: str


@dataclass(frozen=True, slots=True)
class _File:
    kind: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """The terms in force at this desk, in months."""

    dossier_months: int
    guidance_months: int


def load_retention(folder: Path, told: RetentionSettings) -> Retention:
    """Read the terms from *folder*; what the office *told* goes before what ships.

    Raises:
        BadData: The file cannot be read, or has mistakes.
    """
    shipped = {
        t.code: t.months for t in checked(_File, read_toml(folder / FILE), in_file(FILE)).kind
    }
    lacking = {"dossier", "guidance"} - shipped.keys()
    if lacking:
        raise BadData(tuple(f"{FILE}: thiếu hạn lưu {code}" for code in sorted(lacking)))
    return Retention(
        dossier_months=told.dossier_months or shipped["dossier"],
        guidance_months=told.guidance_months or shipped["guidance"],
    )


def months_before(day: date, months: int) -> date:
    """Return the day *months* before *day*; the 31st becomes a shorter month's last."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    longest = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, longest))
