"""The cashier's step: cash with its change, or a VietQR code and the portal's word for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QFormLayout, QVBoxLayout, QWidget

from counter.acted import Possible
from counter.acts import ActKind, Collect
from counter.errors import BadAmount
from counter.money import read_amount
from counter.payments import PaymentState
from counter.values import Dong
from ui import states, texts, written
from ui.officer.acts.code_panel import CodePanel
from ui.officer.acts.fields import line
from ui.officer.acts.form import ActAsked
from ui.parts.badge import Badge
from ui.parts.foot import foot
from ui.parts.keys import KeyButton, on_key
from ui.parts.question import Question, ask
from ui.parts.words import words
from ui.said import said

if TYPE_CHECKING:
    from counter.payments import PaymentView
    from ui.officer.acts.code_panel import Rows
    from ui.officer.acts.return_field import ReturnField

WIDTH = 720
CODE = 300
SMALLEST_NOTE = 200
"""No smaller note than 200 đ is in circulation."""


class CollectForm(QDialog):
    """Asks how the fee is paid, and shows how a payment by code stands.

    Attributes:
        payment: The payment that was asked for; None while cash is meant.
        code: The dossier's code.

    Signals:
        asked: An ActAsked: cash was taken.
        code_asked: Nothing; a code is wanted.
        drop_asked: The id of a payment to take back.
        paper_asked: The id of a payment whose code the citizen takes along on paper.
    """

    asked = Signal(object)
    code_asked = Signal()
    drop_asked = Signal(object)
    paper_asked = Signal(object)

    kind = ActKind.COLLECT
    given: ReturnField | None = None

    def __init__(
        self,
        possible: Possible,
        encode: Callable[[str], Rows],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("collect_form")
        self.setWindowTitle(said(states.ACTS[self.kind]))
        self.setFixedWidth(WIDTH)
        self.payment: PaymentView | None = None
        self.is_reachable = True
        self._is_enough = True
        self._possible = possible
        self.code = possible.code
        self._cash = self._cash_side()
        self._panel = CodePanel(encode, CODE)
        self._panel.hide()
        self._badge = Badge()
        self._badge.setObjectName("collect_state")
        self._badge.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addWidget(words(said(states.ACTS[self.kind]), "page-title"))
        column.addWidget(words(f"{possible.code}  ·  {possible.applicant}", "caption"))
        column.addWidget(self._cash)
        column.addWidget(self._panel)
        column.addWidget(self._badge)
        column.addStretch(1)
        self._code = KeyButton(self.tr("Mã VietQR"), "Ctrl+Shift+Q")
        self._code.setObjectName("collect_code")
        self._code.setAutoDefault(False)
        self._code.clicked.connect(self.other_way)
        self._paper = KeyButton(self.tr("In mã QR"), "Ctrl+P", sign="printer")
        self._paper.setObjectName("collect_paper")
        self._paper.setAutoDefault(False)
        self._paper.clicked.connect(self.print_code)
        self._paper.hide()
        self._go = KeyButton(self.tr("Đã nhận tiền mặt"), "Ctrl+Return", primary=True)
        self._go.setObjectName("act_go")
        self._go.setAutoDefault(False)
        self._go.clicked.connect(self.go)
        buttons = foot(self, KeyButton(self.tr("Thôi"), "Esc"), self._go)
        buttons.insertWidget(0, self._code)
        buttons.insertWidget(1, self._paper)
        column.addLayout(buttons)
        on_key("Ctrl+Return", self, self.go)
        on_key("Ctrl+Shift+Q", self, self.other_way)
        on_key("Ctrl+P", self, self.print_code)
        self._paid.setFocus()

    def show_payment(self, payment: PaymentView) -> None:
        """Show how the payment by code stands now."""
        was_shown = not self._panel.isHidden()
        self.payment = payment
        is_shown = payment.state is PaymentState.SHOWN
        self._panel.show_payment(payment)
        self._panel.setVisible(is_shown)
        self._paper.setVisible(is_shown)
        self._cash.setVisible(not is_shown)
        if was_shown and not is_shown:  # what was given before the code was asked for is back
            self._paid.clear()
            self._paid.setFocus()
        self._say_state(payment)
        self.adjustSize()

    def show_reachable(self, *, reachable: bool) -> None:
        """Say whether the portal answers."""
        self.is_reachable = reachable
        if self.payment is not None:
            self._say_state(self.payment)

    def refuse(self, error: BaseException) -> None:
        """Say why it could not be done; the form stays."""
        told = texts.sentence(error)
        self._say("bad", f"{told.what} {told.advice}")
        self._go.setEnabled(self._is_enough)
        self._code.setEnabled(True)

    @Slot()
    def go(self) -> None:
        """Take cash, once no code can be paid any more."""
        payment = self.payment
        if payment is None or not payment.is_open or not payment.was_seen:
            self._take_cash(unheard=False)
        elif payment.state is PaymentState.SHOWN:
            self.drop_asked.emit(payment.id)
        elif not self.is_reachable:
            question = Question(
                what=self.tr("Cổng chưa trả lời. Thu tiền mặt %1?").replace(
                    "%1", written.money(self._possible.owed)
                ),
                meaning=self.tr(
                    "Chỉ thu khi đã xem điện thoại của công dân và chắc chắn chưa chuyển khoản. "
                    "Nếu tiền vẫn đến sau, hồ sơ sẽ hiện ở trang Hôm nay để hoàn lại."
                ),
                go=self.tr("Chưa chuyển khoản, thu tiền mặt"),
                stay=self.tr("Chờ thêm"),
            )
            ask(self, question, lambda: self._take_cash(unheard=True))

    @Slot()
    def other_way(self) -> None:
        """Ask for a code, or for a new one where the last has ended."""
        if self._code.isEnabled() and (self.payment is None or not self.payment.is_open):
            self._code.setEnabled(False)
            self.code_asked.emit()

    @Slot()
    def print_code(self) -> None:
        """Ask for the code on paper, while it can be paid with."""
        if self.payment is not None and self.payment.state is PaymentState.SHOWN:
            self.paper_asked.emit(self.payment.id)

    def say_printed(self) -> None:
        """Say that the paper comes; it is no receipt."""
        self._say("info", self.tr("Đang in mã QR. Cổng báo đã nhận tiền rồi mới có phiếu thu."))

    def _cash_side(self) -> QWidget:
        fields = QFormLayout()
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setVerticalSpacing(12)
        fields.setHorizontalSpacing(16)
        fields.addRow(self.tr("Phải thu"), words(written.money(self._possible.owed), "huge"))
        self._paid = line("cash_paid", self.tr("Công dân đưa"))
        self._paid.setPlaceholderText(self.tr("Để trống khi đưa vừa đủ"))
        self._paid.textChanged.connect(self._count)
        self._change = words(role="huge")
        self._change.setObjectName("cash_change")
        fields.addRow(self.tr("Công dân đưa"), self._paid)
        fields.addRow(self.tr("Trả lại"), self._change)
        side = QWidget()
        side.setLayout(fields)
        self._change.setText(written.money(Dong(0)))
        return side

    @Slot()
    def _count(self) -> None:
        """Show the change; what was given must be enough before the money is noted."""
        text, owed = self._paid.text().strip(), self._possible.owed
        try:
            change = read_amount(text) - owed if text else 0
        except BadAmount:
            self._change.setText("—")
            self._go.setEnabled(False)
            self._is_enough = False
            self._say("warn", self.tr("Số tiền chưa đúng. Hãy gõ như 50000 hoặc 50.000."))
            return
        self._go.setEnabled(change >= 0)
        self._is_enough = change >= 0
        self._change.setText(written.money(Dong(change)) if change >= 0 else "—")
        if change < 0:
            told = self.tr("Còn thiếu %1.").replace("%1", written.money(Dong(-change)))
            self._say("warn", told)
        elif change % SMALLEST_NOTE:
            rounded = Dong(change - change % SMALLEST_NOTE)
            told = self.tr(
                "Không có tờ nhỏ hơn 200 đ: hãy xin công dân đưa tiền lẻ để trả lại đúng, hoặc "
                "thu bằng VietQR. Trả được bằng tiền giấy: %1."
            )
            self._say("warn", told.replace("%1", written.money(rounded)))
        else:
            self._badge.hide()

    def _take_cash(self, *, unheard: bool) -> None:
        if not self._go.isEnabled():
            return
        self._go.setEnabled(False)
        self.asked.emit(ActAsked(self._possible.dossier_id, Collect(unheard=unheard)))

    def _say_state(self, payment: PaymentView) -> None:
        state = payment.state
        waits = state in {PaymentState.WANTED, PaymentState.SHOWN, PaymentState.DROPPING}
        tone, told = self._words_for(payment)
        if waits and not self.is_reachable and state is not PaymentState.SHOWN:
            tone = "warn"
            told = self.tr("Cổng chưa trả lời, có thể đang mất mạng. Thu tiền mặt được ngay.")
            if payment.was_seen:
                told = self.tr(
                    "Đang hủy mã nhưng cổng chưa trả lời. Nếu chắc chắn công dân chưa chuyển "
                    "khoản thì thu tiền mặt được."
                )
        self._say(tone, told)
        self._code.setVisible(not waits and state is not PaymentState.PAID)
        self._code.setText(self.tr("Mã VietQR mới"))
        self._code.setEnabled(True)
        is_shown = state is PaymentState.SHOWN
        self._go.setText(self.tr("Hủy mã, thu tiền mặt") if is_shown else self._go_words())
        stuck = state is PaymentState.DROPPING and payment.was_seen and self.is_reachable
        self._go.setEnabled(
            state is not PaymentState.PAID and not stuck and (is_shown or self._is_enough)
        )

    def _go_words(self) -> str:
        return self.tr("Đã nhận tiền mặt")

    def _words_for(self, payment: PaymentView) -> tuple[str, str]:
        match payment.state:
            case PaymentState.WANTED:
                return "info", self.tr("Đang xin mã của cổng…")
            case PaymentState.SHOWN:
                return "info", self.tr(
                    "Chờ cổng báo đã nhận tiền. Công dân quét mã chưa phải là đã trả."
                )
            case PaymentState.DROPPING:
                return "info", self.tr("Đang hủy mã ở cổng, chưa thu tiền mặt vội…")
            case PaymentState.PAID if payment.refunded_at is not None:
                return "warn", self.tr("Cổng đã hoàn khoản này cho người nộp. Hãy thu lại.")
            case PaymentState.PAID:
                return "good", self.tr("Cổng báo đã nhận tiền. Đang ghi phiếu thu…")
            case PaymentState.EXPIRED:
                return "warn", self.tr("Mã đã hết hạn. Hãy lấy mã mới hoặc thu tiền mặt.")
            case PaymentState.CANCELLED:
                return "info", self.tr("Mã đã hủy. Thu tiền mặt, hoặc lấy mã mới.")
            case PaymentState.REFUSED:
                told = self.tr("Cổng không nhận khoản này (%1). Hãy thu tiền mặt.")
                return "bad", told.replace("%1", _reason(payment.trouble))

    def _say(self, tone: str, told: str) -> None:
        self._badge.say(tone, told)
        self._badge.show()


def _reason(trouble: str | None) -> str:
    """Return the portal's word for why it refused, such as ``validation``."""
    try:
        told = json.loads(trouble or "{}")
    except ValueError:
        return "—"
    errors = told.get("errors") or [{}]
    return str(errors[0].get("message") or told.get("type") or "—")
