"""The queue in the header: who stands here, how many wait, and the key that calls the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.parts.keys import KeyButton
from ui.parts.words import words

if TYPE_CHECKING:
    from counter.hall import QueueView


class QueueStrip(QWidget):
    """Seen from every page.

    Signals:
        call_asked: Nothing.
    """

    call_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current = words(role="number")
        self._current.setObjectName("strip_current")
        self._waiting = words(role="caption")
        self._waiting.setObjectName("strip_waiting")
        self._call = KeyButton(self.tr("Gọi số tiếp theo"), "F8", sign="call")
        self._call.setObjectName("call_next")
        self._call.clicked.connect(self.call_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(words(self.tr("Đang phục vụ"), "caption"))
        row.addWidget(self._current)
        row.addSpacing(4)
        row.addWidget(self._waiting)
        row.addWidget(self._call)
        self._show(None, 0)

    def show_queue(self, view: QueueView) -> None:
        """Show who stands here and how many wait."""
        self._show(view.current.number if view.current else None, len(view.waiting))

    def _show(self, number: str | None, waiting: int) -> None:
        self._current.setText(number or "—")
        self._waiting.setText(self.tr("%1 người chờ").replace("%1", str(waiting)))
