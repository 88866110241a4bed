"""Paper receipts keyed later, joined: the form is asked, the desk keys, the receipt prints."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.officer.receive.late_form import LateAsked, LateForm

if TYPE_CHECKING:
    from counter.acts import Confirmer
    from counter.work import Reception, ReceptionAsked
    from ui.officer.asking import Asking
    from ui.officer.receive.page import ReceivePage


class LateTalk(QObject):
    """Takes what stands on the page to the desk as a paper receipt.

    Args:
        received: Told of the Reception that is on disk.
    """

    def __init__(
        self, page: ReceivePage, asking: Asking, received: Callable[[Reception], object]
    ) -> None:
        super().__init__(page)
        self._page, self._asking, self._received = page, asking, received

    def begin(self) -> None:
        """Ask what the paper receipt says; the page must be whole but for that."""
        asked = self._page.whole()
        if asked is None:
            return

        def show(confirmers: tuple[Confirmer, ...]) -> None:
            form = LateForm(confirmers, self._page.window())
            form.asked.connect(lambda late: self._key(form, asked, late))
            form.finished.connect(form.deleteLater)
            form.open()

        self._asking.ask(lambda desk: desk.late().confirmers(), show)

    def _key(self, form: LateForm, asked: ReceptionAsked, late: LateAsked) -> None:
        def done(received: Reception) -> None:
            form.accept()
            self._received(received)

        self._asking.ask(
            lambda desk: desk.late().receive(asked, late.late, late.confirmed), done, form.refuse
        )
