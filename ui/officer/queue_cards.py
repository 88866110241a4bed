"""The cards around the queue: who stands here, who was laid aside or missed, a typed number."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from counter.hall import QueueTicket, QueueView
from ui import written
from ui.parts.keys import KeyButton
from ui.parts.layouts import empty
from ui.parts.words import frame, words

WIDTH = 340
MOST_SHOWN = 3
"""Numbers in one group of the bar; more are counted."""


class CurrentCard(QWidget):
    """Who stands at this counter, and what can be done with the number.

    Signals:
        begin, again, hold, miss, pass_on, finish: Nothing.
    """

    begin = Signal()
    again = Signal()
    hold = Signal()
    miss = Signal()
    pass_on = Signal()
    finish = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._number = words("—", "giant")
        self._number.setObjectName("current_number")
        self._number.setAccessibleDescription(self.tr("Đang ở quầy này"))
        self._service = words(role="value", wrap=True)
        self._since = words(role="caption", wrap=True)
        self._begin = KeyButton(self.tr("Tiếp nhận số này"), "F2", sign="receive")
        self._begin.clicked.connect(self.begin)
        self._again = KeyButton(self.tr("Gọi lại"), "Shift+F8", sign="call")
        self._again.setObjectName("call_again")
        self._again.clicked.connect(self.again)
        self._hold = _small(self.tr("Tạm gác"), "hold", self.tr("Tạm gác (Ctrl+F8)"))
        self._hold.clicked.connect(self.hold)
        told = self.tr("Ghi vắng sau ba lần gọi, mỗi lần cách một phút (Ctrl+Shift+F9)")
        self._miss = _small(self.tr("Vắng mặt"), "miss", told)
        self._miss.clicked.connect(self.miss)
        told = self.tr("Chuyển sang lĩnh vực, quầy hay cán bộ khác (Ctrl+Shift+F8)")
        self.places = _small(self.tr("Chuyển số…"), "pass_on", told)
        self.places.clicked.connect(self.pass_on)
        told = self.tr("Xong số này mà chưa gọi số tiếp theo (Alt+F8)")
        self._finish = _small(self.tr("Xong"), "finish", told)
        self._finish.clicked.connect(self.finish)
        card = frame("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 8, 20, 12)
        column.setSpacing(4)
        column.addLayout(self._head())
        column.addSpacing(4)
        column.addWidget(self._begin)
        column.addWidget(self._again)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._hold)
        row.addWidget(self._miss)
        column.addLayout(row)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.places)
        second.addWidget(self._finish)
        column.addLayout(second)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        self.show_current(None)

    def _head(self) -> QHBoxLayout:
        """Return the number with what it is for beside it; below it there is no room."""
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addStretch(1)
        told.addWidget(self._service)
        told.addWidget(self._since)
        told.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._number)
        head.addLayout(told, 1)
        return head

    def show_current(self, ticket: QueueTicket | None) -> None:
        """Show who stands here; None when the counter is free."""
        self._number.setText(ticket.number if ticket else "—")
        self._service.setText(ticket.service_name if ticket else "")
        self._service.setVisible(bool(ticket and ticket.service_name))
        self._since.setText(self._told(ticket) if ticket else self.tr("Chưa gọi ai"))
        is_called = ticket is not None and ticket.state == "called"
        self._begin.setEnabled(ticket is not None)
        self._again.setEnabled(is_called)
        self._hold.setEnabled(ticket is not None)
        self._miss.setEnabled(is_called)
        self.places.setEnabled(ticket is not None)
        self._finish.setEnabled(ticket is not None)

    def _told(self, ticket: QueueTicket) -> str:
        if ticket.state == "called" and ticket.called_at is not None:
            told = self.tr("Đã gọi %1 lần, lần cuối lúc %2")
            told = told.replace("%1", str(max(ticket.calls, 1)))
            return told.replace("%2", written.clock(ticket.called_at))
        return self.tr("Đang phục vụ") if ticket.state == "serving" else self.tr("Đã gọi")


def _small(text: str, name: str, told: str) -> QPushButton:
    """Return a button beside another, which tells its key when the mouse rests on it."""
    button = QPushButton(text)
    button.setObjectName(name)
    button.setToolTip(told)
    return button


class AsideBar(QWidget):
    """Visits laid aside here and numbers that were missed: a press brings one back.

    Signals:
        resume: The row of a ticket.
        recall: A number.
        typed: A number the officer typed.
        renew_asked: Nothing; the administrator wants the damaged queue to begin anew.
    """

    resume = Signal(object)
    recall = Signal(object)
    typed = Signal(object)
    renew_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held_word = words(self.tr("Đang tạm gác"), "caption")
        self._missed_word = words(self.tr("Vắng, còn gọi lại được"), "caption")
        self._held, self._missed = QHBoxLayout(), QHBoxLayout()
        self._away = words(role="caption", tone="warn", wrap=True)
        self._away.setObjectName("away")
        self._renew = QPushButton(self.tr("Làm lại hàng đợi (quản trị)"))
        self._renew.setObjectName("renew_queue")
        self._renew.clicked.connect(self.renew_asked)
        told = QHBoxLayout()
        told.setSpacing(10)
        told.addWidget(self._away, 1)
        told.addWidget(self._renew)
        self._number = QLineEdit()
        self._number.setObjectName("typed_number")
        self._number.setPlaceholderText(self.tr("Gõ số, như A012"))
        self._number.setAccessibleName(self.tr("Số muốn gọi"))
        self._number.setMaxLength(7)
        self._number.setFixedWidth(150)
        self._number.returnPressed.connect(self._on_typed)
        call = QPushButton(self.tr("Gọi số này"))
        call.setObjectName("call_typed")
        call.clicked.connect(self._on_typed)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._number)
        row.addWidget(call)
        for word, line in ((self._held_word, self._held), (self._missed_word, self._missed)):
            line.setSpacing(6)
            row.addSpacing(10)
            row.addWidget(word)
            row.addLayout(line)
        row.addStretch(1)
        card = frame("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 8, 20, 8)
        column.setSpacing(6)
        column.addLayout(told)
        column.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        self.show_queue(QueueView(None, ()))

    def show_queue(self, view: QueueView) -> None:
        """Show who can be brought back, and whether numbers are called by typing now."""
        _fill(self._held, [(t.number, partial(self.resume.emit, t.row)) for t in view.held])
        _fill(self._missed, [(n, partial(self.recall.emit, n)) for n in view.missed])
        self._held_word.setVisible(bool(view.held))
        self._missed_word.setVisible(bool(view.missed))
        stands = view.reserve
        is_away = stands is not None and stands.is_away
        is_damaged = stands is not None and stands.is_damaged
        self._away.setVisible(is_away or is_damaged)
        self._renew.setVisible(is_damaged)
        if stands is not None and (is_away or is_damaged):
            told = (
                self.tr(
                    "Tệp giữ số của máy này (office.db) bị hỏng. Hãy gõ số trên phiếu để gọi; số"
                    " cấp ở đây mang chữ %1. Người quản trị làm lại hàng đợi thì mới gọi như cũ."
                )
                if stands.is_damaged
                else self.tr(
                    "Mất liên lạc với máy giữ số. Hãy gõ số trên phiếu để gọi; số cấp ở đây mang"
                    " chữ %1. Có lại mạng, chương trình tự ghép sổ."
                )
            )
            self._away.setText(told.replace("%1", stands.letter or "?"))

    @Slot()
    def _on_typed(self) -> None:
        number = self._number.text().strip().upper()
        if number:
            self._number.clear()
            self.typed.emit(number)


def _fill(line: QHBoxLayout, wanted: list[tuple[str, object]]) -> None:
    empty(line)
    for number, press in wanted[:MOST_SHOWN]:
        button = QPushButton(number)
        button.setObjectName(f"bring_{number}")
        button.clicked.connect(press)
        line.addWidget(button)
    if len(wanted) > MOST_SHOWN:
        line.addWidget(words(f"+{len(wanted) - MOST_SHOWN}", "caption"))
