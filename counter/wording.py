"""The words of every paper: data with days of effect, which an office can replace by its own.

``resources/papers`` holds the wordings of the statutory forms and of the desk's own papers; an
office's file of the same shape, read after them, wins on the days it holds for. A form has the
number its circular gives it; circulars follow each other by date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Formatter

from counter.datafiles import checked, in_file, read_toml
from counter.errors import BadData, NoWording
from counter.papers.facts import FACTS, Facts
from counter.papers.form import Form, Letterhead
from counter.values import local_day

FILTERS = frozenset({"", "upper", "day", "Day", "time", "money", "words"})
"""How a value may be written: as it is, in capitals, as a day (``Day`` begins a sentence), as a
time, as money in figures or in words."""


class PageSize(StrEnum):
    """The sheet a paper stands on."""

    A5 = "A5"
    A5_WIDE = "A5 ngang"
    A4 = "A4"
    A4_WIDE = "A4 ngang"


class Top(StrEnum):
    """What stands above the title: agency and nation with the code, the nation alone, nothing."""

    AGENCY = "agency"
    NATION = "nation"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class FormSet:
    """A circular that numbers the statutory forms, and the days it holds for."""

    basis: str
    effective_from: date
    effective_to: date | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """A place to sign."""

    role: str
    name: str = ""
    hint: str = "(Ký và ghi rõ họ tên)"


@dataclass(frozen=True, slots=True)
class FormNumber:
    """The number a form has in one circular."""

    basis: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of one paper.

    Attributes:
        body: One paragraph a line: ``{field}`` or ``{field:filter}`` is a value, ``*bold*``,
            ``~slanted~``; a line that begins with ``? `` is left out when its values are empty;
            ``= `` sets it in the middle, ``- `` sets it in; ``[name]`` sets a table.
        numbers: For a statutory form its number in each circular it has one in.
        copies: Names of the copies in printing order; empty for one without a name.
        code_label: What stands before the code under the bars.
        unverified: From memory or our own proposal; it waits for the office's approval.
    """

    form: Form
    title: str
    body: str = ""
    page: PageSize = PageSize.A5
    numbers: tuple[FormNumber, ...] = ()
    copies: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    top: Top = Top.AGENCY
    code_label: str = "Mã hồ sơ:"
    effective_from: date = date.min
    effective_to: date | None = None
    unverified: bool = False

    def __post_init__(self) -> None:
        for name, filter_ in self._values():
            if name not in _known(self.form):
                message = f"body: không có mục {{{name}}} cho giấy {self.form}"
                raise ValueError(message)
            if filter_ not in FILTERS:
                message = f"body: không có cách viết {{{name}:{filter_}}}"
                raise ValueError(message)

    def _values(self) -> Iterator[tuple[str, str]]:
        signs = (text for sign in self.signs for text in (sign.role, sign.name))
        for text in (self.title, self.body, *signs):
            for _, name, filter_, _ in Formatter().parse(text):
                if name is not None:
                    yield name, filter_ or ""

    def number_under(self, basis: str) -> str | None:
        """Return the form's number in that circular."""
        return next((n.number for n in self.numbers if n.basis == basis), None)

    def holds(self, on: date) -> bool:
        """Tell whether papers of that day are worded so."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


@dataclass(frozen=True, slots=True)
class WordedPaper:
    """A paper ready to be set.

    Attributes:
        basis: Number and circular of a statutory form, small in the corner; else empty.
    """

    wording: Wording
    basis: str
    head: Letterhead
    facts: Facts

    @property
    def reprint(self) -> bool:
        """Whether it is marked as printed again."""
        return self.head.reprint


@dataclass(frozen=True, slots=True)
class Wordings:
    """Every wording there is.

    Attributes:
        sets: The circulars; of two that hold on a day the first one counts.
        wordings: Of two that hold on a day the later one counts.
        own: The office's own, which stand above the others.
    """

    sets: tuple[FormSet, ...]
    wordings: tuple[Wording, ...]
    own: tuple[Wording, ...] = ()

    def word(self, head: Letterhead, facts: Facts) -> WordedPaper:
        """Return the paper as it is worded on its own day.

        Raises:
            NoWording: That day knows no such paper, as form 05 before 15/09/2025.
        """
        day = local_day(head.at)
        return WordedPaper(self.get(facts.form, day), self.basis(facts.form, day), head, facts)

    def get(self, form: Form, on: date) -> Wording:
        """Return the wording of *form* on that day.

        Raises:
            NoWording: There is none.
        """
        circular = self.circular(on)
        for wording in reversed((*self.wordings, *self.own)):
            if (
                wording.form is form
                and wording.holds(on)
                and (not wording.numbers or wording.number_under(circular) is not None)
            ):
                return wording
        raise NoWording(form=form.value, day=on.isoformat())

    def basis(self, form: Form, on: date) -> str:
        """Return number and circular as they stand in a form's corner; empty for other papers.

        Raises:
            NoWording: That day knows no such paper.
        """
        circular = self.circular(on)
        number = self.get(form, on).number_under(circular)
        return "" if number is None else f"Mẫu số {number} - {circular}"

    def told_name(self, on: date) -> str:
        """Return the circular of that day as the portal names it, such as ``TT03/2025``."""
        return told_name(self.circular(on))

    def circular(self, on: date) -> str:
        """Return the circular that numbers the forms on that day; empty before the first."""
        for held in self.sets:
            if held.effective_from <= on and (held.effective_to is None or on <= held.effective_to):
                return held.basis
        return ""


def told_name(basis: str) -> str:
    """Return how the portal names a circular, such as ``TT03/2025``."""
    return basis.replace("/TT-VPCP", "").replace(" ", "")


@dataclass(frozen=True, slots=True)
class _File:
    form: tuple[Wording, ...] = ()
    set: tuple[FormSet, ...] = ()


def load_wordings(folder: Path, office: Path | None = None) -> Wordings:
    """Read every file of *folder* and, when it is there, the *office*'s own file.

    Raises:
        BadData: A file cannot be read, or has mistakes; each line names the file and the key.
    """
    wrong: list[str] = []
    shipped = [_read(path, wrong) for path in sorted(folder.glob("*.toml"))]
    own = _read(office, wrong) if office is not None and office.exists() else _File()
    if wrong:
        raise BadData(tuple(wrong))
    return Wordings(
        tuple(held for file in (*shipped, own) for held in file.set),
        tuple(wording for file in shipped for wording in file.form),
        own.form,
    )


def _read(path: Path, wrong: list[str]) -> _File:
    try:
        return checked(_File, read_toml(path), in_file(path.name))
    except BadData as error:
        wrong += error.mistakes
        return _File()


@cache
def _known(form: Form) -> frozenset[str]:
    """Return the names a wording of *form* may use."""
    kinds: tuple[type, ...] = (Letterhead, FACTS[form]) if form in FACTS else (Letterhead,)
    return frozenset(f.name for kind in kinds for f in fields(kind))
