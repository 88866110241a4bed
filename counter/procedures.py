"""The catalogue of procedures: what each demands, costs, takes and gives.

Procedures are data in ``resources/procedures``, one file for each field, curated in our own words
from the national catalogue. Each has versions with a day they begin; a dossier keeps the revision
it was received under. What is not confirmed by an official text is marked unverified.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from counter.calendar import DAY, HOUR, OTHER, SAME_DAY, WORKING_DAY
from counter.errors import UnknownProcedure
from counter.values import Dong, fold, nfc


class PaperKind(StrEnum):
    """What is done with a paper of the checklist."""

    SUBMIT = "submit"
    PRESENT = "present"
    FORM = "form"


class OnlineLevel(StrEnum):
    """How far a procedure can be done online (toàn trình, một phần)."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of procedures (lĩnh vực), which is also a service of the queue.

    Attributes:
        code: Code of the national catalogue.
        letter: Letter of its tickets.
    """

    code: str
    name: str
    letter: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One line of a procedure's checklist.

    Attributes:
        code: Component code of the national catalogue, None when it has none.
        originals: Originals wanted.
        certified: Certified copies wanted.
        copies: Plain copies wanted.
        required: Demanded of everybody; else only ``when``.
        when: In which case it is demanded, in words.
    """

    name: str
    kind: PaperKind
    code: str | None = None
    originals: int = 0
    certified: int = 0
    copies: int = 0
    required: bool = True
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """The time a procedure takes.

    Attributes:
        quantity: How many of ``unit``; fractions of a day exist.
        unit: One of the units of ``counter.calendar``.
    """

    quantity: float
    unit: str


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee or charge.

    Attributes:
        kind: ``FEE`` (phí), ``SERVICE_FEE`` (lệ phí) or ``PRICE``.
        amount: For one ``per``; None when the office must enter its province's rate. Zero means
            that the law says free.
        per: What one amount is for, such as "bản"; None for the whole dossier.
        exemptions: Who pays nothing, in words.
    """

    code: str
    name: str
    kind: str
    amount: Dong | None
    per: str | None = None
    exemptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of a procedure (thủ tục hành chính).

    Attributes:
        short_name: At most 60 characters, for lists.
        revision: Names the version a dossier was received under.
        effective_to: The last day of this version, None while it is in force.
        owner: Which system owns its dossiers: ``desk``, ``province`` or ``ministry``.
        essential: One of the 53 essential online services.
        unverified: Its papers, time or fees wait for the office's approval.
    """

    code: str
    name: str
    short_name: str
    field: Field
    revision: str
    effective_from: date
    effective_to: date | None
    online: OnlineLevel
    owner: str
    papers: tuple[Paper, ...]
    term: Term
    fees: tuple[Fee, ...]
    results: tuple[str, ...]
    legal_basis: tuple[str, ...]
    essential: bool
    unverified: bool

    def is_in_force(self, on: date) -> bool:
        """Tell whether dossiers received on that day fall under this version."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


class Catalogue:
    """Every version of every procedure, and the search over those in force.

    Args:
        commonest: Codes of the commonest procedures, most used first; they rank first.
    """

    def __init__(self, procedures: tuple[Procedure, ...], commonest: tuple[str, ...] = ()) -> None:
        self.procedures = procedures
        self._commonest = commonest
        rank = {code: place for place, code in enumerate(commonest)}
        self._ordered = sorted(
            procedures, key=lambda p: (rank.get(p.code, len(rank)), p.field.letter, p.code)
        )
        self._folded = [(_words(p), p) for p in self._ordered]

    def get(self, code: str, on: date) -> Procedure:
        """Return the version of *code* in force on that day.

        Raises:
            UnknownProcedure: There is none.
        """
        for procedure in self.procedures:
            if procedure.code == code and procedure.is_in_force(on):
                return procedure
        raise UnknownProcedure(code=code)

    def in_force(self, on: date) -> tuple[Procedure, ...]:
        """Return the versions in force on that day, commonest first."""
        return tuple(p for p in self._ordered if p.is_in_force(on))

    def find(self, text: str, on: date, limit: int = 12) -> tuple[Procedure, ...]:
        """Return what a few letters without accents find, best first; all for an empty text.

        Every word typed must begin a word of the name, or the letters are the initials of
        successive words ("dkks" finds "Đăng ký khai sinh"), or they begin the code.
        """
        typed = fold(text)
        if not typed:
            return self.in_force(on)[:limit]
        scored = [
            (score, place, p)
            for place, (words, p) in enumerate(self._folded)
            if p.is_in_force(on) and (score := _score(typed, words, p)) is not None
        ]
        return tuple(p for _score, _place, p in sorted(scored, key=lambda s: s[:2])[:limit])

    def services(self) -> tuple[tuple[str, str], ...]:
        """Return letter and name of each field that has a procedure, by letter."""
        return tuple(sorted({(p.field.letter, p.field.name) for p in self.procedures}))


def term_words(term: Term) -> str:
    """Return a time limit in words, as receipts write it."""
    quantity = f"{term.quantity:g}".replace(".", ",")
    count = quantity.rjust(2, "0") if quantity.isdigit() else quantity
    return {
        WORKING_DAY: f"{count} ngày làm việc",
        DAY: f"{count} ngày",
        HOUR: f"{count} giờ làm việc",
        SAME_DAY: "Trong ngày; nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo",
        OTHER: "Theo ngày hẹn của cán bộ",
    }[term.unit]


def load_catalogue(folder: Path) -> Catalogue:
    """Read every file of *folder*: one for each field, and ``commonest.toml``.

    Raises:
        ValueError: A file has a mistake; the message names file, procedure and key. The shipped
            files are tested, so this is about an office's own.
    """
    procedures: list[Procedure] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name != "commonest.toml":
            procedures += _read_field(path)
    commonest = tomllib.loads((folder / "commonest.toml").read_text(encoding="utf-8"))
    return Catalogue(tuple(procedures), tuple(commonest["codes"]))


def _read_field(path: Path) -> Iterator[Procedure]:
    tree = tomllib.loads(nfc(path.read_text(encoding="utf-8")))
    field = Field(**tree["field"])
    for entry in tree["procedure"]:
        try:
            yield _procedure(field, entry)
        except (KeyError, TypeError, ValueError) as error:
            message = f"{path.name}: {entry.get('code', '?')}: {error}"
            raise ValueError(message) from error


def _procedure(field: Field, entry: Mapping[str, Any]) -> Procedure:
    known = set(Procedure.__dataclass_fields__) - {"field"}
    unknown = set(entry) - known
    if unknown:
        message = f"unknown key {', '.join(sorted(unknown))}"
        raise ValueError(message)
    return Procedure(
        code=entry["code"],
        name=entry["name"],
        short_name=entry.get("short_name", entry["name"]),
        field=field,
        revision=entry["revision"],
        effective_from=entry["effective_from"],
        effective_to=entry.get("effective_to"),
        online=OnlineLevel(entry.get("online", "partial")),
        owner=entry.get("owner", "desk"),
        papers=tuple(
            Paper(**{**paper, "kind": PaperKind(paper.get("kind", "submit"))})
            for paper in entry["papers"]
        ),
        term=_term(entry["term"]),
        fees=tuple(
            Fee(**{**fee, "exemptions": tuple(fee.get("exemptions", ()))})
            for fee in (_priced(fee) for fee in entry.get("fees", ()))
        ),
        results=tuple(entry["results"]),
        legal_basis=tuple(entry.get("legal_basis", ())),
        essential=entry.get("essential", False),
        unverified=entry.get("unverified", False),
    )


def _priced(fee: Mapping[str, Any]) -> dict[str, Any]:
    amount = fee.get("amount")
    return {**fee, "amount": None if amount is None else Dong(amount)}


def _term(entry: Mapping[str, Any]) -> Term:
    term = Term(float(entry["quantity"]), entry["unit"])
    term_words(term)
    return term


def _words(procedure: Procedure) -> list[str]:
    text = fold(f"{procedure.name} {procedure.short_name}")
    return "".join(c if c.isalnum() else " " for c in text).split()


def _score(typed: str, words: list[str], procedure: Procedure) -> int | None:
    """Return how well *typed* fits, 0 the best, None not at all."""
    if procedure.code.startswith(typed):
        return 0
    parts = typed.split()
    place = _in_order(parts, words)
    if place is not None:
        return 1 if place == 0 else 2
    if all(any(word.startswith(part) for word in words) for part in parts):
        return 3
    initials = "".join(word[0] for word in words)
    if len(parts) == 1 and parts[0] in initials:
        return 4
    if all(any(word.startswith(part) for word in words) or part in initials for part in parts):
        return 5
    return None


def _in_order(parts: list[str], words: list[str]) -> int | None:
    """Return where *parts* begin successive words, None when they do not."""
    for start in range(len(words) - len(parts) + 1):
        if all(w.startswith(p) for p, w in zip(parts, words[start:], strict=False)):
            return start
    return None
