"""The catalogue of procedures: what each demands, costs, takes and gives.

Procedures are data in ``resources/procedures``, one file for each field, curated in our own words
from the national catalogue. Each has versions with a day they begin; a dossier keeps the revision
it was received under. What is not confirmed by an official text is marked unverified, so that an
office can look at it and approve it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from counter.calendar import DAY, HOUR, OTHER, SAME_DAY, WORKING_DAY
from counter.errors import UnknownProcedure
from counter.matching import Names, plain
from counter.values import Dong

SHORT = 60
"""Longest short name, in characters."""

_AGENCY_CODE = re.compile(r"[A-Z][0-9]{2}([.][0-9A-Z]{1,3}){0,4}")
_PROCEDURE_CODE = re.compile(r"[0-9][.][0-9]{6}([.][A-Z][0-9]{2})?([.][0-9]{2})?")
_ITEM_CODE = re.compile(r"[0-9A-ZĐ._-]{1,64}")


class PaperKind(StrEnum):
    """What is done with a paper of the checklist.

    ``SUBMIT`` stays in the dossier, ``PRESENT`` is compared and given back at once, ``FORM`` is the
    declaration that the desk can fill in and print.
    """

    SUBMIT = "submit"
    PRESENT = "present"
    FORM = "form"


class FeeKind(StrEnum):
    """Phí, lệ phí, or the price of a service."""

    FEE = "FEE"
    SERVICE_FEE = "SERVICE_FEE"
    PRICE = "PRICE"


class OnlineLevel(StrEnum):
    """How far a procedure can be done online (toàn trình, một phần)."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Level(StrEnum):
    """The level of the agency that decides."""

    COMMUNE = "commune"
    PROVINCE = "province"
    CENTRAL = "central"


class Owner(StrEnum):
    """Which system keeps the dossier and counts it.

    ``DESK`` is this desk with its portal; into the others, of the province or of a ministry, the
    officer enters it.
    """

    DESK = "desk"
    PROVINCE = "province"
    MINISTRY = "ministry"


class Suspension(StrEnum):
    """What is left of the time after a supplement: what remained, or all of it again."""

    REMAINING = "remaining"
    RESTART = "restart"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of procedures (lĩnh vực), which is also a service of the queue.

    Attributes:
        code: Code of the national catalogue.
        letter: Letter of its tickets; it stays when fields come and go.
    """

    code: str
    name: str
    letter: str

    def __post_init__(self) -> None:
        _claim(_ITEM_CODE.fullmatch(self.code), f"mã lĩnh vực không đúng dạng: {self.code}")
        _claim(re.fullmatch("[A-Z]", self.letter), "letter phải là một chữ cái hoa")


@dataclass(frozen=True, slots=True)
class Paper:
    """One line of a procedure's checklist.

    Attributes:
        name: Short enough to be read at a glance and to stand on the receipt.
        code: Component code of the national catalogue, None when it has none.
        originals: Originals wanted.
        certified: Certified copies wanted.
        copies: Plain copies wanted.
        required: Demanded of everybody; else only ``when``.
        when: In which case it is demanded, in words.
    """

    name: str
    kind: PaperKind = PaperKind.SUBMIT
    code: str | None = None
    originals: int = 0
    certified: int = 0
    copies: int = 0
    required: bool = True
    when: str | None = None

    def __post_init__(self) -> None:
        counts = (self.originals, self.certified, self.copies)
        _claim(self.name.strip(), "tên giấy tờ để trống")
        _claim(min(counts) >= 0 and 0 < sum(counts) < 100, "số bản phải từ 1 đến 99")
        _claim(self.code is None or _ITEM_CODE.fullmatch(self.code), "mã giấy tờ không đúng dạng")
        _claim(self.required == (self.when is None), "required = false đi cùng when, và ngược lại")


@dataclass(frozen=True, slots=True)
class Term:
    """The time a procedure takes.

    Attributes:
        quantity: How many of ``unit``; fractions of a day exist.
        unit: One of the units of ``counter.calendar``.
    """

    quantity: float
    unit: str

    def __post_init__(self) -> None:
        _claim(self.unit in _TERM_WORDS, f"đơn vị phải là một trong: {', '.join(_TERM_WORDS)}")
        _claim(0 <= self.quantity <= 3650, "thời hạn phải từ 0 đến 3650")


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a procedure that takes another time than the ordinary one.

    Attributes:
        code: Code of the national catalogue such as ``1.000656.02``, None when it has none.
    """

    name: str
    term: Term
    code: str | None = None


