"""The one kind of button a citizen touches: large, in words, acting when the finger lifts."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.icons import pixmap
from ui.kiosk.measures import TEXT_MM, Measures
from ui.theme import colour

WRAP = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
WRAP_LEFT = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)


class Touch(QAbstractButton):
    """A painted button with words and, where there is room, a drawing.

    Args:
        kind: ``main`` for the one most people want, ``help`` for a person, ``plain`` for others.
        sign: Name of an icon over the words; ``mark`` is a letter before them instead.
    """

    def __init__(
        self,
        text: str,
        measures: Measures,
        name: str,
        *,
        kind: str = "plain",
        sign: str = "",
        mark: str = "",
        size_mm: float = TEXT_MM,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._measures = measures
        self._kind = kind
        self._sign = sign
        self._mark = mark
        self._font = measures.font(size_mm, QFont.Weight.DemiBold)
        self._pad = measures.pixels(2)
        self.words_room = 0
        """Height left for words under a drawing, so that buttons side by side look alike."""
        one_line = QFontMetrics(self._font).height() + 2 * self._pad
        self.setMinimumSize(measures.target, max(measures.target, one_line))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def leave_sign_out(self) -> None:
        """Show the words alone."""
        self._sign = ""
        self.update()

    def height_for(self, width: int) -> int:
        """Return how high it must be for its words at *width*, in pixels."""
        room = QRect(0, 0, width - 2 * self._pad - self._mark_room, 10_000)
        words = QFontMetrics(self._font).boundingRect(room, WRAP, self.text())
        if words.width() > room.width():
            return 10_000
        return max(self._measures.target, words.height() + 2 * self._pad)

    def width_for_line(self) -> int:
        """Return how wide it must be for its words in one line, in pixels."""
        words = QFontMetrics(self._font).horizontalAdvance(self.text())
        return max(self._measures.target, words + 2 * self._pad + self._mark_room)

    @property
    def fits(self) -> bool:
        """Whether every word is seen at the size it has."""
        return self.height_for(self.width()) <= self.height()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        ground, ink, edge = self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(2, self._measures.pixels(0.6))
        painter.setPen(QPen(colour(edge), width))
        painter.setBrush(colour(ground))
        box = self.rect().adjusted(width, width, -width, -width)
        radius = self._measures.pixels(3)
        painter.drawRoundedRect(box, radius, radius)
        painter.setPen(colour(ink))
        painter.setFont(self._font)
        inner = self.rect().adjusted(self._pad, self._pad, -self._pad, -self._pad)
        if self._mark:
            self._paint_mark(painter, inner, ink)
            words = inner.adjusted(self._mark_room, 0, 0, 0)
            painter.drawText(words, WRAP_LEFT, self.text())
        else:
            painter.drawText(self._under_sign(painter, inner, ink), WRAP, self.text())
        painter.end()

    @property
    def _mark_room(self) -> int:
        if not self._mark:
            return 0
        return QFontMetrics(self._font).horizontalAdvance("M") + 3 * self._pad

    def _colours(self) -> tuple[str, str, str]:
        if self.isChecked() or self.isDown():
            return ("pick", "text", "text")
        if self._kind == "main":
            return ("primary", "on_primary", "primary")
        if self._kind == "help":
            return ("band", "on_band", "on_band")
        return ("surface", "text", "primary")

    def _paint_mark(self, painter: QPainter, inner: QRect, ink: str) -> None:
        side = self._mark_room - self._pad
        plate = QRect(inner.left(), inner.center().y() - side // 2, side, side)
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("primary"))
        painter.drawRoundedRect(plate, self._pad, self._pad)
        painter.setPen(colour("on_primary"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, self._mark)
        painter.restore()
        painter.setPen(colour(ink))

    def _paint_before(self, painter: QPainter, inner: QRect, ink: str) -> None:
        """Paint the drawing at the left edge when the words leave room for it there."""
        side = min(self._measures.pixels(18), inner.height())
        words = QFontMetrics(self._font).horizontalAdvance(self.text())
        if words + 2 * (side + self._pad) <= inner.width():
            top = inner.center().y() - side // 2
            drawing = pixmap(self._sign, ink, side, self.devicePixelRatioF())
            painter.drawPixmap(inner.left() + self._pad, top, drawing)

    def _under_sign(self, painter: QPainter, inner: QRect, ink: str) -> QRect:
        """Paint the drawing when there is room for it; return where the words go."""
        words = max(self.height_for(self.width()) - 2 * self._pad, self.words_room)
        side = min(self._measures.pixels(18), inner.height() - words - self._pad)
        if not self._sign:
            return inner
        if side < self._measures.pixels(6):
            self._paint_before(painter, inner, ink)
            return inner
        needed = QFontMetrics(self._font).boundingRect(inner, WRAP, self.text()).height()
        text = max(needed, self.words_room)
        top = inner.top() + (inner.height() - side - self._pad - text) // 2
        left = inner.center().x() - side // 2
        drawing = pixmap(self._sign, ink, side, self.devicePixelRatioF())
        painter.drawPixmap(left, top, drawing)
        return QRect(inner.left(), top + side + self._pad, inner.width(), text)
