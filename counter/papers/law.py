"""What the statutory forms 02 to 07 of TT 03/2025/TT-VPCP say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from counter.forms import PaperLine
from counter.papers.form import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementFacts:
    """Form 02: everything that is missing, asked for once.

    Attributes:
        papers: What must be brought, with counts; a note stands behind the name.
        web: Where the rules can be read.
        respond_by: The last day to bring it, None when none was set.
    """

    form: ClassVar[Form] = Form.SUPPLEMENT
    applicant: str = field(repr=False)
    procedure: str
    address: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    papers: tuple[PaperLine, ...] = ()
    reason: str
    respond_by: date | None = None
    web: str = ""
    officer: str
    officer_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalFacts:
    """Form 03: the dossier is not accepted, with the reason."""

    form: ClassVar[Form] = Form.REFUSAL
    applicant: str = field(repr=False)
    submitter: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    procedure: str
    reason: str
    web: str = ""
    officer: str
    officer_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApologyFacts:
    """Form 04: an apology with a new day, signed by the head of the agency.

    Attributes:
        signer: Name of the head; empty leaves room for it.
    """

    form: ClassVar[Form] = Form.APOLOGY
    addressee: str = field(repr=False)
    procedure: str
    received_at: datetime
    due_at: datetime
    reason: str
    new_due_on: date
    signer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopFacts:
    """Form 05 of 2025: the dossier is stopped.

    Attributes:
        basis: The rule it rests on.
        returned: Names of the papers that are given back.
    """

    form: ClassVar[Form] = Form.STOP
    addressee: str = field(repr=False)
    procedure: str
    received_at: datetime
    reason: str
    basis: str = ""
    returned: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class ControlStep:
    """One passing of a dossier from hand to hand.

    Attributes:
        at: None leaves room for it.
        standing: Before, on or after the day promised, in words.
    """

    giver: str = ""
    receiver: str = ""
    at: datetime | None = None
    standing: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlFacts:
    """Form 06 (05 until 2025): the sheet that goes with a dossier from hand to hand.

    Attributes:
        partners: Agencies that take part; empty for none.
        steps: What is known; the sheet is filled up to four blocks.
    """

    form: ClassVar[Form] = Form.CONTROL
    book_volume: str
    book_number: int
    applicant: str = field(repr=False)
    procedure: str
    received_at: datetime
    due_at: datetime | None
    unit: str
    partners: str = ""
    steps: tuple[ControlStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One dossier in the register (form 07).

    Attributes:
        contact: Address and telephone.
        passed_at: When it went to the unit that resolves it.
        result_at: When the result came back.
        returned_at: When the result was given out.
        way: How the result was received, in words.
        note: Refusal, supplement, withdrawal or overdue, in words.
    """

    code: str
    procedure: str
    sets: int
    applicant: str = field(repr=False)
    contact: str = field(repr=False)
    agency: str
    received_at: datetime
    due_at: datetime | None = None
    passed_at: datetime | None = None
    result_at: datetime | None = None
    returned_at: datetime | None = None
    way: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFacts:
    """Form 07 (06 until 2025): the register of a span of days."""

    form: ClassVar[Form] = Form.REGISTER
    first: date
    last: date
    lines: tuple[RegisterLine, ...]
    officer: str
