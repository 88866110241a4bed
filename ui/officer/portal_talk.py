"""How the desk and the portal stand, joined."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ui.officer.places import PORTAL

if TYPE_CHECKING:
    from counter.ports import SyncState
    from counter.work import MessageLine
    from ui.officer.portal_page import PortalPage
    from ui.officer.status_line import StatusLine
    from ui.officer.surroundings import Surroundings


class PortalTalk(QObject):
    """Shows what waits for the portal, and sends again what it refused."""

    def __init__(self, around: Surroundings, status: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._status = status

    @cached_property
    def page(self) -> PortalPage:
        """How the desk and the portal stand."""
        from ui.officer.portal_page import PortalPage

        page = PortalPage(self._around.frame.pages)
        page.send_asked.connect(self._around.hands.send_now)
        page.again_asked.connect(self._send_again)
        self._around.frame.put(PORTAL, page)
        return page

    def show_state(self, state: SyncState) -> None:
        """Show how the courier stands."""
        self._status.show_sync(state)
        self.page.show_state(state)
        self.refresh()

    def refresh(self) -> None:
        """Ask again for messages and leased numbers."""
        self._around.asking.ask(lambda desk: desk.messages(), self._show_messages)
        self._around.asking.ask(lambda desk: desk.serials(), self.page.show_serials)

    def _show_messages(self, messages: tuple[MessageLine, ...]) -> None:
        """Count what is unsent also while the courier waits for a silent portal."""
        from counter.work import SyncStanding

        waiting = sum(m.standing is SyncStanding.WAITING for m in messages)
        self.page.show_messages(messages)
        self._status.show_unsent(waiting, len(messages) - waiting)

    @Slot(object)
    def _send_again(self, code: str) -> None:
        def sent(_count: int) -> None:
            self._around.hands.send_now()
            self.refresh()

        self._around.asking.ask(lambda desk: desk.send_again(code), sent)
