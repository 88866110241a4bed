"""The dossiers of a visit that wait to be received together, each of them whole."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.parts.words import words

if TYPE_CHECKING:
    from counter.work import ReceptionAsked

MOST_HEIGHT = 132


class Basket(QWidget):
    """Lists what waits; each can be taken out again.

    Signals:
        changed: Nothing; one was put in or taken out.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asked: tuple[ReceptionAsked, ...] = ()
        self.names: tuple[str, ...] = ()
        self._title = words(role="caption")
        self._title.setObjectName("basket_title")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setMaximumHeight(MOST_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._scroll)
        self._show()

    def put(self, asked: ReceptionAsked, name: str) -> None:
        """Let a dossier wait; *name* is its procedure's."""
        self.asked = (*self.asked, asked)
        self.names = (*self.names, name)
        self._show()

    def forget(self) -> None:
        """Leave none."""
        self.asked, self.names = (), ()
        self._show()

    def _take_out(self, place: int) -> None:
        self.asked = (*self.asked[:place], *self.asked[place + 1 :])
        self.names = (*self.names[:place], *self.names[place + 1 :])
        self._show()

    def _show(self) -> None:
        told = self.tr("Hồ sơ trong lượt này: %1").replace("%1", str(len(self.asked)))
        self._title.setText(told)
        old = self._scroll.takeWidget()
        if old is not None:
            old.deleteLater()
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for place, (asked, procedure) in enumerate(zip(self.asked, self.names, strict=True)):
            name = f"{procedure} – {asked.applicant.full_name}"
            out = QPushButton(self.tr("Bỏ"))
            out.setObjectName(f"basket_out_{place}")
            out.setProperty("role", "quiet")
            out.setAccessibleName(self.tr("Bỏ khỏi lượt: %1").replace("%1", name))
            out.clicked.connect(partial(self._take_out, place))
            grid.addWidget(words(f"{place + 1}. {name}", "value", wrap=True), place, 0)
            grid.addWidget(out, place, 1)
        self._scroll.setWidget(sheet)
        self.setVisible(bool(self.asked))
        self.changed.emit()
