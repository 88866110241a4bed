"""The catalogue page joined with the desk: what is asked, and how the answers are shown."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from counter.values import local_day
from ui.officer.catalogue.edit_form import EditAsked, EditForm
from ui.officer.catalogue.proposals_form import AcceptAsked, ProposalsForm

if TYPE_CHECKING:
    from uuid import UUID

    from counter.curation import Listed, Proposals, Version
    from counter.ports import PrintJob
    from ui.officer.catalogue.page import CataloguePage
    from ui.officer.surroundings import Surroundings


class CatalogueTalk(QObject):
    """Asks the desk's catalogue for what the page wants."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._search = around.asking.newest(
            lambda desk, text: desk.curation().search(text),
            self._show_found,
        )

    @cached_property
    def page(self) -> CataloguePage:
        """The catalogue."""
        from ui.officer.catalogue.page import CataloguePage

        page = CataloguePage(self._around.frame.pages)
        page.searched.connect(self._search)
        page.picked.connect(self._read)
        page.edit_asked.connect(self._edit)
        page.publish_asked.connect(self._publish)
        page.checklist_asked.connect(self._print_checklist)
        page.list_asked.connect(self._print_list)
        page.import_asked.connect(self._propose)
        page.told_asked.connect(self._propose_told)
        page.undo_asked.connect(self._undo)
        return page

    def opened(self) -> None:
        """Show what is found now, and give the search the keyboard."""
        self._around.notice.clear()
        self._search(self.page.field.text())
        self.page.field.setFocus()

    def _show_found(self, found: tuple[Listed, ...]) -> None:
        self.page.show_found(found)

    @Slot(object)
    def _read(self, code: str) -> None:
        self._around.asking.ask(
            lambda desk: desk.curation().versions(code), self.page.show_versions
        )

    @Slot(object)
    def _edit(self, version: Version) -> None:
        form = EditForm(version, self._tomorrow(), self.page.window())

        def keep(asked: EditAsked) -> None:
            self._around.asking.ask(
                lambda desk: desk.curation().curate(asked.procedure, asked.begins),
                kept,
                form.refuse,
            )

        def kept(made: Version) -> None:
            form.accept()
            told = self.tr("Đã lập phiên bản %1. Muốn thôi thì chọn phiên bản đó rồi gỡ.")
            self._done(told.replace("%1", made.procedure.revision), made.procedure.code)

        form.asked.connect(keep)
        form.open()

    @Slot(object)
    def _publish(self, version: Version) -> None:
        code, revision = version.procedure.code, version.procedure.revision

        def put_up(job: PrintJob) -> None:
            self._around.put(job)
            self._done(self.tr("Đã công khai; bản niêm yết đang in."), code)

        self._around.asking.ask(lambda desk: desk.curation().publish(code, revision), put_up)

    @Slot(object)
    def _print_checklist(self, code: str) -> None:
        self._around.asking.ask(lambda desk: desk.print_checklist(code), self._around.put)

    @Slot(object)
    def _print_list(self, text: str) -> None:
        self._around.asking.ask(lambda desk: desk.curation().print_list(text), self._around.put)

    @Slot(object)
    def _propose(self, path: str) -> None:
        self._around.notice.clear()
        self._around.asking.ask(lambda desk: desk.curation().propose(Path(path)), self._offer)

    @Slot()
    def _propose_told(self) -> None:
        self._around.notice.clear()
        self._around.asking.ask(lambda desk: desk.curation().propose_told(), self._offer)

    def _offer(self, found: Proposals) -> None:
        if not found.offered:
            told = self.tr("Không có gì khác: %1 thủ tục giống danh mục đang dùng.")
            self.page.say("good", told.replace("%1", str(found.same)))
            return
        form = ProposalsForm(found, self._tomorrow(), self.page.window())

        def accept(asked: AcceptAsked) -> None:
            self._around.asking.ask(
                lambda desk: desk.curation().accept(asked.taken, asked.begins),
                accepted,
                form.refuse,
            )

        def accepted(count: int) -> None:
            form.accept()
            told = self.tr("Đã nhận %1 phiên bản. Muốn thôi thì chọn một phiên bản đó rồi gỡ.")
            self._done(told.replace("%1", str(count)), None)

        form.asked.connect(accept)
        form.open()

    @Slot(object)
    def _undo(self, batch: UUID) -> None:
        def undone(count: int) -> None:
            told = self.tr("Đã gỡ %1 phiên bản; bản trước có hiệu lực trở lại.")
            self._done(told.replace("%1", str(count)), None)

        self._around.asking.ask(lambda desk: desk.curation().undo(batch), undone)

    def _done(self, told: str, code: str | None) -> None:
        self.page.say("good", told)
        self._search(self.page.field.text())
        if code is not None:
            self._read(code)

    def _tomorrow(self) -> date:
        return local_day(self._around.hands.clock()) + timedelta(days=1)
