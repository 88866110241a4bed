"""Visits that are not dossiers yet: kept while they are typed, laid aside, taken up again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Signal, Slot
from PySide6.QtWidgets import QMenu

from counter.errors import NotAllowed
from ui import written
from ui.officer.receive.standing import put_back, standing

if TYPE_CHECKING:
    from counter.values import CitizenNumber
    from counter.visits import KeptVisit, Visit
    from counter.work import DeskWork
    from ui.officer.asking import Asking
    from ui.officer.receive.page import ReceivePage
    from ui.parts.notice import NoticeBar

TURN_MS = 1000
"""How often what stands on the page is compared with what was kept; a crash loses no more."""


class VisitTalk(QObject):
    """Keeps the visit on the page, and those that were laid aside.

    Args:
        know: Told whose visit was taken up, so that the card opens by itself.

    Signals:
        moved: Nothing; a number was held or goes on, with its visit.
    """

    moved = Signal()

    def __init__(
        self,
        page: ReceivePage,
        asking: Asking,
        notice: NoticeBar,
        know: Callable[[CitizenNumber | None], object],
    ) -> None:
        super().__init__(page)
        self._page, self._asking, self._notice, self._know = page, asking, notice, know
        self._last: Visit | None = None
        self._is_moving = self._is_failing = False
        self._parked: tuple[KeptVisit, ...] = ()
        self._menu = QMenu(page)
        self._menu.setObjectName("visit_menu")
        page.left.connect(self._on_left)
        self._turns = QTimer(self)
        self._turns.setInterval(TURN_MS)
        self._turns.timeout.connect(self.keep)

    def begin(self) -> None:
        """The desk is open: take up what a crash left on the page, and keep from now on."""
        self._turns.start()

        def show(kept: tuple[KeptVisit, ...]) -> None:
            self._show_parked(kept)
            left = [one for one in kept if not one.visit.parked]
            self._parked += tuple(left[1:])
            if left and not self._page.is_begun and not self._page.is_done:
                self._take_up(left[0])
                told = self.tr("Đã khôi phục lượt đang làm dở lúc %1.")
                self._notice.say(
                    "info",
                    told.replace("%1", written.moment(left[0].at)),
                    self.tr("Hãy đọc thẻ để xác thực lại, kiểm tra rồi làm tiếp."),
                )

        self._asking.ask(lambda desk: desk.visits().kept(), show, self._unless_refused)

    @Slot()
    def keep(self) -> None:
        """Keep what stands on the page, unless it is kept already."""
        visit = None if self._is_moving else standing(self._page)
        if visit is None or visit == self._last:
            return
        self._last = visit
        self._asking.ask(lambda desk: desk.visits().keep(visit), self._kept, self._not_kept)

    @Slot()
    def park(self) -> None:
        """Lay the visit on the page aside, and its number with it; the page is free."""
        visit = None if self._is_moving else standing(self._page)
        if visit is None:
            self._notice.say("info", self.tr("Không có lượt nào đang làm dở trên trang này."))
            return
        aside = replace(visit, parked=True)

        def parked(kept: tuple[KeptVisit, ...]) -> None:
            self._is_moving = False
            self._last = None
            self._page.begin_next()
            self._show_parked(kept)
            self._notice.say(
                "good",
                self.tr("Đã gác lượt của %1.").replace("%1", self._who(aside)),
                self.tr("Bấm Ctrl+F10 để làm tiếp, cùng số thứ tự."),
            )
            self._move_numbers(hold=aside.ticket, go_on=None)

        self._is_moving = True
        self._asking.ask(partial(_keep_all, (aside,)), parked, self._not_moved)

    def leave_to_another(self) -> None:
        """Another officer sits here: the page is free, and what was typed stays kept."""
        self._last = None
        self._show_parked(())
        self._page.begin_next()

    def park_ticket(self, ticket: str) -> None:
        """The number was laid aside: lay its visit aside too, when it stands on the page."""
        if self._page.ticket == ticket and self._page.is_begun:
            self.park()

    @Slot()
    def resume(self) -> None:
        """Take up the visit that was laid aside; of several the officer picks one."""
        if not self._parked:
            self._notice.say(
                "info",
                self.tr("Không có lượt nào đang gác lại."),
                self.tr("Bấm Shift+F10 để gác lượt đang làm dở."),
            )
        elif len(self._parked) == 1:
            self._swap(self._parked[0])
        else:
            self._menu.clear()
            for number, one in enumerate(self._parked, 1):
                action = self._menu.addAction(f"&{number}   {self._words(one).replace('&', '&&')}")
                action.triggered.connect(partial(self._swap, one))
            corner = self._page.mapToGlobal(QPoint(14, 12))
            self._menu.popup(corner)
            self._menu.setActiveAction(self._menu.actions()[0])

    def receive_again(self, code: str) -> None:
        """Take up the people of a voided dossier; what stands here meanwhile is laid aside."""
        self._asking.ask(lambda desk: desk.visits().again(code), self._swap)

    def resume_ticket(self, ticket: str) -> bool:
        """Take up the visit of *ticket*, where one was laid aside; say whether there was."""
        found = next((one for one in self._parked if one.visit.ticket == ticket), None)
        if found is None:
            return False
        self._swap(found)
        return True

    def _swap(self, one: KeptVisit, _checked: object = None) -> None:
        """Take *one* up; what stands on the page meanwhile is laid aside in its place."""
        here = standing(self._page)
        visits: tuple[Visit, ...] = (replace(one.visit, parked=False),)
        if here is not None:
            visits = (replace(here, parked=True), *visits)

        def taken(kept: tuple[KeptVisit, ...]) -> None:
            self._is_moving = False
            self._last = None
            self._take_up(one)
            self._show_parked(kept)
            told = self.tr("Làm tiếp lượt của %1. Hãy đọc thẻ để xác thực lại.")
            self._notice.say("info", told.replace("%1", self._words(one)))
            self._move_numbers(hold=here.ticket if here else None, go_on=one.visit.ticket)

        self._is_moving = True
        self._asking.ask(partial(_keep_all, visits), taken, self._not_moved)

    def _move_numbers(self, *, hold: str | None, go_on: str | None) -> None:
        """Let the queue know: the number *hold* waits, the person of *go_on* sits here again."""
        if hold is not None or go_on is not None:
            self._asking.ask(partial(_move_numbers, hold, go_on), self._numbers_moved)

    def _numbers_moved(self, has_moved: bool) -> None:
        if has_moved:
            self.moved.emit()

    def _take_up(self, one: KeptVisit) -> None:
        put_back(self._page, one)
        self._last = standing(self._page)
        self._know(one.visit.person.find_number())

    def _show_parked(self, kept: tuple[KeptVisit, ...]) -> None:
        self._parked = tuple(one for one in kept if one.visit.parked)
        self._page.summary.show_parked(len(self._parked))

    def _words(self, one: KeptVisit) -> str:
        parts = (
            one.visit.ticket or "",
            self._who(one.visit),
            one.procedure.name if one.procedure else self.tr("chưa chọn thủ tục"),
            written.moment(one.at),
        )
        return " · ".join(filter(None, parts))

    def _who(self, visit: Visit) -> str:
        return visit.person.full_name.strip() or self.tr("người chưa rõ")

    @Slot()
    def _on_left(self) -> None:
        last, self._last = self._last, None
        if last is not None:
            self._asking.ask(lambda desk: desk.visits().forget(last.id), _nothing)

    def _kept(self, _none: None) -> None:
        self._is_failing = False

    def _not_kept(self, error: BaseException) -> None:
        """Try again with the next turn, but complain once."""
        self._last = None
        if not self._is_failing:
            self._is_failing = True
            self._unless_refused(error)

    def _not_moved(self, error: BaseException) -> None:
        self._is_moving = False
        self._notice.complain(error)

    def _unless_refused(self, error: BaseException) -> None:
        """Say why, but not to an officer whose role receives nobody."""
        if not isinstance(error, NotAllowed):
            self._notice.complain(error)


def _keep_all(visits: tuple[Visit, ...], desk: DeskWork) -> tuple[KeptVisit, ...]:
    work = desk.visits()
    for visit in visits:
        work.keep(visit)
    return work.kept()


def _move_numbers(hold: str | None, go_on: str | None, desk: DeskWork) -> bool:
    """Hold one number and go on with another, where they stand so; say whether one moved."""
    queue, has_moved = desk.queue(), False
    if queue.current is not None and queue.current.number == hold:
        desk.calls().hold(queue.current.row)
        has_moved = True
    if go_on is not None:
        for ticket in queue.held:
            if ticket.number == go_on:
                desk.calls().resume(ticket.row)
                has_moved = True
    return has_moved


def _nothing(_answer: object) -> None:
    """Take an answer that says nothing."""
