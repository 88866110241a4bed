"""Paper receipts keyed later, joined: the form is asked, the desk keys, the receipt prints."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter.errors import ProcedureChanged
from ui import written
from ui.officer.receive.late_form import LateAsked, LateForm, LateTyped

if TYPE_CHECKING:
    from counter.acts import Confirmer
    from counter.procedures import Procedure
    from counter.values import DossierId
    from counter.work import Reception, ReceptionAsked
    from ui.officer.asking import Asking
    from ui.officer.receive.page import ReceivePage
    from ui.parts.notice import NoticeBar


class LateTalk(QObject):
    """Takes what stands on the page to the desk as a paper receipt.

    Args:
        received: Told of the Reception that is on disk.
    """

    def __init__(
        self,
        page: ReceivePage,
        asking: Asking,
        notice: NoticeBar,
        received: Callable[[Reception], object],
    ) -> None:
        super().__init__(page)
        self._page, self._asking, self._notice = page, asking, notice
        self._received = received
        self._typed: tuple[DossierId, LateTyped] | None = None

    def begin(self) -> None:
        """Ask what the paper receipt says; the page must be whole but for that."""
        asked = self._page.whole()
        if asked is None:
            return

        def show(confirmers: tuple[Confirmer, ...]) -> None:
            form = LateForm(confirmers, self._page.window())
            if self._typed is not None and self._typed[0] == asked.dossier_id:
                form.put_back(self._typed[1])
            self._typed = None
            form.asked.connect(lambda late: self._key(form, asked, late))
            form.finished.connect(form.deleteLater)
            form.open()

        self._asking.ask(lambda desk: desk.late().confirmers(), show)

    def _key(self, form: LateForm, asked: ReceptionAsked, late: LateAsked) -> None:
        def done(received: Reception) -> None:
            form.accept()
            self._received(received)

        def failed(error: BaseException) -> None:
            if isinstance(error, ProcedureChanged):
                self._offer_version(form, asked, late)
            else:
                form.refuse(error)

        self._asking.ask(
            lambda desk: desk.late().receive(asked, late.late, late.confirmed), done, failed
        )

    def _offer_version(self, form: LateForm, asked: ReceptionAsked, late: LateAsked) -> None:
        """Show the checklist of the day on the paper; what was typed comes back with the form."""
        moment = late.late.received_at

        def show(procedure: Procedure) -> None:
            self._typed = asked.dossier_id, form.typed()
            form.reject()
            self._page.procedure.hold(procedure)
            told = self.tr(
                "Ngày %1 thủ tục này theo phiên bản khác, giấy tờ phải nộp không như hôm nay. "
                "Danh mục của ngày ấy đã hiện: đánh dấu giấy tờ rồi bấm Ctrl+Shift+B."
            )
            self._notice.say("warn", told.replace("%1", written.day(moment)))

        self._asking.ask(
            lambda desk: desk.late().version(asked.procedure_code, moment), show, form.refuse
        )
