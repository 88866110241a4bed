"""The main job on one page: who, what, which papers, and one key that receives.

The page keeps what was typed and shows what it is told; fees, due dates and what is missing are
the desk's answers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter.errors import Refused
from counter.values import DossierId, uuid7
from ui.officer.receive.declaring import CONTACT, DeclareAsked, Declaring
from ui.officer.receive.identity import IdentityPanel
from ui.officer.receive.lacks import Lack, lack_words
from ui.officer.receive.on_behalf import OnBehalf
from ui.officer.receive.procedure_panel import ProcedurePanel
from ui.officer.receive.summary_panel import SummaryPanel
from ui.officer.receive.unit_typing import UnitFinder
from ui.officer.receive.wishes import PlanAsked
from ui.parts.stack import Stack

if TYPE_CHECKING:
    from counter.guidance import Reopened
    from counter.ports import PrintJob
    from counter.procedures import Procedure
    from counter.work import (
        Applicant,
        ManyReceived,
        Reception,
        ReceptionAsked,
        ReceptionPlan,
    )
    from ui.officer.receive.contact import ContactFields
    from ui.officer.receive.papers_panel import PapersPanel
    from ui.officer.receive.received_panel import ReceivedPanel


class ReceivePage(QWidget):
    """Shows the form and says what the officer wants. It decides nothing.

    Signals:
        searched: A str: find procedures.
        plan_asked: A PlanAsked.
        asked: A tuple of ReceptionAsked: one dossier, or several of one visit.
        complained: An error whose sentence the window shows.
        fee_asked, reprint_asked: The code of the dossier just received; its DossierId.
        again_asked: A PrintJob that has failed and is put once more.
        guide_asked: Nothing; papers are missing, the officer wants to say which.
        refuse_asked: Nothing; the officer will not accept what stands here.
        left: Nothing; the visit is over, everything personal is forgotten.
    """

    searched = Signal(object)
    plan_asked = Signal(object)
    asked = Signal(object)
    complained = Signal(object)
    fee_asked = Signal(str)
    reprint_asked = Signal(object)
    again_asked = Signal(object)
    guide_asked = Signal()
    refuse_asked = Signal()
    left = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.ticket: str | None = None
        self._clock = clock
        self.dossier_id = DossierId(uuid7())
        self.noticed_at = clock()
        self._plan: ReceptionPlan | None = None
        self.is_saving = False
        self.finder = UnitFinder(self)
        self.identity = IdentityPanel(self.finder, self)
        self.behalf = OnBehalf(self.identity)
        self._sides = Stack(self)
        self._form = QWidget(self._sides)
        self.procedure = ProcedurePanel(self._form)
        self.summary = SummaryPanel(self._form)
        self._middle = QVBoxLayout()
        self.declaring = Declaring(self._middle, lambda: self.papers, self._form, self.finder)
        self._lay_out_form()
        self._sides.addWidget(self._form)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(12)
        row.addWidget(self.identity)
        row.addWidget(self._sides, 1)
        self.identity.changed.connect(self._on_person)
        self.procedure.searched.connect(self.searched)
        self.procedure.chosen.connect(self._on_procedure)
        self.summary.changed.connect(self._refresh)
        self.summary.fees.changed.connect(self._ask_plan)
        self.summary.receive.connect(self.receive)
        self.summary.more.connect(self.add_dossier)
        self.declaring.changed.connect(self._on_declared)
        self.behalf.changed.connect(self._on_person)
        self._refresh()

    # What only appears later is made when it is first wanted, so that the page is there at once
    @cached_property
    def papers(self) -> PapersPanel:
        """The papers of the chosen procedure, shown once one is."""
        from ui.officer.receive.papers_panel import PapersPanel

        panel = PapersPanel(self._form)
        panel.hide()
        panel.changed.connect(self._ask_plan)
        self.identity.made.connect(panel.come_last)
        panel.guide.clicked.connect(self.guide_asked)
        panel.refuse.clicked.connect(self.refuse_asked)
        panel.contact.said.connect(self._declare)
        self._middle.insertWidget(1, panel, 1)
        return panel

    @property
    def contact(self) -> ContactFields:
        """How to reach the applicant; at the foot of the papers."""
        return self.papers.contact

    @cached_property
    def received(self) -> ReceivedPanel:
        """The dossier that is on disk, and its papers."""
        from ui.officer.receive.received_panel import ReceivedPanel

        panel = ReceivedPanel(self._sides)
        panel.pay.connect(self.fee_asked)
        panel.reprint.connect(self._on_reprint)
        panel.next_visit.connect(self.begin_next)
        self._sides.addWidget(panel)
        return panel

    @property
    def has_plan(self) -> bool:
        """Whether the desk has said fee and due date for what stands here."""
        return self._plan is not None

    @property
    def is_done(self) -> bool:
        """Whether the reception is on disk and its result is shown."""
        return self._sides.currentWidget() is not self._form

    @property
    def is_begun(self) -> bool:
        """Whether something would be lost by beginning another visit."""
        if self.is_done:
            return False
        held = self.procedure.procedure is not None or bool(self.summary.waiting)
        return held or self.contact.is_touched or not self.identity.is_empty()

    def focus(self) -> None:
        """Give the keyboard to what comes next."""
        if self.is_done:
            self.received.next.setFocus()
        elif not self.identity.is_known():
            self.identity.setFocus()
        elif self.procedure.procedure is None:
            self.procedure.setFocus()
        elif self.declaring.is_shown:
            self.declaring.go_to_open()
        else:
            self.papers.setFocus()

    def set_ticket(self, number: str | None) -> None:
        """Begin or go on with the visit of this ticket."""
        self.ticket = number
        self.summary.show_ticket(number)

    def show_plan(self, asked: PlanAsked, plan: ReceptionPlan) -> None:
        """Show the desk's answer, unless something changed meanwhile."""
        if asked != self._current_ask():
            return
        self._plan = plan
        self.summary.show_plan(plan)
        self.papers.show_missing(plan.missing)
        self._refresh()

    def show_received(self, received: Reception) -> None:
        """The dossier is on disk: show its code and follow its papers."""
        self.received.show_received(received)
        self._show_done()

    def show_many(self, received: ManyReceived) -> None:
        """The dossiers of the visit are on disk: show their codes and follow their papers."""
        self.received.show_many(received)
        self._show_done()

    def _show_done(self) -> None:
        self.is_saving = False
        self.identity.lock(True)
        self._sides.setCurrentWidget(self.received)
        self.received.next.setFocus()

    def add_job(self, job: PrintJob) -> None:
        """Follow one more paper of the reception shown."""
        self.received.add_job(job)

    def show_refused(self) -> None:
        """The desk said no or could not; everything typed stays."""
        self.is_saving = False
        self._refresh()

    @Slot()
    def receive(self) -> None:
        """Ask the desk to receive what stands here; what lacks gets the keyboard instead."""
        from ui.officer.receive.standing import identified_waiting

        if self.is_saving or self.is_done:
            return
        lack = self._find_lack()
        if lack is not None:
            self._go_to(lack)
            return
        waiting = identified_waiting(self)
        if self.procedure.procedure is not None:
            last = self.whole()
            if last is None:
                return
            waiting = (*waiting, last)
        self.is_saving = True
        self.summary.show_saving()
        self.asked.emit(waiting)

    @Slot()
    def add_dossier(self) -> None:
        """Let what stands here wait, and begin another dossier of the same person."""
        procedure = self.procedure.procedure
        if self.is_saving or self.is_done or procedure is None or self._find_lack() is not None:
            return
        asked = self.whole()
        if asked is None:
            return
        self.summary.basket.put(asked, procedure.short_name)
        self.dossier_id = DossierId(uuid7())
        self.contact.begin_another()
        self.declaring.forget()
        self.procedure.forget()
        self._on_procedure(None)
        self.summary.begin_another()
        self._refresh()
        self.procedure.setFocus()

    def whole(self) -> ReceptionAsked | None:
        """Return what stands here, papers may be missing; what else lacks gets the keyboard."""
        lack = self._find_lack()
        procedure = self.procedure.procedure
        if lack in {Lack.TRUST, Lack.PERSON, Lack.PROCEDURE} or procedure is None or self.is_done:
            self._go_to(lack or Lack.PROCEDURE)
            return None
        try:
            applicant = self.identity.applicant(self.contact.phone(), self.contact.email)
        except Refused as refusal:
            self.complained.emit(refusal)
            return None
        if applicant is None:
            self._go_to(Lack.PERSON)
            return None
        return self._reception(applicant, procedure)

    def reopen(self, found: Reopened) -> None:
        """Begin a visit from what was typed before; the person is to be identified anew."""
        from ui.officer.receive.standing import fill

        self.begin_next()
        fill(self, found.visit, found.procedure)

    @Slot()
    def begin_next(self) -> None:
        """Forget this visit and everything personal in it."""
        self.dossier_id, self.noticed_at = DossierId(uuid7()), self._clock()
        self._plan = None
        self.is_saving = False
        self.ticket = None
        self._sides.setCurrentWidget(self._form)
        self.contact.clear()
        self.declaring.forget()
        self.behalf.take(None)
        self.identity.forget()
        self.procedure.forget()
        self._on_procedure(None)
        self.summary.forget()
        self.received.forget()
        self._refresh()
        self.identity.setFocus()
        self.left.emit()

    @Slot()
    def another_person(self) -> None:
        """Ask for another person; procedure and papers stay."""
        if not self.is_done:
            self.identity.begin_again()

    def _reception(self, applicant: Applicant, procedure: Procedure) -> ReceptionAsked:
        from counter.work import ReceptionAsked

        owner, submitter = self.behalf.parties(applicant)
        return ReceptionAsked(
            dossier_id=self.dossier_id,
            applicant=owner,
            submitter=submitter,
            unit_code="" if submitter else self.identity.unit.code,
            procedure_code=procedure.code,
            procedure_revision=procedure.revision,
            papers=self.papers.brought(),
            noticed_at=self.noticed_at,
            sets=self.contact.sets,
            due_on=self.summary.due_on(),
            return_to=self.summary.returns.wish(),
            ticket=self.ticket,
            note=self.contact.note,
            quantities=self.summary.fees.quantities(),
            declared=self.declaring.answers,
        )

    def _lay_out_form(self) -> None:
        row = QHBoxLayout(self._form)
        row.addLayout(self._middle, 1)
        self._middle.setSpacing(12)
        self._middle.addWidget(self.procedure)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.summary)

    def _current_ask(self) -> PlanAsked | None:
        procedure = self.procedure.procedure
        if procedure is None:
            return None
        return PlanAsked(procedure, self.papers.brought(), self.summary.fees.quantities())

    @Slot()
    def _on_person(self) -> None:
        """A card was shown: the keyboard leaves it for the next step, if it still was there."""
        here = self.window().focusWidget()
        if self.identity.is_from_card and here is not None and self.identity.isAncestorOf(here):
            self.focus()
        self._declare()
        self._refresh()

    @Slot()
    def _declare(self) -> None:
        """Ask what is known of the declaration's questions, of whoever is known by now."""
        procedure = self.procedure.procedure
        if procedure is None:
            self.declaring.ask(None)
            return
        owner = self.behalf.owner
        chip = None if owner else self.identity.chip
        applicant = owner or self.identity.so_far(*self.contact.told())
        self.summary.returns.offer(applicant)
        self.declaring.ask(DeclareAsked(procedure.code, applicant, chip))

    @Slot()
    def _on_declared(self) -> None:
        self.contact.offer(*(self.declaring.answer(key) for key in CONTACT))
        self._refresh()

    @Slot(object)
    def _on_procedure(self, procedure: Procedure | None) -> None:
        self._plan = None
        self.summary.show_plan(None)
        self.papers.show_procedure(procedure)
        self._declare()
        self.summary.fees.show_procedure(procedure)
        self.papers.setVisible(procedure is not None)
        self._ask_plan()
        if procedure is not None:
            self.papers.focus_first()

    @Slot()
    def _ask_plan(self) -> None:
        ask = self._current_ask()
        if ask is not None:
            self.plan_asked.emit(ask)
        self._refresh()

    @Slot()
    def _on_reprint(self) -> None:
        for job in self.received.failed_tickets:
            self.received.add_job(job)
            self.again_asked.emit(job)
        again = self.received.many_again()
        if again is None:
            self.reprint_asked.emit(self.dossier_id)
        else:
            self.received.add_job(again)
            self.again_asked.emit(again)

    @Slot()
    def _refresh(self) -> None:
        self.identity.mark_done(self.identity.is_known())
        self.declaring.refresh()
        if self.is_saving:
            return
        held = self.procedure.procedure is not None
        self.summary.show_count(len(self.summary.waiting) + held, is_whole=held)
        lack = self._find_lack()
        if lack is Lack.TRUST:
            self.summary.show_refused(self._say(lack))
        else:
            self.summary.show_lacking(self._say(lack) if lack else "")

    def _find_lack(self) -> Lack | None:
        """Return the first thing still needed, None when nothing is."""
        if self.identity.is_forged():
            return Lack.TRUST
        if not self.identity.is_known():
            return Lack.PERSON
        if self.procedure.procedure is None:
            return None if self.summary.waiting else Lack.PROCEDURE
        if self._plan is None:
            return Lack.DESK
        if any(place != self.papers.form_place for place in self._plan.missing):
            return Lack.PAPERS
        if self.declaring.is_open:
            return Lack.DECLARATION
        if self._plan.missing:
            return Lack.PAPERS
        if self.summary.asks_day and self.summary.due_on() is None:
            return Lack.DAY
        return None

    def _say(self, lack: Lack) -> str:
        return self.declaring.lack() if lack is Lack.DECLARATION else lack_words(lack)

    def _go_to(self, lack: Lack) -> None:
        match lack:
            case Lack.TRUST | Lack.PERSON:
                self.identity.setFocus()
            case Lack.PROCEDURE:
                self.procedure.setFocus()
            case Lack.DECLARATION:
                self.declaring.go_to_open()
            case Lack.PAPERS if self._plan is not None:
                self.declaring.go_to_papers()
                self.papers.focus_paper(self._plan.missing[0])
            case Lack.DAY:
                self.summary.day.setFocus()
            case _:
                self.summary.setFocus()
