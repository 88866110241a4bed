"""A card on the page with a title; numbered where the page follows the steps of a paper form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.parts.words import set_look, words
from ui.theme import SIZES


class Section(QFrame):
    """A white card: a head with step, title and what is said at the right; the content below."""

    def __init__(self, title: str, *, step: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(SIZES.margin, SIZES.room, SIZES.margin, SIZES.margin)
        self.body.setSpacing(SIZES.gap)
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        self.body.addLayout(self.head)
        self._step = words(step, "step")
        self._step.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._number = step
        self.head.addWidget(self._step)
        self._step.setVisible(bool(step))
        self.head.addWidget(words(title, "title"))
        self.head.addStretch(1)

    def mark_done(self, done: bool) -> None:
        """Show a tick in place of the step's number, and its colour, once the step is done."""
        self._step.setText("✓" if done else self._number)
        set_look(self._step, tone="good" if done else "")
