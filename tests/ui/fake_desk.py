"""A desk with behaviour and no database, for tests and pictures of the windows."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

from counter.acted import Acted, Possible
from counter.acts import (
    Act,
    ActKind,
    Confirmation,
    Confirmer,
    PaperWanted,
    Reason,
    ReturnResult,
)
from counter.addresses import Gazetteer, Placed
from counter.answering import check
from counter.auditing import AuditAsked, AuditView
from counter.calendar import OTHER, WorkCalendar, due_date, load_calendar
from counter.cards import ChipText
from counter.catalogue import load_catalogue
from counter.declared_paper import declaration
from counter.declaring import Answer, DeclarationForm, Declared, fill, known, load_forms
from counter.disputes import MessageView
from counter.errors import (
    CodeNeeded,
    DeskError,
    DueDateNeeded,
    PaperMissing,
    UnknownDossier,
    UnknownGuidance,
)
from counter.finding import EVERYTHING, Filter
from counter.forms import FeeText, ReceiptPaper, TicketPaper
from counter.guidance import Guided, Reopened
from counter.hall import CounterAsked, CounterLine, QueueTicket, QueueView, Service, TicketTaken
from counter.people import Action
from counter.ports import PaperMade, PrintJob
from counter.procedures import Catalogue, Procedure, term_words
from counter.reasons import load_reasons
from counter.scans import Judged
from counter.systems import CopyField, CopyLine, CopySheet
from counter.today import Due, DueWatch, Group, GroupView, LateCount, Today
from counter.trial_papers import trial_ruler
from counter.units import Commune
from counter.values import VIETNAM, CitizenNumber, Dong, DossierId, fold, local_day
from counter.visits import Visit
from counter.work import (
    Applicant,
    Change,
    DossierLine,
    DossierView,
    FeeQuantity,
    HistoryLine,
    ManyReceived,
    MessageLine,
    PaperBrought,
    PaperReceived,
    Reception,
    ReceptionAsked,
    ReceptionPlan,
    SerialsView,
    SyncStanding,
    Violation,
)
from tests.devices.paper.worded_samples import HEAD, PAPERS, WORDINGS
from tests.ui.fake_absent import FakeReassigning
from tests.ui.fake_audit import A_DAY
from tests.ui.fake_calls import FakeCalls
from tests.ui.fake_certify import FakeCertify
from tests.ui.fake_curation import FakeCuration
from tests.ui.fake_data import FakeData
from tests.ui.fake_drawer import FakeDrawer
from tests.ui.fake_handing import FakeHanding
from tests.ui.fake_payments import FakePayments
from tests.ui.fake_people import FakePeople
from tests.ui.fake_registers import FakeRegisters
from tests.ui.fake_visits import FakeLate, FakeVisits
from ui.officer.hands import DeskInfo

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
LEAD = timedelta(hours=2)
MORNING = datetime(2026, 11, 25, 9, 12, tzinfo=VIETNAM)
INFO = DeskInfo(
    office="Ủy ban nhân dân xã Thử Nghiệm",
    agency_code="H55.242",
    desk="Quầy 1",
    officer="Lê Thị Tập Sự",
    training=True,
    version="0.1.0",
    tray="D:/quay-mot-cua/khay-giay",
    settings_path="D:/quay-mot-cua/site.toml",
    settings_text=(
        '[office]\nagency_code = "H55.242"\nname = "Ủy ban nhân dân xã Thử Nghiệm"\n\n'
        '[desk]\nid = "H55.242-Q01"\nname = "Quầy 1"\n\n'
        '[portal]\nurl = "http://127.0.0.1:8460/motcua/v1"\n'
    ),
)


@cache
def catalogue() -> Catalogue:
    """Return the catalogue that ships with the program."""
    return load_catalogue(RESOURCES / "procedures")


@cache
def reasons() -> tuple[Reason, ...]:
    """Return the library of reasons that ships with the program."""
    return load_reasons(RESOURCES / "acts")


@cache
def declarations() -> Mapping[str, DeclarationForm]:
    """Return the declarations that ship with the program."""
    return load_forms(RESOURCES / "procedures" / "forms")


@cache
def gazetteer() -> Gazetteer:
    """Return the units that ship with the program; no table of old ones."""
    return Gazetteer(RESOURCES / "units", RESOURCES / "units" / "none.csv")


@dataclass
class FakeDesk:
    """Keeps dossiers and tickets in lists; what it promises is what ``DeskWork`` promises.

    Attributes:
        moment: What its clock says.
        slow_s: How long every call takes: a slow disk.
        failing: Raised once by the next ``receive``.
        noted: What became of papers.
        can: What can be done with each dossier; ``acted`` is what was.
        before: What somebody declared with an earlier dossier.
    """

    moment: datetime = MORNING
    kept_width: int = 0
    failing: DeskError | None = None
    roster: FakePeople = field(default_factory=FakePeople)
    kept_data: FakeData = field(default_factory=FakeData)
    audited: list[AuditAsked] = field(default_factory=list)
    audit_view: AuditView = A_DAY
    received: list[ReceptionAsked] = field(default_factory=list)
    noted: list[PaperMade] = field(default_factory=list)
    lines: list[DossierLine] = field(default_factory=list)
    acted: list[tuple[DossierId, Act]] = field(default_factory=list)
    guided: list[tuple[ReceptionAsked, str]] = field(default_factory=list)
    begun: tuple[Answer, ...] = ()
    refused: list[tuple[ReceptionAsked, str]] = field(default_factory=list)
    narrowed: list[Filter] = field(default_factory=list)
    confirmed: list[Confirmation | None] = field(default_factory=list)
    confirmers: tuple[Confirmer, ...] = ()
    can: tuple[ActKind, ...] = (
        ActKind.HAND_OVER,
        ActKind.ASK_SUPPLEMENT,
        ActKind.TAKE_RESULT,
        ActKind.DRAFT_STOP,
        ActKind.WITHDRAW,
        ActKind.MOVE,
        ActKind.VOID,
    )
    views: dict[str, DossierView] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)
    waiting: list[QueueTicket] = field(default_factory=list)
    current: QueueTicket | None = None
    unsent: list[MessageLine] = field(default_factory=list)
    left_today: int = 296
    may: frozenset[Action] = frozenset(Action)
    slow_s: float = 0.0
    receive_calls: int = 0
    threads: set[str] = field(default_factory=set)
    before: dict[CitizenNumber, tuple[Answer, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.counter = FakeCalls(self)
        self.till = FakeDrawer()
        self.absent = FakeReassigning(self)
        self.transfers = FakePayments(self)
        self.owed: Dong | None = None
        self.online: list[DossierLine] = []
        self.unanswered = 0
        self.written = FakeRegisters()
        self.whole_messages: dict[UUID, MessageView] = {}
        self.amended: list[tuple[UUID, dict[str, str]]] = []
        self.settled: list[tuple[UUID, frozenset[str]]] = []
        self.attached: list[tuple[int, Judged]] = []
        self.fetched = 0
        self.copies = FakeCertify(lambda: self.moment)
        self.books = FakeCuration(catalogue(), lambda: self.moment)
        self.passed_on = FakeHanding(self)
        self.drafts = FakeVisits(self)
        self.papers_late = FakeLate(self)
        self.returned: ReturnResult | None = None

    def late(self) -> FakeLate:
        self._work()
        return self.papers_late

    def handing(self) -> FakeHanding:
        self._work()
        return self.passed_on

    def visits(self) -> FakeVisits:
        self._work()
        return self.drafts

    def calls(self) -> FakeCalls:
        self._work()
        return self.counter

    def copy_sheet(self, code: str) -> CopySheet:
        self._work()
        line = next(one for one in self.lines if one.code == code)
        values = {
            CopyField.APPLICANT_NAME: line.applicant_name.upper(),
            CopyField.PROCEDURE_NAME: line.procedure_name,
            CopyField.NOTE: "Nộp trực tiếp",
            CopyField.ADDRESS: "Thôn Đông, Xã Thử Nghiệm, Tỉnh Mẫu",
            CopyField.PHONE: "0912345678",
        }
        lines = tuple(CopyLine(field, value) for field, value in values.items())
        return CopySheet(line.system, line.system_code, lines)

    def note_system_code(self, dossier_id: DossierId, code: str) -> Change:
        self._work()
        if not code.strip():
            raise CodeNeeded
        self.lines = [
            replace(line, system_code=code) if line.id == dossier_id else line
            for line in self.lines
        ]
        return Change.DOSSIERS

    def due_watch(self) -> DueWatch:
        """Two hours are this desk's lead time."""
        self._work()
        running = [
            Due(line.code, line.due_at)
            for line in self.lines
            if line.due_at is not None and line.status in {2, 4}
        ]
        soon = [due for due in running if self.moment <= due.at <= self.moment + LEAD]
        late = [due for due in running if due.at < self.moment]
        soon.sort(key=lambda due: due.at)
        late.sort(key=lambda due: due.at, reverse=True)
        return DueWatch(tuple(soon), len(soon), tuple(late), len(late))

    def reassigning(self) -> FakeReassigning:
        self._work()
        return self.absent

    def drawer(self) -> FakeDrawer:
        self._work()
        return self.till

    def payments(self) -> FakePayments:
        self._work()
        return self.transfers

    def data(self) -> FakeData:
        return self.kept_data

    def print_seal(self) -> PrintJob:
        return PrintJob(uuid4(), "seal_1204", PAPERS["seal"])

    def audit(self, asked: AuditAsked) -> AuditView:
        self.audited.append(asked)
        return self.audit_view

    def people(self) -> FakePeople:
        return self.roster

    def confirm_again(self, password: str) -> None:
        self.roster.confirm(password)

    def certifying(self) -> FakeCertify:
        self._work()
        return self.copies

    def registers(self) -> FakeRegisters:
        self._work()
        return self.written

    def curation(self) -> FakeCuration:
        self._work()
        return self.books

    def find_procedures(self, text: str, limit: int = 12) -> tuple[Procedure, ...]:
        self._work()
        return catalogue().find(text, self._today(), limit)

    def find_units(self, text: str, limit: int = 8) -> tuple[Commune, ...]:
        self._work()
        return gazetteer().units.find(text, limit)

    def place(self, address: str) -> Placed:
        self._work()
        return gazetteer().place(address)

    def usual(self, citizen: CitizenNumber) -> tuple[Procedure, ...]:
        self._work()
        codes = [one.procedure_code for one in self.received if one.applicant.number == citizen]
        return tuple(catalogue().get(code, self._today()) for code in dict.fromkeys(codes[::-1]))

    def plan(
        self,
        procedure_code: str,
        papers: tuple[PaperBrought, ...],
        quantities: tuple[FeeQuantity, ...] = (),
        revision: str = "",
    ) -> ReceptionPlan:
        self._work()
        then = self.papers_late.then
        procedure = catalogue().get(procedure_code, self._today())
        if then is not None and then.revision == revision:
            procedure = then
        fees = _fees(procedure, quantities)
        return ReceptionPlan(
            fees=fees,
            total=Dong(sum(fee.amount for fee in fees)),
            time_limit_words=term_words(procedure.term),
            due_at=self._due(procedure, None),
            missing=_missing(procedure, papers),
        )

    def receive(self, asked: ReceptionAsked) -> Reception:
        self._work()
        self.receive_calls += 1
        if self.failing is not None:
            failing, self.failing = self.failing, None
            raise failing
        procedure = catalogue().get(asked.procedure_code, self._today())
        if _missing(procedure, asked.papers):
            raise PaperMissing
        form = declarations().get(asked.procedure_code)
        if form is not None and asked.declared is not None:
            check(form, asked.declared)
        due = self._due(procedure, asked.due_on)
        if due is None:
            raise DueDateNeeded
        known = [line for line in self.lines if line.id == asked.dossier_id]
        if not known:
            self._keep(asked, procedure, due)
        self.drafts.forget(asked.dossier_id)
        line = next(line for line in self.lines if line.id == asked.dossier_id)
        view = self.views[line.code]
        ticket = view.ticket or ""
        jobs = [_receipt(line, view, reprint=False)]
        if asked.ticket is None:
            jobs.append(_ticket_job(ticket, procedure.field.name, self.moment))
        return Reception(
            dossier_id=asked.dossier_id,
            code=line.code,
            provisional=line.provisional,
            applicant_name=line.applicant_name,
            procedure_name=line.procedure_name,
            due_at=due,
            total=view.total,
            ticket=ticket,
            jobs=tuple(jobs),
            changed=Change.DOSSIERS | Change.QUEUE,
        )

    def receive_many(self, asked: tuple[ReceptionAsked, ...]) -> ManyReceived:
        one_by_one = []
        ticket = asked[0].ticket
        jobs: tuple[PrintJob, ...] = ()
        for one in asked:
            received = self.receive(replace(one, ticket=ticket))
            ticket = received.ticket
            jobs = jobs or received.jobs[1:]
            one_by_one.append(replace(received, jobs=()))
        receipt = PrintJob(uuid4(), "many", PAPERS["many"], 2)
        return ManyReceived(
            receptions=tuple(one_by_one),
            number="1/2026-Q01/NHS",
            ticket=ticket,
            jobs=(receipt, *jobs),
            changed=Change.DOSSIERS | Change.QUEUE,
        )

    def guide(self, asked: ReceptionAsked, reason: str, begun: tuple[Answer, ...] = ()) -> Guided:
        self._work()
        self.guided.append((asked, reason))
        self.begun = begun
        return Guided(number="12/2026-Q01/HDHS", jobs=())

    def reopen(self, number: str) -> Reopened:
        self._work()
        if not self.guided:
            raise UnknownGuidance
        asked, _reason = self.guided[-1]
        procedure = catalogue().get(asked.procedure_code, self._today())
        visit = replace(Visit.of(asked, procedure.short_name), declared=self.begun)
        return Reopened(number, procedure, visit)

    def refuse(self, asked: ReceptionAsked, reason: str) -> Reception:
        self._work()
        self.refused.append((asked, reason))
        return Reception(
            dossier_id=asked.dossier_id,
            code="H55.242-261125-0099",
            provisional=False,
            applicant_name=asked.applicant.full_name,
            procedure_name="",
            due_at=None,
            total=Dong(0),
            ticket=None,
            jobs=(),
            changed=Change.DOSSIERS,
        )

    def reasons(self) -> tuple[Reason, ...]:
        self._work()
        return reasons()

    def _number_of(self, line: DossierLine) -> str:
        number = self.views[line.code].applicant.number
        return number.digits if number else ""

    def find_dossiers(
        self, text: str = "", limit: int = 200, only: Filter = EVERYTHING
    ) -> tuple[DossierLine, ...]:
        self.narrowed.append(only)
        self._work()
        wanted = fold(text)
        found = [
            line
            for line in reversed(self.lines)
            if wanted in fold(line.code)
            or wanted in fold(line.applicant_name)
            or text == self._number_of(line)
            if not only.statuses or line.status in only.statuses
            if only.procedure_code in {None, self.views[line.code].procedure_code}
            if only.due_until is None or (line.due_at and line.due_at < only.due_until)
            if only.due_before is None
            or (line.due_at and local_day(line.due_at) <= only.due_before)
        ]
        return tuple(found[:limit])

    def show(self, code: str) -> DossierView:
        self._work()
        if code not in self.views:
            raise UnknownDossier
        self.read.append(code)
        lines = (line for line in self.lines if line.code == code)
        return replace(self.views[code], line=next(lines, self.views[code].line))

    def today(self) -> Today:
        self._work()
        lines = tuple(self.lines)
        late = tuple(line for line in lines if line.due_at and line.due_at < self.moment)
        return Today(
            day=self._today(),
            groups=tuple(
                GroupView(Group.ONLINE, len(self.online), tuple(self.online), self.unanswered)
                if group is Group.ONLINE
                else GroupView(group, len(late), late)
                if group is Group.OVERDUE
                else GroupView(group, len(lines), lines)
                for group in Group
            ),
            late=(LateCount("", INFO.officer, len(late)),) if late else (),
        )

    def possible(self, code: str) -> Possible:
        self._work()
        line = self._line(code)
        return Possible(
            dossier_id=line.id,
            code=code,
            acts=self.can,
            checklist=tuple(PaperWanted(p.name, p.code) for p in self._procedure(code).papers),
            wanted=(PaperWanted("Giấy chứng sinh", None, "thiếu dấu giáp lai"),),
            owed=self.views[code].total if self.owed is None else self.owed,
            results=("Giấy khai sinh",),
            unit="",
            shelf="",
            letter=ActKind.DRAFT_APOLOGY,
            reasons=reasons(),
            units=("Công chức Tư pháp - hộ tịch",),
            applicant=line.applicant_name,
            confirmers=self.confirmers,
            received=self.views[code].papers,
            returned=self.returned,
            return_to=self.views[code].return_to,
            repayable=self.views[code].total,
        )

    def act(
        self, dossier_id: DossierId, asked: Act, confirmed: Confirmation | None = None
    ) -> Acted:
        self.confirmed.append(confirmed)
        return self.act_all((dossier_id,), asked)[0]

    def act_all(self, dossiers: tuple[DossierId, ...], asked: Act) -> tuple[Acted, ...]:
        self._work()
        if self.failing is not None:
            failing, self.failing = self.failing, None
            raise failing
        self.acted += [(dossier, asked) for dossier in dossiers]
        lines = [line for line in self.lines if line.id in dossiers]
        return tuple(
            Acted(line.id, line.code, line.status, line.due_at, None, None, Change.DOSSIERS)
            for line in lines
        )

    def _line(self, code: str) -> DossierLine:
        for line in self.lines:
            if line.code == code:
                return line
        raise UnknownDossier

    def _procedure(self, code: str) -> Procedure:
        return catalogue().get(self.views[code].procedure_code, self._today())

    def reprint(self, dossier_id: DossierId) -> PrintJob:
        self._work()
        line = next((line for line in self.lines if line.id == dossier_id), None)
        if line is None:
            raise UnknownDossier
        return _receipt(line, self.views[line.code], reprint=True)

    def declare(
        self, procedure_code: str, applicant: Applicant | None, chip: ChipText | None
    ) -> Declared | None:
        self._work()
        form = declarations().get(procedure_code)
        if form is None:
            return None
        earlier = self.before.get(applicant.number, ()) if applicant and applicant.number else ()
        return Declared(form, fill(form, known(applicant, chip, INFO.office), earlier))

    def print_declaration(
        self, form: DeclarationForm, answers: tuple[Answer, ...], declarant: str
    ) -> PrintJob:
        self._work()
        facts = declaration(form, answers, addressee="Ủy ban nhân dân xã Mẫu", declarant=declarant)
        return PrintJob(uuid4(), "declaration", WORDINGS.word(HEAD, facts))

    def print_checklist(self, procedure_code: str) -> PrintJob:
        self._work()
        return PrintJob(uuid4(), "checklist", PAPERS["checklist"])

    def note_paper(self, made: PaperMade) -> Change:
        self._work()
        self.noted.append(made)
        return Change.PAPER

    def services(self) -> tuple[Service, ...]:
        self._work()
        return tuple(
            Service(letter, name, sum(t.number.startswith(letter) for t in self.waiting))
            for letter, name in catalogue().services()
        )

    def take_ticket(self, service: str, priority: str | None = None) -> TicketTaken:
        self._work()
        name = dict(catalogue().services())[service]
        ahead = len(self.waiting)
        ticket = QueueTicket(f"{service}{ahead + 1:03}", name, priority, self.moment)
        self.waiting.append(ticket)
        return TicketTaken(
            row=ahead + 1,
            number=ticket.number,
            service_name=name,
            issued_at=ticket.issued_at,
            ahead=ahead,
            job=_ticket_job(ticket.number, name, self.moment),
            changed=Change.QUEUE,
        )

    def call_next(self) -> QueueTicket | None:
        self._work()
        called = self.waiting.pop(0) if self.waiting else None
        self.current = called and replace(called, state="called", calls=1)
        return self.current

    def queue(self) -> QueueView:
        self._work()
        calls = self.counter
        return QueueView(
            self.current,
            tuple(self.waiting),
            held=tuple(calls.held),
            missed=tuple(calls.missed),
            reserve=calls.reserve,
            helps=tuple(calls.helps),
        )

    def allowed(self) -> frozenset[Action]:
        self._work()
        return self.may

    def messages(self) -> tuple[MessageLine, ...]:
        self._work()
        return tuple(self.unsent)

    def attach_file(self, dossier_id: DossierId, paper: int, judged: Judged) -> Change:
        self.attached.append((paper, judged))
        return Change.DOSSIERS

    def save_file(self, dossier_id: DossierId, sha256: str, path: Path) -> None:
        path.write_text(sha256, encoding="ascii")

    def fetch_files(self, dossier_id: DossierId) -> int:
        self.fetched += 1
        return 1

    def try_files_again(self, dossier_id: DossierId) -> int:
        return 1

    def message(self, key: UUID) -> MessageView:
        return self.whole_messages[key]

    def amend_message(self, key: UUID, words: tuple[tuple[str, str], ...]) -> Change:
        self.amended.append((key, dict(words)))
        return Change.DOSSIERS

    def settle_conflict(self, key: UUID, keep: frozenset[str]) -> Change:
        self.settled.append((key, keep))
        return Change.DOSSIERS

    def send_again(self, dossier_code: str) -> int:
        self._work()
        again = [m for m in self.unsent if m.dossier_code == dossier_code]
        self.unsent = [
            replace(m, standing=SyncStanding.WAITING, trouble=None) if m in again else m
            for m in self.unsent
        ]
        return len(again)

    def serials(self) -> SerialsView:
        self._work()
        return SerialsView(self.left_today, 10)

    def counters(self) -> tuple[CounterLine, ...]:
        self._work()
        return self.counter.counters()

    def assign_counter(self, asked: CounterAsked) -> None:
        self._work()
        self.counter.assigned.append(asked)

    def ruler(self) -> PrintJob:
        self._work()
        return trial_ruler(MORNING)

    def keep_ticket_width(self, width_dots: int) -> None:
        self._work()
        self.kept_width = width_dots

    def verify(self) -> tuple[Violation, ...]:
        self._work()
        return ()

    def _keep(self, asked: ReceptionAsked, procedure: Procedure, due: datetime) -> None:
        self.received.append(asked)
        number = len(self.lines) + 51
        line = DossierLine(
            id=asked.dossier_id,
            code=f"H55.242-{self._today():%y%m%d}-{number:04}",
            provisional=False,
            applicant_name=asked.applicant.full_name,
            masked_number=asked.applicant.number.masked if asked.applicant.number else None,
            procedure_name=procedure.name,
            status=2,
            received_at=self.moment,
            due_at=due,
            standing=SyncStanding.WAITING,
            paper=None,
            officer=INFO.officer,
            account="cb-tap-su",
        )
        fees = _fees(procedure, asked.quantities)
        self.lines.append(line)
        self.views[line.code] = DossierView(
            line=line,
            procedure_code=procedure.code,
            applicant=asked.applicant,
            officer=INFO.officer,
            book=f"01/{number}",
            ticket=asked.ticket or f"{procedure.field.letter}{number:03}",
            fees=fees,
            total=Dong(sum(fee.amount for fee in fees)),
            papers=tuple(
                PaperReceived(procedure.papers[p.position].name, p.originals, p.certified, p.copies)
                for p in asked.papers
            ),
            history=(HistoryLine(self.moment, "dossier.received", 2, INFO.officer),),
            trouble=None,
            return_to=asked.return_to,
        )

    def _due(self, procedure: Procedure, given: date | None) -> datetime | None:
        if procedure.term.unit == OTHER:
            if given is None:
                return None
            return datetime(given.year, given.month, given.day, 17, tzinfo=VIETNAM)
        term = procedure.term
        return due_date(_calendar(), self.moment, term.quantity, term.unit, "same_clock_time").at

    def _today(self) -> date:
        return local_day(self.moment)

    def _work(self) -> None:
        self.threads.add(threading.current_thread().name)
        if self.slow_s:
            threading.Event().wait(self.slow_s)


