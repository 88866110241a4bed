"""The page of the counters' skills joined with the desk."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from counter.work import Change

if TYPE_CHECKING:
    from counter.hall import CounterAsked, CounterLine, Service
    from counter.work import DeskWork
    from ui.officer.skills_page import SkillsPage
    from ui.officer.surroundings import Surroundings


class SkillsTalk(QObject):
    """Lets a supervisor say what each counter serves."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around

    @cached_property
    def page(self) -> SkillsPage:
        """The counters and their fields."""
        from ui.officer.skills_page import SkillsPage

        page = SkillsPage(self._around.frame.pages)
        page.asked.connect(self._assign)
        return page

    def opened(self) -> None:
        """Show the counters as they are now, and give the page the keyboard."""
        self.page.begin()
        self._around.asking.ask(_look, self._show, self.page.refuse)

    def _show(self, seen: tuple[tuple[CounterLine, ...], tuple[Service, ...]]) -> None:
        self.page.show_counters(*seen)
        self.page.focus()

    @Slot(object)
    def _assign(self, asked: CounterAsked) -> None:
        def work(desk: DeskWork) -> tuple[tuple[CounterLine, ...], tuple[Service, ...]]:
            desk.assign_counter(asked)
            return _look(desk)

        def show(seen: tuple[tuple[CounterLine, ...], tuple[Service, ...]]) -> None:
            self.page.show_counters(*seen)
            self.page.show_kept(asked)
            self._around.changed(Change.QUEUE)

        self._around.asking.ask(work, show, self.page.refuse)


def _look(desk: DeskWork) -> tuple[tuple[CounterLine, ...], tuple[Service, ...]]:
    return desk.counters(), desk.services()
