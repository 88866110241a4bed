"""Numbers: which services there are, taking one, and what became of its paper."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter.errors import DeskError
from counter.ports import Outcome
from ui.kiosk import pages
from ui.kiosk.staffed import StaffedPage
from ui.kiosk.stage import SHOWN_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter.hall import Service, TicketTaken
    from counter.kiosk import KioskWork
    from counter.ports import PrintJob
    from ui.kiosk.stage import Stage

log = logging.getLogger(__name__)


class TicketTalk(QObject):
    """Takes one number at a time, after the printer was asked how it is.

    Attributes:
        paper_fault: Why the ticket printer makes no paper; None while it does.
        printed: What became of the last ticket's paper; None while it is being made.
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._stage = stage
        self.paper_fault: DeskError | None = None
        self._taking = False
        self._ticket: PrintJob | None = None
        self.printed: Outcome | None = None
        self._last_staffed = ""

    def forget(self) -> None:
        """Forget the citizen's number and its paper."""
        self._ticket = None
        self._taking = False

    def ask_services(self) -> None:
        """Show what numbers can be taken for."""
        stage = self._stage
        if stage.rooms is not None:
            stage.ask(stage.rooms.work.services, self._show_services)

    def take(self, service: str, priority: str | None) -> None:
        """Take a number for the service with this letter, for whoever showed a card or nobody."""
        person = self._stage.person
        self.give(lambda work: work.take(service, person, priority))

    def give(self, take: Callable[[KioskWork], TicketTaken]) -> None:
        """Ask the printer how it is, then take one number; further touches take no second.

        A number whose citizen has left by the time it comes is given back: nobody would answer it.
        """
        stage = self._stage
        rooms, visit = stage.rooms, stage.visit
        if rooms is None or self._taking:
            return
        self._taking = True

        def told(error: DeskError | None) -> None:
            self.paper_fault = error
            stage.bridge.ask(lambda: take(rooms.work), heard, stage.for_visit(self._refused))

        def heard(taken: TicketTaken) -> None:
            if visit == stage.visit:
                self._taken(taken)
            else:
                stage.bridge.ask(lambda: rooms.work.give_back(taken), _nothing, _stays)

        stage.hands.ask_printer(stage.for_visit(told))

    def on_printer(self, error: DeskError | None) -> None:
        """Note how the ticket printer is; the first page says when there is no paper."""
        self.paper_fault = error
        if isinstance(self._stage.page, pages.HomePage):
            self._stage.rebuild()

    def on_paper(self, job: object, outcome: Outcome) -> None:
        """Show what became of the ticket's paper; other papers are nobody's business here."""
        stage = self._stage
        if self._ticket is None or job != self._ticket.id:
            return
        self.printed = outcome
        if isinstance(stage.page, pages.TakenPage):
            stage.page.show_paper(outcome)
            self._say_number()
        elif stage.rooms is not None and stage.rooms.info.staffed and outcome is Outcome.FAILED:
            self._last_staffed += self.tr(" (chưa in được, hãy ghi số ra giấy)")
            self.ask_services()

    def print_again(self) -> None:
        """Ask the printer how it is, then make the ticket's paper once more, marked so."""
        stage, ticket = self._stage, self._ticket
        page = stage.page
        if ticket is None or self.printed is None or not isinstance(page, pages.TakenPage):
            return
        self.printed = None
        page.show_paper(None)

        def told(error: DeskError | None) -> None:
            self.paper_fault = error
            if error is not None:
                self.on_paper(ticket.id, Outcome.FAILED)
                return
            self._ticket = pages.printed_again(ticket)
            stage.hands.put(self._ticket)

        stage.hands.ask_printer(stage.for_visit(told))

    def _show_services(self, services: tuple[Service, ...]) -> None:
        stage = self._stage
        if stage.rooms is None:
            return
        if stage.rooms.info.staffed:
            info = stage.rooms.info
            stage.show_page(
                lambda: StaffedPage(stage.look(), services, info.priorities, self._last_staffed)
            )
        else:
            stage.show_page(lambda: pages.ServicesPage(stage.look(), services, stage.tongue.code))

    def _taken(self, taken: TicketTaken) -> None:
        stage = self._stage
        self._taking = False
        self._ticket = taken.job
        self.printed = Outcome.FAILED
        if self.paper_fault is None:
            self.printed = None
            stage.hands.put(taken.job)
        if stage.rooms is not None and stage.rooms.info.staffed:
            self._last_staffed = self.tr("Số vừa cấp: %1").replace("%1", taken.number)
            self.ask_services()
            return
        stage.show_page(
            lambda: pages.TakenPage(stage.look(), taken, self.printed),
            done_s=2 * SHOWN_S,
        )
        self._say_number()

    def _refused(self, error: BaseException) -> None:
        self._taking = False
        self._stage.say_failed(error)

    def _say_number(self) -> None:
        if isinstance(self._stage.page, pages.TakenPage) and self.printed is Outcome.FAILED:
            self._stage.read_aloud()


def _nothing(_answer: object) -> None:
    """Hear that it is done."""


def _stays(error: BaseException) -> None:
    code = error.code if isinstance(error, DeskError) else type(error).__name__
    log.warning("a number that nobody heard stays in the queue: %s", code)
