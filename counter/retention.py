"""How long personal data is kept at the desk: one term for each kind, from one file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from counter.datafiles import checked, in_file, read_toml
from counter.errors import BadData
from counter.settings import RetentionSettings

FILE = "retention.toml"
IN_MONTHS, IN_DAYS = ("dossier", "guidance"), ("visit", "paper")
"""Every kind there is; each is counted in one of the two."""


@dataclass(frozen=True, slots=True)
class Term:
    """How long one kind of data stays once its work is done.

    Attributes:
        months: Or else ``days``; a kind has the one its code is counted in.
        what: What it is, in the office's words.
        source: What the term rests on.
    """

    code: str
    what: str
    source: str
    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class _File:
    kind: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """The terms in force at this desk.

    Attributes:
        visit_days: Of a visit that nobody went on with.
        paper_days: Of papers in the tray and of a database's copy made before a step.
    """

    dossier_months: int
    guidance_months: int
    visit_days: int = 3
    paper_days: int = 30


def load_terms(folder: Path) -> tuple[Term, ...]:
    """Read the terms that ship with the program from *folder*.

    Raises:
        BadData: The file cannot be read, lacks a kind, or has a term of nothing.
    """
    terms = checked(_File, read_toml(folder / FILE), in_file(FILE)).kind
    found = {term.code: term for term in terms}
    lacking = {*IN_MONTHS, *IN_DAYS} - found.keys()
    wrong = [f"{FILE}: thiếu hạn lưu {code}" for code in lacking]
    wrong += [
        f"{FILE}: {code}: {unit} phải từ 1"
        for codes, unit in ((IN_MONTHS, "months"), (IN_DAYS, "days"))
        for code in codes
        if code in found and getattr(found[code], unit) < 1
    ]
    if wrong:
        raise BadData(tuple(sorted(wrong)))
    return terms


def load_retention(folder: Path, told: RetentionSettings) -> Retention:
    """Read the terms from *folder*; what the office *told* goes before what ships.

    Raises:
        BadData: The file cannot be read, or has mistakes.
    """
    shipped = {term.code: term for term in load_terms(folder)}
    return Retention(
        dossier_months=told.dossier_months or shipped["dossier"].months,
        guidance_months=told.guidance_months or shipped["guidance"].months,
        visit_days=told.visit_days or shipped["visit"].days,
        paper_days=told.paper_days or shipped["paper"].days,
    )


def months_before(day: date, months: int) -> date:
    """Return the day *months* before *day*; the 31st becomes a shorter month's last."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    longest = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, longest))
