"""What windows and commands ask of the desk, and what they get back: frozen values and one port.

The port's methods run on the ``counter`` thread; each that changes something is one transaction,
and its result names what changed so that open windows know what to ask for again. Nothing here
imports the database, so that a window can be shown before the store is open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Flag, StrEnum, auto
from typing import TYPE_CHECKING, Protocol

from counter.cards import Verdict
from counter.returning import AT_THE_DESK, ReturnTo

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from counter.absent import ReassignWork
    from counter.acted import Acted, Possible
    from counter.acts import Act, Confirmation, Reason
    from counter.addresses import Placed
    from counter.auditing import AuditAsked, AuditView
    from counter.cards import Authenticity, ChipText, QrText
    from counter.certify import CertifyWork
    from counter.citizen_data import DataWork
    from counter.curation import CurationWork
    from counter.declaring import Answer, DeclarationForm, Declared
    from counter.disputes import MessageView
    from counter.drawer import DrawerWork
    from counter.errors import DeskError
    from counter.forms import FeeText
    from counter.guidance import Guided, Reopened
    from counter.hall import (
        CallWork,
        CounterAsked,
        CounterLine,
        QueueTicket,
        QueueView,
        Service,
        TicketTaken,
    )
    from counter.handing import HandingWork
    from counter.late import LateWork
    from counter.parties import Document, Organisation, Submitter
    from counter.payments import PaymentWork
    from counter.people import Action
    from counter.ports import Outcome, PaperMade, PrintJob
    from counter.procedures import Procedure
    from counter.registers import RegisterWork
    from counter.roster import PeopleWork
    from counter.scans import FileLine, Judged, Scan
    from counter.systems import CopySheet
    from counter.today import DueWatch, Today
    from counter.units import Commune
    from counter.visits import VisitWork
from counter.finding import EVERYTHING, Filter
from counter.today import Nearness
from counter.values import CitizenNumber, Dong, DossierId, PartialDate, Sex


class Change(Flag):
    """What an action changed; windows refresh only what is named."""

    NOTHING = 0
    DOSSIERS = auto()
    QUEUE = auto()
    PAPER = auto()
    DEVICES = auto()


class IdentitySource(StrEnum):
    """Where a person's name and number came from."""

    CHIP = "chip"
    QR = "qr"
    MANUAL = "manual"
    PORTAL = "portal"
    """Typed by the citizen at home; nobody has compared it with a card."""


