"""Paints the board from one ``HallView``, in proportion to whatever screen it fills."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme, written
from ui.theme import colour

if TYPE_CHECKING:
    from counter.hall import CallLine, HallView

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
LAST = 5
OLD_S = 10
"""Seconds after which the board says that what it shows is old."""


class BoardPicture(QWidget):
    """Called number and counter large, the last five, missed, waiting, clock and age.

    While somebody at a kiosk waits for a person, a band below the head says where.
    """

    def __init__(self, office: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._view: HallView | None = None
        self._now: datetime | None = None
        self._lit = False
        self._silent = False

    def set_office(self, office: str) -> None:
        """Name the office in the head."""
        self._office = office
        self.update()

    def show_view(self, view: HallView) -> None:
        """Show this state of the hall."""
        self._view = view
        current = view.calls[0] if view.calls else None
        self.setAccessibleName(call_words(self, current) if current else "")
        self.update()

    def show_moment(self, moment: datetime) -> None:
        """Show the time, and with it the age of what is shown."""
        self._now = moment
        self.update()

    def light(self, lit: bool) -> None:
        """Light the called number up or not: three flashes are a new call."""
        self._lit = lit
        self.update()

    def mute(self, silent: bool) -> None:
        """Say that this computer plays no sound."""
        self._silent = silent
        self.update()

    @property
    def is_old(self) -> bool:
        """Whether what is shown is older than it should be."""
        if self._view is None or self._now is None:
            return True
        return (self._now - self._view.moment).total_seconds() > OLD_S

    def age_words(self) -> str:
        """Return what is said of the age of the data."""
        if self._view is None:
            return self.tr("Đang mở bảng gọi số…")
        at = written.clock(self._view.moment)
        if self.is_old:
            told = self.tr("Mất liên lạc với máy giữ số từ %1. Xin nghe cán bộ gọi.")
            return told.replace("%1", at)
        sound = self.tr(" Máy này không phát được tiếng.") if self._silent else ""
        return self.tr("Cập nhật lúc %1.").replace("%1", at) + sound

    def help_words(self) -> str:
        """Return where somebody waits for a person; empty when nobody does."""
        if self._view is None or not self._view.helps:
            return ""
        told = self.tr("Có người cần giúp ở %1. Xin cán bộ đến giúp.")
        return told.replace("%1", ", ".join(self._view.helps))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour("page"))
        whole = QRectF(self.rect())
        unit = min(whole.width() / 16, whole.height() / 9)
        head = QRectF(0, 0, whole.width(), unit)
        foot_height = unit * (2.0 if whole.width() > whole.height() else 2.6)
        foot = QRectF(0, whole.height() - foot_height, whole.width(), foot_height)
        help_height = unit * 0.7 if self.help_words() else 0.0
        helps = QRectF(0, head.bottom(), whole.width(), help_height)
        middle = QRectF(0, helps.bottom(), whole.width(), foot.top() - helps.bottom())
        self._head(painter, head, unit)
        self._helps(painter, helps, unit)
        edge = unit / 4
        if whole.width() > whole.height():
            edge = unit / 8
            large = QRectF(middle.left(), middle.top(), middle.width() * 0.62, middle.height())
            last = QRectF(large.right(), middle.top(), middle.width() * 0.38, middle.height())
        else:
            large = QRectF(0, middle.top(), middle.width(), middle.height() * 0.52)
            last = QRectF(0, large.bottom(), middle.width(), middle.height() * 0.48)
        self._current(painter, large.adjusted(unit / 4, unit / 4, -edge, -unit / 4), unit)
        self._last(painter, last.adjusted(edge, unit / 4, -unit / 4, -unit / 4), unit)
        self._foot(painter, foot, unit)
        painter.end()

    def _head(self, painter: QPainter, box: QRectF, unit: float) -> None:
        painter.fillRect(box, colour("rail"))
        painter.setPen(colour("on_rail"))
        inner = box.adjusted(unit / 3, 0, -unit / 3, 0)
        if self._now is not None:
            clock = written.clock(self._now)
            _write(painter, inner, clock, unit * 0.62, RIGHT, bold=True)
        _write(painter, inner.adjusted(0, 0, -unit * 2.4, 0), self._office, unit * 0.4, LEFT)

    def _helps(self, painter: QPainter, box: QRectF, unit: float) -> None:
        if box.isEmpty():
            return
        painter.fillRect(box, colour("band"))
        painter.setPen(colour("on_band"))
        inner = box.adjusted(unit / 3, 0, -unit / 3, 0)
        _write(painter, inner, self.help_words(), unit * 0.42, LEFT, bold=True)

    def _current(self, painter: QPainter, box: QRectF, unit: float) -> None:
        view = self._view
        lit = self._lit
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("band" if lit else "primary"))
        painter.drawRoundedRect(box, unit / 4, unit / 4)
        painter.setPen(colour("on_band" if lit else "on_primary"))
        inner = box.adjusted(unit / 3, unit / 5, -unit / 3, -unit / 5)
        if view is None or not view.calls:
            _write(painter, inner, self.tr("Chưa gọi số nào"), unit * 0.9, CENTER, bold=True)
            return
        call = view.calls[0]
        high = inner.height()
        place = QRectF(inner.left(), inner.top(), inner.width(), high * 0.13)
        _write(painter, place, self.tr("Mời số"), unit * 0.6, CENTER)
        place = QRectF(inner.left(), place.bottom(), inner.width(), high * 0.5)
        _write(painter, place, call.number, high * 0.5, CENTER, bold=True)
        place = QRectF(inner.left(), place.bottom(), inner.width(), high * 0.25)
        to = self.tr("đến %1").replace("%1", call.counter)
        _write(painter, place, to, unit, CENTER, bold=True)
        place = QRectF(inner.left(), place.bottom(), inner.width(), high * 0.12)
        _write(painter, place, call.service_name, unit * 0.4, CENTER)

    def _last(self, painter: QPainter, box: QRectF, unit: float) -> None:
        painter.setPen(colour("text"))
        title = QRectF(box.left(), box.top(), box.width(), unit * 0.6)
        _write(painter, title, self.tr("Vừa gọi trước đó"), unit * 0.38, LEFT, bold=True)
        calls = self._view.calls[1 : LAST + 1] if self._view else ()
        high = (box.height() - title.height()) / LAST
        for place, call in enumerate(calls):
            row = QRectF(box.left(), title.bottom() + place * high, box.width(), high)
            painter.fillRect(row.adjusted(0, 0, 0, -2), colour("sunken"))
            inner = row.adjusted(unit / 5, 0, -unit / 5, 0)
            half = inner.width() / 2
            left, right = inner.adjusted(0, 0, -half, 0), inner.adjusted(half, 0, 0, 0)
            _write(painter, left, call.number, unit * 0.8, LEFT, bold=True)
            _write(painter, right, call.counter, unit * 0.55, RIGHT)

    def _foot(self, painter: QPainter, box: QRectF, unit: float) -> None:
        painter.fillRect(box, colour("sunken"))
        view = self._view
        age = QRectF(box.left(), box.bottom() - unit * 0.5, box.width(), unit * 0.5)
        lines = box.adjusted(unit / 3, unit * 0.08, -unit / 3, -unit * 0.5)
        painter.setPen(colour("text"))
        if view is not None:
            counted = [s for s in view.waiting if s.waiting]
            waiting = "   ".join(f"{s.name}:\N{NO-BREAK SPACE}{s.waiting}" for s in counted)
            told = self.tr("Đang chờ   %1").replace("%1", waiting or self.tr("không có ai"))
            missed = ", ".join(view.missed) or self.tr("không có")
            absent = self.tr("Vắng mặt, xin báo cán bộ   %1").replace("%1", missed)
            third = lines.height() / 3
            _wrapped(painter, lines.adjusted(0, 0, 0, -third), told, unit * 0.36)
            _wrapped(painter, lines.adjusted(0, 2 * third, 0, 0), absent, unit * 0.36)
        if self.is_old:
            painter.fillRect(age, colour("band"))
            painter.setPen(colour("on_band"))
        inner = age.adjusted(unit / 3, 0, -unit / 3, 0)
        _write(painter, inner, self.age_words(), unit * 0.3, LEFT, bold=self.is_old)


def call_words(widget: QWidget, call: CallLine) -> str:
    """Return one call as a sentence."""
    told = widget.tr("Mời số %1 đến %2")
    return told.replace("%1", call.number).replace("%2", call.counter)


def _font(size: float, *, bold: bool) -> QFont:
    made = theme.font(10, QFont.Weight.Bold if bold else QFont.Weight.Medium)
    made.setPixelSize(max(6, round(size)))
    return made


def _write(
    painter: QPainter,
    box: QRectF,
    text: str,
    size: float,
    place: Qt.AlignmentFlag,
    *,
    bold: bool = False,
) -> None:
    """Write one line, smaller where the box is too small for it."""
    size = min(size, box.height())
    wide = QFontMetricsF(_font(size, bold=bold)).horizontalAdvance(text)
    if wide > box.width():
        size *= box.width() / wide
    painter.setFont(_font(size, bold=bold))
    painter.drawText(box, place, text)


def _wrapped(painter: QPainter, box: QRectF, text: str, size: float) -> None:
    """Write on as many lines as needed, smaller until all of it is seen."""
    flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
    while size > 6:
        painter.setFont(_font(size, bold=False))
        if painter.boundingRect(box, flags, text).height() <= box.height():
            break
        size *= 0.92
    painter.drawText(box, flags, text)
