"""What the officer does with numbers, asked of the desk and said in the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from counter.hall import CallWork, DayFigures, QueueTicket, QueueView, VisitOpened
from counter.values import CitizenNumber

if TYPE_CHECKING:
    from ui.officer.asking import Asking
    from ui.parts.notice import NoticeBar

T = TypeVar("T")


class QueueTalk(QObject):
    """Calls, holds and ends numbers for one window.

    Signals:
        called: A QueueTicket that was called, or None when nobody waits.
        begun: A QueueTicket whose person sits here now.
        laid_aside: A QueueTicket whose visit was laid aside.
        changed: Nothing; the queue is no longer what is shown.
        figures: A DayFigures.
    """

    called = Signal(object)
    begun = Signal(object)
    laid_aside = Signal(object)
    changed = Signal()
    figures = Signal(object)

    def __init__(self, asking: Asking, notice: NoticeBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asking = asking
        self._notice = notice
        self._current: QueueTicket | None = None
        self._is_calling = False

    def show_queue(self, view: QueueView) -> None:
        """Know who stands here."""
        self._current = view.current

    @Slot()
    def call_next(self) -> None:
        """Call the next number; a second press while the first is on its way does nothing."""
        if not self._is_calling:
            self._is_calling = True
            self._do(lambda calls: calls.call_next(), self._told_next, self._not_called)

    @Slot(object)
    def call_number(self, number: str) -> None:
        """Call a number the officer typed."""
        self._do(lambda calls: calls.call_number(number), self._told)

    @Slot()
    def call_again(self) -> None:
        """Call the number that stands here once more."""
        self._with_current(lambda calls, row: calls.call_again(row), self._told)

    @Slot()
    def hold(self) -> None:
        """Lay the visit aside."""

        def held(ticket: QueueTicket) -> None:
            told = self.tr("Đã tạm gác số %1. Bấm F8 để gọi số tiếp theo.")
            self._notice.say("info", told.replace("%1", ticket.number))
            self.laid_aside.emit(ticket)
            self.changed.emit()

        self._with_current(lambda calls, row: calls.hold(row), held)

    @Slot()
    def miss(self) -> None:
        """The called person did not come."""

        def missed(ticket: QueueTicket) -> None:
            told = self.tr("Đã ghi số %1 vắng mặt; còn gọi lại được một lần trong ngày.")
            self._notice.say("info", told.replace("%1", ticket.number))
            self.changed.emit()

        self._with_current(lambda calls, row: calls.miss(row), missed)

    @property
    def is_serving(self) -> bool:
        """Whether a number stands here."""
        return self._current is not None

    @Slot()
    def finish(self) -> None:
        """End the visit without calling the next."""
        current = self._current
        if current is None:
            return

        def finished(_none: None) -> None:
            told = self.tr("Đã xong số %1; quầy chưa gọi ai.").replace("%1", current.number)
            self._notice.say("info", told)
            self._leave()

        self._do(lambda calls: calls.finish(current.row), finished)

    @Slot(object)
    def pass_on(self, where: tuple[str | None, str | None, str | None]) -> None:
        """Pass the number on to a field, a counter or an officer."""
        service, counter, officer = where
        current = self._current
        if current is None:
            return

        def passed(_none: None) -> None:
            told = self.tr("Đã chuyển số %1 sang %2, không phải lấy số lại.")
            told = told.replace("%1", current.number)
            self._notice.say("info", told.replace("%2", counter or officer or service or ""))
            self._leave()

        self._do(
            lambda calls: calls.pass_on(
                current.row, service=service, to_counter=counter, to_officer=officer
            ),
            passed,
        )

    @Slot(object)
    def resume(self, ticket: int) -> None:
        """Go on with a visit laid aside."""
        self._do(lambda calls: calls.resume(ticket), self._sits)

    @Slot(object)
    def recall_missed(self, number: str) -> None:
        """Call an absent number once more."""
        self._do(lambda calls: calls.recall_missed(number), self._told)

    @Slot()
    def ask_figures(self) -> None:
        """Ask for the figures of the day."""

        def show(figures: DayFigures) -> None:
            self.figures.emit(figures)

        self._do(lambda calls: calls.day_figures(), show)

    def scanned(self, code: str, other: Callable[[], object]) -> None:
        """Open the visit a scanned ticket belongs to; *other* is done when it is none."""

        def opened(visit: VisitOpened | None) -> None:
            if visit is None:
                other()
            else:
                self._sits(visit.ticket)

        self._do(lambda calls: calls.begin_scanned(code=code), opened)

    def card_shown(self, citizen: CitizenNumber) -> None:
        """Open the visit of the called citizen whose card lies here; another card changes nothing.

        The card is read either way, so that a queue which cannot be asked is no reason to complain.
        """

        def opened(visit: VisitOpened | None) -> None:
            if visit is not None:
                self._sits(visit.ticket)

        self._do(lambda calls: calls.begin_scanned(citizen=citizen), opened, lambda _error: None)

    def _do(
        self,
        work: Callable[[CallWork], T],
        done: Callable[[T], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        self._asking.ask(lambda desk: work(desk.calls()), done, failed)

    def _with_current(
        self, work: Callable[[CallWork, int], T], done: Callable[[T], object]
    ) -> None:
        if self._current is not None:
            self._do(partial(_on_row, work, self._current.row), done)

    def _told_next(self, ticket: QueueTicket | None) -> None:
        self._is_calling = False
        if ticket is None:
            self._notice.say("info", self.tr("Không có ai đang chờ."))
            self.called.emit(None)
            self.changed.emit()
        else:
            self._told(ticket)

    def _told(self, ticket: QueueTicket) -> None:
        told = self.tr("Mời số %1").replace("%1", ticket.number)
        self._notice.say("info", told, ticket.service_name)
        self._current = ticket
        self.called.emit(ticket)
        self.changed.emit()

    def _leave(self) -> None:
        """Nobody stands here any more."""
        self._current = None
        self.called.emit(None)
        self.changed.emit()

    def _sits(self, ticket: QueueTicket) -> None:
        self._current = ticket
        self.begun.emit(ticket)
        self.changed.emit()

    def _not_called(self, error: BaseException) -> None:
        self._is_calling = False
        self._notice.complain(error)


def _on_row(work: Callable[[CallWork, int], T], row: int, calls: CallWork) -> T:
    return work(calls, row)
