"""The page of the desk's data, joined with the desk."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from ui.officer.data.page import DataPage, PersonAsked
    from ui.officer.surroundings import Surroundings


class DataTalk(QObject):
    """Lets a citizen's data be handed over, and the key be changed."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around

    @cached_property
    def page(self) -> DataPage:
        """What the desk keeps."""
        from ui.officer.data.page import DataPage

        page = DataPage(self._around.frame.pages)
        page.person_asked.connect(self._export)
        page.key_asked.connect(self._change_key)
        return page

    def opened(self) -> None:
        """Give the number the keyboard."""
        self.page.focus()

    @Slot(object)
    def _export(self, asked: PersonAsked) -> None:
        def done(count: int) -> None:
            self.page.show_saved(count, asked.path.name)

        self._around.asking.ask(
            lambda desk: desk.data().export_person(
                asked.citizen, asked.path, identity_checked=True
            ),
            done,
            self.page.refuse,
        )

    @Slot()
    def _change_key(self) -> None:
        def done(_none: None) -> None:
            self.page.show_key_asked()

        self._around.asking.ask(lambda desk: desk.data().ask_for_new_key(), done, self.page.refuse)
