"""The papers of a dossier as keyed: how many of which kind, to be put right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from counter.work import PaperReceived
from ui.parts.count_box import CountBox
from ui.parts.words import words

MOST = 99


class PapersField(QWidget):
    """One line for each paper: originals, certified copies, plain copies."""

    def __init__(self, papers: Sequence[PaperReceived], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("correct_papers")
        self.setAccessibleName(self.tr("Giấy tờ đã nhận"))
        self._papers = tuple(papers)
        self._counts: list[tuple[CountBox, ...]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        titles = (self.tr("Bản chính"), self.tr("Chứng thực"), self.tr("Bản sao"))
        grid.addWidget(words(self.tr("Giấy tờ đã nhận"), "caption"), 0, 0)
        for column, title in enumerate(titles, 1):
            grid.addWidget(words(title, "caption"), 0, column)
        for place, paper in enumerate(self._papers):
            grid.addWidget(words(paper.name, wrap=True), place + 1, 0)
            boxes = []
            counts = (paper.originals, paper.certified, paper.copies)
            for column, (title, count) in enumerate(zip(titles, counts, strict=True), 1):
                box = CountBox(f"correct_paper_{place}_{column}", f"{paper.name}: {title}", 0, MOST)
                box.setValue(count)
                boxes.append(box)
                grid.addWidget(box, place + 1, column)
            self._counts.append(tuple(boxes))

    def papers(self) -> tuple[PaperReceived, ...]:
        """Return the papers as they should have been keyed."""
        return tuple(
            PaperReceived(paper.name, *(box.value() for box in boxes))
            for paper, boxes in zip(self._papers, self._counts, strict=True)
        )
