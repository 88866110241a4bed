"""The figures of the day: how many came, how long they waited and were served."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from counter.hall import ServiceFigures
from ui.parts.layouts import empty
from ui.parts.words import frame, words

MOST_LINES = 4
"""Services shown; the others had fewer people."""


class FiguresCard(QWidget):
    """A small table under the queue; hidden before the first number of the day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = words(role="strong")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        card = frame("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 10, 20, 12)
        column.setSpacing(6)
        column.addWidget(self._told)
        column.addLayout(self._grid)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        self.hide()

    def show_lines(self, told: str, lines: Sequence[ServiceFigures]) -> None:
        """Show *told* and one line for each service, the first ones of them."""
        self._told.setText(told)
        empty(self._grid)
        heads = (
            self.tr("Lĩnh vực"),
            self.tr("Đã cấp"),
            self.tr("Đang chờ"),
            self.tr("Đã xong"),
            self.tr("Vắng"),
            self.tr("Thường chờ"),
            self.tr("Chờ lâu nhất"),
            self.tr("Thường phục vụ"),
        )
        rows = [
            (
                line.service_name,
                str(line.taken),
                str(line.waiting),
                str(line.served),
                str(line.absent),
                self._minutes(line.wait),
                self._minutes(line.longest_wait),
                self._minutes(line.serving),
            )
            for line in lines[:MOST_LINES]
        ]
        for row, cells in enumerate((heads, *rows)):
            for column, text in enumerate(cells):
                cell = words(text, "caption" if row == 0 else "value")
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                self._grid.addWidget(cell, row, column, side)
        self.setVisible(bool(lines))

    def _minutes(self, length: timedelta | None) -> str:
        if length is None:
            return "—"
        return self.tr("%1 phút").replace("%1", str(round(length.total_seconds() / 60)))
