"""The right side: due date, fee and the one key that receives; afterwards, what came of it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from counter.forms import ReceiptPaper
from counter.ports import Outcome, PaperFailed, PaperMade, PrintJob
from counter.work import Reception, ReceptionPlan
from ui import texts, written
from ui.parts.badge import Badge
from ui.parts.keys import KeyButton
from ui.parts.words import frame, words

PAPER_TONES = {
    Outcome.PRINTED: "good",
    Outcome.TRAY: "good",
    Outcome.UNKNOWN: "warn",
    Outcome.FAILED: "bad",
}


class SummaryPanel(QFrame):
    """What will be promised, and the key.

    Signals:
        receive: Nothing; the officer wants to receive.
        reprint: Nothing; the officer wants the papers once more.
        next_visit: Nothing; the officer is done with this person.
    """

    receive = Signal()
    reprint = Signal()
    next_visit = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedWidth(372)
        self._sides = QStackedLayout(self)
        self._before = _Before()
        self._after = _After()
        self._sides.addWidget(self._before)
        self._sides.addWidget(self._after)
        self._before.button.clicked.connect(self.receive)
        self._after.reprint.clicked.connect(self.reprint)
        self._after.next.clicked.connect(self.next_visit)

    @property
    def button(self) -> KeyButton:
        """The key that receives."""
        return self._before.button

    @property
    def is_done(self) -> bool:
        """Whether the reception is on disk and its result is shown."""
        return self._sides.currentWidget() is self._after

    def show_plan(self, plan: ReceptionPlan | None) -> None:
        """Show what would be promised now; None before a procedure is chosen."""
        self._before.show_plan(plan)

    def show_lacking(self, lacking: str) -> None:
        """Say what is still needed; an empty text frees the key."""
        self._before.show_lacking(lacking)

    def show_ticket(self, number: str | None) -> None:
        """Show the number the visit began with."""
        self._before.show_ticket(number)

    def show_saving(self) -> None:
        """Say that it is being saved; the key rests meanwhile."""
        self._before.show_lacking(self.tr("Đang lưu…"))

    def due_on(self) -> date | None:
        """Return the day the officer gave where the law sets none."""
        return self._before.due_on()

    def show_received(self, received: Reception) -> None:
        """Show the code, the ticket and how the papers stand."""
        self._after.show_received(received)
        self._sides.setCurrentWidget(self._after)
        self._after.next.setFocus()

    def add_job(self, job: PrintJob) -> None:
        """Follow one more paper."""
        self._after.add_job(job)

    def show_paper(self, event: PaperMade | PaperFailed) -> None:
        """Say what became of a paper of this reception."""
        self._after.show_paper(event)

    def forget(self) -> None:
        """Begin the next visit."""
        self._before.show_plan(None)
        self._before.show_ticket(None)
        self._after.forget()
        self._sides.setCurrentWidget(self._before)


class _Before(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._ticket = words(role="caption")
        self._due = words(role="huge", wrap=True)
        self._due.setObjectName("due")
        self._due_day = words(role="value", wrap=True)
        self._limit = words(role="caption", wrap=True)
        self._fee = words(role="huge")
        self._fee.setObjectName("fee")
        self._fees = words(role="caption", wrap=True)
        self._lacking = words(role="value", tone="muted", wrap=True)
        self._lacking.setObjectName("lacking")
        self._day = QDateEdit()
        self._day.setObjectName("due_on")
        self._day.setCalendarPopup(True)
        self._day.setDisplayFormat("dd/MM/yyyy")
        self._day.setLocale(QLocale(QLocale.Language.Vietnamese))
        self._day.setAccessibleName(self.tr("Ngày hẹn trả kết quả"))
        self._asks_day = False
        self.button = KeyButton(
            self.tr("Tiếp nhận hồ sơ"), "F9", sign="receive", primary=True, tall=True
        )
        self.button.setObjectName("receive")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 18)
        column.setSpacing(4)
        column.addWidget(words(self.tr("Hẹn trả kết quả"), "caption"))
        column.addWidget(self._due)
        column.addWidget(self._day)
        column.addWidget(self._due_day)
        column.addWidget(self._limit)
        column.addSpacing(10)
        column.addWidget(frame("line"))
        column.addSpacing(10)
        column.addWidget(words(self.tr("Phải thu"), "caption"))
        column.addWidget(self._fee)
        column.addWidget(self._fees)
        column.addStretch(1)
        column.addWidget(self._ticket)
        column.addWidget(self._lacking)
        column.addSpacing(8)
        column.addWidget(self.button)
        self.show_plan(None)
        self.show_ticket(None)

    def show_plan(self, plan: ReceptionPlan | None) -> None:
        self._asks_day = plan is not None and plan.due_at is None
        self._day.setVisible(self._asks_day)
        if plan is None:
            self._due.setText("—")
            self._due_day.clear()
            self._limit.setText(self.tr("Chọn thủ tục để thấy ngày hẹn trả và phí."))
            self._fee.setText("—")
            self._fees.clear()
            return
        self._due.setVisible(not self._asks_day)
        if plan.due_at is not None:
            due = plan.due_at
            self._due.setText(written.clock(due))
            self._due_day.setText(f"{written.weekday(due.date())}, {written.day(due.date())}")
        else:
            self._day.setMinimumDate(QDate.currentDate())
            self._due_day.setText(self.tr("Luật không định thời hạn: cán bộ chọn ngày."))
        self._limit.setText(self.tr("Thời hạn: ") + plan.time_limit_words)
        self._fee.setText(written.money(plan.total) if plan.total else self.tr("Không thu"))
        lines = [
            f"{fee.name}: {written.money(fee.amount) if fee.amount else self.tr('miễn')}"
            for fee in plan.fees
        ]
        self._fees.setText("\n".join(lines))

    def show_lacking(self, lacking: str) -> None:
        self._lacking.setText(lacking)
        self.button.setEnabled(not lacking)

    def show_ticket(self, number: str | None) -> None:
        text = self.tr("Số thứ tự: %1").replace("%1", number or "")
        self._ticket.setText(
            text if number else self.tr("Chưa có số thứ tự: sẽ cấp khi tiếp nhận.")
        )

    def due_on(self) -> date | None:
        if not self._asks_day:
            return None
        day = self._day.date()
        return date(day.year(), day.month(), day.day())


class _After(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._badges: dict[UUID, tuple[str, Badge]] = {}
        self._head = Badge()
        self._code = words(role="name")
        self._code.setObjectName("received_code")
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._who = words(role="value", wrap=True)
        self._due = words(role="value", wrap=True)
        self._ticket = words(role="giant")
        self._ticket.setObjectName("received_ticket")
        self._papers = QVBoxLayout()
        self._papers.setSpacing(6)
        self.reprint = KeyButton(self.tr("In lại"), "Ctrl+P", sign="printer")
        self.reprint.setObjectName("reprint")
        self.next = KeyButton(
            self.tr("Lượt tiếp theo"), "F10", sign="next", primary=True, tall=True
        )
        self.next.setObjectName("next_visit")
        numbers = QHBoxLayout()
        numbers.addWidget(words(self.tr("Số thứ tự"), "caption"), 0, Qt.AlignmentFlag.AlignBottom)
        numbers.addStretch(1)
        numbers.addWidget(self._ticket)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 18)
        column.setSpacing(6)
        column.addWidget(self._head)
        column.addSpacing(6)
        column.addWidget(words(self.tr("Mã hồ sơ"), "caption"))
        column.addWidget(self._code)
        column.addWidget(self._who)
        column.addWidget(self._due)
        column.addSpacing(4)
        column.addWidget(frame("line"))
        column.addLayout(numbers)
        column.addWidget(frame("line"))
        column.addSpacing(4)
        column.addLayout(self._papers)
        column.addStretch(1)
        column.addWidget(self.reprint)
        column.addWidget(self.next)

    def show_received(self, received: Reception) -> None:
        if received.provisional:
            words_ = self.tr("Đã tiếp nhận với mã tạm; cổng sẽ cấp mã chính thức.")
            self._head.say("warn", words_)
        else:
            self._head.say("good", self.tr("Đã tiếp nhận và lưu chắc chắn trên máy này."))
        self._code.setText(received.code)
        self._who.setText(received.applicant_name)
        self._due.setText(self.tr("Hẹn trả: ") + self._when(received.due_at))
        self._ticket.setText(received.ticket or "—")
        for job in received.jobs:
            self.add_job(job)

    def add_job(self, job: PrintJob) -> None:
        receipt = isinstance(job.paper, ReceiptPaper)
        name = self.tr("Giấy tiếp nhận") if receipt else self.tr("Phiếu số thứ tự")
        if job.paper.reprint:
            name += self.tr(" (in lại)")
        badge = Badge()
        badge.say("info", f"{name}: " + self.tr("đang in…"), icon="printer")
        self._badges[job.id] = (name, badge)
        self._papers.addWidget(badge)

    def show_paper(self, event: PaperMade | PaperFailed) -> None:
        found = self._badges.get(event.job)
        if found is None:
            return
        name, badge = found
        if isinstance(event, PaperMade):
            outcome = texts.said(texts.OUTCOMES[event.outcome])
            badge.say(PAPER_TONES[event.outcome], f"{name}: {outcome}", icon="printer")
        else:
            said = texts.sentence(event.error)
            badge.say("bad", f"{name}: {said.what} {said.advice}")

    def forget(self) -> None:
        for _name, badge in self._badges.values():
            badge.deleteLater()
        self._badges = {}
        for label in (self._code, self._who, self._due, self._ticket):
            label.clear()

    def _when(self, due: datetime | None) -> str:
        return self.tr("theo hẹn của cán bộ") if due is None else written.moment(due)
