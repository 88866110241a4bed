"""Asks for what opens the chip: six digits on a pad, or the QR of the card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.parts.badge import Badge
from ui.parts.card_picture import CardPicture
from ui.parts.six_digits import Pad
from ui.parts.words import words

ROOM_FOR_PICTURE = 500
"""Height from which the picture of the card has room beside the pad."""


class AskCard(QWidget):
    """The card pictured, six boxes and a pad; a scanner may type into it too.

    Six digits go by themselves after a short pause; of twelve the last six are taken.

    Signals:
        given: A str: six digits, or the text of a scanned code.
        by_hand: Nothing; the officer wants to type the person's data.
    """

    given = Signal(object)
    by_hand = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pad = Pad()
        self.field = self._pad.boxes
        self.field.setObjectName("card_digits")
        self.field.entered.connect(self.given)
        self.field.scanned.connect(self.given)
        self._picture = CardPicture()
        self._wrong = Badge()
        self._wrong.setObjectName("card_wrong")
        manual = QPushButton(self.tr("Không có thẻ – nhập tay (Ctrl+N)"))
        manual.setObjectName("by_hand")
        manual.setProperty("role", "quiet")
        manual.setAccessibleName(self.tr("Không có thẻ, nhập tay"))
        manual.clicked.connect(self.by_hand)
        self._hint = words(self.tr("Gõ sáu số cuối trên thẻ, hoặc quét mã QR"), wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._hint)
        column.addWidget(self._wrong)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._pad)
        column.addStretch(1)
        column.addWidget(manual)
        self.setFocusProxy(self.field)
        self.ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._picture.setVisible(self.height() >= ROOM_FOR_PICTURE)

    def ask(self) -> None:
        """Begin anew, with nothing typed."""
        self.field.clear()
        self._wrong.hide()
        self._hint.show()

    def wrong(self, sentence: str) -> None:
        """Say why what was typed did not do, and ask again."""
        self.field.clear()
        self._hint.hide()
        self._wrong.say("warn", sentence)
        self._wrong.show()
        self.field.setFocus()
