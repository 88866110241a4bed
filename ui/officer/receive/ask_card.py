"""Asks for what opens the chip: six digits on a pad, or the QR of the card."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.parts.card_picture import CardPicture
from ui.parts.words import set_look, words

PAUSE_MS = 250
"""A scanner sends its next letter sooner than that; a person who typed six digits has stopped."""


class AskCard(QWidget):
    """One field for six digits, twelve digits or a scanned QR, with a pad for the mouse.

    Six digits go by themselves; everything else goes with Enter, which a scanner sends too.

    Signals:
        given: A str: what was typed or scanned, trimmed.
        by_hand: Nothing; the officer wants to type the person's data.
    """

    given = Signal(str)
    by_hand = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setObjectName("card_digits")
        self.field.setProperty("role", "search")
        self.field.setPlaceholderText(self.tr("6 số cuối, hoặc quét mã QR"))
        self.field.setAccessibleName(self.tr("Sáu số cuối trên thẻ, hoặc mã QR của thẻ"))
        self.field.textEdited.connect(self._on_edited)
        self.field.returnPressed.connect(self._on_given)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self._say = words(role="caption", wrap=True)
        manual = QPushButton(self.tr("Không có thẻ: nhập tay"))
        manual.setObjectName("by_hand")
        manual.setToolTip(self.tr("Nhập tay, ghi rõ là chưa xác thực (Ctrl+N)"))
        manual.clicked.connect(self.by_hand)

        left = QVBoxLayout()
        left.addWidget(CardPicture())
        left.addStretch(1)
        middle = QVBoxLayout()
        middle.setSpacing(6)
        middle.addWidget(words(self.tr("Sáu số cuối trên thẻ"), "strong"))
        middle.addWidget(self.field)
        middle.addWidget(self._say)
        middle.addStretch(1)
        middle.addWidget(manual, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        row.addLayout(left)
        row.addLayout(middle, 1)
        row.addLayout(self._pad())
        self.ask()

    def ask(self) -> None:
        """Begin anew, with nothing typed."""
        self.field.clear()
        set_look(self.field, wrong="false")
        self._say.setText(
            self.tr("Chip chỉ mở được với sáu số này. Đặt thẻ lên đầu đọc trước hoặc sau đều được.")
        )

    def wrong(self, sentence: str) -> None:
        """Say why it did not do, leaving what was typed to be mended."""
        set_look(self.field, wrong="true")
        self._say.setText(sentence)
        self.field.setFocus()
        self.field.selectAll()

    def _pad(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, sign in enumerate(("1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "⌫")):
            if not sign:
                continue
            button = QPushButton(sign)
            button.setProperty("role", "digit")
            button.setFixedWidth(56)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(self.tr("Xóa một số") if sign == "⌫" else sign)
            button.clicked.connect(self._on_pad)
            grid.addWidget(button, place // 3, place % 3)
        return grid

    @Slot()
    def _on_pad(self) -> None:
        button = self.sender()
        sign = button.text() if isinstance(button, QPushButton) else ""
        if sign == "⌫":
            self.field.backspace()
        else:
            self.field.insert(sign)
        self.field.setFocus()
        self._on_edited(self.field.text())

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        set_look(self.field, wrong="false")
        if re.fullmatch(r"[0-9]{6}", text.strip()):
            self._pause.start()
        else:
            self._pause.stop()

    @Slot()
    def _on_pause(self) -> None:
        if re.fullmatch(r"[0-9]{6}", self.field.text().strip()):
            self._on_given()

    @Slot()
    def _on_given(self) -> None:
        self._pause.stop()
        text = self.field.text().strip()
        if text:
            self.given.emit(text)
