"""Step three: which papers were brought, and how many of each."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from counter.procedures import Paper, Procedure
from counter.work import FeeQuantity, PaperBrought
from ui.parts.words import words


@dataclass(frozen=True, slots=True)
class _Row:
    """The widgets of one paper."""

    position: int
    paper: Paper
    tick: QCheckBox
    counts: tuple[QSpinBox, QSpinBox, QSpinBox]


class PapersPanel(QFrame):
    """The checklist of the chosen procedure. Space ticks; counts follow the demand.

    Signals:
        changed: Nothing.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._rows: list[_Row] = []
        self._quantities: dict[str, QSpinBox] = {}
        self._missing = words(role="value", tone="warn", wrap=True)
        self._missing.setObjectName("missing")
        self._sheet = QWidget()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._sheet)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = scroll
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(words("3", "step"))
        head.addWidget(words(self.tr("Giấy tờ mang theo"), "title"))
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        column.addWidget(self._missing)
        self.show_procedure(None)

    def show_procedure(self, procedure: Procedure | None) -> None:
        """Show the checklist of *procedure*; None empties it."""
        self._rows = []
        self._quantities = {}
        self._sheet = QWidget()
        grid = QGridLayout(self._sheet)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        if procedure is not None:
            heads = (self.tr("Bản chính"), self.tr("Chứng thực"), self.tr("Bản sao"))
            for column, caption in enumerate(heads, 1):
                label = words(caption, "caption")
                grid.addWidget(label, 0, column, Qt.AlignmentFlag.AlignHCenter)
            for position, paper in enumerate(procedure.papers):
                self._add_paper(grid, position, paper, heads)
            for fee in procedure.fees:
                if fee.per is not None and fee.amount is not None:
                    self._add_quantity(grid, fee.code, fee.name, fee.per)
        grid.setRowStretch(grid.rowCount(), 1)
        self._scroll.setWidget(self._sheet)
        self._missing.hide()

    def show_missing(self, names: tuple[str, ...]) -> None:
        """Say which demanded papers are not there yet."""
        self._missing.setText(self.tr("Còn thiếu: ") + "; ".join(names) + ".")
        self._missing.setVisible(bool(names))

    def focus_first(self) -> None:
        """Give the keyboard to the first paper."""
        if self._rows:
            self._rows[0].tick.setFocus()

    def brought(self) -> tuple[PaperBrought, ...]:
        """Return what is ticked."""
        return tuple(
            PaperBrought(row.position, *(count.value() for count in row.counts))
            for row in self._rows
            if row.tick.isChecked()
        )

    def quantities(self) -> tuple[FeeQuantity, ...]:
        """Return how often each fee per page or copy is asked."""
        return tuple(FeeQuantity(code, box.value()) for code, box in self._quantities.items())

    def _add_paper(
        self, grid: QGridLayout, position: int, paper: Paper, heads: tuple[str, ...]
    ) -> None:
        line = grid.rowCount()
        tick = QCheckBox(paper.name + (" *" if paper.required else ""))
        tick.setObjectName(f"paper_{position}")
        tick.setToolTip(paper.when or paper.name)
        counts = tuple(self._count(paper, head) for head in heads)
        row = _Row(position, paper, tick, (counts[0], counts[1], counts[2]))
        self._rows.append(row)
        tick.toggled.connect(self._on_tick)
        label = QVBoxLayout()
        label.setSpacing(0)
        label.addWidget(tick)
        if paper.when:
            note = words(paper.when, "caption", wrap=True)
            note.setContentsMargins(26, 0, 0, 0)
            label.addWidget(note)
        grid.addLayout(label, line, 0)
        for column, count in enumerate(counts, 1):
            grid.addWidget(count, line, column)

    def _add_quantity(self, grid: QGridLayout, code: str, name: str, per: str) -> None:
        line = grid.rowCount()
        box = QSpinBox()
        box.setObjectName(f"quantity_{code}")
        box.setRange(1, 9999)
        box.setFixedWidth(76)
        box.setAccessibleName(f"{name}, {per}")
        box.valueChanged.connect(self.changed)
        self._quantities[code] = box
        caption = self.tr("Số lượng tính phí (%1)").replace("%1", per)
        grid.addWidget(words(caption, "strong"), line, 0)
        grid.addWidget(box, line, 1)

    def _count(self, paper: Paper, head: str) -> QSpinBox:
        box = QSpinBox()
        box.setRange(0, 999)
        box.setFixedWidth(76)
        box.setEnabled(False)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setAccessibleName(f"{paper.name}: {head}")
        box.valueChanged.connect(self.changed)
        return box

    @Slot(bool)
    def _on_tick(self, ticked: bool) -> None:
        row = next(row for row in self._rows if row.tick is self.sender())
        demanded = (row.paper.originals, row.paper.certified, row.paper.copies)
        if not any(demanded):
            demanded = (1, 0, 0)
        for box, count in zip(row.counts, demanded, strict=True):
            box.setEnabled(ticked)
            box.setValue(count if ticked else 0)
        self.changed.emit()
