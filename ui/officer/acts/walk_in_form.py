"""Why somebody cannot be received: one reason, of the library or typed."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QFormLayout, QVBoxLayout, QWidget

from ui import texts
from ui.officer.acts.fields import choice
from ui.parts.badge import Badge
from ui.parts.foot import foot
from ui.parts.keys import KeyButton, on_key
from ui.parts.words import words

WIDTH = 680


class WalkInForm(QDialog):
    """Asks for the reason of guidance or a refusal.

    Signals:
        asked: A str: the reason.
    """

    asked = Signal(object)

    def __init__(
        self, title: str, meaning: str, reasons: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("walk_in_form")
        self.setWindowTitle(title)
        self.setFixedWidth(WIDTH)
        self.reason = choice("walk_in_reason", self.tr("Lý do"), reasons)
        self._badge = Badge()
        self._badge.hide()
        self._go = KeyButton(self.tr("Ghi nhận"), "Ctrl+Return", primary=True)
        self._go.setAutoDefault(False)
        self._go.clicked.connect(self.go)
        on_key("Ctrl+Return", self, self.go)
        fields = QFormLayout()
        fields.setHorizontalSpacing(16)
        fields.addRow(self.tr("Lý do"), self.reason)
        buttons = foot(self, KeyButton(self.tr("Thôi"), "Esc"), self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addWidget(words(title, "page-title"))
        column.addWidget(words(meaning, "caption", wrap=True))
        column.addLayout(fields)
        column.addWidget(self._badge)
        column.addLayout(buttons)

    def refuse(self, error: BaseException) -> None:
        """Say why it could not be recorded."""
        told = texts.sentence(error)
        self._badge.say("bad", f"{told.what} {told.advice}")
        self._badge.show()
        self._go.setEnabled(True)

    @Slot()
    def go(self) -> None:
        """Ask with the reason that stands here."""
        self._go.setEnabled(False)
        self.asked.emit(self.reason.currentText())
