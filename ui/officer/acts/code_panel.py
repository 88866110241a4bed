"""A payment code as the citizen sees it: the sum, the code, who receives it, and until when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter.payments import PaymentState
from ui import written
from ui.parts.words import words

if TYPE_CHECKING:
    from counter.payments import PaymentView

QUIET = 4
"""Light modules around a code (ISO/IEC 18004, 9.1)."""

Rows = Sequence[Sequence[tuple[int, int]]]
"""For each row of a code its dark runs: where each begins, and how long it is."""


def picture_of(rows: Rows) -> QImage:
    """Return a code as a picture, one pixel for each module, with its quiet zone."""
    side = len(rows) + 2 * QUIET
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    dark = QColor(Qt.GlobalColor.black)
    for row, runs in enumerate(rows):
        for begin, length in runs:
            for place in range(begin, begin + length):
                image.setPixelColor(QUIET + place, QUIET + row, dark)
    return image


class CodePicture(QWidget):
    """Paints a code in whole pixels, dark on white in every theme: cameras want it so."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("payment_code")
        self.rows: Rows = ()
        self._side = side
        self.setMinimumSize(QSize(side, side))
        self.show_rows(())

    def show_rows(self, rows: Rows) -> None:
        """Show a code; no rows show an empty place."""
        self.rows = rows
        named = self.tr("Mã VietQR để quét") if rows else self.tr("Chưa có mã VietQR")
        self.setAccessibleName(named)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = min(self.width(), self.height())
        left, top = (self.width() - side) // 2, (self.height() - side) // 2
        painter.fillRect(QRect(left, top, side, side), Qt.GlobalColor.white)
        if not self.rows:
            return
        module = max(1, side // (len(self.rows) + 2 * QUIET))
        left += (side - module * len(self.rows)) // 2
        top += (side - module * len(self.rows)) // 2
        for row, runs in enumerate(self.rows):
            for begin, length in runs:
                painter.fillRect(
                    left + begin * module,
                    top + row * module,
                    length * module,
                    module,
                    Qt.GlobalColor.black,
                )


class CodePanel(QWidget):
    """What a citizen compares with the telephone before paying."""

    def __init__(
        self, encode: Callable[[str], Rows], side: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._encode = encode
        self.picture = CodePicture(side)
        self._sum = words(role="huge")
        self._sum.setObjectName("payment_sum")
        self._account = words(role="value", wrap=True)
        self._until = words(role="caption", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.picture, 1)
        for label in (self._sum, self._account, self._until):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)

    def show_payment(self, payment: PaymentView) -> None:
        """Show the code of *payment*, but none that was taken back or has ended."""
        alive = payment.state is PaymentState.SHOWN and payment.qr is not None
        self.picture.show_rows(self._encode(payment.qr) if alive and payment.qr else ())
        self._sum.setText(written.money(payment.amount))
        self._account.setText(payment.account)
        until = ""
        if alive and payment.expires_at is not None:
            until = self.tr("Nội dung: %1 · quét trước %2")
            until = until.replace("%1", payment.purpose)
            until = until.replace("%2", written.clock(payment.expires_at))
        self._until.setText(until)
