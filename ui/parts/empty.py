"""What a list shows while there is nothing in it: why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.icons import Drawing
from ui.parts.words import words


class Empty(QFrame):
    """An icon, a sentence and what to do next, in the middle of the space."""

    def __init__(self, icon: str, what: str, advice: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._what = words(what, "title")
        self._advice = words(advice, "caption", wrap=True)
        self._advice.setAlignment(middle)
        column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addStretch(2)
        column.addWidget(Drawing(icon, "faint", 40), 0, middle)
        column.addSpacing(6)
        column.addWidget(self._what, 0, middle)
        column.addWidget(self._advice)
        column.addStretch(3)

    @property
    def what(self) -> str:
        """The sentence it shows."""
        return self._what.text()

    def on_card(self) -> Empty:
        """Return it on a white card, for the middle of a page."""
        self.setProperty("role", "card")
        return self

    def say(self, what: str, advice: str) -> None:
        """Show another sentence."""
        self._what.setText(what)
        self._advice.setText(advice)
