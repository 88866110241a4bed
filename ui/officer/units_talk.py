"""Communes and addresses, joined: the desk finds them, the page shows them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from ui.officer.receive.page import ReceivePage
    from ui.officer.receive.unit_choice import UnitChoice
    from ui.officer.receive.unit_typing import UnitsAsked
    from ui.officer.surroundings import Surroundings


class UnitsTalk(QObject):
    """Takes letters and addresses from the page to the desk; what fails leaves the field as it is.

    A commune is a help and no condition, so nothing is complained of.
    """

    def __init__(self, page: ReceivePage, around: Surroundings) -> None:
        super().__init__(page)
        self._page, self._around = page, around
        self._choice: UnitChoice | None = None
        page.finder.asked.connect(self._find)
        page.identity.changed.connect(self._on_person)

    @Slot(object)
    def _find(self, asked: UnitsAsked) -> None:
        self._around.asking.ask(
            lambda desk: desk.find_units(asked.text),
            partial(asked.typing.show_found, asked),
            _leave,
        )

    @Slot()
    def _on_person(self) -> None:
        """Ask where whoever is known lives today."""
        identity = self._page.identity
        person = identity.so_far(None, None)
        if person is None and self._choice is None:
            return
        if self._choice is None:
            self._choice = identity.unit
            self._choice.asked.connect(self._place)
        self._choice.ask((person.address if person else None) or "")

    @Slot(object)
    def _place(self, address: str) -> None:
        self._around.asking.ask(
            lambda desk: desk.place(address),
            partial(self._page.identity.unit.show_placed, address),
            _leave,
        )


def _leave(_error: BaseException) -> None:
    return None
