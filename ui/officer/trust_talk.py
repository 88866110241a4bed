"""What is asked of the desk's list of trusted issuers, and how the answers are shown."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from counter.cards import revocation_gap
from counter.work import Change
from ui.officer.places import DEVICES

if TYPE_CHECKING:
    from counter.cards import IssuerEntry, RejectedEntry
    from ui.officer.surroundings import Surroundings
    from ui.officer.trust_page import TrustPage

    Imported = tuple[int, tuple[RejectedEntry, ...]]


class TrustTalk(QObject):
    """Between the page of issuers and the list of them; checking signatures takes its time."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._bridge = around.bridge
        self._issuers = around.hands.issuers
        self._clock = around.hands.clock
        self._notice = around.notice

    @cached_property
    def page(self) -> TrustPage:
        """The issuers of cards that are believed."""
        from ui.officer.trust_page import TrustPage

        page = TrustPage(self._around.frame.pages)
        page.left.connect(partial(self._around.show_page, DEVICES))
        page.import_asked.connect(self._import)
        page.remove_asked.connect(self._remove)
        return page

    def opened(self) -> None:
        """Show what the desk trusts now, and give the page the keyboard."""
        self.refresh()

    def refresh(self) -> None:
        """Show what the desk trusts now, and give the page the keyboard."""

        def show(entries: tuple[IssuerEntry, ...]) -> None:
            self._show(entries)
            self.page.focus()

        self._bridge.ask(lambda: self._issuers().list(), show, self._failed)

    @Slot(object)
    def _import(self, path: str) -> None:
        def take() -> tuple[Imported, tuple[IssuerEntry, ...]]:
            issuers = self._issuers()
            return issuers.import_file(Path(path)), issuers.list()

        def show(answer: tuple[Imported, tuple[IssuerEntry, ...]]) -> None:
            imported, entries = answer
            self._show(entries)
            self.page.show_imported(*imported)
            self._around.changed(Change.DEVICES)

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
            self.page.show_removed()
            self._around.changed(Change.DEVICES)

        self._begin()
        self._bridge.ask(drop, show, self._failed)

    def _show(self, entries: tuple[IssuerEntry, ...]) -> None:
        self.page.show_entries(entries, revocation_gap(entries, self._clock()))

    def _begin(self) -> None:
        self._notice.clear()
        self.page.show_busy(True)

    def _failed(self, error: BaseException) -> None:
        self.page.show_refused()
        self._notice.complain(error)