class SyncStanding(StrEnum):
    """How a dossier stands with the portal."""

    WAITING = "waiting"
    SETTLED = "settled"
    PARKED = "parked"
    CONFLICT = "conflict"
    ELSEWHERE = "elsewhere"
    """Another system owns it; the portal is told nothing."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """The person whose dossier it is (chủ hồ sơ).

    Attributes:
        number: None for a child, a stateless person or a foreigner without one.
        address: As written on the card or told; old three-level addresses are kept as they are.
        verdict: What was proven of the chip; None unless ``source`` is ``CHIP``.
        document: A passport or another paper of somebody without a number.
        organisation: Set when it is no person; ``full_name`` is its name then.
        nationality: Two letters of ISO 3166, empty when it was not told.
    """

    full_name: str = field(repr=False)
    number: CitizenNumber | None
    birth_date: PartialDate | None = field(repr=False)
    sex: Sex | None
    address: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    email: str | None = field(repr=False)
    source: IdentitySource
    verdict: Verdict | None
    issued_on: date | None = None
    document: Document | None = None
    organisation: Organisation | None = None
    nationality: str = ""

    @classmethod
    def from_chip(
        cls, text: ChipText, proven: Authenticity | None, phone: str | None, email: str | None
    ) -> Applicant:
        """Make the holder of a card; one whose chip is not yet *proven* is unverified."""
        verdict = proven.verdict if proven else Verdict.UNVERIFIED
        return cls._from_card(text, IdentitySource.CHIP, verdict, phone, email)

    @classmethod
    def from_qr(cls, text: QrText, phone: str | None, email: str | None) -> Applicant:
        """Make the holder of a card of which only the printed QR was read."""
        return cls._from_card(text, IdentitySource.QR, None, phone, email)

    @classmethod
    def _from_card(
        cls,
        text: ChipText | QrText,
        source: IdentitySource,
        verdict: Verdict | None,
        phone: str | None,
        email: str | None,
    ) -> Applicant:
        return cls(
            full_name=text.full_name,
            number=text.id_number,
            birth_date=text.date_of_birth,
            sex=text.sex,
            address=text.place_of_residence,
            phone=phone,
            email=email,
            source=source,
            verdict=verdict,
            issued_on=text.issued_on,
        )


@dataclass(frozen=True, slots=True)
class PaperBrought:
    """One paper of the checklist that lies on the desk.

    Attributes:
        position: Its place in ``Procedure.papers``, from 0.
    """

    position: int
    originals: int
    certified: int
    copies: int


@dataclass(frozen=True, slots=True)
class FeeQuantity:
    """How often a fee is asked; one that everybody pays is asked once when it is not named.

    Attributes:
        quantity: Units of one copy, such as its pages; 0 leaves the fee out.
        copies: How many copies; each begins its rates and its cap anew.
        exempt_reason: The group of the fee's own exemptions that pays nothing; None when it pays.
        online: It was asked for online, where some fees are lower.
    """

    fee_code: str
    quantity: int
    copies: int = 1
    exempt_reason: str | None = None
    online: bool = False


@dataclass(frozen=True, slots=True)
class ReceptionPlan:
    """What the officer sees before pressing the key: fees, due date and what is missing.

    Attributes:
        due_at: None when the law sets no limit; the officer must give the day.
        missing: Positions of demanded papers that were not brought.
    """

    fees: tuple[FeeText, ...]
    total: Dong
    time_limit_words: str
    due_at: datetime | None
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReceptionAsked:
    """Everything one reception needs.

    Attributes:
        dossier_id: Made when the form was opened; asking twice receives one dossier.
        due_on: The day the officer gives where the law sets none; else None.
        ticket: Number of the ticket the visit began with, None when it began without.
        declared: The answers of its declaration when it was made on screen: a whole one, or it is
            refused. None when it came on paper or there is none.
        noticed_at: When the notice about personal data stood before the citizen.
        unit_code: The commune of today that the officer chose for the applicant's address; empty
            where its words say it.
        submitter: Who brings it, None when that is the applicant.
        scans: Papers as files, of papers that are brought.
        procedure_revision: The version whose checklist was ticked; empty where none was shown.
        return_to: Where the citizen wants the result.
    """

    dossier_id: DossierId
    applicant: Applicant
    procedure_code: str
    papers: tuple[PaperBrought, ...]
    noticed_at: datetime
    sets: int = 1
    due_on: date | None = None
    ticket: str | None = None
    note: str | None = field(default=None, repr=False)
    quantities: tuple[FeeQuantity, ...] = ()
    declared: tuple[Answer, ...] | None = None
    submitter: Submitter | None = None
    unit_code: str = ""
    scans: tuple[Scan, ...] = ()
    procedure_revision: str = ""
    return_to: ReturnTo = AT_THE_DESK


@dataclass(frozen=True, slots=True)
class Reception:
    """A dossier that is on disk, with the papers to print now. It comes only from the disk.

    Attributes:
        code: The dossier code, or the provisional one when ``provisional``.
        jobs: Receipt and queue ticket, for the printer.
    """

    dossier_id: DossierId
    code: str
    provisional: bool
    applicant_name: str = field(repr=False)
    procedure_name: str
    due_at: datetime | None
    total: Dong
    ticket: str | None
    jobs: tuple[PrintJob, ...]
    changed: Change


@dataclass(frozen=True, slots=True)
class ManyReceived:
    """What one person brought at once, on disk; it comes only from the disk.

    Attributes:
        receptions: In the order they were asked, with no papers of their own.
        number: Of the one receipt for all of them.
        jobs: That receipt and the queue ticket, for the printer.
    """

    receptions: tuple[Reception, ...]
    number: str
    ticket: str | None
    jobs: tuple[PrintJob, ...]
    changed: Change


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One dossier in a list.

    Attributes:
        status: One of the ten national states, 1 to 10.
        paper: What is known of its last receipt; None before anything was told.
        officer: Who looks after it, and with which ``account``.
        unit: Who resolves it, empty until it was handed over; ``shelf`` is where its papers lie.
        answer_by: Until when one sent online is answered; None for every other.
        system: Name of the system that owns it, empty when it is this desk; ``system_code`` is its
            code there.
        nearness: How near its due time was when the list was asked for.
    """

    id: DossierId
    code: str
    provisional: bool
    applicant_name: str = field(repr=False)
    masked_number: str | None
    procedure_name: str
    status: int
    received_at: datetime
    due_at: datetime | None
    standing: SyncStanding
    paper: Outcome | None
    officer: str = ""
    account: str = ""
    unit: str = ""
    shelf: str = ""
    system: str = ""
    system_code: str | None = None
    answer_by: datetime | None = None
    nearness: Nearness = Nearness.FAR


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened to a dossier; ``text`` is the reason or number that goes with it."""

    at: datetime
    event: str
    status: int
    officer: str
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PaperReceived:
    """One paper as it was received."""

    name: str
    originals: int
    certified: int
    copies: int


@dataclass(frozen=True, slots=True)
class DossierView:
    """One dossier with everything this desk knows about it.

    Attributes:
        trouble: The portal's reason when the dossier is parked or in conflict.
        receipts: Numbers of the receipts for its money, oldest first.
        return_to: Where the citizen wants the result.
    """

    line: DossierLine
    procedure_code: str
    applicant: Applicant
    officer: str
    book: str
    ticket: str | None
    fees: tuple[FeeText, ...]
    total: Dong
    papers: tuple[PaperReceived, ...]
    history: tuple[HistoryLine, ...]
    trouble: str | None
    submitter: Submitter | None = None
    files: tuple[FileLine, ...] = ()
    receipts: tuple[str, ...] = ()
    return_to: ReturnTo = AT_THE_DESK


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message for the portal that is not settled.

    Attributes:
        dossier_code: Empty, as ``trouble`` and ``key``, for who may not see dossiers.
    """

    dossier_code: str
    kind: str
    written_at: datetime
    standing: SyncStanding
    attempts: int
    next_at: datetime | None
    trouble: str | None
    key: UUID | None = None


