"""A picture of the citizen card that shows where the six digits stand."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.icons import pixmap
from ui.theme import colour


class CardPicture(QWidget):
    """Draws a card with its twelve digits, the last six marked. Nothing on it is a person's.

    Args:
        scale: How much larger than in the officer's window it is drawn.
    """

    WIDTH, HEIGHT = 252, 158

    def __init__(self, parent: QWidget | None = None, *, scale: float = 1.0) -> None:
        super().__init__(parent)
        self._scale = scale
        self.setFixedSize(QSize(round(self.WIDTH * scale), round(self.HEIGHT * scale)))
        self.setAccessibleName(self.tr("Hình thẻ căn cước: gõ sáu số cuối của dãy mười hai số"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._scale, self._scale)
        card = QRectF(0, 0, self.WIDTH, self.HEIGHT).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(colour("line_strong"), 1))
        painter.setBrush(colour("primary_soft"))
        painter.drawRoundedRect(card, 12, 12)
        painter.setFont(theme.font(8, QFont.Weight.Bold))
        painter.setPen(colour("primary"))
        head = QRectF(14, 10, card.width() - 28, 18)
        painter.drawText(head, Qt.AlignmentFlag.AlignCenter, self.tr("CĂN CƯỚC"))
        painter.setPen(QPen(colour("line_strong"), 1))
        painter.setBrush(colour("surface"))
        painter.drawRoundedRect(QRectF(16, 38, 58, 76), 5, 5)
        painter.setBrush(colour("line"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QRectF(34, 50, 22, 24))
        painter.drawRoundedRect(QRectF(26, 80, 38, 28), 10, 10)
        for top, wide in ((84, 128), (98, 104), (112, 118)):
            painter.drawRoundedRect(QRectF(88, top, wide, 6), 3, 3)
        painter.setBrush(colour("band"))
        painter.drawRoundedRect(QRectF(16, 124, 30, 22), 4, 4)
        code = pixmap("qr", "muted", 26, self.devicePixelRatioF() * self._scale)
        painter.drawPixmap(self.WIDTH - 40, 8, code)
        self._digits(painter)
        painter.end()

    def _digits(self, painter: QPainter) -> None:
        painter.setFont(theme.font(12, QFont.Weight.DemiBold))
        left, step = 86.0, 12.4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("band"))
        painter.drawRoundedRect(QRectF(left + 6 * step - 1, 44, 6 * step + 3, 30), 5, 5)
        for place in range(12):
            box = QRectF(left + place * step, 44, step, 30)
            marked = place >= 6
            painter.setPen(colour("on_band" if marked else "faint"))
            sign = "123456"[place - 6] if marked else "•"
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)
