"""What the desk's own papers say: lists, records, receipts for money, texts of certification."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from counter.forms import PaperLine
from counter.papers.form import Form

if TYPE_CHECKING:
    from counter.values import Dong


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedLine:
    """One dossier on a list that goes from hand to hand.

    Attributes:
        result: Name and number of the result; empty on the way to the unit.
        has_fee: There is something to pay.
        by_post: The result goes by post.
    """

    code: str
    procedure: str
    applicant: str = field(repr=False)
    address: str = field(default="", repr=False)
    due_at: datetime | None = None
    result: str = ""
    has_fee: bool = False
    by_post: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverFacts:
    """The signed list with which dossiers go to the unit that resolves them.

    Attributes:
        count: How many are on it, so that no line is added or lost after it was signed.
    """

    form: ClassVar[Form] = Form.HAND_OVER
    unit: str
    giver: str
    receiver: str = ""
    handed: tuple[HandedLine, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsBackFacts:
    """The signed list with which results come back to the desk.

    Attributes:
        unit: Every unit a result comes from, each once.
        count: How many are on it.
    """

    form: ClassVar[Form] = Form.RESULTS_BACK
    unit: str
    giver: str
    receiver: str = ""
    results: tuple[HandedLine, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedLine:
    """One result that goes by post.

    Attributes:
        what: What is sent, in words.
        to_collect: What the post takes for the office on delivery.
        receiver: Who gets it, where that is not the applicant.
    """

    code: str
    applicant: str = field(repr=False)
    address: str = field(repr=False)
    phone: str = field(repr=False)
    what: str
    to_collect: Dong
    receiver: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedFacts:
    """The signed list with which results go to the public post (bảng kê)."""

    form: ClassVar[Form] = Form.POSTED
    giver: str
    carrier: str
    posted: tuple[PostedLine, ...]
    total: Dong


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyLine:
    """One dossier of several that one person brings."""

    code: str
    procedure: str
    applicant: str = field(repr=False)
    received_at: datetime
    due_at: datetime | None
    time_limit: str
    sets: int
    fee: Dong


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyFacts:
    """One receipt for several dossiers of one submitter."""

    form: ClassVar[Form] = Form.MANY
    submitter: str = field(repr=False)
    address: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    received: tuple[ManyLine, ...]
    total: Dong
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnFacts:
    """The record that a result was given to a person whose papers were compared.

    Attributes:
        relation: What the receiver is to the applicant, in words.
        authorisation: The paper that authorises; empty when none is needed.
        identity: What was compared, in words, the number with its middle hidden.
        undertaking: The person signed for a lost receipt, in words; empty when it was given back.
        correction: When and why the receiver was put right, in words; empty for a first record.
    """

    form: ClassVar[Form] = Form.RETURN
    procedure: str
    applicant: str = field(repr=False)
    receiver: str = field(repr=False)
    receiver_phone: str = field(default="", repr=False)
    relation: str
    authorisation: str = ""
    identity: str = ""
    result: str
    result_number: str = ""
    summary: str = ""
    undertaking: str = ""
    returned_at: datetime
    officer: str
    officer_phone: str = ""
    correction: str = ""


@dataclass(frozen=True, slots=True)
class CashLine:
    """One sum of a cash receipt.

    Attributes:
        kind: Phí, lệ phí or price, in words.
        exempt_reason: Why nothing is paid; empty otherwise.
    """

    name: str
    kind: str
    amount: Dong
    exempt_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CashFacts:
    """The internal receipt for money; the legal e-receipt's number is bound later.

    Attributes:
        method: How it was paid, in words.
        official: Sign, number and look-up code of the legal receipt; empty until it is known.
        given_back: What of it was voided or refunded, in words; empty for nothing.
    """

    form: ClassVar[Form] = Form.CASH
    payer: str = field(repr=False)
    address: str = field(default="", repr=False)
    procedure: str
    sums: tuple[CashLine, ...]
    total: Dong
    method: str
    tax_code: str = ""
    official: str = ""
    given_back: str = ""
    collector: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToPayFacts:
    """What is to be paid, with the code to pay it by; no receipt.

    Attributes:
        dossier: Code of the dossier, in letters only.
        qr: Text of the payment code, set as a QR.
        account: Who receives the money, to compare with the telephone.
        until: When the code ends.
    """

    form: ClassVar[Form] = Form.TO_PAY
    payer: str = field(repr=False)
    dossier: str
    procedure: str
    sums: tuple[CashLine, ...]
    total: Dong
    qr: str = field(repr=False)
    account: str
    purpose: str
    until: datetime
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedCopyFacts:
    """The words that certify a copy (lời chứng), one for each copy.

    Attributes:
        entry: Number in the book of certified copies.
        volume: "Quyển số", such as ``01/2026``.
        signer: Who signs; empty leaves room.
    """

    form: ClassVar[Form] = Form.CERTIFIED_COPY
    document: str
    pages: int
    copies: int
    entry: str
    volume: str
    signer: str = ""
    signer_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedSignatureFacts:
    """The words that certify a signature (lời chứng)."""

    form: ClassVar[Form] = Form.CERTIFIED_SIGNATURE
    person: str = field(repr=False)
    identity_number: str = field(repr=False)
    entry: str
    volume: str
    signer: str = ""
    signer_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedLine:
    """One entry of the book of certified copies."""

    entry: str
    on: date
    person: str = field(repr=False)
    document: str
    signer: str
    copies: int
    pages: int
    fee: Dong
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedBookFacts:
    """The book of certified copies for a span of days."""

    form: ClassVar[Form] = Form.CERTIFIED_BOOK
    first: date
    last: date
    volume: str
    certified: tuple[CertifiedLine, ...]
    total: Dong
    officer: str


@dataclass(frozen=True, slots=True)
class CountLine:
    """How many notes of one value lie in the drawer."""

    note: Dong
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFacts:
    """The count sheet with which a drawer is closed.

    Attributes:
        expected: What the receipts of the day add up to.
        difference: What was counted less what was expected; may be negative.
        remark: Why they differ; empty when they do not.
    """

    form: ClassVar[Form] = Form.COUNT
    desk: str
    opened_at: datetime
    counts: tuple[CountLine, ...]
    counted: Dong
    expected: Dong
    difference: Dong
    by_transfer: Dong
    receipts: int
    voided: int
    remark: str = ""
    officer: str
    supervisor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistFacts:
    """What a procedure demands, for people who only ask.

    Attributes:
        conditions: For each conditional paper when it is wanted, and notes, one a line.
        fees: One fee a line, in words.
    """

    form: ClassVar[Form] = Form.CHECKLIST
    procedure: str
    procedure_code: str
    papers: tuple[PaperLine, ...]
    conditions: str = ""
    time_limit: str
    fees: str
    results: str
    decided_by: str
    legal_basis: str = ""
    web: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """A procedure as it is put up for everybody to read (niêm yết công khai).

    Attributes:
        begins: The day this version begins; ``ends``, its last day, empty while it has none.
        conditions: Notes, one after the other; no papers.
        online: How far it can be done online, in words.
        fees: Each fee with its exemptions, in words.
    """

    form: ClassVar[Form] = Form.NOTICE
    procedure: str
    procedure_code: str
    field: str
    revision: str
    begins: date
    ends: date | None = None
    papers: tuple[PaperLine, ...]
    conditions: str = ""
    time_limit: str
    fees: str
    results: str
    decided_by: str
    online: str
    legal_basis: str = ""
    web: str = ""
    phone: str = ""
    leader: str = ""


@dataclass(frozen=True, slots=True)
class DeclaredLine:
    """One line of a declaration; an empty *value* leaves room to write.

    Attributes:
        heading: The line heads a group and has no value.
    """

    label: str
    value: str = field(default="", repr=False)
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationFacts:
    """A declaration (tờ khai), filled in or blank, to be signed or marked with a fingerprint.

    Attributes:
        name: Title of the declaration.
        addressee: Who decides.
        basis: Which official sample it follows.
        request: What is asked for, in words.
    """

    form: ClassVar[Form] = Form.DECLARATION
    name: str
    addressee: str
    basis: str = ""
    request: str = ""
    declared: tuple[DeclaredLine, ...]
    declarant: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """Everything the desk keeps about one citizen, in words, to be handed to that citizen.

    Attributes:
        citizen: The citizen's own number, whole: the paper is theirs; without one another
            paper's, or name and birth.
        count: How many dossiers it tells of.
        declared: What is kept, each part under its heading.
    """

    form: ClassVar[Form] = Form.PERSON
    citizen: str = field(repr=False)
    count: int
    declared: tuple[DeclaredLine, ...]
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealFacts:
    """The newest seal of the audit chain on paper, where no program can write it anew.

    Attributes:
        count: The entry it seals, and with it all before.
        link: That entry's SHA-256, hexadecimal.
        qr: Both in one text, as ``verify --seal`` takes it.
    """

    form: ClassVar[Form] = Form.SEAL
    desk: str
    count: int
    sealed_at: datetime
    link: str
    qr: str
    officer: str
