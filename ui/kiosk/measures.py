"""Lengths and letters of the kiosk in millimetres of the real screen.

Targets are at least 20 mm and capital letters at least 4.8 mm high (EN 301 549, 5.1.4), whatever
the screen's size; the switch for large text doubles every letter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from PySide6.QtGui import QFont, QScreen

from ui import theme

TARGET_MM = 20.0
TEXT_MM = 7.0
"""Type size whose capitals are 4.9 mm high in Be Vietnam Pro."""

TITLE_MM = 9.0
NUMBER_MM = 34.0
MM_PER_INCH = 25.4
LIKELY_DPI = range(50, 400)
"""Screens that claim less or more do not know their size; they are taken for 96."""


@dataclass(frozen=True, slots=True)
class Measures:
    """How many dots a millimetre has, and whether letters are doubled."""

    dots_per_mm: float
    large: bool = False

    @classmethod
    def of(cls, screen: QScreen) -> Measures:
        """Return the measures of *screen* in device-independent pixels."""
        dpi = screen.physicalDotsPerInch()
        return cls((dpi if int(dpi) in LIKELY_DPI else 96.0) / MM_PER_INCH)

    @property
    def target(self) -> int:
        """The least side of anything that is touched, in pixels."""
        return ceil(TARGET_MM * self.dots_per_mm)

    @property
    def gap(self) -> int:
        """Room between targets, in pixels."""
        return round(2.5 * self.dots_per_mm)

    def pixels(self, millimetres: float) -> int:
        """Return a length in pixels; it does not grow with the letters."""
        return round(millimetres * self.dots_per_mm)

    def font(
        self, millimetres: float = TEXT_MM, weight: QFont.Weight = QFont.Weight.Medium
    ) -> QFont:
        """Return the font of a type size; doubled letters stop where a title would not fit."""
        grown = min(millimetres * 2, max(millimetres, 2 * TEXT_MM)) if self.large else millimetres
        made = theme.font(10, weight)
        made.setPixelSize(max(1, round(grown * self.dots_per_mm)))
        return made

    def enlarged(self, large: bool) -> Measures:
        """Return the same screen with letters doubled or not."""
        return replace(self, large=large)
