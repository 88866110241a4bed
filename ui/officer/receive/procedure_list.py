"""The procedures that were found, each in two lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate

from ui import theme, written
from ui.parts.words import tip
from ui.theme import SIZES, colour

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

    from counter.procedures import Procedure

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole.UserRole
ROOT = QModelIndex()
HEIGHT = 52
BAR = 4


class ProcedureList(QAbstractListModel):
    """Procedures that were found, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Procedure, ...] = ()

    def show(self, found: tuple[Procedure, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._found = found
        self.endResetModel()

    def find(self, row: int) -> Procedure | None:
        """Return the one in *row*, None outside the list."""
        return self._found[row] if 0 <= row < len(self._found) else None

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        procedure = self.find(index.row())
        if procedure is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return procedure.short_name
            case Qt.ItemDataRole.ToolTipRole:
                return tip(procedure.name)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{procedure.short_name}, {about(procedure)}"
            case Qt.ItemDataRole.UserRole:
                return procedure
        return None


class ProcedurePainter(QStyledItemDelegate):
    """Paints the short name, and under it field, time and code."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        from PySide6.QtWidgets import QStyle

        procedure: Procedure = index.data(ROLE)
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
