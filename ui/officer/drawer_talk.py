"""The cash drawer's page joined with the desk."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from counter.drawer import Closed, DrawerView
    from ui.officer.drawer_page import BindAsked, CloseAsked, DrawerPage
    from ui.officer.surroundings import Surroundings


class DrawerTalk(QObject):
    """Looks into the drawer, closes it, and binds legal receipts."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around

    @cached_property
    def page(self) -> DrawerPage:
        """The drawer."""
        from ui.officer.drawer_page import DrawerPage

        page = DrawerPage(self._around.frame.pages)
        page.close_asked.connect(self._close)
        page.bind_asked.connect(self._bind)
        page.reprint_asked.connect(self._reprint)
        return page

    def opened(self) -> None:
        """Show the drawer as it stands, and give the first note the keyboard."""
        self.refresh()
        self.page.focus()

    def refresh(self) -> None:
        """Show the drawer as it stands."""

        def show(view: DrawerView) -> None:
            self.page.show_drawer(view)

        self._around.asking.ask(lambda desk: desk.drawer().look(), show, self.page.refuse)

    @Slot(object)
    def _close(self, asked: CloseAsked) -> None:
        def closed(done: Closed) -> None:
            self._around.put(done.job)
            self.page.show_closed(done)
            self.refresh()

        self._around.asking.ask(
            lambda desk: desk.drawer().close(asked.counts, asked.remark), closed, self.page.refuse
        )

    @Slot(object)
    def _bind(self, asked: BindAsked) -> None:
        def bound(_none: None) -> None:
            self.page.show_bound()
            self.refresh()

        self._around.asking.ask(
            lambda desk: desk.drawer().bind(asked.number, asked.official),
            bound,
            self.page.refuse,
        )

    @Slot(object)
    def _reprint(self, number: str) -> None:
        self._around.asking.ask(
            lambda desk: desk.drawer().reprint(number), self._around.put, self.page.refuse
        )
