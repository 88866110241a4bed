"""People who cannot be received, joined: the reason is asked, the desk records, the form prints."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter.acts import ActKind
from counter.reasons import reasons_of
from ui.officer.acts.walk_in_form import WalkInForm

if TYPE_CHECKING:
    from counter.acts import Reason
    from counter.guidance import Guided, Reopened
    from counter.ports import PrintJob
    from counter.values import CitizenNumber
    from counter.work import Change, Reception, ReceptionAsked
    from ui.officer.asking import Asking
    from ui.officer.receive.page import ReceivePage
    from ui.parts.notice import NoticeBar


class WalkIns(QObject):
    """Takes guidance and refusals from the page to the desk, and guidance back.

    Args:
        put: Prints a paper.
        changed: Called with what a refusal changed.
        know: Told whose visit was opened again.
    """

    def __init__(
        self,
        page: ReceivePage,
        asking: Asking,
        notice: NoticeBar,
        *,
        put: Callable[[PrintJob], object],
        changed: Callable[[Change], object],
        know: Callable[[CitizenNumber | None], object],
    ) -> None:
        super().__init__(page)
        self._page, self._asking, self._notice = page, asking, notice
        self._put, self._changed, self._know = put, changed, know

    def guide(self) -> None:
        """Record what is missing of the dossier on the page."""
        self._begin(
            ActKind.ASK_SUPPLEMENT,
            self.tr("Hướng dẫn bổ sung"),
            self.tr("In phiếu ghi giấy tờ còn thiếu. Chưa có mã hồ sơ, chưa gửi lên cổng."),
            self._guide,
        )

    def refuse(self) -> None:
        """Record that the dossier on the page is not accepted."""
        self._begin(
            ActKind.REFUSE,
            self.tr("Từ chối tiếp nhận"),
            self.tr("Hồ sơ được cấp mã, vào sổ, gửi lên cổng với lý do và kết thúc."),
            self._refuse,
        )

    def reopen(self, number: str) -> None:
        """Bring back what was typed when guidance was given under *number*."""

        def show(found: Reopened) -> None:
            self._page.reopen(found)
            self._know(found.visit.person.find_number())
            told = self.tr("Đã mở lại phiếu %1. Hãy đọc thẻ để xác thực lại.")
            self._notice.say("info", told.replace("%1", found.number))

        self._asking.ask(lambda desk: desk.reopen(number), show)

    def _begin(
        self,
        kind: ActKind,
        title: str,
        meaning: str,
        act: Callable[[WalkInForm, ReceptionAsked, str], object],
    ) -> None:
        asked = self._page.whole()
        if asked is None:
            return

        def show(reasons: tuple[Reason, ...]) -> None:
            form = WalkInForm(title, meaning, reasons_of(reasons, kind), self._page.window())
            form.asked.connect(lambda reason: act(form, asked, reason))
            form.finished.connect(form.deleteLater)
            form.open()

        self._asking.ask(lambda desk: desk.reasons(), show)

    def _guide(self, form: WalkInForm, asked: ReceptionAsked, reason: str) -> None:
        def done(guided: Guided) -> None:
            form.accept()
            self._page.begin_next()
            told = self.tr("Đã ghi phiếu hướng dẫn %1").replace("%1", guided.number)
            self._notice.say("good", told, self.tr("Quét mã trên phiếu để mở lại."))
            for job in guided.jobs:
                self._put(job)

        begun = self._page.declaring.typed
        self._asking.ask(lambda desk: desk.guide(asked, reason, begun), done, form.refuse)

    def _refuse(self, form: WalkInForm, asked: ReceptionAsked, reason: str) -> None:
        def done(refused: Reception) -> None:
            form.accept()
            self._page.begin_next()
            self._notice.say(
                "good", self.tr("Đã ghi từ chối tiếp nhận, mã %1").replace("%1", refused.code)
            )
            for job in refused.jobs:
                self._put(job)
            self._changed(refused.changed)

        self._asking.ask(lambda desk: desk.refuse(asked, reason), done, form.refuse)
