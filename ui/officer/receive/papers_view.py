"""The checklist on screen: ticked and counted from the keyboard, or with the mouse."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui import theme
from ui.icons import pixmap
from ui.officer.receive.papers_table import (
    COPIES,
    NAME,
    ROLE,
    Need,
    PaperRow,
    PapersModel,
    kind_words,
    need_words,
)
from ui.theme import SIZES, colour

Index = QModelIndex | QPersistentModelIndex
COUNT_WIDTH = 88
STEP = 24
"""Width of the minus and plus at the ends of a count."""
TICK = 20
LEFT, RIGHT = 46, 8
"""Space beside the words of the first column."""
INKS = {
    Need.BROUGHT: "good",
    Need.REQUIRED: "muted",
    Need.MISSING: "bad",
    Need.OPTIONAL: "muted",
}


class PaperPainter(QStyledItemDelegate):
    """Paints tick, name and need in the first column, minus, count and plus in the others."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.column() != NAME:
            return QSize(COUNT_WIDTH, 50)
        view: QWidget = option.widget
        width = view.columnWidth(NAME) if isinstance(view, QTableView) else 300
        room = QRect(0, 0, width - LEFT - RIGHT, 1000)
        wrap = Qt.TextFlag.TextWordWrap
        row: PaperRow = index.data(ROLE)
        name = QFontMetrics(_name_font()).boundingRect(room, wrap, row.paper.name)
        need = QFontMetrics(_small_font(bold=True)).boundingRect(room, wrap, _told(row))
        return QSize(200, max(50, name.height() + need.height() + 15))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row: PaperRow = index.data(ROLE)
        here = bool(state & QStyle.StateFlag.State_HasFocus)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, colour("pick" if chosen else "surface"))
        painter.setPen(colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if index.column() == NAME:
            self._paint_name(painter, area, row)
        else:
            self._paint_count(painter, area, row, index.column())
        if here:
            painter.setPen(QPen(colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(2, 2, -2, -3), 4, 4)
        painter.restore()

    def _paint_name(self, painter: QPainter, area: QRect, row: PaperRow) -> None:
        box = QRectF(area.left() + 14, area.top() + 9, TICK, TICK)
        painter.setPen(QPen(colour("good" if row.is_brought else "line_strong"), 1.5))
        painter.setBrush(colour("good" if row.is_brought else "surface"))
        painter.drawRoundedRect(box, 4, 4)
        if row.is_brought:
            tick = pixmap("tick", "on_primary", TICK - 2, painter.device().devicePixelRatioF())
            painter.drawPixmap(box.topLeft().toPoint() + QPoint(1, 1), tick)
        text = area.adjusted(LEFT, 6, -RIGHT, -6)
        painter.setFont(_name_font())
        painter.setPen(colour("text"))
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(text, int(flags), row.paper.name)
        painter.setFont(_small_font(bold=row.need is Need.MISSING))
        painter.setPen(colour(INKS[row.need]))
        flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(text, int(flags), _told(row))

    def _paint_count(self, painter: QPainter, area: QRect, row: PaperRow, column: int) -> None:
        count = row.count(column)
        middle = area.center().y()
        frame = QRectF(area.left() + 5, middle - 16, area.width() - 10, 32)
        wanted = row.wanted(column) > 0
        painter.setPen(colour("line"))
        painter.setBrush(colour("surface") if count or wanted else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, 6, 6)
        painter.setPen(colour("muted"))
        painter.setFont(theme.font(SIZES.title))
        centre = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(frame.left(), frame.top(), STEP, 31), centre, "−")
        painter.drawText(QRectF(frame.right() - STEP, frame.top(), STEP, 31), centre, "+")
        painter.setFont(theme.font(SIZES.title, QFont.Weight.DemiBold))
        painter.setPen(colour("text" if count else "faint"))
        shown = str(count) if count else (f"({row.wanted(column)})" if wanted else "0")
        painter.drawText(frame, centre, shown)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        area: QRect = option.rect
        if (
            not isinstance(event, QMouseEvent)
            or not isinstance(model, PapersModel)
            or event.type() != QEvent.Type.MouseButtonRelease
        ):
            return False
        across = event.position().x() - area.left()
        if index.column() == NAME:
            model.tick(index.row())
        elif across < STEP + 5:
            model.add(index.row(), index.column(), -1)
        elif across > area.width() - STEP - 5:
            model.add(index.row(), index.column(), 1)
        return True


class PapersTable(QTableView):
    """Arrows move, space ticks, plus and minus or a digit change the count."""

    def __init__(self, model: PapersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._papers = model
        self.setObjectName("papers")
        self.setAccessibleName(self.tr("Giấy tờ người dân nộp"))
        self.setModel(model)
        self.setItemDelegate(PaperPainter(self))
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in range(1, COPIES + 1):
            self.setColumnWidth(column, COUNT_WIDTH)
        head.sectionResized.connect(self.resizeRowsToContents)
        model.modelReset.connect(self._on_reset)
        model.dataChanged.connect(self.resizeRowsToContents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        text = event.text()
        if not here.isValid() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif text == " ":
            self._papers.tick(here.row())
        elif text in {"+", "=", "-"}:
            self._papers.add(here.row(), here.column(), -1 if text == "-" else 1)
        elif text.isascii() and text.isdigit():
            self._papers.set_count(here.row(), here.column(), int(text))
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_reset(self) -> None:
        self.resizeRowsToContents()
        if self._papers.rows:
            self.setCurrentIndex(self._papers.index(0, 0))


def _told(row: PaperRow) -> str:
    return f"{kind_words(row.paper.kind)} · {need_words(row)}"


def _name_font() -> QFont:
    return theme.font(SIZES.body, QFont.Weight.Medium)


def _small_font(*, bold: bool = False) -> QFont:
    return theme.font(SIZES.small, QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
