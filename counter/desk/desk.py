"""One desk as windows and commands see it: each action by its name, done in its own file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from counter.acted import Acted, Possible
from counter.acts import Act, Confirmation, Reason
from counter.addresses import Placed
from counter.auditing import AuditAsked, AuditView
from counter.cards import ChipText
from counter.declaring import Answer, DeclarationForm, Declared
from counter.desk import (
    acts,
    assigning,
    attaching,
    auditing,
    calls,
    checking,
    confirming,
    declaring,
    disputes,
    due,
    elsewhere,
    lists,
    many,
    officers,
    planning,
    queueing,
    receipts,
    reception,
    ruling,
    today,
    walk_ins,
)
from counter.desk.absent import ReassignDesk
from counter.desk.call_desk import CallDesk
from counter.desk.catalogue_desk import CatalogueDesk
from counter.desk.certifying import CertifyDesk
from counter.desk.context import Context, Hall
from counter.desk.data_desk import DataDesk
from counter.desk.drawer import DrawerDesk
from counter.desk.handing import HandingDesk
from counter.desk.late import AT_MOST, LateDesk
from counter.desk.paying import PaymentDesk
from counter.desk.people_desk import PeopleDesk
from counter.desk.registering import RegisterDesk
from counter.desk.visits import VisitDesk
from counter.disputes import MessageView
from counter.finding import EVERYTHING, Filter
from counter.guidance import Guided, Reopened
from counter.hall import CounterAsked, CounterLine, QueueTicket, QueueView, Service, TicketTaken
from counter.people import Action, Seat, may
from counter.ports import PaperMade, PrintJob
from counter.procedures import Procedure
from counter.scans import Judged
from counter.systems import CopySheet
from counter.today import DueWatch, Today
from counter.units import Commune
from counter.values import CitizenNumber, DossierId, local_day
from counter.work import (
    Applicant,
    Change,
    DossierLine,
    DossierView,
    FeeQuantity,
    ManyReceived,
    MessageLine,
    PaperBrought,
    Reception,
    ReceptionAsked,
    ReceptionPlan,
    SerialsView,
    Violation,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """The actions of one open desk; see ``counter.work.DeskWork`` for what each promises."""

    context: Context

    @property
    def seat(self) -> Seat:
        """Where the officer sits; every action asks it first."""
        return self.context.seat

    @may(Action.LOOK_UP)
    def find_procedures(self, text: str, limit: int = 12) -> tuple[Procedure, ...]:
        """Return the procedures in force today that *text* finds, best first.

        Where there are none, those that ended lately: a paper receipt of then may be keyed yet.
        """
        today, catalogue = local_day(self.context.clock()), self.context.catalogue
        found = catalogue.find(text, today, limit)
        return found or catalogue.find_ended(text, today - AT_MOST, today)[:limit]

    @may(Action.LOOK_UP)
    def find_units(self, text: str, limit: int = 8) -> tuple[Commune, ...]:
        """Return the communes of today that a few letters find, best first."""
        return self.context.gazetteer.units.find(text, limit)

    @may(Action.LOOK_UP)
    def place(self, address: str) -> Placed:
        """Return where a written address lies today."""
        return self.context.gazetteer.place(address)

    @may(Action.READ)
    def usual(self, citizen: CitizenNumber) -> tuple[Procedure, ...]:
        """Return what a person came for before, the newest first."""
        return declaring.usual(self.context, citizen)

    @may(Action.LOOK_UP)
    def plan(
        self,
        procedure_code: str,
        papers: tuple[PaperBrought, ...],
        quantities: tuple[FeeQuantity, ...] = (),
        revision: str = "",
    ) -> ReceptionPlan:
        """Return fees, due date and missing papers if it were received now."""
        return planning.plan(self.context, procedure_code, papers, quantities, revision)

    @may(Action.RECEIVE)
    def receive(self, asked: ReceptionAsked) -> Reception:
        """Receive a dossier; when this returns it is on disk with its outbox message."""
        return reception.receive(self.context, asked)

    @may(Action.RECEIVE)
    def receive_many(self, asked: tuple[ReceptionAsked, ...]) -> ManyReceived:
        """Receive what one person brings at once: all of it, or nothing."""
        return many.receive_many(self.context, asked)

    @may(Action.RECEIVE)
    def guide(self, asked: ReceptionAsked, reason: str, begun: tuple[Answer, ...] = ()) -> Guided:
        """Record what is missing; no dossier is made and nothing is sent."""
        return walk_ins.guide(self.context, asked, reason, begun)

    @may(Action.RECEIVE)
    def reopen(self, number: str) -> Reopened:
        """Return what was typed when guidance was given under *number*."""
        return walk_ins.reopen(self.context, number)

    @may(Action.RECEIVE)
    def late(self) -> LateDesk:
        """Return what is done with paper receipts that are keyed later."""
        return LateDesk(self.context)

    @may(Action.RECEIVE)
    def visits(self) -> VisitDesk:
        """Return what is done with visits that are not yet dossiers."""
        return VisitDesk(self.context)

    @may(Action.RECEIVE)
    def refuse(self, asked: ReceptionAsked, reason: str) -> Reception:
        """Record that a dossier is not accepted; when this returns it is on disk."""
        return walk_ins.refuse(self.context, asked, reason)

    @may(Action.LOOK_UP)
    def reasons(self) -> tuple[Reason, ...]:
        """Return the library of reasons."""
        return self.context.reasons

    @may(Action.READ)
    def find_dossiers(
        self, text: str = "", limit: int = 200, only: Filter = EVERYTHING
    ) -> tuple[DossierLine, ...]:
        """Return the newest dossiers that match a code, part of one, a number or a name."""
        return lists.find_dossiers(self.context, text, limit, only)

    @may(Action.READ)
    def show(self, code: str) -> DossierView:
        """Return one dossier by its code or provisional code."""
        return lists.show(self.context, code)

    @may(Action.READ)
    def today(self) -> Today:
        """Return what wants somebody today."""
        return today.today(self.context)

    @may(Action.READ)
    def due_watch(self) -> DueWatch:
        """Return what is due soon and what is late, as it stands now."""
        return due.watch(self.context)

    @may(Action.CONFIRM)
    def reassigning(self) -> ReassignDesk:
        """Return what is done with the work of who is away."""
        return ReassignDesk(self.context)

    @may(Action.READ)
    def possible(self, code: str) -> Possible:
        """Return what can be done with a dossier now."""
        return acts.possible(self.context, code)

    @may(Action.ACT)
    def act(
        self, dossier_id: DossierId, asked: Act, confirmed: Confirmation | None = None
    ) -> Acted:
        """Do one act to a dossier; when this returns it is on disk with its message."""
        asked = confirming.allowed(self.context, asked, confirmed)
        return acts.act(self.context, dossier_id, asked)

    @may(Action.ACT)
    def act_all(self, dossiers: tuple[DossierId, ...], asked: Act) -> tuple[Acted, ...]:
        """Do one act to each of *dossiers*, all of them or none."""
        asked = confirming.allowed(self.context, asked, None)
        return acts.act_all(self.context, dossiers, asked)

    @may(Action.HAND_OVER)
    def handing(self) -> HandingDesk:
        """Return what is done to pass on what was received."""
        return HandingDesk(self.context)

    @may(Action.PRINT)
    def reprint(self, dossier_id: DossierId) -> PrintJob:
        """Return the receipt once more, marked as a reprint."""
        return receipts.reprint(self.context, dossier_id)

    @may(Action.LOOK_UP)
    def declare(
        self, procedure_code: str, applicant: Applicant | None, chip: ChipText | None
    ) -> Declared | None:
        """Return a procedure's declaration with what is known; None when it has none."""
        return declaring.declare(self.context, procedure_code, applicant, chip)

    @may(Action.PRINT)
    def print_declaration(
        self, form: DeclarationForm, answers: tuple[Answer, ...], declarant: str
    ) -> PrintJob:
        """Return a declaration to print; without answers it is blank."""
        return declaring.declaration_job(self.context, form, answers, declarant)

    @may(Action.PRINT)
    def print_checklist(self, procedure_code: str) -> PrintJob:
        """Return what a procedure demands, to print for people who only ask."""
        return declaring.checklist_job(self.context, procedure_code)

    @may(Action.LOOK_UP)
    def note_paper(self, made: PaperMade) -> Change:
        """Note what became of a paper."""
        return receipts.note_paper(self.context, made)

    @may(Action.LOOK_UP)
    def services(self) -> tuple[Service, ...]:
        """Return what a ticket can be taken for and how many wait."""
        return queueing.services(self.context.hall)

    @may(Action.TAKE_TICKET)
    def take_ticket(self, service: str, priority: str | None = None) -> TicketTaken:
        """Give out the next number of a service."""
        return queueing.take_ticket(self.context.hall, service, priority)

    @may(Action.CALL)
    def call_next(self) -> QueueTicket | None:
        """Call the next ticket to this desk's counter; None when nobody waits."""
        return calls.call_next(self._hall, self.context.settings.settings.desk.name)

    @may(Action.CALL)
    def calls(self) -> CallDesk:
        """Return what is done with numbers at this desk's counter."""

        def names() -> dict[str, str]:
            return {line.officer.id: line.officer.name for line in officers.officers(self.context)}

        return CallDesk(self._hall, self.context.settings.settings.desk.name, names)

    @may(Action.ASSIGN)
    def counters(self) -> tuple[CounterLine, ...]:
        """Return the counters of the office and what each serves."""
        return assigning.counters(self.context)

    @may(Action.ASSIGN)
    def assign_counter(self, asked: CounterAsked) -> None:
        """Keep what a counter serves and whether it calls numbers."""
        assigning.assign(self.context, asked)

    @may(Action.READ)
    def copy_sheet(self, code: str) -> CopySheet:
        """Return what must be entered into the system that owns a dossier."""
        return elsewhere.copy_sheet(self.context, code)

    @may(Action.PROCESS)
    def note_system_code(self, dossier_id: DossierId, code: str) -> Change:
        """Keep the code that the other system gave."""
        return elsewhere.note_code(self.context, dossier_id, code)

    @may(Action.REPORT)
    def drawer(self) -> DrawerDesk:
        """Return the cash drawer."""
        return DrawerDesk(self.context)

    @may(Action.LOOK_UP)
    def payments(self) -> PaymentDesk:
        """Return the payments by VietQR."""
        return PaymentDesk(self.context)

    @may(Action.REPORT)
    def registers(self) -> RegisterDesk:
        """Return the registers of this desk."""
        return RegisterDesk(self.context)

    @may(Action.LOOK_UP)
    def certifying(self) -> CertifyDesk:
        """Return the certified copies of this desk."""
        return CertifyDesk(self.context)

    @may(Action.LOOK_UP)
    def curation(self) -> CatalogueDesk:
        """Return the catalogue as the office keeps it."""
        return CatalogueDesk(self.context)

    @may(Action.LOOK_UP)
    def queue(self) -> QueueView:
        """Return the queue as it stands."""
        return calls.queue(self._hall, self.context.settings.settings.desk.name)

    @may(Action.PROCESS)
    def attach_file(self, dossier_id: DossierId, paper: int, judged: Judged) -> Change:
        """Keep a file as a paper of a dossier, and tell the portal of it."""
        return attaching.attach_file(self.context, dossier_id, paper, judged)

    @may(Action.READ)
    def save_file(self, dossier_id: DossierId, sha256: str, path: Path) -> None:
        """Write a dossier's file out, readable, where the officer wants it; that is noted."""
        attaching.save_file(self.context, dossier_id, sha256, path)

    @may(Action.PROCESS)
    def fetch_files(self, dossier_id: DossierId) -> int:
        """Let files that a sister desk scanned be fetched; return how many."""
        return attaching.fetch_files(self.context, dossier_id)

    @may(Action.SEND)
    def try_files_again(self, dossier_id: DossierId) -> int:
        """Send or fetch again a dossier's files that were refused; return how many."""
        return attaching.try_again(self.context, dossier_id)

    @may(Action.LOOK_UP)
    def allowed(self) -> frozenset[Action]:
        """Return what whoever sits here may do."""
        return lists.allowed(self.context)

    @may(Action.LOOK_UP)
    def messages(self) -> tuple[MessageLine, ...]:
        """Return what the portal has not acknowledged, whose it is where that may be seen."""
        return lists.messages(self.context)

    @may(Action.READ)
    def message(self, key: UUID) -> MessageView:
        """Return one message that the portal has not taken, compared with what the portal has."""
        return disputes.message(self.context, key)

    @may(Action.SEND)
    def settle_conflict(self, key: UUID, keep: frozenset[str]) -> Change:
        """Carry out which fields of a contested message stay as this desk says."""
        return disputes.settle(self.context, key, keep)

    @may(Action.SEND)
    def amend_message(self, key: UUID, words: tuple[tuple[str, str], ...]) -> Change:
        """Send a refused message with other words where the portal named a mistake."""
        return disputes.amend(self.context, key, dict(words))

    @may(Action.SEND)
    def send_again(self, dossier_code: str) -> int:
        """Put the parked messages of a dossier back into the line; return how many."""
        return lists.send_again(self.context, dossier_code)

    @may(Action.LOOK_UP)
    def serials(self) -> SerialsView:
        """Return how many dossier numbers are left."""
        return lists.serials(self.context)

    @may(Action.PEOPLE)
    def people(self) -> PeopleDesk:
        """Return what is done with the officers' accounts."""
        return PeopleDesk(self.context)

    @may(Action.LOOK_UP)
    def data(self) -> DataDesk:
        """Return what is done with the desk's data as a whole."""
        return DataDesk(self.context)

    @may(Action.AUDIT)
    def audit(self, asked: AuditAsked) -> AuditView:
        """Return who did what, and whether the record of it holds."""
        return auditing.look(self.context, asked)

    @may(Action.AUDIT)
    def print_seal(self) -> PrintJob:
        """Return the newest seal of that record as a paper to keep elsewhere."""
        return auditing.seal_paper(self.context)

    @may(Action.LOOK_UP)
    def confirm_again(self, password: str) -> None:
        """Let who sits here do one grave act, within the next minute."""
        officers.confirm_again(self.context, password)

    @may(Action.CHECK)
    def ruler(self) -> PrintJob:
        """Return the page that tells how wide the roll printer prints."""
        return ruling.ruler(self.context)

    @may(Action.MAINTAIN)
    def keep_ticket_width(self, width_dots: int) -> None:
        """Keep the width that was read off the ruler page."""
        ruling.keep(self.context, width_dots)

    @may(Action.CHECK)
    def verify(self) -> tuple[Violation, ...]:
        """Check the desk's integrity; empty when all is well."""
        return checking.verify(self.context)

    @property
    def _hall(self) -> Hall:
        """The hall with the officer who sits here now, whose name stands on every period."""
        return replace(self.context.hall, settings=self.context.settings)
