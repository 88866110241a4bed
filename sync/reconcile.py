"""The desk and the portal compared, once a day and whenever the portal was restored.

Everything this desk sent in the last thirty days must be there: the dossier, its content, its
events. What is missing goes into the outbox again as it was, under the same ids, and a portal
that has it after all simply says so.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from counter.store import copies, files, reopening
from counter.store.reopening import Sent
from counter.store.store import Store, find_mark, note_mark
from sync.contract import Capabilities, Dossier
from sync.feed import Feed
from sync.portal import Portal
from sync.sameness import is_same

log = logging.getLogger(__name__)

EPOCH = "gateway_epoch"
COMPARED_AT = "compared_at"
EVERY = timedelta(days=1)
BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _There:
    """What the portal holds of one dossier, as far as it is compared."""

    version: int
    next_seq: int
    content: dict[str, object] = field(repr=False)


@dataclass(slots=True)
class Reconciliation:
    """Compares both sides and puts back into the outbox what the portal lacks."""

    store: Store
    portal: Portal
    feed: Feed
    clock: Callable[[], datetime]

    def is_due(self, allowed: Capabilities) -> bool:
        """Say whether the portal was restored, or a day has passed since both were compared."""
        with self.store.reading() as session:
            epoch, last = find_mark(session, EPOCH), find_mark(session, COMPARED_AT)
        if epoch is None or last is None:
            self._note(allowed)  # nothing was sent to any portal before
            return False
        age = self.clock() - datetime.fromisoformat(last)
        return epoch != allowed.gateway.epoch or not timedelta(0) <= age < EVERY

    def run(self, allowed: Capabilities, go_on: Callable[[], bool]) -> int:
        """Compare; return how many messages go again. Broken off, it begins anew next time.

        Raises:
            PortalSilent: Nothing was put back yet.
        """
        with self.store.reading() as session:
            restored = find_mark(session, EPOCH) != allowed.gateway.epoch
        if restored:
            self.feed.forget_place()
        there: dict[UUID, _There] = {}

        def look(dossier: Dossier) -> None:
            content: dict[str, object] = dict(dossier.content)
            there[dossier.id] = _There(dossier.version, dossier.next_seq, content)
            if dossier.missing_blobs:
                with self.store.writing() as session:
                    files.send_again(session, dossier.missing_blobs)

        since = self.clock() - BACK
        if not self.feed.relist(since, look, go_on):
            return 0
        with self.store.reading() as session:
            sent = list(reopening.sent_since(session, since))
        again = 0
        for one in sent:
            if not go_on():
                return again
            again += self._put_back(one, there.get(one.dossier_id))
        if again:
            log.info("%d messages go again after both sides were compared", again)
        self._note(allowed)
        return again

    def _put_back(self, sent: Sent, found: _There | None) -> int:
        """Put back what the portal lacks of one dossier; return how many messages."""
        if found is None:
            whole = self.portal.find_dossier(sent.dossier_id)
            if whole is None:
                with self.store.writing() as session:
                    copies.forget_versions(session, sent.dossier_id)
                    return reopening.reopen(session, sent.dossier_id)
            found = _There(whole.version, whole.next_seq, dict(whole.content))
        older = sent.version is not None and found.version < sent.version
        stale = older and not is_same(json.loads(sent.body), found.content)
        if not stale and found.next_seq > sent.events:
            return 0
        with self.store.writing() as session:
            again = 0
            if stale:
                copies.forget_versions(session, sent.dossier_id)
                again += reopening.reopen_content(session, sent.dossier_id, found.version)
            if found.next_seq <= sent.events:
                again += reopening.reopen_events(session, sent.dossier_id, found.next_seq)
            return again

    def _note(self, allowed: Capabilities) -> None:
        with self.store.writing() as session:
            note_mark(session, EPOCH, allowed.gateway.epoch)
            note_mark(session, COMPARED_AT, self.clock().isoformat())
