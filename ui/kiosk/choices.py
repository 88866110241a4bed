"""Many choices on as many pages as the screen needs; nothing is cut off and nothing scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kiosk.measures import Measures
from ui.kiosk.touch import Touch

MOST_COLUMNS = 4
TALLEST_MM = 34.0
"""A button does not grow beyond this, however much room there is."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to touch.

    Attributes:
        key: What is told when it is touched.
        mark: A letter before the words.
    """

    key: str
    words: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Choices side by side, by their places, and the height that shows all their words."""

    places: tuple[int, ...]
    height: int


class Choices(QWidget):
    """Lays its choices out in rows; where they need several pages, a button turns them.

    Signals:
        chosen: The key of the choice as str.
    """

    chosen = Signal(object)

    def __init__(
        self, choices: Sequence[Choice], measures: Measures, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._measures = measures
        self._shown = 0
        self._pages: list[list[Row]] = []
        self._columns = 1
        self._buttons = [self._button(choice) for choice in choices]
        self._more = Touch(self.tr("Xem thêm"), measures, "more", sign="next", parent=self)
        self._more.clicked.connect(self._turn)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shown = 0
        ways = [
            (self._divided(columns, beside=beside), columns)
            for beside in (0, self._more_width)
            for columns in range(1, MOST_COLUMNS + 1)
        ]
        whole = [way for way in ways[:MOST_COLUMNS] if self._cost(way) == (False, 1)]
        self._pages, self._columns = min(whole or ways[MOST_COLUMNS:], key=self._cost)
        self._lay()

    @property
    def _more_width(self) -> int:
        """Width of the button that turns the page, with the gap before it."""
        width = self._measures.target
        while self._more.height_for(width) > 2 * self._measures.target:
            width += self._measures.gap
        return width + self._measures.gap

    def _width(self, columns: int, beside: int) -> int:
        return (self.width() - beside - (columns - 1) * self._measures.gap) // columns

    def _divided(self, columns: int, *, beside: int) -> list[list[Row]]:
        """Return the rows of each page with *columns* side by side and *beside* pixels left."""
        width = self._width(columns, beside)
        pages: list[list[Row]] = [[]]
        left = self.height()
        for first in range(0, len(self._buttons), columns):
            places = tuple(range(first, min(first + columns, len(self._buttons))))
            height = max(self._buttons[place].height_for(width) for place in places)
            if pages[-1] and height > left:
                pages.append([])
                left = self.height()
            pages[-1].append(Row(places, height))
            left -= height + self._measures.gap
        return pages

    def _cost(self, way: tuple[list[list[Row]], int]) -> tuple[bool, int]:
        """Order ways of laying out: first those that show every word, then those of few pages."""
        pages, _columns = way
        too_high = any(row.height > self.height() for page in pages for row in page)
        return too_high, len(pages)

    def _lay(self) -> None:
        gap = self._measures.gap
        paged = len(self._pages) > 1
        beside = self._more_width if paged else 0
        rows = self._pages[self._shown]
        width = self._width(self._columns, beside)
        spare = self.height() - sum(row.height for row in rows) - gap * max(0, len(rows) - 1)
        grow = spare // len(rows) if rows else 0
        for button in self._buttons:
            button.hide()
        top = 0
        for row in rows:
            tallest = max(row.height, self._measures.pixels(TALLEST_MM))
            height = min(row.height + grow, tallest)
            for column, place in enumerate(row.places):
                button = self._buttons[place]
                button.setGeometry(column * (width + gap), top, width, height)
                button.show()
            top += height + gap
        self._more.setVisible(paged)
        self._more.setGeometry(self.width() - beside + gap, 0, beside - gap, max(0, top - gap))

    def _button(self, choice: Choice) -> Touch:
        name = f"choice-{choice.key}"
        button = Touch(choice.words, self._measures, name, mark=choice.mark, parent=self)
        button.setProperty("key", choice.key)
        button.clicked.connect(self._on_touch)
        return button

    @Slot()
    def _on_touch(self) -> None:
        button = self.sender()
        if isinstance(button, Touch):
            self.chosen.emit(str(button.property("key")))

    @Slot()
    def _turn(self) -> None:
        self._shown = (self._shown + 1) % len(self._pages)
        self._lay()
