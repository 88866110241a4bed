"""The page of the audit chain, joined with the desk."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from counter.auditing import AuditAsked
    from ui.officer.audit.page import AuditPage
    from ui.officer.surroundings import Surroundings


class AuditTalk(QObject):
    """Lets a supervisor see who did what."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around

    @cached_property
    def page(self) -> AuditPage:
        """Who did what."""
        from ui.officer.audit.page import AuditPage

        page = AuditPage(self._around.frame.pages)
        page.asked.connect(self._ask)
        page.seal_asked.connect(self._print_seal)
        return page

    def opened(self) -> None:
        """Show the newest entries."""
        self.page.focus()
        self.page.ask()

    @Slot(object)
    def _ask(self, asked: AuditAsked) -> None:
        def failed(error: BaseException) -> None:
            self.page.show_refused()
            self._around.notice.complain(error)

        self._around.notice.clear()
        self._around.asking.ask(lambda desk: desk.audit(asked), self.page.show_audit, failed)

    @Slot()
    def _print_seal(self) -> None:
        self._around.notice.clear()
        self._around.asking.ask(
            lambda desk: desk.print_seal(), self._around.put, self._around.notice.complain
        )
