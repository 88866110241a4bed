"""The ruler's page joined with the desk."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from counter.ports import PrintJob
    from ui.officer.ruler_page import RulerPage
    from ui.officer.surroundings import Surroundings


class RulerTalk(QObject):
    """Prints the page and keeps what was read off it."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around

    @cached_property
    def page(self) -> RulerPage:
        """The two steps."""
        from ui.officer.ruler_page import RulerPage

        page = RulerPage(self._around.frame.pages)
        page.print_asked.connect(self._print)
        page.kept.connect(self._keep)
        return page

    def opened(self) -> None:
        """Give the page the keyboard."""
        self.page.focus()

    @Slot()
    def _print(self) -> None:
        def put(job: PrintJob) -> None:
            self._around.put(job)
            self.page.show_sent()

        self._around.asking.ask(lambda desk: desk.ruler(), put, self.page.refuse)

    @Slot(object)
    def _keep(self, width: int) -> None:
        self._around.asking.ask(
            lambda desk: desk.keep_ticket_width(width),
            lambda _none: self.page.show_kept(width),
            self.page.refuse,
        )
