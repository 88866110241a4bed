"""The fields of an act's form: a reason of the library, papers to tick, papers that came."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from counter.acts import PaperWanted
from counter.work import PaperReceived
from ui.parts.count_box import CountBox
from ui.parts.line import Line
from ui.parts.words import words

MOST_COPIES = 99
MOST_SIGNS = 500
MOST_IN_NUMBER = 100
"""Of a result's number, of a shelf, of who takes papers along."""
MOST_IN_CHOICE = 300
"""Of a reason or a unit."""


def line(name: str, label: str, text: str = "", *, most: int = MOST_SIGNS) -> QLineEdit:
    """Return a field for one line of *text*, of at most *most* signs unless it is longer already.

    The portal takes no longer ones, and would hand the whole dossier back.
    """
    field = Line()
    field.setMaxLength(max(most, len(text)))
    field.setText(text)
    field.setObjectName(name)
    field.setAccessibleName(label)
    return field


def choice(name: str, label: str, offered: Sequence[str]) -> QComboBox:
    """Return a field that offers words and takes any others."""
    field = QComboBox()
    field.setObjectName(name)
    field.setAccessibleName(label)
    field.setEditable(True)
    if (typed := field.lineEdit()) is not None:
        typed.setMaxLength(MOST_IN_CHOICE)
    field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    field.addItems(list(offered))
    return field


def tick(name: str, text: str, *, on: bool = False) -> QCheckBox:
    """Return a box to tick."""
    box = QCheckBox(text)
    box.setObjectName(name)
    box.setChecked(on)
    return box


class WantedField(QScrollArea):
    """The checklist of a supplement: tick what is wanted, and say what is wrong with it.

    The last line takes a paper that the checklist does not know.
    """

    def __init__(self, checklist: Sequence[PaperWanted], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._papers = tuple(checklist)
        self._rows: list[tuple[QCheckBox, QLineEdit]] = []
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.addWidget(words(self.tr("Giấy tờ cần bổ sung"), "caption"), 0, 0)
        grid.addWidget(words(self.tr("Sai hoặc thiếu gì"), "caption"), 0, 1)
        for place, paper in enumerate(self._papers):
            box = tick(f"wanted_{place}", "")
            box.setAccessibleName(paper.name)
            note = line(f"wanted_note_{place}", self.tr("Sai hoặc thiếu gì"))
            note.textEdited.connect(lambda _text, box=box: box.setChecked(True))
            named = QWidget()
            column = QGridLayout(named)
            column.setContentsMargins(0, 0, 0, 0)
            column.setColumnStretch(1, 1)
            column.addWidget(box, 0, 0)
            column.addWidget(words(paper.name, wrap=True), 0, 1)
            grid.addWidget(named, place + 1, 0)
            grid.addWidget(note, place + 1, 1)
            self._rows.append((box, note))
        last = len(self._papers) + 1
        self._other = line("wanted_other", self.tr("Giấy tờ khác"))
        self._other.setPlaceholderText(self.tr("Giấy tờ khác, nếu có"))
        self._other_note = line("wanted_other_note", self.tr("Sai hoặc thiếu gì"))
        grid.addWidget(self._other, last, 0)
        grid.addWidget(self._other_note, last, 1)
        grid.setRowStretch(last + 1, 1)
        self.setWidget(inner)

    def papers(self) -> tuple[PaperWanted, ...]:
        """Return what is wanted."""
        found = [
            PaperWanted(paper.name, paper.code, note.text().strip())
            for paper, (box, note) in zip(self._papers, self._rows, strict=True)
            if box.isChecked()
        ]
        other = self._other.text().strip()
        if other:
            found.append(PaperWanted(other, None, self._other_note.text().strip()))
        return tuple(found)


class BroughtField(QWidget):
    """What was asked for, each with how many of which kind came."""

    def __init__(self, wanted: Sequence[PaperWanted], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = tuple(wanted)
        self._counts: list[tuple[CountBox, CountBox, CountBox]] = []
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        kinds = (self.tr("Bản chính"), self.tr("Chứng thực"), self.tr("Bản sao"))
        for column, kind in enumerate(kinds, 1):
            grid.addWidget(words(kind, "caption"), 0, column)
        for place, paper in enumerate(self._wanted, 1):
            told = f"{paper.name} – {paper.note}" if paper.note else paper.name
            grid.addWidget(words(told, wrap=True), place, 0)
            boxes = tuple(
                CountBox(f"brought_{place - 1}_{column}", f"{paper.name}, {kind}", 0, MOST_COPIES)
                for column, kind in enumerate(kinds)
            )
            boxes[0].setValue(1)
            for column, box in enumerate(boxes, 1):
                grid.addWidget(box, place, column)
            self._counts.append((boxes[0], boxes[1], boxes[2]))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(grid)
        outer.addStretch(1)

    def lacking(self) -> tuple[str, ...]:
        """Return the names of the papers of which nothing came."""
        came = {paper.name for paper in self.papers()}
        return tuple(paper.name for paper in self._wanted if paper.name not in came)

    def papers(self) -> tuple[PaperReceived, ...]:
        """Return what came."""
        found = (
            PaperReceived(paper.name, *(box.value() for box in boxes))
            for paper, boxes in zip(self._wanted, self._counts, strict=True)
        )
        return tuple(p for p in found if p.originals + p.certified + p.copies)
