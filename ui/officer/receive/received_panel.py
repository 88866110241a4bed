"""What came of it: the code, the number and how the papers stand, large enough for two."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter.forms import ReceiptPaper, RulerPaper, TicketPaper
from counter.ports import Outcome, PaperFailed, PaperMade, PrintJob
from counter.values import Dong, local_day, uuid7
from counter.wording import WordedPaper
from ui import states, texts, written
from ui.parts.badge import Badge
from ui.parts.keys import KeyButton
from ui.parts.section import Section
from ui.parts.words import frame, set_look, words
from ui.said import said

if TYPE_CHECKING:
    from counter.work import ManyReceived, Reception

TONES = {
    Outcome.PRINTED: "good",
    Outcome.TRAY: "good",
    Outcome.UNKNOWN: "warn",
    Outcome.FAILED: "bad",
}
NEXT_WIDTH = 300
LONGEST_GIANT = 20
"""A code of more signs, such as ``000.00.01.H55-261127-0001``, leaves no place for the number."""
FIRST_WIDE = 6
"""Rows from here on take the whole width."""


@dataclass(slots=True)
class Followed:
    """One paper of the reception on its way out of a printer."""

    job: PrintJob
    name: str = field(repr=False)
    badge: Badge
    has_failed: bool = False

    def show(self, event: PaperMade | PaperFailed) -> None:
        """Say what became of it."""
        self.has_failed = isinstance(event, PaperFailed) or event.outcome is Outcome.FAILED
        if isinstance(event, PaperMade):
            outcome = said(states.OUTCOMES[event.outcome])
            self.badge.say(TONES[event.outcome], f"{self.name}: {outcome}", icon="printer")
        else:
            told = texts.sentence(event.error)
            self.badge.say("bad", f"{self.name}: {told.what} {told.advice}")


class ReceivedPanel(Section):
    """One reception that is on disk.

    Signals:
        pay: The code of a dossier whose fee is taken now.
        reprint: Nothing; the officer wants the receipt once more.
        next_visit: Nothing; the officer is done with this person.
    """

    pay = Signal(str)
    reprint = Signal()
    next_visit = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Đã tiếp nhận hồ sơ"), step="✓", parent=parent)
        self.mark_done(True)
        self._followed: dict[str, Followed] = {}
        self._many: PrintJob | None = None
        self._owing: list[str] = []
        self._safe = Badge()
        self._code = words(role="giant")
        self._code.setObjectName("received_code")
        self._code.setAccessibleName(self.tr("Mã hồ sơ"))
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._code.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ticket = words(role="giant")
        self._ticket.setObjectName("received_ticket")
        self._due = words(role="huge")
        self._due_at = words(role="value")
        self._total = words(role="huge")
        self._total.setObjectName("received_total")
        self._to_pay = words(role="caption")
        self._to_pay.setObjectName("received_to_pay")
        self._who = words(role="value", wrap=True)
        self._what = words(role="value", wrap=True)
        self._papers = QVBoxLayout()
        self._papers.setSpacing(8)
        self._reprint = KeyButton(self.tr("In lại giấy tiếp nhận"), "Ctrl+P", sign="printer")
        self._reprint.setObjectName("reprint")
        self._reprint.clicked.connect(self.reprint)
        self._pay = KeyButton(self.tr("Thu tiền"), "F11", sign="money")
        self._pay.setObjectName("take_fee")
        self._pay.clicked.connect(self.take_fee)
        self.next = KeyButton(
            self.tr("Người tiếp theo"), "F10", sign="next", primary=True, tall=True
        )
        self.next.setObjectName("next_visit")
        self.next.clicked.connect(self.next_visit)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(self._pay)
        buttons.addWidget(self._reprint)
        buttons.addWidget(self.next)
        self.next.setMinimumWidth(NEXT_WIDTH)
        self.body.addWidget(self._safe)
        self.body.addSpacing(6)
        self.body.addLayout(self._facts())
        self.body.addSpacing(4)
        self.body.addWidget(frame("line"))
        self.body.addSpacing(4)
        self.body.addWidget(words(self.tr("Giấy in"), "caption"))
        self.body.addLayout(self._papers)
        self.body.addStretch(1)
        self.body.addLayout(buttons)

    @property
    def code(self) -> str:
        """The code of the dossier that was received."""
        return self._code.text()

    @property
    def papers(self) -> tuple[str, ...]:
        """What is said of each paper of this reception."""
        return tuple(followed.badge.text for followed in self._followed.values())

    @property
    def failed_tickets(self) -> tuple[PrintJob, ...]:
        """The queue ticket, while it has not come out of the printer."""
        return tuple(
            followed.job
            for followed in self._followed.values()
            if followed.has_failed and isinstance(followed.job.paper, TicketPaper)
        )

    def show_received(self, received: Reception) -> None:
        """Show what is on disk."""
        self.forget()
        if received.provisional:
            told = self.tr("Đã lưu với mã tạm; cổng sẽ cấp mã chính thức, mã tạm vẫn tra được.")
            self._safe.say("warn", told)
        else:
            self._safe.say("good", self.tr("Hồ sơ đã lưu chắc chắn trên máy này"))
        self._code.setText(received.code)
        set_look(self._code, role="huge" if len(received.code) > LONGEST_GIANT else "giant")
        self._ticket.setText(received.ticket or "—")
        self._who.setText(received.applicant_name)
        self._what.setText(received.procedure_name)
        self._total.setText(
            written.money(received.total) if received.total else self.tr("Không thu")
        )
        if received.due_at is None:
            self._due.setText("—")
            self._due_at.setText(self.tr("Theo hẹn của cán bộ"))
        else:
            day = local_day(received.due_at)
            self._due.setText(written.day(day))
            told = self.tr("%1, lúc %2").replace("%1", written.weekday(day))
            self._due_at.setText(told.replace("%2", written.clock(received.due_at)))
        self._owe(received)
        for job in received.jobs:
            self.add_job(job)

    def show_many(self, received: ManyReceived) -> None:
        """Show the dossiers of one visit that are on disk."""
        first = received.receptions[0]
        self.show_received(first)
        self._code.setText(self.tr("%1 hồ sơ").replace("%1", str(len(received.receptions))))
        self._what.setText(
            "\n".join(f"{one.code} · {one.procedure_name}" for one in received.receptions)
        )
        self._owe(*received.receptions)
        names = dict.fromkeys(one.applicant_name for one in received.receptions)
        self._who.setText(", ".join(names))
        amount = Dong(sum(one.total for one in received.receptions))
        self._total.setText(written.money(amount) if amount else self.tr("Không thu"))
        dues = sorted(one.due_at for one in received.receptions if one.due_at is not None)
        self._due.setText(written.day(local_day(dues[-1])) if dues else "—")
        told = self.tr("Muộn nhất; ngày của từng hồ sơ in trên giấy tiếp nhận")
        self._due_at.setText(told)
        if any(one.provisional for one in received.receptions):
            self._safe.say("warn", self.tr("Đã lưu; có hồ sơ mang mã tạm, cổng sẽ cấp mã sau."))
        self._many = received.jobs[0]
        for job in received.jobs:
            self.add_job(job)

    @Slot()
    def take_fee(self) -> None:
        """Take the fee of the next dossier that owes one."""
        if self._owing:
            self.pay.emit(self._owing[0])

    def show_paid(self, code: str) -> None:
        """A fee was taken; what other dossiers of this visit owe is still asked for."""
        if code in self._owing:
            self._owing.remove(code)
            self._show_owing()
            if not self._owing:
                self._to_pay.setText(self.tr("Đã thu"))

    def many_again(self) -> PrintJob | None:
        """Return the receipt of several dossiers once more, marked so; None when it was one."""
        job = self._many
        if job is None or not isinstance(job.paper, WordedPaper):
            return None
        paper = replace(job.paper, head=replace(job.paper.head, reprint=True))
        return replace(job, id=uuid7(), name=f"{job.name}-reprint", paper=paper)

    def add_job(self, job: PrintJob) -> None:
        """Follow a paper; printed again, it takes the place of the one before."""
        match job.paper:
            case ReceiptPaper():
                name = self.tr("Giấy tiếp nhận")
            case TicketPaper():
                name = self.tr("Phiếu số thứ tự")
            case RulerPaper():
                return  # no citizen waits for it
            case worded:
                name = worded.wording.title.capitalize()
        kind = name
        if job.paper.reprint:
            name = self.tr("%1 (in lại)").replace("%1", name)
        before = self._followed.get(kind)
        badge = before.badge if before else Badge()
        badge.setObjectName(f"paper_{job.id}")
        badge.say("info", self.tr("%1: đang in…").replace("%1", name), icon="printer")
        self._followed[kind] = Followed(job, name, badge)
        if before is None:
            self._papers.addWidget(badge)

    def show_paper(self, event: PaperMade | PaperFailed) -> None:
        """Say what became of a paper of this reception."""
        for followed in self._followed.values():
            if followed.job.id == event.job:
                followed.show(event)

    def forget(self) -> None:
        """Leave nothing of this person."""
        for followed in self._followed.values():
            followed.badge.deleteLater()
        self._followed = {}
        self._many = None
        self._owe()
        for label in (self._code, self._ticket, self._who, self._what, self._due, self._total):
            label.clear()

    def _owe(self, *receptions: Reception) -> None:
        self._to_pay.setText(self.tr("Phải thu"))
        self._owing = [one.code for one in receptions if one.total]
        self._show_owing()

    def _show_owing(self) -> None:
        count = len(self._owing)
        told = self.tr("Thu tiền (%1 hồ sơ)").replace("%1", str(count))
        self._pay.setText(told if count > 1 else self.tr("Thu tiền"))
        self._pay.setVisible(count > 0)

    def _facts(self) -> QGridLayout:
        facts = QGridLayout()
        facts.setHorizontalSpacing(36)
        facts.setVerticalSpacing(0)
        facts.setColumnStretch(2, 1)
        for row, column, caption, value in (
            (0, 0, self.tr("Mã hồ sơ"), self._code),
            (0, 1, self.tr("Số thứ tự"), self._ticket),
            (3, 0, self.tr("Hẹn trả kết quả"), self._due),
            (7, 0, self.tr("Chủ hồ sơ"), self._who),
            (10, 0, self.tr("Thủ tục"), self._what),
        ):
            facts.addWidget(words(caption, "caption"), row, column)
            wide = 3 if row > FIRST_WIDE else 1
            facts.addWidget(value, row + 1, column, 1, wide)
        facts.addWidget(self._to_pay, 3, 1)
        facts.addWidget(self._total, 4, 1)
        facts.addWidget(self._due_at, 5, 0)
        for spacer in (2, 6, 9):
            facts.setRowMinimumHeight(spacer, 10)
        return facts