def a_dossier_id() -> DossierId:
    """Return a new identity."""
    return DossierId(uuid4())


@cache
def _calendar() -> WorkCalendar:
    return load_calendar(RESOURCES / "calendars")


def _missing(procedure: Procedure, papers: tuple[PaperBrought, ...]) -> tuple[int, ...]:
    there = {paper.position for paper in papers}
    return tuple(
        place
        for place, paper in enumerate(procedure.papers)
        if paper.required and place not in there
    )


def _fees(procedure: Procedure, quantities: tuple[FeeQuantity, ...]) -> tuple[FeeText, ...]:
    wanted = {q.fee_code: q.quantity * q.copies for q in quantities}
    return tuple(
        FeeText(fee.name, Dong((fee.amount or 0) * units))
        for fee in procedure.fees
        if (units := wanted.get(fee.code, 1 if fee.when is None else 0))
    )


def _receipt(line: DossierLine, view: DossierView, *, reprint: bool) -> PrintJob:
    person = view.applicant
    return PrintJob(
        id=uuid4(),
        name=f"{line.code}_receipt",
        copies=2,
        paper=ReceiptPaper(
            parent_agency="",
            agency=INFO.office,
            place="Thử Nghiệm",
            title="GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            basis="Mẫu số 01 - TT 03/2025/TT-VPCP",
            code=line.code,
            provisional=line.provisional,
            book_volume="01",
            book_number=1,
            applicant=person.full_name,
            submitter=None,
            address=person.address,
            phone=person.phone,
            email=person.email,
            applicant_masked_number=line.masked_number,
            verified_words="",
            procedure=line.procedure_name,
            papers=(),
            sets=1,
            fees=view.fees,
            total=view.total,
            time_limit_words="",
            received_at=line.received_at,
            due_at=line.due_at,
            return_at="",
            officer=view.officer,
            ticket=view.ticket,
            look_up=(),
            reprint=reprint,
            training=True,
        ),
    )


def _ticket_job(number: str, service: str, moment: datetime) -> PrintJob:
    return PrintJob(
        id=uuid4(),
        name=f"{number}_ticket",
        paper=TicketPaper(
            agency=INFO.office,
            number=number,
            service=service,
            issued_at=moment,
            ahead=0,
            qr=number,
            priority=None,
            reprint=False,
            training=True,
        ),
    )
