"""What a list shows while there is nothing in it: why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.icons import Drawing
from ui.parts.words import words


class Empty(QWidget):
    """An icon, a sentence and what to do next, in the middle of the space."""

    def __init__(self, icon: str, what: str, advice: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._what = words(what, "title")
        self._advice = words(advice, "caption", wrap=True)
        self._advice.setAlignment(middle)
        self._advice.setMaximumWidth(520)
        self._advice.setMinimumWidth(360)
        column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addStretch(2)
        column.addWidget(Drawing(icon, "faint", 40), 0, middle)
        column.addSpacing(6)
        column.addWidget(self._what, 0, middle)
        column.addWidget(self._advice, 0, middle)
        column.addStretch(3)

    def say(self, what: str, advice: str) -> None:
        """Show another sentence."""
        self._what.setText(what)
        self._advice.setText(advice)
