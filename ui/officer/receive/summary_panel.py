"""Step four: the due date, the fee, and the one key that receives."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter.values import local_day
from ui import written
from ui.officer.receive.fees_block import FeesBlock
from ui.parts.badge import Badge
from ui.parts.day_edit import DayEdit
from ui.parts.keys import KeyButton
from ui.parts.scrolled import scrolled
from ui.parts.section import Section
from ui.parts.words import frame, words

if TYPE_CHECKING:
    from counter.work import ReceptionAsked, ReceptionPlan
    from ui.officer.receive.basket import Basket
    from ui.officer.receive.return_choice import ReturnChoice

WIDTH = 304
UNKNOWN = "—"


class SummaryPanel(Section):
    """What will be promised, and the key.

    Signals:
        receive: Nothing; the officer wants to receive.
        more: Nothing; the person brings one more dossier, received together with this one.
        changed: Nothing; the officer gave another day.
    """

    receive = Signal()
    more = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Hẹn trả và phí"), parent=parent)
        self.setFixedWidth(WIDTH)
        self._asks_day = False
        self._due = words(role="huge")
        self._due.setObjectName("due")
        self._due_at = words(role="value", wrap=True)
        self._limit = words(role="caption", wrap=True)
        self.day = DayEdit("due_on", self.tr("Ngày hẹn trả kết quả"))
        self.day.textEdited.connect(self.changed)
        self.fees = FeesBlock()
        self._ticket = words(role="caption", wrap=True)
        self._ticket.setObjectName("visit_ticket")
        self._parked = words(role="caption", wrap=True)
        self._parked.setObjectName("parked_visits")
        self._parked.hide()
        self._lacking = Badge()
        self._lacking.setObjectName("lacking")
        self.add = KeyButton(self.tr("Thêm hồ sơ nữa"), "Ctrl+F9")
        self.add.setObjectName("add_dossier")
        told = self.tr("Để hồ sơ này chờ, làm tiếp hồ sơ khác của cùng người nộp (Ctrl+F9)")
        self.add.setToolTip(told)
        self.add.clicked.connect(self.more)
        self.button = KeyButton(
            self.tr("Tiếp nhận hồ sơ"), "F9", sign="receive", primary=True, tall=True
        )
        self.button.setObjectName("receive")
        self.button.clicked.connect(self.receive)
        self.body.addWidget(self._promise(), 1)
        self._add(self._ticket)
        self._add(self._parked)
        self._add(self._lacking)
        self._add(self.add)
        self._add(self.button)
        purpose = words(self.tr("Dữ liệu chỉ dùng giải quyết hồ sơ này."), "caption")
        whole = self.tr(
            "Dữ liệu cá nhân chỉ dùng để giải quyết hồ sơ này (Luật 91/2025/QH15); công dân có "
            "quyền xem và xin sửa."
        )
        purpose.setToolTip(whole)
        purpose.setAccessibleDescription(whole)
        purpose.setObjectName("purpose")
        self._add(purpose)
        self.show_plan(None)
        self.show_ticket(None)

    def show_plan(self, plan: ReceptionPlan | None) -> None:
        """Show what would be promised now; None before a procedure is chosen."""
        self._asks_day = plan is not None and plan.due_at is None
        self.day.setVisible(self._asks_day)
        self._due.setVisible(not self._asks_day)
        if plan is None:
            self._due.setText(UNKNOWN)
            self._due_at.hide()
            self._limit.setText(self.tr("Chọn thủ tục để thấy ngày hẹn trả và phí."))
            self.fees.show_fees((), None)
            if "returns" in vars(self):
                self.returns.hide()
            return
        self.returns.show()
        self._due_at.show()
        if plan.due_at is not None:
            day = local_day(plan.due_at)
            self._due.setText(written.day(day))
            told = self.tr("%1, lúc %2").replace("%1", written.weekday(day))
            self._due_at.setText(told.replace("%2", written.clock(plan.due_at)))
        else:
            self._due_at.setText(self.tr("Luật không định thời hạn: hãy nhập ngày hẹn."))
        self._limit.setText(self.tr("Thời hạn: %1").replace("%1", plan.time_limit_words))
        self.fees.show_fees(plan.fees, plan.total)

    def show_lacking(self, lacking: str) -> None:
        """Say what is still needed; an empty text frees the key."""
        if lacking:
            self._lacking.say("muted", lacking)
        else:
            self._lacking.say("good", self.tr("Đã đủ để tiếp nhận"))
        self.button.setEnabled(not lacking)
        self.add.setEnabled(not lacking)

    def show_refused(self, reason: str) -> None:
        """Say why this person's dossier is not received."""
        self._lacking.say("bad", reason)
        self.button.setEnabled(False)
        self.add.setEnabled(False)

    def show_saving(self) -> None:
        """Say that it is being saved; the key rests meanwhile."""
        self._lacking.say("info", self.tr("Đang lưu…"), icon="database")
        self.button.setEnabled(False)
        self.add.setEnabled(False)

    @cached_property
    def basket(self) -> Basket:
        """What waits to be received with this one; made when there is something."""
        from ui.officer.receive.basket import Basket

        basket = Basket(self)
        self.body.insertWidget(self.body.indexOf(self._ticket), basket)
        return basket

    @cached_property
    def returns(self) -> ReturnChoice:
        """Where the citizen wants the result; made when there is one to promise."""
        from ui.officer.receive.return_choice import ReturnChoice

        returns = ReturnChoice(self)
        self._promised.insertWidget(self._promised.indexOf(self.fees) + 1, returns)
        return returns

    @property
    def waiting(self) -> tuple[ReceptionAsked, ...]:
        """The dossiers that wait to be received with this one."""
        return self.basket.asked if "basket" in vars(self) else ()

    def show_count(self, count: int, *, is_whole: bool) -> None:
        """Say how many the key receives; *is_whole* when one more can wait beside them."""
        told = self.tr("Tiếp nhận %1 hồ sơ").replace("%1", str(count))
        self.button.setText(told if count > 1 else self.tr("Tiếp nhận hồ sơ"))
        self.add.setVisible(is_whole)

    def show_ticket(self, number: str | None) -> None:
        """Show the number the visit began with."""
        text = self.tr("Số thứ tự: %1").replace("%1", number or "")
        self._ticket.setText(
            text if number else self.tr("Chưa lấy số: phiếu số được in cùng giấy tiếp nhận.")
        )

    def show_parked(self, count: int) -> None:
        """Say how many visits are laid aside, and how to go on with them."""
        told = self.tr("Đang gác %1 lượt: bấm Ctrl+F10 để làm tiếp.")
        self._parked.setText(told.replace("%1", str(count)))
        self._parked.setVisible(count > 0)

    @property
    def asks_day(self) -> bool:
        """Whether the law sets no limit, so that the officer gives the day."""
        return self._asks_day

    def due_on(self) -> date | None:
        """Return the day the officer gave where the law sets none."""
        return self.day.find_day() if self._asks_day else None

    def forget(self) -> None:
        """Begin the next visit."""
        if "basket" in vars(self):
            self.basket.forget()
        self.begin_another()
        if "returns" in vars(self):
            self.returns.forget()
        self.show_ticket(None)

    def begin_another(self) -> None:
        """Begin another dossier of the same visit."""
        self.day.clear()
        self.show_plan(None)

    def _promise(self) -> QWidget:
        """Return due date and fees; on a low screen they scroll, and the keys below stay."""
        sheet = QWidget()
        column = self._promised = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.body.spacing())
        for widget in (
            words(self.tr("Hẹn trả kết quả"), "caption"),
            self._due,
            self.day,
            self._due_at,
            self._limit,
        ):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(frame("line"))
        column.addSpacing(6)
        column.addWidget(self.fees)
        column.addStretch(1)
        return scrolled(sheet)

    def _add(self, widget: QWidget) -> None:
        self.body.addWidget(widget)
