"""Declarations, joined: the desk fills them in, and they are printed, filled in or blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from counter.declaring import Declared
    from counter.ports import PrintJob
    from counter.work import DeskWork
    from ui.officer.receive.declaring import DeclarationPrint, DeclareAsked
    from ui.officer.receive.page import ReceivePage
    from ui.officer.surroundings import Surroundings


class DeclaringTalk(QObject):
    """Takes declarations from the page to the desk."""

    def __init__(self, page: ReceivePage, around: Surroundings) -> None:
        super().__init__(page)
        self._page, self._around = page, around
        page.declaring.asked.connect(self._declare)
        page.declaring.print_asked.connect(self._print)
        page.procedure.blank_asked.connect(self.print_blank)

    @Slot()
    def print_blank(self) -> None:
        """Print the blank form and the checklist of the chosen procedure, for who only asks."""
        procedure = self._page.procedure.procedure
        if procedure is None:
            return
        code, notice = procedure.code, self._around.notice

        def work(desk: DeskWork) -> tuple[PrintJob, ...]:
            declared = desk.declare(code, None, None)
            checklist = desk.print_checklist(code)
            if declared is None:
                return (checklist,)
            return (desk.print_declaration(declared.form, (), ""), checklist)

        def put(jobs: tuple[PrintJob, ...]) -> None:
            for job in jobs:
                self._around.put(job)
            told = (
                self.tr("Đang in mẫu tờ khai trống và danh mục giấy tờ.")
                if len(jobs) > 1
                else self.tr("Đang in danh mục giấy tờ; thủ tục này không có tờ khai.")
            )
            notice.say("info", told)

        self._around.asking.ask(work, put)

    @Slot(object)
    def _declare(self, asked: DeclareAsked) -> None:
        def show(declared: Declared | None) -> None:
            self._page.declaring.show(asked, declared)

        self._around.asking.ask(
            lambda desk: desk.declare(asked.procedure_code, asked.applicant, asked.chip), show
        )

    @Slot(object)
    def _print(self, asked: DeclarationPrint) -> None:
        def put(job: PrintJob) -> None:
            self._around.put(job)
            self._around.notice.say(
                "info",
                self.tr("Đang in tờ khai đã điền."),
                self.tr("Mời công dân đọc lại rồi ký hoặc điểm chỉ."),
            )

        self._around.asking.ask(
            lambda desk: desk.print_declaration(asked.form, asked.answers, asked.declarant), put
        )
