"""What the courier does each time it sets out, once it has a portal to speak to."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import Random
from uuid import UUID

from counter.errors import ClientTooOld, DeskError
from counter.store.store import Store
from sync import clocks
from sync.bundles import Bundles
from sync.checkpoints import Checkpoints
from sync.contract import Capabilities
from sync.delivery import Delivered, Delivery
from sync.errands import AtHand
from sync.feed import Feed
from sync.legal_receipts import LegalReceipts
from sync.payments import Payments
from sync.portal import Portal
from sync.postal import Postal
from sync.reconcile import Reconciliation
from sync.reference import Reference
from sync.serials import Serials
from sync.tus import Files
from sync.uploads import Uploads

log = logging.getLogger(__name__)

CAPABILITIES_S = 6 * 3600
"""How long what the portal said it can do is relied on."""


class Rounds:
    """The errands of one desk at one portal."""

    def __init__(
        self,
        store: Store,
        portal: Portal,
        *,
        agency: str,
        version: str,
        clock: Callable[[], datetime],
        chance: Random,
        is_working: Callable[[date], bool],
        tell: Callable[[Delivered], None],
        tell_news: Callable[[tuple[UUID, ...]], None],
        install_bundle: Callable[[bytes], object] | None = None,
        seals_in: Path | None = None,
        tell_progress: Callable[[], None] = lambda: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._version = version
        self._monotonic = monotonic
        self._store = store
        self._portal = portal
        self._serials = Serials(store, portal, agency, clock, is_working)
        self._delivery = Delivery(store, portal, clock, chance, tell)
        self._feed = Feed(store, portal, clock, tell_news)
        at_hand = AtHand(store, portal, clock, tell_news)
        self._payments = Payments(at_hand)
        self._legal_receipts = LegalReceipts(at_hand)
        self._postal = Postal(at_hand)
        self._reconciliation = Reconciliation(store, portal, self._feed, clock)
        self._bundles = Bundles(portal, install_bundle)
        self._checkpoints = Checkpoints(store, portal, seals_in)
        self._reference = Reference(store, portal, clock, self._feed.catalogues)
        self._uploads = Uploads(
            store,
            Files(portal),
            clock,
            chance,
            between=self._let_messages_pass,
            tell=tell_news,
        )
        self._tell_progress = tell_progress
        self._go_on: Callable[[], bool] = lambda: True
        self._capabilities: Capabilities | None = None
        self._read_at = 0.0

    @property
    def warning(self) -> DeskError | None:
        """Set when the portal wants a newer program, or gave a bundle of issuers that is none.

        Also when this computer's clock is wrong.
        """
        found = self._capabilities
        if found is None or _numbers(found.min_client) <= _numbers(self._version):
            return self._bundles.trouble or clocks.trouble(self._portal.skew_s)
        return ClientTooOld(f"{self._version} is older than {found.min_client}")

    def go(self, go_on: Callable[[], bool]) -> None:
        """Do every errand once; *go_on* is asked between requests.

        Raises:
            PortalSilent, PortalRefusedDesk, ClientTooOld: As ``Portal`` says.
            DiskFull, StoreBusy and others of the store: Nothing of the last answer was kept.
        """
        allowed = self._allowed()
        self._serials.keep(allowed.serial_policy)
        self._delivery.carry(allowed.limits, go_on)
        if self._reconciliation.is_due(allowed) and self._reconciliation.run(allowed, go_on):
            self._delivery.carry(allowed.limits, go_on)
        self._feed.fetch(go_on)
        self._payments.carry(allowed.features, go_on)
        self._legal_receipts.carry(allowed.features, go_on)
        self._postal.carry(allowed.features, go_on)
        self._bundles.fetch(allowed)
        self._checkpoints.carry(allowed, go_on)
        self._go_on = go_on
        self._uploads.carry(allowed.limits, go_on)
        self._reference.fetch(allowed, go_on)
        clocks.note(self._store, self._portal.skew_s)

    def look_up(self, code: str) -> bool:
        """Bring the dossier with an official code here; say whether the portal has one.

        Raises:
            PortalSilent, PortalRefusedDesk: Nothing is known of it.
        """
        return self._feed.look_up(code)

    @property
    def has_more(self) -> bool:
        """Whether more was heard of than one round asks for."""
        return self._feed.has_more

    def listen(self, longest_s: float, unless: Callable[[], bool]) -> bool:
        """Wait at the portal for news, at most *longest_s*; say whether there was any.

        Returns at once when the portal offers no long poll.

        Raises:
            PortalSilent: Nothing was taken in.
        """
        wait_s = min(self._allowed().limits.wait_seconds, int(longest_s))
        return wait_s > 0 and self._feed.listen(wait_s, unless)

    @property
    def fetched(self) -> int:
        """How many dossiers and pieces of news were taken in so far."""
        return self._feed.fetched + self._uploads.fetched

    @property
    def uploaded(self) -> int:
        """How many files the portal took so far."""
        return self._uploads.uploaded

    def _let_messages_pass(self) -> None:
        """Send what was written while a piece of a file was on its way."""
        self._tell_progress()
        self._delivery.carry(self._allowed().limits, self._go_on)

    def _allowed(self) -> Capabilities:
        moment = self._monotonic()
        if self._capabilities is None or moment - self._read_at >= CAPABILITIES_S:
            self._capabilities = self._portal.capabilities()
            self._read_at = moment
            self._serials.refused.clear()
        return self._capabilities


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
