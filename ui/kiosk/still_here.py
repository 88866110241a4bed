"""Asks, before the kiosk begins anew, whether anybody is still here."""

from __future__ import annotations

from PySide6.QtGui import QFont

from ui.kiosk.measures import NUMBER_MM, TITLE_MM
from ui.kiosk.page import KioskPage, Look
from ui.kiosk.wishes import Go


class StillHerePage(KioskPage):
    """Counts down over the page that was left; one touch anywhere on the button brings it back."""

    spoken = ("kiosk.still-here",)

    def __init__(self, look: Look, seconds: int) -> None:
        super().__init__(look, self.tr("Ông bà còn ở đây không?"))
        self._left = self.line("", NUMBER_MM, QFont.Weight.Bold)
        self._left.setObjectName("seconds_left")
        self.add_to_head(self._left)
        self.body.addWidget(self.line(self.tr("Hết giờ, máy xóa mọi thông tin đã nhập."), 7.0))
        stay = self.tr("Tôi còn ở đây, làm tiếp")
        self.body.addWidget(
            self.button(stay, "still_here", Go.STILL_HERE, kind="main", size_mm=TITLE_MM), 2
        )
        self.count(seconds)

    def count(self, seconds: int) -> None:
        """Show how many seconds are left."""
        self._left.setText(str(seconds))