@dataclass(frozen=True, slots=True)
class LaterRate:
    """What a unit costs from a certain one on, as pages of a copy do from the third.

    Attributes:
        first: The first unit of this rate, 2 or more.
    """

    code: str
    name: str
    first: int
    amount: Dong

    def __post_init__(self) -> None:
        _claim(self.first >= 2, "first phải từ 2")
        _claim(self.amount >= 0, "mức thu không được âm")


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee or charge.

    Attributes:
        amount: For one ``per``; None when the office must enter its province's rate.
        free: The law says that it is free; only then ``amount`` is 0.
        per: What one amount is for, such as "bản"; None for the whole dossier.
        later: Another rate from a certain unit on.
        cap: The most that one copy costs, all its units together.
        when: In which case it is asked, in words; None when of everybody.
        exemptions: Who pays nothing, in words.
        online_percent: What is paid of it when it was asked for online; None when the same.
    """

    code: str
    name: str
    kind: FeeKind
    amount: Dong | None = None
    free: bool = False
    per: str | None = None
    later: LaterRate | None = None
    cap: Dong | None = None
    when: str | None = None
    exemptions: tuple[str, ...] = ()
    online_percent: int | None = None

    def __post_init__(self) -> None:
        _claim(
            self.online_percent is None or 0 <= self.online_percent <= 100,
            "online_percent phải từ 0 đến 100",
        )
        _claim(_ITEM_CODE.fullmatch(self.code), f"mã khoản thu không đúng dạng: {self.code}")
        _claim(self.amount is None or self.amount >= 0, "mức thu không được âm")
        _claim(self.free == (self.amount == 0), "miễn phí thì ghi amount = 0 cùng free = true")
        _claim(self.later is None or self.per is not None, "later cần có per")


@dataclass(frozen=True, slots=True)
class Result:
    """What the citizen gets.

    Attributes:
        code: Result code of the national catalogue, None when it has none.
    """

    name: str
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One version of a procedure (thủ tục hành chính).

    Attributes:
        short_name: At most 60 characters, for lists.
        aliases: What people also call it; found by the search, never shown.
        revision: Names the version a dossier was received under.
        effective_to: The last day of this version, None while it is in force.
        agency: Who decides, in words.
        agency_code: Code of who decides when that is another agency of the province than the one
            that receives; None when they are the same.
        system: Name of the system when its owner is not the desk.
        term: The ordinary time; ``cases`` are the others.
        notes: What an officer should know; not papers.
        essential: One of the 53 essential online services.
        unverified: Its papers, time or fees wait for the office's approval.
    """

    code: str
    name: str
    short_name: str
    field: Field
    revision: str
    effective_from: date
    papers: tuple[Paper, ...]
    term: Term
    results: tuple[Result, ...]
    effective_to: date | None = None
    aliases: tuple[str, ...] = ()
    level: Level = Level.COMMUNE
    agency: str = "Ủy ban nhân dân cấp xã"
    agency_code: str | None = None
    online: OnlineLevel = OnlineLevel.PARTIAL
    owner: Owner = Owner.DESK
    system: str | None = None
    cases: tuple[Case, ...] = ()
    suspension: Suspension = Suspension.REMAINING
    fees: tuple[Fee, ...] = ()
    notes: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    essential: bool = False
    unverified: bool = False

    def __post_init__(self) -> None:
        _claim(_PROCEDURE_CODE.fullmatch(self.code), "mã thủ tục không đúng dạng")
        _claim(0 < len(self.short_name) <= SHORT, f"short_name phải từ 1 đến {SHORT} ký tự")
        _claim(
            self.agency_code is None or _AGENCY_CODE.fullmatch(self.agency_code),
            "agency_code không phải mã cơ quan, ví dụ H55.15",
        )
        _claim(0 < len(self.revision) <= 40, "revision phải từ 1 đến 40 ký tự")
        _claim(
            self.effective_to is None or self.effective_from <= self.effective_to,
            "effective_to trước effective_from",
        )
        _claim(
            (self.owner is Owner.DESK) == (self.system is None),
            "system nêu tên hệ thống khi owner không phải desk, và chỉ khi đó",
        )

    def is_in_force(self, on: date) -> bool:
        """Tell whether dossiers received on that day fall under this version."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


class Catalogue:
    """Every version of every procedure, and the search over those in force.

    Args:
        commonest: Codes of the commonest procedures, most used first; they rank first.
    """

    def __init__(self, procedures: Iterable[Procedure], commonest: tuple[str, ...] = ()) -> None:
        rank = {code: place for place, code in enumerate(commonest)}
        self.procedures = tuple(
            sorted(
                procedures,
                key=lambda p: (rank.get(p.code, len(rank)), p.field.letter, p.code),
            )
        )
        self.commonest = commonest
        named = [(name, at) for at, p in enumerate(self.procedures) for name in _names(p)]
        self._names = Names(name for name, _at in named)
        self._named = [at for _name, at in named]

    def get(self, code: str, on: date) -> Procedure:
        """Return the version of *code* in force on that day.

        Raises:
            UnknownProcedure: There is none.
        """
        for procedure in self.procedures:
            if procedure.code == code and procedure.is_in_force(on):
                return procedure
        raise UnknownProcedure(code=code)

    def find_revision(self, code: str, revision: str) -> Procedure | None:
        """Return the version of *code* a dossier was received under, None when it is not here."""
        for procedure in self.procedures:
            if procedure.code == code and procedure.revision == revision:
                return procedure
        return None

    def asks_as_in(self, revision: str, procedure: Procedure) -> bool:
        """Tell whether *procedure* demands the papers that its version *revision* demands.

        Papers ticked are named by their place: on another checklist it is another paper's. Of no
        revision nothing was ticked otherwise.
        """
        if revision in ("", procedure.revision):
            return True
        ticked = self.find_revision(procedure.code, revision)
        return ticked is not None and ticked.papers == procedure.papers

    def in_force(self, on: date) -> tuple[Procedure, ...]:
        """Return the versions in force on that day, commonest first."""
        return tuple(p for p in self.procedures if p.is_in_force(on))

    def find(self, text: str, on: date, limit: int = 12) -> tuple[Procedure, ...]:
        """Return what a few letters without accents find, best first; all for an empty text.

        They may be the beginnings of words ("chung thuc ban sao"), first letters ("ks", "dk khai
        sinh"), or the beginning of the code. Among equals the commonest comes first.
        """
        if not text.strip():
            return self.in_force(on)[:limit]
        return tuple(p for p in self._matching(text) if p.is_in_force(on))[:limit]

    def find_ended(self, text: str, since: date, on: date) -> tuple[Procedure, ...]:
        """Return what is in force no more on *on* but was at some time from *since*, as ``find``.

        Of a procedure that goes on in another version nothing is returned.
        """
        goes_on = {p.code for p in self.in_force(on)}
        return tuple(
            p
            for p in self._matching(text)
            if p.code not in goes_on and p.effective_to is not None and since <= p.effective_to < on
        )

    def _matching(self, text: str) -> Iterator[Procedure]:
        """Yield every version that *text* finds, best first."""
        code = text.strip()
        fits = {at: -1 for at, p in enumerate(self.procedures) if code and p.code.startswith(code)}
        for place, closeness in self._names.find(text).items():
            at = self._named[place]
            fits[at] = min(closeness, fits.get(at, closeness))
        best = sorted(fits, key=lambda at: (fits[at], at))
        return map(self.procedures.__getitem__, best)

    def services(self) -> tuple[tuple[str, str], ...]:
        """Return letter and name of each field that has a procedure, by letter."""
        return tuple(sorted({(p.field.letter, p.field.name) for p in self.procedures}))


_TERM_WORDS = {
    WORKING_DAY: "{count} ngày làm việc",
    DAY: "{count} ngày",
    HOUR: "{count} giờ làm việc",
    SAME_DAY: "Trong ngày; nhận sau 15 giờ thì trả vào ngày làm việc tiếp theo",
    OTHER: "Theo ngày hẹn của cán bộ",
}


def term_words(term: Term) -> str:
    """Return a time limit in words, as receipts write it."""
    quantity = f"{term.quantity:g}".replace(".", ",")
    count = quantity.rjust(2, "0") if quantity.isdigit() else quantity
    return _TERM_WORDS[term.unit].format(count=count)


def _claim(holds: object, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)


def _names(procedure: Procedure) -> tuple[str, ...]:
    texts = (procedure.short_name, procedure.name, *procedure.aliases)
    return tuple(dict.fromkeys(plain(text) for text in texts))
