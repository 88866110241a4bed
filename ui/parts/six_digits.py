"""The pad for the six digits that open a card; digits of the keyboard work at once."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.icons import icon
from ui.theme import SIZES, colour

LENGTH = 6
ERASE = 24
"""Size of the drawing on the key that erases, in pixels."""
BURST_MS = 80
"""Signs that follow each other faster than this were typed by a scanner, not by a hand.

By when the keys were pressed, not by when the window comes to them: it may be busy meanwhile.
"""
PAUSE_MS = 140
"""Quiet time after which what was typed is taken."""


class SixDigits(QWidget):
    """Six boxes for six digits; a scanner that types into them is noticed.

    Signals:
        entered: The six digits as str.
        scanned: The text of a code as str, when it came faster than a hand types.
    """

    entered = Signal(object)
    scanned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digits = ""
        self._burst = ""
        self._heard_at_ms = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._take)
        self.setObjectName("six-digits")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(52)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.clear()

    @property
    def digits(self) -> str:
        """What was typed so far."""
        return self._digits

    def sizeHint(self) -> QSize:
        return QSize(6 * 46, 52)

    @Slot()
    def clear(self) -> None:
        """Forget what was typed."""
        self._pause.stop()
        self._digits = self._burst = ""
        self._show()

    def add(self, digit: str) -> None:
        """Take one digit of the pad."""
        if len(self._digits) < LENGTH:
            self._digits += digit
            self._show()
        if len(self._digits) == LENGTH:
            self._pause.start()

    @Slot()
    def erase(self) -> None:
        """Take the last digit back."""
        self._pause.stop()
        self._digits = self._digits[:-1]
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if key == Qt.Key.Key_Backspace:
            self.erase()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._burst:
            self._take()
        elif text and text.isprintable() and not event.modifiers() & _COMMANDS:
            self._hear(text, event.timestamp())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(SIZES.large + 2, QFont.Weight.DemiBold))
        gap = 8.0
        width = (self.width() - 5 * gap) / LENGTH
        for place in range(LENGTH):
            box = QRectF(place * (width + gap) + 1, 1, width - 2, self.height() - 2)
            here = self.hasFocus() and place == min(len(self._digits), LENGTH - 1)
            painter.setPen(QPen(colour("focus" if here else "line_strong"), 2 if here else 1))
            painter.setBrush(colour("surface"))
            painter.drawRoundedRect(box, SIZES.radius_small, SIZES.radius_small)
            painter.setPen(colour("text"))
            if place < len(self._digits):
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._digits[place])
        painter.end()

    def _hear(self, text: str, at_ms: int) -> None:
        if not 0 <= at_ms - self._heard_at_ms <= BURST_MS:
            self._burst = ""
        self._heard_at_ms = at_ms
        self._burst += text
        if text.isascii() and text.isdigit() and len(self._digits) < LENGTH:
            self._digits += text
            self._show()
        self._pause.start()

    @Slot()
    def _take(self) -> None:
        self._pause.stop()
        burst, self._burst = self._burst, ""
        if len(burst) == 2 * LENGTH and burst.isdigit():
            self._digits = burst[LENGTH:]
            self._show()
        elif len(burst) > LENGTH:
            self.clear()
            self.scanned.emit(burst)
            return
        if len(self._digits) == LENGTH:
            self.entered.emit(self._digits)

    def _show(self) -> None:
        self.setAccessibleName(self.tr("Sáu số cuối trên thẻ: đã gõ %n số", "", len(self._digits)))
        self.update()


class Pad(QWidget):
    """The six boxes over a pad of digits for finger or mouse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = SixDigits()
        self.setFocusProxy(self.boxes)
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, sign in enumerate("123456789"):
            grid.addWidget(self._button(sign), place // 3, place % 3)
        erase = self._button("")
        erase.setIcon(icon("erase", "text", ERASE))
        erase.setIconSize(QSize(ERASE, ERASE))
        erase.setAccessibleName(self.tr("Xóa một số"))
        erase.setToolTip(self.tr("Xóa một số (Backspace)"))
        clear = self._button(self.tr("Xóa"))
        clear.setToolTip(self.tr("Xóa cả sáu số"))
        grid.addWidget(clear, 3, 0)
        grid.addWidget(self._button("0"), 3, 1)
        grid.addWidget(erase, 3, 2)
        erase.clicked.connect(self.boxes.erase)
        clear.clicked.connect(self.boxes.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.boxes)
        column.addLayout(grid)

    def _button(self, sign: str) -> QPushButton:
        button = QPushButton(sign)
        button.setProperty("role", "digit")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if sign.isdigit():
            button.setObjectName(f"digit-{sign}")
            button.clicked.connect(self._on_digit)
        return button

    @Slot()
    def _on_digit(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.boxes.add(button.text())


_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
