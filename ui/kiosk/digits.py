"""Six boxes over a pad of ten digits for a finger; it takes no keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.kiosk.measures import TITLE_MM, Measures
from ui.kiosk.touch import Touch
from ui.kiosk.wishes import OpenCard
from ui.parts.words import words

LENGTH = 6
EMPTY = "_"


class DigitPad(QWidget):
    """What was touched is seen; it is told once all six are there.

    Signals:
        entered: An ``OpenCard``.
    """

    entered = Signal(object)

    def __init__(self, measures: Measures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digits = ""
        self._shown: QLabel = words()
        self._shown.setObjectName("digits")
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setFont(measures.font(TITLE_MM, QFont.Weight.Bold))
        grid = QGridLayout()
        grid.setSpacing(measures.gap)
        for place, sign in enumerate("1234567890"):
            grid.addWidget(self._key(sign, f"digit-{sign}", measures), place // 4, place % 4)
        clear = self._key(self.tr("Xóa"), "erase", measures)
        grid.addWidget(clear, 2, 2, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(measures.gap)
        column.addWidget(self._shown)
        column.addLayout(grid, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._show()

    def _key(self, text: str, name: str, measures: Measures) -> Touch:
        key = Touch(text, measures, name, size_mm=TITLE_MM)
        key.clicked.connect(self._erase if name == "erase" else self._on_digit)
        return key

    @Slot()
    def _on_digit(self) -> None:
        key = self.sender()
        if not isinstance(key, Touch) or len(self._digits) >= LENGTH:
            return
        self._digits += key.text()
        self._show()
        if len(self._digits) == LENGTH:
            self.entered.emit(OpenCard(self._digits))

    @Slot()
    def _erase(self) -> None:
        self._digits = self._digits[:-1]
        self._show()

    def _show(self) -> None:
        left = EMPTY * (LENGTH - len(self._digits))
        self._shown.setText("   ".join(self._digits + left))
