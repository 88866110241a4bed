"""The line at the foot: reader, printer, portal and what is unsent, each with word and icon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui import texts, written
from ui.icons import icon
from ui.parts.words import set_look, tip, words

if TYPE_CHECKING:
    from datetime import datetime

    from counter.ports import PrinterState, ReadersChanged, SyncState

INKS = {"good": "good", "warn": "warn", "bad": "bad", "muted": "muted"}


class StatusLine(QFrame):
    """Five states, each a button that leads to the page that explains it.

    Signals:
        devices: Nothing; show the devices page.
        portal: Nothing; show the portal page.
        today: Nothing; show the morning page.
    """

    devices = Signal()
    portal = Signal()
    today = Signal()

    def __init__(self, version: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self._printers: dict[str, PrinterState] = {}
        self._reader = self._button("status_reader", self.devices)
        self._printer = self._button("status_printer", self.devices)
        self._portal = self._button("status_portal", self.portal)
        self._unsent = self._button("status_unsent", self.portal)
        self._due = self._button("status_due", self.today)
        self._due.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 14, 2)
        row.setSpacing(4)
        for button in (self._reader, self._printer, self._portal, self._unsent, self._due):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(words(version, "caption"))
        self._say(self._reader, "muted", "reader", self.tr("Đầu đọc: đang tìm"))
        self._say(self._printer, "muted", "printer", self.tr("Máy in: đang hỏi"))
        self._say(self._portal, "muted", "portal", self.tr("Cổng: đang liên lạc"))
        self._say(self._unsent, "muted", "send", self.tr("Chờ gửi: 0"))

    def show_readers(self, event: ReadersChanged) -> None:
        """Show whether a card reader is there."""
        if event.error is not None:
            text = self.tr("Đầu đọc: ") + texts.sentence(event.error).what
            self._say(self._reader, "bad", "reader", text)
        else:
            self._say(self._reader, "good", "reader", self.tr("Đầu đọc: sẵn sàng"))
            self._reader.setToolTip(tip(", ".join(event.names)))

    def show_printer(self, state: PrinterState) -> None:
        """Show whether the printers are ready: the first that is not is named."""
        self._printers[state.role] = state
        for known in self._printers.values():
            if known.error is not None:
                text = self.tr("Máy in: ") + texts.sentence(known.error).what
                self._say(self._printer, "bad", "printer", text)
                return
        self._say(self._printer, "good", "printer", self.tr("Máy in: sẵn sàng"))

    def show_sync(self, state: SyncState) -> None:
        """Show whether the portal answers and how much is unsent."""
        if state.reachable is None:
            self._say(self._portal, "muted", "portal", self.tr("Cổng: đang liên lạc"))
        elif state.reachable and state.error is None:
            self._say(self._portal, "good", "portal", self.tr("Cổng: đang trả lời"))
        elif state.reachable:
            self._say(self._portal, "warn", "portal", self.tr("Cổng: có điều cần xem"))
        else:
            self._say(
                self._portal, "warn", "portal-off", self.tr("Cổng: mất liên lạc, làm tiếp được")
            )
        self.show_unsent(state.unsent, state.parked, state.oldest_unsent_at)

    def show_unsent(self, unsent: int, parked: int, since: datetime | None) -> None:
        """Show how many messages wait and since when, and how many the portal gave back."""
        text = self.tr("Chờ gửi: %1").replace("%1", str(unsent))
        if unsent and since is not None:
            text += self.tr(" từ %1").replace("%1", written.near(since))
        if parked:
            text += self.tr(" · bị trả lại: %1").replace("%1", str(parked))
        tone = "bad" if parked else "warn" if unsent else "good"
        self._say(self._unsent, tone, "send", text)

    def show_due(self, soon: int, late: int) -> None:
        """Show how many results are due soon and how many are late."""
        parts = []
        if late:
            parts.append(self.tr("%1 quá hạn").replace("%1", str(late)))
        if soon:
            parts.append(self.tr("%1 sắp đến").replace("%1", str(soon)))
        told = " · ".join(parts) or self.tr("không gấp")
        tone = "bad" if late else "warn" if soon else "good"
        self._say(self._due, tone, "calendar", self.tr("Hẹn trả: %1").replace("%1", told))
        self._due.show()

    def _button(self, name: str, asked: SignalInstance) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setProperty("role", "status")
        button.setIconSize(QSize(16, 16))
        button.clicked.connect(asked)
        return button

    def _say(self, button: QPushButton, tone: str, sign: str, text: str) -> None:
        button.setText(text)
        button.setIcon(icon(sign, INKS[tone], 16))
        button.setAccessibleName(text)
        set_look(button, tone="" if tone == "good" else tone)
