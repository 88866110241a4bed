"""What is asked of the desk's list of trusted issuers, and how the answers are shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from counter.cards import revocation_gap

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter.cards import IssuerEntry, RejectedEntry
    from ui.bridge import Bridge
    from ui.officer.hands import Hands
    from ui.officer.trust_page import TrustPage
    from ui.parts.notice import NoticeBar

    Imported = tuple[int, tuple[RejectedEntry, ...]]


class TrustTalk(QObject):
    """Between the page of issuers and the list of them; checking signatures takes its time.

    Args:
        changed: Called when the desk trusts others than before.
    """

    def __init__(
        self,
        page: TrustPage,
        bridge: Bridge,
        hands: Hands,
        notice: NoticeBar,
        changed: Callable[[], None],
    ) -> None:
        super().__init__(page)
        self._page = page
        self._bridge = bridge
        self._issuers = hands.issuers
        self._clock = hands.clock
        self._notice = notice
        self._changed = changed
        page.import_asked.connect(self._import)
        page.remove_asked.connect(self._remove)

    def refresh(self) -> None:
        """Show what the desk trusts now, and give the page the keyboard."""

        def show(entries: tuple[IssuerEntry, ...]) -> None:
            self._show(entries)
            self._page.focus()

        self._bridge.ask(lambda: self._issuers().list(), show, self._failed)

    @Slot(object)
    def _import(self, path: str) -> None:
        def take() -> tuple[Imported, tuple[IssuerEntry, ...]]:
            issuers = self._issuers()
            return issuers.import_file(Path(path)), issuers.list()

        def show(answer: tuple[Imported, tuple[IssuerEntry, ...]]) -> None:
            imported, entries = answer
            self._show(entries)
            self._page.show_imported(*imported)
            self._changed()

        self._begin()
        self._bridge.ask(take, show, self._failed)

    @Slot(object)
    def _remove(self, sha256: str) -> None:
        def drop() -> tuple[IssuerEntry, ...]:
            issuers = self._issuers()
            issuers.remove(sha256)
            return issuers.list()

        def show(entries: tuple[IssuerEntry, ...]) -> None:
            self._show(entries)
            self._page.show_removed()
            self._changed()

        self._begin()
        self._bridge.ask(drop, show, self._failed)

    def _show(self, entries: tuple[IssuerEntry, ...]) -> None:
        self._page.show_entries(entries, revocation_gap(entries, self._clock()))

    def _begin(self) -> None:
        self._notice.clear()
        self._page.show_busy(True)

    def _failed(self, error: BaseException) -> None:
        self._page.show_refused()
        self._notice.complain(error)
