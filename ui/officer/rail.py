"""The rail of pages at the left: icon, word and key for each."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from ui.icons import Drawing
from ui.parts.words import words


@dataclass(frozen=True, slots=True)
class Place:
    """One page: its icon, word and key."""

    icon: str
    word: str
    key: str


class RailButton(QToolButton):
    """One page of the rail."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self.setCheckable(True)
        self.setFixedSize(QSize(92, 64))
        self.setAccessibleName(f"{place.word} ({place.key})")
        self.setToolTip(f"{place.word} ({place.key})")
        sign = Drawing(place.icon, "on_rail", 22)
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 5, 2, 4)
        column.setSpacing(0)
        column.addWidget(sign, 0, middle)
        column.addWidget(words(place.word, "rail-word"), 0, middle)
        column.addWidget(words(place.key, "rail-key"), 0, middle)


class Rail(QFrame):
    """All pages.

    Signals:
        chosen: An int: the place of the page.
    """

    chosen = Signal(object)

    def __init__(self, places: tuple[Place, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setFixedWidth(104)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 8)
        column.setSpacing(3)
        for number, place in enumerate(places):
            button = RailButton(place)
            button.setObjectName(f"rail_{number}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button, number)
            column.addWidget(button)
            if number == len(places) - 2:
                column.addStretch(1)
        self._group.idClicked.connect(self._on_clicked)

    @Slot(int)
    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(number)

    def mark(self, number: int) -> None:
        """Mark the page that is shown."""
        button = self._group.button(number)
        if button is not None:
            button.setChecked(True)
