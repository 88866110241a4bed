"""The pages behind "Việc khác": made when first wanted, opened by name or by key."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ui.officer.further import Further, FurtherTalk, further
from ui.officer.places import MORE

if TYPE_CHECKING:
    from counter.people import Action
    from ui.officer.more_page import MorePage
    from ui.officer.surroundings import Surroundings


class MoreTalk(QObject):
    """Opens the pages that are wanted now and then."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._pages: dict[str, Further] = {page.name: page for page in further()}
        self._talks: dict[str, FurtherTalk] = {}

    @cached_property
    def page(self) -> MorePage:
        """A tile for each page."""
        from ui.officer.more_page import MorePage

        page = MorePage(tuple(self._pages.values()), self._around.frame.pages)
        page.chosen.connect(self.open)
        self._around.frame.put(MORE, page)
        return page

    def shown(self) -> None:
        """Give the page the keyboard, and offer what is for whoever sits here."""
        self.page.focus()

        def show(allowed: frozenset[Action]) -> None:
            wanted = wanted_by_page()
            others = [name for name, any_of in wanted.items() if not any_of & allowed]
            self.page.show_others(others)

        self._around.asking.ask(lambda desk: desk.allowed(), show)

    def talk(self, name: str) -> FurtherTalk:
        """Return the talk of the page called *name*, making it when it is first wanted."""
        if name not in self._talks:
            talk = self._pages[name].make(self._around, self)
            self._around.frame.pages.addWidget(talk.page)
            self._talks[name] = talk
        return self._talks[name]

    def forget(self) -> None:
        """Take every page away; each is made anew when it is wanted again."""
        for talk in self._talks.values():
            self._around.frame.pages.removeWidget(talk.page)
            talk.page.deleteLater()
            if isinstance(talk, QObject):
                talk.deleteLater()
        self._talks = {}

    @Slot(object)
    def open(self, name: str) -> None:
        """Show the page called *name*."""
        talk = self.talk(name)
        self._around.frame.show_page(MORE, talk.page)
        talk.opened()


def wanted_by_page() -> dict[str, frozenset[Action]]:
    """Return, for the pages that are not for everybody, of which actions one must be allowed."""
    from counter.people import Action

    return {
        "certify": frozenset({Action.READ}),
        "drawer": frozenset({Action.REPORT}),
        "registers": frozenset({Action.REPORT}),
        "people": frozenset({Action.PEOPLE}),
        "audit": frozenset({Action.AUDIT}),
        "ruler": frozenset({Action.MAINTAIN}),
        "data": frozenset({Action.EXPORT_PERSON, Action.MAINTAIN}),
        "skills": frozenset({Action.ASSIGN}),
    }
