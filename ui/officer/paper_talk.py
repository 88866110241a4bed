"""Papers on their way: put to the printer, and said when one was made or was not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter.ports import PaperEvent
    from counter.work import Change
    from ui.officer.asking import Asking
    from ui.officer.receive.page import ReceivePage
    from ui.officer.status_line import StatusLine
    from ui.parts.notice import NoticeBar


class PaperTalk:
    """Hears of the printer.

    Args:
        changed: Called when the desk has noted a paper.
    """

    def __init__(
        self,
        page: ReceivePage,
        asking: Asking,
        notice: NoticeBar,
        status: StatusLine,
        changed: Callable[[Change], object],
    ) -> None:
        self._page, self._asking, self._notice = page, asking, notice
        self._status, self._changed = status, changed
        self._told = ""

    def hear(self, event: PaperEvent) -> None:
        """Hear of a printer or a paper; what was said of a failed one goes when it is made."""
        from counter.ports import PaperFailed, PaperMade, PrinterState

        if isinstance(event, PrinterState):
            self._status.show_printer(event)
            return
        self._page.received.show_paper(event)
        if isinstance(event, PaperFailed):
            self._notice.complain(event.error)
            self._told = self._notice.text
        elif isinstance(event, PaperMade):
            if self._notice.text == self._told:
                self._notice.clear()
            self._asking.ask(lambda desk: desk.note_paper(event), self._changed)
