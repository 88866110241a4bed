"""The portal's catalogues brought home: whole once, then only what changed.

They are asked for when the portal says what it can do, and when its news names one. What has not
changed costs one answer without a body; what has is kept with the place it was told to.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from counter.errors import PortalRefusedMessage, PortalSilent
from counter.store import reference
from counter.store.reference import CATALOGUES, Delta, Place
from counter.store.store import Store
from sync.contract import Capabilities, CataloguePage
from sync.listed import must_fit
from sync.portal import NoPage, Portal

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Reference:
    """Fetches catalogues.

    Attributes:
        wanted: Those the portal's news named.
        taken: Items taken in so far.
    """

    store: Store
    portal: Portal
    clock: Callable[[], datetime]
    wanted: set[str]
    taken: int = 0
    _asked_by: Capabilities | None = field(default=None)

    def fetch(self, allowed: Capabilities, go_on: Callable[[], bool]) -> None:
        """Fetch what may have changed, each catalogue by itself.

        Raises:
            PortalSilent, PortalRefusedDesk: As ``Portal`` says; whole catalogues stay kept.
        """
        everything = allowed is not self._asked_by
        for name in CATALOGUES:
            if not go_on():
                return
            if everything or name in self.wanted:
                self.wanted.discard(name)
                try:
                    self._fetch(name, go_on)
                except PortalRefusedMessage as refusal:
                    log.info("the portal has no catalogue %s: %s", name, refusal.code)
                except PortalSilent:
                    self.wanted.add(name)
                    raise
        self.wanted.clear()
        self._asked_by = allowed

    def _fetch(self, name: str, go_on: Callable[[], bool]) -> None:
        with self.store.reading() as session:
            place = reference.find_place(session, name)
        since = place.since if place else None
        told = self._since(name, place)
        if told is NoPage.SINCE_EXPIRED:
            since = None
            told = self.portal.catalogue(name, since=None)
        if told is NoPage.SAME:
            return
        items: list[dict[str, Any]] = []
        removed: list[str] = []
        first_etag: str | None = None
        while not isinstance(told, NoPage):
            page, page_etag = told
            first_etag = first_etag or page_etag
            items += page.items
            removed += page.removed
            if page.next is None:
                self._keep(name, items, removed, since=since, until=page.since, etag=first_etag)
                return
            if not go_on():
                self.wanted.add(name)
                return
            told = self.portal.catalogue(name, since=since, cursor=page.next)
        raise PortalSilent(f"catalogue {name}: it changed while it was told")

    def _since(self, name: str, place: Place | None) -> tuple[CataloguePage, str | None] | NoPage:
        """Ask what changed since *place*; one the portal refuses is as good as one that is over."""
        if place is None:
            return self.portal.catalogue(name, since=None)
        try:
            return self.portal.catalogue(name, since=place.since, etag=place.etag)
        except PortalRefusedMessage:
            return NoPage.SINCE_EXPIRED

    def _keep(
        self,
        name: str,
        items: list[dict[str, Any]],
        removed: list[str],
        *,
        since: str | None,
        until: str | None,
        etag: str | None,
    ) -> None:
        must_fit(name, items)
        if since is None and not items:
            return  # an answer that was meant for another question looks just so; asked whole again
        if until is None:
            raise PortalSilent(f"catalogue {name}: the last page names no place")
        # The ETag belongs to the question that was asked; a new place makes another question.
        place = Place(until, etag if until == since else None)
        delta = Delta(name, items, removed, whole=since is None, place=place)
        with self.store.writing() as session:
            reference.take_in(session, delta, self.clock())
        self.taken += len(items)
        if items or removed:
            log.info("catalogue %s: %d items, %d removed", name, len(items), len(removed))
