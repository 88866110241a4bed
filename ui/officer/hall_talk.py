"""The page of the queue and the strip, joined with what is done with numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from ui.officer.places import QUEUE, RECEIVE
from ui.queue_texts import queue_advice

if TYPE_CHECKING:
    from datetime import datetime

    from counter.hall import (
        CounterLine,
        QueueRenewed,
        QueueTicket,
        QueueView,
        Service,
        TicketTaken,
    )
    from ui.officer.queue_page import QueuePage
    from ui.officer.queue_talk import QueueTalk
    from ui.officer.surroundings import Surroundings


WATCH_MS = 2_000
"""How often the window looks whether others changed the queue."""

SKIPPED = 7
"""Looks left out after one that failed: an office that is away holds up the desk's own work."""


class HallTalk(QObject):
    """Shows the queue wherever the window shows it, and what other places do to it.

    Args:
        called: Told of the QueueTicket that was called, or None when nobody waits.
        begun: Told of the QueueTicket whose person sits here now.
        laid_aside: Told of the QueueTicket that was held.
    """

    def __init__(
        self,
        around: Surroundings,
        parent: QObject,
        *,
        called: Callable[[QueueTicket | None], object],
        begun: Callable[[QueueTicket], object],
        laid_aside: Callable[[QueueTicket], object],
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._called, self._begun, self._laid_aside = called, begun, laid_aside
        self._mark: int | None = None
        self._skip = 0
        around.frame.strip.call_asked.connect(self.call_next)
        around.frame.helps.going.connect(self._go_and_help)
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_MS)
        self._watch.timeout.connect(self.look)

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
        page.current.pass_on.connect(self.offer_places)
        page.current.finish.connect(numbers.finish)
        page.booking_asked.connect(self._book)
        page.aside.resume.connect(numbers.resume)
        page.aside.recall.connect(numbers.recall_missed)
        page.aside.typed.connect(numbers.call_number)
        page.aside.renew_asked.connect(self._renew)
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
        talk.laid_aside.connect(self._laid_aside)
        talk.changed.connect(self.refresh)
        return talk

    @Slot()
    def call_next(self) -> None:
        """Call the next number."""
        self.numbers.call_next()

    def begin(self) -> None:
        """Ask who waits and which services there are, and look at both from now on."""
        self._watch.start()
        self.refresh_queue()
        self._ask_services()

    @Slot()
    def refresh(self) -> None:
        """Ask again who waits; what only the page shows when it is shown."""
        self.refresh_queue()
        if self._around.frame.shown == QUEUE:
            self.shown()

    def shown(self) -> None:
        """Hear that the page is shown."""
        self._ask_services()
        self.numbers.ask_figures()

    def _ask_services(self) -> None:
        self._around.asking.ask(lambda desk: desk.services(), self.page.show_services)

    def refresh_queue(self) -> None:
        """Ask again who waits."""
        self._around.asking.ask(lambda desk: desk.queue(), self._show_queue)

    def _show_queue(self, view: QueueView) -> None:
        self.page.show_queue(view)
        self._around.frame.strip.show_queue(view)
        self._around.frame.helps.show_calls(view.helps)
        self.numbers.show_queue(view)

    @Slot()
    def look(self) -> None:
        """Look whether anything changed, and ask again only then."""
        if self._skip:
            self._skip -= 1
        elif self._around.frame.isVisible():
            self._around.asking.ask(lambda desk: desk.calls().mark(), self._seen, self._unseen)

    def _seen(self, mark: int) -> None:
        if mark != self._mark:
            known, self._mark = self._mark is not None, mark
            if known:
                self.refresh_queue()

    def _unseen(self, _error: BaseException) -> None:
        self._skip = SKIPPED

    @Slot(object)
    def _go_and_help(self, row: int) -> None:
        def told(first: bool) -> None:
            if not first:
                self._around.notice.say("info", self.tr("Một cán bộ khác đã đến giúp."))
            self.refresh_queue()

        self._around.asking.ask(lambda desk: desk.calls().answer_help(row), told)

    @Slot()
    def offer_places(self) -> None:
        """Offer where the number that stands here can be passed on to."""

        def offer(found: tuple[tuple[Service, ...], tuple[CounterLine, ...]]) -> None:
            from ui.officer.pass_menu import PassMenu

            menu = PassMenu(*found, self._around.frame)
            menu.chosen.connect(self.numbers.pass_on)
            menu.aboutToHide.connect(menu.deleteLater)
            place = self.page.current.places
            menu.popup(place.mapToGlobal(place.rect().bottomLeft()))

        if self.numbers.is_serving:
            self._around.asking.ask(
                lambda desk: (desk.services(), desk.calls().counters()),
                offer,
            )

    @Slot(object)
    def _book(self, wanted: tuple[str, datetime]) -> None:
        self._around.asking.ask(
            lambda desk: desk.calls().book(*wanted),
            lambda code: self.page.show_booked(code, wanted[1]),
        )

    @Slot()
    def _renew(self) -> None:
        def done(renewed: QueueRenewed) -> None:
            told = self.tr("Đã làm lại hàng đợi.")
            self._around.notice.say("info", told, " ".join(queue_advice(renewed)))
            self.refresh()

        self._around.asking.ask(lambda desk: desk.data().renew_queue(), done)

    @Slot(object)
    def _take_ticket(self, wanted: tuple[str, str | None]) -> None:
        def put(taken: TicketTaken) -> None:
            self._around.put(taken.job)
            self.page.show_taken(taken)
            self._around.changed(taken.changed)

        self._around.asking.ask(lambda desk: desk.take_ticket(*wanted), put)
