"""The page of the own password joined with the desk."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from ui.officer.own_password_page import OwnPasswordAsked, OwnPasswordPage
    from ui.officer.surroundings import Surroundings


class OwnPasswordTalk(QObject):
    """Lets whoever sits here change the own password."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around

    @cached_property
    def page(self) -> OwnPasswordPage:
        """The old password and the new one."""
        from ui.officer.own_password_page import OwnPasswordPage

        page = OwnPasswordPage(self._around.frame.pages)
        page.asked.connect(self._change)
        return page

    def opened(self) -> None:
        """Empty the page and give it the keyboard."""
        self.page.begin(has_account=self._around.hands.chair is not None)

    @Slot(object)
    def _change(self, asked: OwnPasswordAsked) -> None:
        chair = self._around.hands.chair
        if chair is not None:
            self._around.asking.ask(
                lambda _desk: chair.change_password(asked.old, asked.new),
                lambda _none: self.page.show_changed(),
                self.page.show_refused,
            )
