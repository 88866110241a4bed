"""Five faces with words to touch: one tap is the whole answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.kiosk.choices import TALLEST_MM
from ui.kiosk.measures import TEXT_MM, Measures
from ui.kiosk.touch import Touch
from ui.said import QT_TRANSLATE_NOOP

SCORES = (
    (5, QT_TRANSLATE_NOOP("kiosk", "Rất hài lòng")),
    (4, QT_TRANSLATE_NOOP("kiosk", "Hài lòng")),
    (3, QT_TRANSLATE_NOOP("kiosk", "Bình thường")),
    (2, QT_TRANSLATE_NOOP("kiosk", "Không hài lòng")),
    (1, QT_TRANSLATE_NOOP("kiosk", "Rất không hài lòng")),
)
"""QĐ 766/QĐ-TTg counts who is not content; five steps keep the middle from counting as praise."""

TALLEST = 3 * TALLEST_MM / 2
FACE_MM = 9.0
"""Least side of a face over its words."""


class Scores(QWidget):
    """The five answers, all of one size and one colour: none is recommended.

    They stand side by side, or under each other, or in a block where the letters are large.

    Args:
        width: Room for them in pixels; ``height``, likewise.
        upright: The screen is higher than wide.

    Signals:
        chosen: The score as int, 1 (very dissatisfied) to 5.
    """

    chosen = Signal(object)

    def __init__(
        self,
        measures: Measures,
        *,
        width: int,
        height: int,
        upright: bool,
        size_mm: float = TEXT_MM,
    ) -> None:
        super().__init__()
        buttons = [
            Touch(
                QCoreApplication.translate("kiosk", text),
                measures,
                f"choice-{score}",
                sign=f"face-{score}",
                size_mm=size_mm,
            )
            for score, text in SCORES
        ]
        columns, tallest = _divided(buttons, measures.gap, width, height, upright=upright)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(measures.gap)
        for place, (button, (score, _text)) in enumerate(zip(buttons, SCORES, strict=True)):
            button.setProperty("score", score)
            button.clicked.connect(self._on_touch)
            least = tallest + (measures.pixels(FACE_MM) if columns == len(buttons) else 0)
            button.setMinimumHeight(least)
            button.setMaximumHeight(max(least, measures.pixels(TALLEST)))
            if 1 < columns < len(buttons):
                button.leave_sign_out()  # some of a block would have room for it, others none
            if columns > 1:
                button.words_room = tallest - measures.pixels(4)
            grid.addWidget(button, place // columns, place % columns)

    @Slot()
    def _on_touch(self) -> None:
        button = self.sender()
        if isinstance(button, Touch):
            self.chosen.emit(int(button.property("score")))


def _divided(
    buttons: Sequence[Touch], gap: int, width: int, height: int, *, upright: bool
) -> tuple[int, int]:
    """Return how many stand side by side and the height each needs for its words."""
    ways = (1, 2, 3, 5) if upright else (5, 3, 2, 1)
    needs = {}
    for columns in ways:
        each = (width - (columns - 1) * gap) // columns
        tallest = max(button.height_for(each) for button in buttons)
        rows = -(-len(buttons) // columns)
        needs[columns] = (rows * tallest + (rows - 1) * gap, tallest)
    chosen = next((c for c in ways if needs[c][0] <= height), min(ways, key=needs.__getitem__))
    return chosen, needs[chosen][1]
