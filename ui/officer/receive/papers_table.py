"""The checklist as a table: one row for each paper, three counts, a tick for all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from counter.procedures import Paper, PaperKind
from counter.work import PaperBrought
from ui.parts.words import tip

Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole.UserRole
ROOT = QModelIndex()
NAME, ORIGINALS, CERTIFIED, COPIES = range(4)
MOST = 99
"""Counts have two digits, as on the form."""


class Need(Enum):
    """How a paper stands."""

    BROUGHT = auto()
    REQUIRED = auto()
    MISSING = auto()
    OPTIONAL = auto()


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper of the checklist and how many of each kind lie on the desk."""

    paper: Paper
    originals: int = 0
    certified: int = 0
    copies: int = 0
    missing: bool = False

    @property
    def is_brought(self) -> bool:
        """Whether any of it lies on the desk."""
        return self.originals + self.certified + self.copies > 0

    @property
    def need(self) -> Need:
        """How it stands."""
        if self.is_brought:
            return Need.BROUGHT
        if self.missing:
            return Need.MISSING
        return Need.REQUIRED if self.paper.required else Need.OPTIONAL

    def count(self, column: int) -> int:
        """Return the count of *column*."""
        return (0, self.originals, self.certified, self.copies)[column]

    def wanted(self, column: int) -> int:
        """Return how many the procedure wants in *column*."""
        return (0, self.paper.originals, self.paper.certified, self.paper.copies)[column]

    def counted_in(self, column: int) -> int:
        """Return the count that *column* stands for; the name stands for the first one wanted."""
        if column != NAME:
            return column
        return next(c for c in (ORIGINALS, CERTIFIED, COPIES) if self.wanted(c))

    def with_count(self, column: int, count: int) -> PaperRow:
        """Return the row with another count, kept within 0 and ``MOST``."""
        kept = min(max(count, 0), MOST)
        match column:
            case 1:
                return replace(self, originals=kept)
            case 2:
                return replace(self, certified=kept)
            case _:
                return replace(self, copies=kept)

    def ticked(self) -> PaperRow:
        """Return the row with what the procedure wants, or with nothing if some was there."""
        if self.is_brought:
            return replace(self, originals=0, certified=0, copies=0)
        paper = self.paper
        return replace(
            self, originals=paper.originals, certified=paper.certified, copies=paper.copies
        )


class PapersModel(QAbstractTableModel):
    """The checklist of the chosen procedure.

    Signals:
        counted: A count changed.
    """

    counted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[PaperRow, ...] = ()

    @property
    def form_place(self) -> int | None:
        """The place of the declaration that is demanded of everybody, None when none is."""
        places = (
            place
            for place, row in enumerate(self.rows)
            if row.paper.kind is PaperKind.FORM and row.paper.required
        )
        return next(places, None)

    def show_papers(self, papers: tuple[Paper, ...]) -> None:
        """Begin with none of *papers* brought."""
        self.beginResetModel()
        self.rows = tuple(PaperRow(paper) for paper in papers)
        self.endResetModel()

    def mark_missing(self, missing: tuple[int, ...]) -> None:
        """Mark the papers at these positions as missing, all others as not."""
        self._replace(
            tuple(replace(row, missing=place in missing) for place, row in enumerate(self.rows))
        )

    def brought(self) -> tuple[PaperBrought, ...]:
        """Return what lies on the desk."""
        return tuple(
            PaperBrought(place, row.originals, row.certified, row.copies)
            for place, row in enumerate(self.rows)
            if row.is_brought
        )

    def show_brought(self, papers: tuple[PaperBrought, ...]) -> None:
        """Count *papers* as brought, whatever was counted before."""
        rows = list(self.rows)
        for paper in papers:
            if paper.position < len(rows):
                rows[paper.position] = replace(
                    rows[paper.position],
                    originals=paper.originals,
                    certified=paper.certified,
                    copies=paper.copies,
                )
        self._replace(tuple(rows))
        self.counted.emit()

    def tick(self, place: int) -> None:
        """Tick a paper, or take its tick away."""
        self._change(place, self.rows[place].ticked())

    def tick_all(self) -> None:
        """Tick every demanded paper that is not ticked."""
        self._replace(
            tuple(r.ticked() if r.paper.required and not r.is_brought else r for r in self.rows)
        )
        self.counted.emit()

    def set_count(self, place: int, column: int, count: int) -> None:
        """Set one count; on the name it is the first count the procedure wants."""
        row = self.rows[place]
        self._change(place, row.with_count(row.counted_in(column), count))

    def add(self, place: int, column: int, step: int) -> None:
        """Add *step* to one count; on the name as in ``set_count``."""
        row = self.rows[place]
        column = row.counted_in(column)
        self._change(place, row.with_count(column, row.count(column) + step))

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _heads()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == NAME:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role == ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.paper.name if column == NAME else str(row.count(column))
        if role == Qt.ItemDataRole.ToolTipRole and column == NAME:
            return tip(row.paper.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = need_words(row)
            told = row.paper.name if column == NAME else f"{_heads()[column]}: {row.count(column)}"
            return f"{told}, {state}"
        return None

    def _change(self, place: int, row: PaperRow) -> None:
        self._replace((*self.rows[:place], row, *self.rows[place + 1 :]))
        self.counted.emit()

    def _replace(self, rows: tuple[PaperRow, ...]) -> None:
        self.rows = rows
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 3))


def need_words(row: PaperRow) -> str:
    """Say in words how a paper stands."""
    say = QCoreApplication.translate
    match row.need:
        case Need.BROUGHT:
            return say("PapersTable", "Đã có")
        case Need.REQUIRED:
            return say("PapersTable", "Bắt buộc")
        case Need.MISSING:
            return say("PapersTable", "Bắt buộc – còn thiếu")
        case Need.OPTIONAL:
            return row.paper.when or say("PapersTable", "Nếu có")


def kind_words(kind: PaperKind) -> str:
    """Say what is done with a paper of *kind*."""
    say = QCoreApplication.translate
    match kind:
        case PaperKind.SUBMIT:
            return say("PapersTable", "Nộp")
        case PaperKind.PRESENT:
            return say("PapersTable", "Xuất trình")
        case PaperKind.FORM:
            return say("PapersTable", "Tờ khai")


def _heads() -> tuple[str, str, str, str]:
    say = QCoreApplication.translate
    return (
        say("PapersTable", "Giấy tờ"),
        say("PapersTable", "Bản chính"),
        say("PapersTable", "Chứng thực"),
        say("PapersTable", "Bản sao"),
    )
