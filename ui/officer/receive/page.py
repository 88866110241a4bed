"""The main job on one page: who, what, which papers, and one key that receives.

The page keeps what was typed and shows what it is told; fees, due dates and what is missing are
the desk's answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter.errors import BadPhone, Refused
from counter.procedures import Procedure
from counter.values import DossierId, now, tidy_phone, tidy_text, uuid7
from counter.work import FeeQuantity, PaperBrought, ReceptionAsked, ReceptionPlan
from ui.officer.receive.identity import IdentityPanel
from ui.officer.receive.papers_panel import PapersPanel
from ui.officer.receive.procedure_panel import ProcedurePanel
from ui.officer.receive.summary_panel import SummaryPanel
from ui.parts.words import set_look, words


@dataclass(frozen=True, slots=True)
class PlanAsked:
    """What the desk needs to say fee, due date and missing papers."""

    procedure_code: str
    papers: tuple[PaperBrought, ...]
    quantities: tuple[FeeQuantity, ...]


class ReceivePage(QWidget):
    """Shows the form and says what the officer wants. It decides nothing.

    Signals:
        searched: A str: find procedures.
        plan_asked: A PlanAsked.
        asked: A ReceptionAsked.
        complained: An error whose sentence the window shows.
        reprint_asked: A DossierId.
        left: Nothing; the visit is over, everything personal is forgotten.
    """

    searched = Signal(str)
    plan_asked = Signal(object)
    asked = Signal(object)
    complained = Signal(object)
    reprint_asked = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.ticket: str | None = None
        self._dossier_id = DossierId(uuid7())
        self._noticed_at: datetime = now()
        self._plan: ReceptionPlan | None = None
        self._desk_is_open = False
        self._is_saving = False
        self.identity = IdentityPanel()
        self.procedure = ProcedurePanel()
        self.papers = PapersPanel()
        self.summary = SummaryPanel()
        self.phone = QLineEdit()
        self.phone.setObjectName("phone")
        self.phone.setAccessibleName(self.tr("Số điện thoại"))
        self.email = QLineEdit()
        self.email.setObjectName("email")
        self.email.setAccessibleName(self.tr("Thư điện tử"))
        self.note = QLineEdit()
        self.note.setObjectName("note")
        self.note.setAccessibleName(self.tr("Ghi chú"))

        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.identity)
        left.addWidget(self.procedure, 3)
        left.addWidget(self.papers, 4)
        left.addWidget(self._contact())
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(self.summary)

        self.identity.changed.connect(self._refresh)
        self.procedure.searched.connect(self.searched)
        self.procedure.chosen.connect(self._on_procedure)
        self.papers.changed.connect(self._ask_plan)
        self.phone.textEdited.connect(self._on_phone_edited)
        self.summary.receive.connect(self.receive)
        self.summary.reprint.connect(self._on_reprint)
        self.summary.next_visit.connect(self.begin_next)
        self._show_papers(None)
        self._refresh()

    def desk_opened(self) -> None:
        """The desk can save now."""
        self._desk_is_open = True
        self._refresh()

    @property
    def is_begun(self) -> bool:
        """Whether something would be lost by beginning another visit."""
        if self.summary.is_done:
            return False
        typed = any(field.text().strip() for field in (self.phone, self.email, self.note))
        return typed or not self.identity.is_empty() or self.procedure.procedure is not None

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
        procedure = self.procedure.procedure
        if procedure is not None:
            self.papers.show_missing(
                tuple(procedure.papers[position].name for position in plan.missing)
            )
        self._refresh()

    def show_refused(self) -> None:
        """The desk said no or could not; everything typed stays."""
        self._is_saving = False
        self._refresh()

    @Slot()
    def receive(self) -> None:
        """Ask the desk to receive what stands here."""
        if not self.summary.button.isEnabled() or self.summary.is_done:
            return
        procedure = self.procedure.procedure
        try:
            phone = tidy_phone(self.phone.text())
            applicant = self.identity.applicant(phone, tidy_text(self.email.text()) or None)
        except Refused as refusal:
            if isinstance(refusal, BadPhone):
                set_look(self.phone, wrong="true")
                self.phone.setFocus()
            self.complained.emit(refusal)
            return
        if applicant is None or procedure is None:
            return
        self._is_saving = True
        self.summary.show_saving()
        self.asked.emit(
            ReceptionAsked(
                dossier_id=self._dossier_id,
                applicant=applicant,
                procedure_code=procedure.code,
                papers=self.papers.brought(),
                noticed_at=self._noticed_at,
                due_on=self.summary.due_on(),
                ticket=self.ticket,
                note=tidy_text(self.note.text()) or None,
                quantities=self.papers.quantities(),
            )
        )

    @Slot()
    def begin_next(self) -> None:
        """Forget this visit and everything personal in it."""
        self._dossier_id = DossierId(uuid7())
        self._noticed_at = now()
        self._plan = None
        self._is_saving = False
        self.ticket = None
        for field in (self.phone, self.email, self.note):
            field.clear()
            set_look(field, wrong="false")
        self.identity.forget()
        self.procedure.forget()
        self.papers.show_procedure(None)
        self._show_papers(None)
        self.summary.forget()
        self._refresh()
        self.identity.ask_card.field.setFocus()
        self.left.emit()

    def _contact(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 8, 16, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        captions = (self.tr("Số điện thoại"), self.tr("Thư điện tử"), self.tr("Ghi chú"))
        for column, (caption, field, share) in enumerate(
            zip(captions, (self.phone, self.email, self.note), (2, 3, 4), strict=True)
        ):
            grid.addWidget(words(caption, "caption"), 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, share)
        self._contact_card = card
        return card

    def _current_ask(self) -> PlanAsked | None:
        procedure = self.procedure.procedure
        if procedure is None:
            return None
        return PlanAsked(procedure.code, self.papers.brought(), self.papers.quantities())

    @Slot(object)
    def _on_procedure(self, procedure: Procedure | None) -> None:
        self.papers.show_procedure(procedure)
        self._show_papers(procedure)
        self._plan = None
        self.summary.show_plan(None)
        self._ask_plan()
        if procedure is not None:
            self.papers.focus_first()

    def _show_papers(self, procedure: Procedure | None) -> None:
        self.papers.setVisible(procedure is not None)
        self._contact_card.setVisible(procedure is not None)

    @Slot()
    def _ask_plan(self) -> None:
        ask = self._current_ask()
        if ask is not None:
            self.plan_asked.emit(ask)
        self._refresh()

    @Slot()
    def _on_phone_edited(self) -> None:
        set_look(self.phone, wrong="false")

    @Slot()
    def _on_reprint(self) -> None:
        self.reprint_asked.emit(self._dossier_id)

    @Slot()
    def _refresh(self) -> None:
        if not self._is_saving:
            self.summary.show_lacking(self._lacking())

    def _lacking(self) -> str:
        """Return what is still needed before the key may be pressed; empty when nothing is."""
        if self.identity.is_forged():
            return self.tr("Thẻ có dấu hiệu giả: không tiếp nhận bằng thẻ này. Hãy báo lãnh đạo.")
        if not self.identity.is_known():
            return self.tr("Còn thiếu: người nộp hồ sơ.")
        if self.procedure.procedure is None:
            return self.tr("Còn thiếu: thủ tục.")
        if self._plan is None or not self._desk_is_open:
            return self.tr("Đang mở dữ liệu của quầy…")
        if self._plan.missing:
            return self.tr("Còn thiếu giấy tờ bắt buộc.")
        return ""
