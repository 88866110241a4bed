"""The morning page and the lists that travel, joined."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from counter.acts import ActKind, HandOver
from ui.officer.places import CARRY, TODAY

if TYPE_CHECKING:
    from counter.absent import ReassignAsked, Reassigned, Workload
    from counter.acted import Acted, Possible
    from counter.work import DossierLine, DossierView
    from ui.officer.absent_form import AbsentForm
    from ui.officer.carry_page import CarryPage, ListAsked
    from ui.officer.dossiers_talk import DossiersTalk
    from ui.officer.surroundings import Surroundings
    from ui.officer.today_page import TodayPage


class DayTalk(QObject):
    """Shows what wants somebody today.

    Args:
        dossiers: Gives back the money of a voided dossier.
    """

    def __init__(self, around: Surroundings, dossiers: DossiersTalk, parent: QObject) -> None:
        super().__init__(parent)
        self._around, self._dossiers = around, dossiers

    @cached_property
    def page(self) -> TodayPage:
        """What wants somebody today."""
        from ui.officer.today_page import TodayPage

        page = TodayPage(self._around.frame.pages)
        page.picked.connect(self._around.look_up)
        page.refreshed.connect(self.refresh)
        page.reassigned.connect(self.offer_colleagues)
        page.money_back.connect(self._give_back)
        self._around.frame.put(TODAY, page)
        return page

    @Slot()
    def refresh(self) -> None:
        """Ask again for the page as it stands."""
        self._around.asking.ask(lambda desk: desk.today(), self.page.show_today)

    @Slot(object)
    def _give_back(self, code: str) -> None:
        self._dossiers.give_back(code, self.refresh)

    @Slot(object)
    def offer_colleagues(self, line: DossierLine) -> None:
        """Ask who takes over the work of whoever looks after *line*."""

        def show(loads: tuple[Workload, ...]) -> None:
            from ui.officer.absent_form import AbsentForm

            form = AbsentForm(line, loads, self.page.window())
            form.asked.connect(lambda asked: self._reassign(form, asked))
            form.finished.connect(form.deleteLater)
            form.open()

        self._around.asking.ask(lambda desk: desk.reassigning().workloads(), show)

    def _reassign(self, form: AbsentForm, asked: ReassignAsked) -> None:
        def done(given: Reassigned) -> None:
            form.accept()
            told = self.tr("Đã giao lại %1 hồ sơ cho %2.").replace("%1", str(given.count))
            self._around.notice.say("good", told.replace("%2", given.name))
            self._around.hands.wake()
            self._around.changed(given.changed)
            self.refresh()

        self._around.asking.ask(lambda desk: desk.reassigning().reassign(asked), done, form.refuse)


class CarryTalk(QObject):
    """Makes lists of dossiers that travel together."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around

    @cached_property
    def page(self) -> CarryPage:
        """Lists of dossiers that travel together."""
        from ui.officer.carry_page import CarryPage

        page = CarryPage(self._around.frame.pages)
        page.scanned.connect(self.put_on_list)
        page.own_wanted.connect(self._put_own_on_list)
        page.asked.connect(self._act_on_list)
        self._around.frame.put(CARRY, page)
        return page

    @Slot(object)
    def put_on_list(self, code: str) -> None:
        """Put the dossier of a scanned code on the list."""

        def add(found: tuple[Possible, DossierView]) -> None:
            self.page.add(*found)

        if self.page.kind is ActKind.HAND_OVER:
            self._around.asking.ask(lambda desk: desk.handing().scan(code), add, self.page.refuse)
            return
        self._around.asking.ask(
            lambda desk: (desk.possible(code), desk.show(code)), add, self.page.refuse
        )

    @Slot()
    def _put_own_on_list(self) -> None:
        """Put what this officer received and nobody passed on onto the list, one by one."""

        def put(codes: tuple[str, ...]) -> None:
            for code in self.page.missing_of(codes):
                self.put_on_list(code)

        self._around.asking.ask(lambda desk: desk.handing().waiting(), put, self.page.refuse)

    @Slot(object)
    def _act_on_list(self, asked: ListAsked) -> None:
        def done(acted: tuple[Acted, ...]) -> None:
            from counter.work import Change

            self.page.show_done(acted)
            for one in acted:
                for job in one.jobs:
                    self._around.put(job)
            self._around.hands.wake()
            self._around.changed(Change.DOSSIERS)

        dossiers, act = asked.dossiers, asked.act
        if isinstance(act, HandOver):
            self._around.asking.ask(
                lambda desk: desk.handing().hand_over(dossiers, act), done, self.page.refuse
            )
            return
        self._around.asking.ask(lambda desk: desk.act_all(dossiers, act), done, self.page.refuse)
