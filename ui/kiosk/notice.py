"""What becomes of a citizen's personal data, one question a page, so that large letters fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from ui.kiosk.choices import TALLEST_MM
from ui.kiosk.page import KioskPage, Look
from ui.kiosk.wishes import Go, ReadNotice

if TYPE_CHECKING:
    from counter.notice import Notice


class NoticePage(KioskPage):
    """One question and its answer; the last page ends the reading.

    Args:
        page: Number of the question, from 0.
        language: Code of the language of the screen.
    """

    def __init__(self, look: Look, notice: Notice, page: int, language: str) -> None:
        title, answer = notice.part[page].in_language(language)
        pages = len(notice.part)
        super().__init__(look, f"{title} ({page + 1}/{pages})", answer)
        ways = []
        if page:
            ways.append(self.button(self.tr("Trang trước"), "page_back", ReadNotice(page - 1)))
        if page + 1 < pages:
            following = ReadNotice(page + 1)
            ways.append(self.button(self.tr("Xem tiếp"), "page_on", following, kind="main"))
        else:
            ways.append(self.button(self.tr("Xong"), "done", Go.HOME, kind="main"))
        row = QHBoxLayout()
        row.setSpacing(look.measures.gap)
        for way in ways:
            way.setMaximumHeight(look.measures.pixels(TALLEST_MM))
            row.addWidget(way)
        self.body.addLayout(row)
