"""A small number with its arrows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

WIDTH = 84


class CountBox(QSpinBox):
    """Counts from *least* to *most*; the number stands in the middle.

    Whatever gives it the keyboard, the first figure typed takes the place of the number. The wheel
    scrolls what it stands on unless it has the keyboard.
    """

    def __init__(
        self, name: str, label: str, least: int, most: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setRange(least, most)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
