"""What can be done with a dossier: the next thing as a button, the others one key behind."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from ui import states
from ui.parts.keys import KeyButton
from ui.said import said

if TYPE_CHECKING:
    from counter.acted import Possible


class ActsMenu(QWidget):
    """Offers the acts that the dossier's state allows.

    Signals:
        chosen: An ActKind.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.possible: Possible | None = None
        self.next = KeyButton(self.tr("Bước tiếp theo"), "Ctrl+Return", primary=True)
        self.next.setObjectName("act_next")
        self.next.clicked.connect(self.begin)
        self.more = KeyButton(self.tr("Việc khác…"), "F11")
        self.more.setObjectName("act_more")
        self.more.clicked.connect(self.open)
        self._menu = QMenu(self)
        self._menu.setObjectName("act_menu")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.next)
        column.addWidget(self.more)
        self.forget()

    def show_possible(self, possible: Possible) -> None:
        """Offer what *possible* allows, the first as the next thing to do."""
        self.forget()
        self.possible = possible
        if possible.acts:
            self.next.setText(said(states.ACTS[possible.acts[0]]))
            self.next.show()
        for number, kind in enumerate(possible.acts[1:], 1):
            action = self._menu.addAction(f"&{number}   {said(states.ACTS[kind])}")
            action.triggered.connect(partial(self.chosen.emit, kind))
        self.more.setVisible(len(possible.acts) > 1)

    def forget(self) -> None:
        """Offer nothing."""
        self.possible = None
        self._menu.clear()
        self.next.hide()
        self.more.hide()

    @Slot()
    def begin(self) -> None:
        """Choose the next thing."""
        if self.possible is not None and self.possible.acts:
            self.chosen.emit(self.possible.acts[0])

    @Slot()
    def open(self) -> None:
        """Show the others above the button."""
        if self.possible is not None and self.more.isVisible():
            top = self.more.mapToGlobal(QPoint(0, 0))
            self._menu.popup(QPoint(top.x(), top.y() - self._menu.sizeHint().height()))
