"""The page of the queue and the strip, joined with what is done with numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ui.officer.places import QUEUE, RECEIVE

if TYPE_CHECKING:
    from counter.hall import QueueTicket, QueueView, TicketTaken
    from ui.officer.queue_page import QueuePage
    from ui.officer.queue_talk import QueueTalk
    from ui.officer.surroundings import Surroundings


class HallTalk(QObject):
    """Shows the queue wherever the window shows it.

    Args:
        called: Told of the QueueTicket that was called, or None when nobody waits.
        begun: Told of the QueueTicket whose person sits here now.
    """

    def __init__(
        self,
        around: Surroundings,
        parent: QObject,
        *,
        called: Callable[[QueueTicket | None], object],
        begun: Callable[[QueueTicket], object],
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._called, self._begun = called, begun
        around.frame.strip.call_asked.connect(self.call_next)

    @cached_property
    def page(self) -> QueuePage:
        """The queue."""
        from ui.officer.queue_page import QueuePage

        page = QueuePage(self._around.frame.pages)
        page.ticket_asked.connect(self._take_ticket)
        page.begin_asked.connect(partial(self._around.show_page, RECEIVE))
        numbers = self.numbers
        page.current.again.connect(numbers.call_again)
        page.current.hold.connect(numbers.hold)
        page.current.miss.connect(numbers.miss)
        page.aside.resume.connect(numbers.resume)
        page.aside.recall.connect(numbers.recall_missed)
        page.aside.typed.connect(numbers.call_number)
        numbers.figures.connect(page.show_figures)
        self._around.frame.put(QUEUE, page)
        return page

    @cached_property
    def numbers(self) -> QueueTalk:
        """What is done with numbers."""
        from ui.officer.queue_talk import QueueTalk

        talk = QueueTalk(self._around.asking, self._around.notice, self)
        talk.called.connect(self._called)
        talk.begun.connect(self._begun)
        talk.changed.connect(self.refresh)
        return talk

    @Slot()
    def call_next(self) -> None:
        """Call the next number."""
        self.numbers.call_next()

    @Slot()
    def refresh(self) -> None:
        """Ask again who waits, and for what."""
        self.refresh_queue()
        self._around.asking.ask(lambda desk: desk.services(), self.page.show_services)
        if self._around.frame.shown == QUEUE:
            self.numbers.ask_figures()

    def refresh_queue(self) -> None:
        """Ask again who waits."""
        self._around.asking.ask(lambda desk: desk.queue(), self._show_queue)

    def _show_queue(self, view: QueueView) -> None:
        self.page.show_queue(view)
        self._around.frame.strip.show_queue(view)
        self.numbers.show_queue(view)

    @Slot(object)
    def _take_ticket(self, wanted: tuple[str, str | None]) -> None:
        def put(taken: TicketTaken) -> None:
            self._around.put(taken.job)
            self.page.show_taken(taken)
            self._around.changed(taken.changed)

        self._around.asking.ask(lambda desk: desk.take_ticket(*wanted), put)
