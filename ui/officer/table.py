"""One table over frozen lines: columns are functions from a line to its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.parts.badge import INKS
from ui.parts.words import tip
from ui.theme import colour

Line = TypeVar("Line")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column(Generic[Line]):
    """One column.

    Attributes:
        text: The words of a cell.
        width: Pixels at the start; 0 takes what is left.
        tone: Tone of a badge, or a colour of the theme, for a line; empty for the usual one.
        tail: Where the words do not fit, their end is what must be read.
    """

    title: str
    text: Callable[[Line], str]
    width: int
    tone: Callable[[Line], str] | None = None
    right: bool = False
    tail: bool = False


class _Tail(QStyledItemDelegate):
    """Shows the end of what does not fit, for numbers whose beginnings are all alike."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft


class LinesModel(QAbstractTableModel, Generic[Line]):
    """The lines of one list, replaced as a whole."""

    def __init__(self, columns: Sequence[Column[Line]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self.lines: tuple[Line, ...] = ()

    def show(self, lines: tuple[Line, ...]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column = self._columns[index.column()]
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(column.text(line))
        if role == Qt.ItemDataRole.ForegroundRole and column.tone is not None:
            tone = column.tone(line)
            return colour(INKS.get(tone, tone)) if tone else None
        if role == Qt.ItemDataRole.TextAlignmentRole and column.right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def columns(self) -> tuple[Column[Line], ...]:
        """Return the columns."""
        return self._columns


class LinesTable(QTableView):
    """A calm table: whole rows, no grid, widths kept."""

    def __init__(self, model: LinesModel[Line], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(40)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(model.columns()):
            if column.width:
                self.setColumnWidth(place, column.width)
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
            if column.tail:
                self.setItemDelegateForColumn(place, _Tail(self))

    def chosen_row(self) -> int:
        """Return the chosen row, -1 when none is."""
        index = self.currentIndex()
        return index.row() if index.isValid() else -1