@dataclass(frozen=True, slots=True)
class SerialsView:
    """How many dossier numbers are left today, and how many days ahead have some."""

    left_today: int
    days_ahead: int


@dataclass(frozen=True, slots=True)
class Violation:
    """Something ``verify`` found wrong: an invariant's name, where, and what."""

    invariant: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Copied:
    """A backup on disk: its size in bytes and its SHA-256."""

    path: Path
    size: int
    sha256: str


class CheckState(StrEnum):
    """How one thing of the desk stands."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's page.

    Attributes:
        name: ``reader``, ``printer.receipts``, ``printer.tickets``, ``scanner``, ``database``,
            ``queue``, ``clock``, ``portal``, ``fonts``, ``disk``, ``trust`` or ``program``.
        facts: Names and numbers worth knowing, no sentences.
        error: What is wrong; None when all is well.
    """

    name: str
    state: CheckState
    facts: str = ""
    error: DeskError | None = None


class DeskWork(Protocol):
    """One desk, open. Every method runs on the ``counter`` thread and may raise a DeskError."""

    def find_procedures(self, text: str, limit: int = 12) -> tuple[Procedure, ...]:
        """Return the procedures in force today that *text* finds, else those ended lately."""

    def find_units(self, text: str, limit: int = 8) -> tuple[Commune, ...]:
        """Return the communes of today that a few letters find, best first."""

    def place(self, address: str) -> Placed:
        """Return where a written address lies today."""

    def usual(self, citizen: CitizenNumber) -> tuple[Procedure, ...]:
        """Return what a person came for before, the newest first."""

    def plan(
        self,
        procedure_code: str,
        papers: tuple[PaperBrought, ...],
        quantities: tuple[FeeQuantity, ...] = (),
        revision: str = "",
    ) -> ReceptionPlan:
        """Return fees, due date and missing papers if that version were received now."""

    def receive(self, asked: ReceptionAsked) -> Reception:
        """Receive a dossier; when this returns it is on disk with its outbox message."""

    def receive_many(self, asked: tuple[ReceptionAsked, ...]) -> ManyReceived:
        """Receive what one person brings at once: all of it, or nothing."""

    def guide(self, asked: ReceptionAsked, reason: str, begun: tuple[Answer, ...] = ()) -> Guided:
        """Record what is missing; no dossier is made and nothing is sent.

        Args:
            begun: What the officer answered of a declaration that may not be whole.
        """

    def reopen(self, number: str) -> Reopened:
        """Return what was typed when guidance was given under *number*."""

    def late(self) -> LateWork:
        """Return what is done with paper receipts that are keyed later."""

    def visits(self) -> VisitWork:
        """Return what is done with visits that are not yet dossiers."""

    def refuse(self, asked: ReceptionAsked, reason: str) -> Reception:
        """Record that a dossier is not accepted; when this returns it is on disk."""

    def reasons(self) -> tuple[Reason, ...]:
        """Return the library of reasons."""

    def find_dossiers(
        self, text: str = "", limit: int = 200, only: Filter = EVERYTHING
    ) -> tuple[DossierLine, ...]:
        """Return the newest dossiers that match a code, part of one, a number or a name."""

    def show(self, code: str) -> DossierView:
        """Return one dossier by its code or provisional code."""

    def today(self) -> Today:
        """Return what wants somebody today."""

    def due_watch(self) -> DueWatch:
        """Return what is due soon and what is late, as it stands now."""

    def reassigning(self) -> ReassignWork:
        """Return what is done with the work of who is away."""

    def possible(self, code: str) -> Possible:
        """Return what can be done with a dossier now."""

    def act(
        self, dossier_id: DossierId, asked: Act, confirmed: Confirmation | None = None
    ) -> Acted:
        """Do one act to a dossier; when this returns it is on disk with its message."""

    def act_all(self, dossiers: tuple[DossierId, ...], asked: Act) -> tuple[Acted, ...]:
        """Do one act to each of *dossiers*, all of them or none."""

    def handing(self) -> HandingWork:
        """Return what is done to pass on what was received."""

    def reprint(self, dossier_id: DossierId) -> PrintJob:
        """Return the receipt once more, marked as a reprint."""

    def declare(
        self, procedure_code: str, applicant: Applicant | None, chip: ChipText | None
    ) -> Declared | None:
        """Return a procedure's declaration with what is known; None when it has none.

        Args:
            applicant: None while nobody is known.
        """

    def print_declaration(
        self, form: DeclarationForm, answers: tuple[Answer, ...], declarant: str
    ) -> PrintJob:
        """Return a declaration to print; without answers it is blank."""

    def print_checklist(self, procedure_code: str) -> PrintJob:
        """Return what a procedure demands, to print for people who only ask."""

    def note_paper(self, made: PaperMade) -> Change:
        """Note what became of a paper."""

    def services(self) -> tuple[Service, ...]:
        """Return what a ticket can be taken for and how many wait."""

    def take_ticket(self, service: str, priority: str | None = None) -> TicketTaken:
        """Give out the next number of a service."""

    def call_next(self) -> QueueTicket | None:
        """Call the next ticket to this desk's counter; None when nobody waits."""

    def calls(self) -> CallWork:
        """Return what is done with numbers at this desk's counter."""

    def copy_sheet(self, code: str) -> CopySheet:
        """Return what must be entered into the system that owns a dossier."""

    def note_system_code(self, dossier_id: DossierId, code: str) -> Change:
        """Keep the code that the other system gave."""

    def drawer(self) -> DrawerWork:
        """Return the cash drawer."""

    def payments(self) -> PaymentWork:
        """Return the payments by VietQR."""

    def data(self) -> DataWork:
        """Return what is done with the desk's data as a whole."""

    def print_seal(self) -> PrintJob:
        """Seal the record of who did what, and return the seal as a paper to keep elsewhere.

        Raises:
            DiskFull, StoreReadOnly: It cannot be sealed.
        """

    def audit(self, asked: AuditAsked) -> AuditView:
        """Return who did what, and whether the record of it holds; that it was read is noted.

        Raises:
            UnknownDossier: No dossier here has that code.
        """

    def people(self) -> PeopleWork:
        """Return what is done with the officers' accounts."""

    def confirm_again(self, password: str) -> None:
        """Let who sits here do one grave act, within the next minute.

        Raises:
            WrongPassword, AccountClosed: It is not this officer.
        """

    def certifying(self) -> CertifyWork:
        """Return the certified copies of this desk."""

    def registers(self) -> RegisterWork:
        """Return the registers of this desk."""

    def curation(self) -> CurationWork:
        """Return the catalogue as the office keeps it."""

    def queue(self) -> QueueView:
        """Return the queue as it stands."""

    def attach_file(self, dossier_id: DossierId, paper: int, judged: Judged) -> Change:
        """Keep a file as a paper of a dossier, and tell the portal of it."""

    def save_file(self, dossier_id: DossierId, sha256: str, path: Path) -> None:
        """Write a dossier's file out, readable, where the officer wants it; that is noted."""

    def fetch_files(self, dossier_id: DossierId) -> int:
        """Let files that a sister desk scanned be fetched; return how many."""

    def try_files_again(self, dossier_id: DossierId) -> int:
        """Send or fetch again a dossier's files that were refused; return how many."""

    def allowed(self) -> frozenset[Action]:
        """Return what whoever sits here may do; a window offers no more, and says why."""

    def messages(self) -> tuple[MessageLine, ...]:
        """Return what the portal has not acknowledged, oldest first.

        Who may not see dossiers is told how much and since when, not which dossier or why.
        """

    def message(self, key: UUID) -> MessageView:
        """Return one message that the portal has not taken, compared with what the portal has."""

    def settle_conflict(self, key: UUID, keep: frozenset[str]) -> Change:
        """Carry out which fields of a contested message stay as this desk says."""

    def amend_message(self, key: UUID, words: tuple[tuple[str, str], ...]) -> Change:
        """Send a refused message with other words where the portal named a mistake."""

    def send_again(self, dossier_code: str) -> int:
        """Put the parked messages of a dossier back into the line; return how many."""

    def serials(self) -> SerialsView:
        """Return how many dossier numbers are left."""

    def counters(self) -> tuple[CounterLine, ...]:
        """Return the counters of the office, what each serves and whether it calls numbers."""

    def assign_counter(self, asked: CounterAsked) -> None:
        """Keep what a counter serves; its next call follows it.

        Raises:
            UnknownCounter, UnknownService: There is no such counter or field.
            QueueAway: The office database does not answer; nothing changed.
        """

    def ruler(self) -> PrintJob:
        """Return the page that tells how wide the roll printer prints."""

    def keep_ticket_width(self, width_dots: int) -> None:
        """Keep the width that was read off the ruler page; it holds from the next start.

        Raises:
            BadSettings: It is no width, or the settings file must be changed by hand.
            DiskFull, StoreReadOnly: The settings file cannot be written.
        """

    def verify(self) -> tuple[Violation, ...]:
        """Check the desk's integrity; empty when all is well."""
