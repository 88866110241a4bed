"""The procedures that were found, each in two lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QToolTip

from ui import theme, written
from ui.parts.words import tip
from ui.theme import SIZES, colour

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

    from counter.procedures import Procedure

Index = QModelIndex | QPersistentModelIndex
HEIGHT = 52
BAR = 4


class ProcedureList(QStringListModel):
    """Procedures that were found, best first.

    Qt itself holds the words, which a screen reader says: a view asks a model how many rows it has
    dozens of times whenever a page changes, and each question to Python waits behind the threads
    that read a card, draw a paper or send.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Procedure, ...] = ()

    def show(self, found: tuple[Procedure, ...]) -> None:
        """Show these."""
        self._found = found
        self.setStringList([f"{one.short_name}, {about(one)}" for one in found])

    def find(self, row: int) -> Procedure | None:
        """Return the one in *row*, None outside the list."""
        return self._found[row] if 0 <= row < len(self._found) else None


class ProcedurePainter(QStyledItemDelegate):
    """Paints the short name, and under it field, time and code; a tip gives the whole name."""

    def __init__(self, found: ProcedureList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found = found

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        from PySide6.QtWidgets import QStyle

        procedure = self._found.find(index.row())
        if procedure is None:
            return
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(area, colour("pick" if chosen else "surface"))
        if chosen:
            painter.fillRect(QRect(area.left(), area.top(), BAR, area.height()), colour("primary"))
        painter.setPen(colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        text = area.adjusted(14, 5, -12, -6)
        _line(painter, text, Qt.AlignmentFlag.AlignTop, procedure.short_name, "text")
        _line(painter, text, Qt.AlignmentFlag.AlignBottom, about(procedure), "muted")
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        procedure = self._found.find(index.row())
        if procedure is None or event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), tip(procedure.name), view)
        return True


def about(procedure: Procedure) -> str:
    """Return field, time and code in one line."""
    from counter.procedures import term_words

    told = f"{procedure.field.name}  ·  {procedure.code}  ·  {term_words(procedure.term)}"
    if procedure.effective_to is None:
        return told
    until = QCoreApplication.translate("ProcedureList", "áp dụng đến hết %1")
    return f"{told}  ·  {until.replace('%1', written.day(procedure.effective_to))}"


def _line(painter: QPainter, area: QRect, where: Qt.AlignmentFlag, text: str, ink: str) -> None:
    first = ink == "text"
    font = theme.font(SIZES.body, QFont.Weight.DemiBold) if first else theme.font(SIZES.small)
    painter.setFont(font)
    painter.setPen(colour(ink))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, int(where | Qt.AlignmentFlag.AlignLeft), shown)
