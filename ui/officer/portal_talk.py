"""How the desk and the portal stand, joined."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ui.officer.places import PORTAL

if TYPE_CHECKING:
    from uuid import UUID

    from counter.disputes import MessageView
    from counter.ports import SyncState
    from counter.work import Change, MessageLine
    from ui.officer.message_form import MessageForm
    from ui.officer.portal_page import PortalPage
    from ui.officer.status_line import StatusLine
    from ui.officer.surroundings import Surroundings


class PortalTalk(QObject):
    """Shows what waits for the portal, and sends again what it refused."""

    def __init__(self, around: Surroundings, status: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._status = status
        self.form: MessageForm | None = None

    @cached_property
    def page(self) -> PortalPage:
        """How the desk and the portal stand."""
        from ui.officer.portal_page import PortalPage

        page = PortalPage(self._around.frame.pages)
        page.send_asked.connect(self._around.hands.send_now)
        page.again_asked.connect(self._send_again)
        page.opened.connect(self._open)
        self._around.frame.put(PORTAL, page)
        return page

    def show_state(self, state: SyncState) -> None:
        """Show how the courier stands."""
        self._status.show_sync(state)
        self.page.show_state(state)
        self.refresh()

    def refresh(self) -> None:
        """Ask again for messages, which the foot counts, and for leased numbers where shown."""
        self._around.asking.ask(lambda desk: desk.messages(), self._show_messages)
        if self._around.frame.shown == PORTAL:
            self._around.asking.ask(lambda desk: desk.allowed(), self.page.show_allowed)
            self._around.asking.ask(lambda desk: desk.serials(), self.page.show_serials)

    def _show_messages(self, messages: tuple[MessageLine, ...]) -> None:
        """Count what is unsent also while the courier waits for a silent portal."""
        from counter.work import SyncStanding

        waiting = [m.written_at for m in messages if m.standing is SyncStanding.WAITING]
        self.page.show_messages(messages)
        others = len(messages) - len(waiting)
        self._status.show_unsent(len(waiting), others, min(waiting, default=None))

    @Slot(object)
    def _open(self, key: UUID) -> None:
        self._around.asking.ask(lambda desk: desk.message(key), self._show_message)

    def _show_message(self, view: MessageView) -> None:
        from ui.officer.message_form import MessageForm

        if self.form is not None:
            return
        form = MessageForm(view, self._around.frame.window())
        form.chosen.connect(self._settle)
        form.amended.connect(self._amend)
        form.again_asked.connect(self._send_shown_again)
        form.finished.connect(self._closed)
        self.form = form
        form.open()

    @Slot(object)
    def _amend(self, words: tuple[tuple[str, str], ...]) -> None:
        form = self.form
        if form is None:
            return
        key = form.view.key

        def done(changed: Change) -> None:
            form.accept()
            self._around.hands.wake()
            self._around.changed(changed)

        self._around.asking.ask(lambda desk: desk.amend_message(key, words), done, form.refuse)

    @Slot(object)
    def _settle(self, keep: frozenset[str]) -> None:
        form = self.form
        if form is None:
            return
        key = form.view.key

        def done(changed: Change) -> None:
            form.accept()
            self._around.hands.wake()
            self._around.changed(changed)

        self._around.asking.ask(lambda desk: desk.settle_conflict(key, keep), done, form.refuse)

    @Slot()
    def _send_shown_again(self) -> None:
        form = self.form
        if form is not None:
            form.accept()
            self._send_again(form.view.dossier_code)

    @Slot()
    def _closed(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.deleteLater()

    @Slot(object)
    def _send_again(self, code: str) -> None:
        def sent(_count: int) -> None:
            self._around.hands.send_now()
            self.refresh()

        self._around.asking.ask(lambda desk: desk.send_again(code), sent)
