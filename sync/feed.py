"""The portal's news brought home: page by page, each page and its cursor in one transaction.

News may come twice and out of order. What names a dossier without holding it whole only says
which version to ask for; the dossier itself is then asked for until it is here, also after a
restart. Nothing here touches what the desk has not yet been able to tell the portal.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from counter.errors import PortalRefusedMessage
from counter.store import copies
from counter.store.copies import Behind, PortalDossier
from counter.store.store import Store, Transaction, find_mark, forget_mark, note_mark
from counter.store.told import SisterEvent
from sync.contents import told_of
from sync.contract import Change, ChangePage, CursorExpired, Dossier, whole_news
from sync.payments import take_in
from sync.portal import Portal

log = logging.getLogger(__name__)

CURSOR = "changes_cursor"
REMEMBERED = timedelta(days=90)
"""How long a piece of news is recognised as a repeat; longer than any portal tells of."""

WHOLE = frozenset({"dossier.assigned", "dossier.updated", "dossier.conflict_resolved"})
PARTIAL = frozenset(
    {"dossier.status_changed", "dossier.supplement_submitted", "dossier.result_ready"}
)
STATE = "dossier.portal_state"
CATALOGUE = "catalogue.changed"
PAYMENT = "payment.confirmed"
AT_ONCE = 100
"""Dossiers asked for one by one in a round; the rest follow in the next."""


@dataclass(slots=True)
class Feed:
    """Fetches news.

    Attributes:
        tell: Called with the dossiers that changed here.
        fetched: Dossiers and pieces of news taken in so far.
        catalogues: Those the portal said have changed; whoever fetches them empties it.
        has_more: More was heard of than one round asks for.
    """

    store: Store
    portal: Portal
    clock: Callable[[], datetime]
    tell: Callable[[tuple[UUID, ...]], None]
    fetched: int = 0
    catalogues: set[str] = field(default_factory=set)
    has_more: bool = False
    _heard_all: bool = False

    def fetch(self, go_on: Callable[[], bool]) -> None:
        """Take in everything there is now; asks nothing right after a wait that heard it all.

        Raises:
            PortalSilent: What was taken in until then stays.
        """
        more = not self._heard_all
        self._heard_all = False
        while more and go_on():
            more = self._take(self._ask(wait_s=0, unless=lambda: False))
        self.complete(go_on)

    def listen(self, wait_s: int, unless: Callable[[], bool]) -> bool:
        """Wait at the portal for news, and take it in; say whether there was any.

        Raises:
            PortalSilent: Nothing was taken in.
        """
        before = self.fetched
        page = self._ask(wait_s=wait_s, unless=unless)
        more = self._take(page)
        self._heard_all = page is not None and not more
        return self.fetched > before

    def look_up(self, code: str) -> bool:
        """Bring the dossier with an official code here, open or closed; say whether there is one.

        Raises:
            PortalSilent: Nothing is known of it.
        """
        found = self.portal.find_code(code)
        if found is None:
            return False
        with self.store.writing() as session:
            copies.keep(session, as_value(found))
            late = copies.find_behind(session, found.id)
        if late is not None and self._bring_up(late):
            self.tell((found.id,))
        return True

    def complete(self, go_on: Callable[[], bool]) -> None:
        """Ask for the dossiers only heard of, and bring those here up to date."""
        with self.store.reading() as session:
            wanted = copies.wanted(session, AT_ONCE)
        for dossier_id in wanted:
            if not go_on():
                return
            found = self.portal.find_dossier(dossier_id)
            with self.store.writing() as session:
                if found is None:
                    copies.give_up(session, dossier_id)
                else:
                    copies.keep(session, as_value(found))
                    self.fetched += 1
        with self.store.reading() as session:
            behind = copies.behind(session, AT_ONCE)
        self.has_more = AT_ONCE in (len(wanted), len(behind))
        raised = []
        for late in behind:
            if not go_on():
                break
            if self._bring_up(late):
                raised.append(late.dossier_id)
        if raised:
            self.tell(tuple(raised))

    def _bring_up(self, late: Behind) -> bool:
        dossier = Dossier.model_validate_json(late.body)
        before = max(late.applied_version, 1)
        only_content = dossier.version == dossier.content_version == before + 1
        events: tuple[SisterEvent, ...] = ()
        if dossier.version > 1 and not only_content:
            events = self.portal.events_of(late.dossier_id, late.events_seen)
        told = told_of(dossier, events, known=late.known)
        with self.store.writing() as session:
            return copies.bring_up(session, late, told, self.clock())

    def relist(
        self, since: datetime, look: Callable[[Dossier], None], go_on: Callable[[], bool]
    ) -> bool:
        """Take in every dossier changed since *since*, whole, and let *look* see each one.

        Returns:
            Whether all were seen; False when *go_on* said to stop.
        """
        cursor: str | None = None
        while go_on():
            page = self.portal.dossiers_since(since, cursor)
            with self.store.writing() as session:
                for dossier in page.items:
                    self.fetched += copies.keep(session, as_value(dossier))
            for dossier in page.items:
                look(dossier)
            cursor = page.next
            if cursor is None:
                return True
        return False

    def forget_place(self) -> None:
        """Start over from the portal's oldest news; what is known already changes nothing."""
        with self.store.writing() as session:
            forget_mark(session, CURSOR)

    def _ask(self, *, wait_s: int, unless: Callable[[], bool]) -> ChangePage | CursorExpired | None:
        """Ask for the next page; from the oldest news when the portal refuses this desk's place."""
        with self.store.reading() as session:
            cursor = find_mark(session, CURSOR)
        try:
            return self.portal.changes(cursor, wait_s=wait_s, unless=unless)
        except PortalRefusedMessage:
            if cursor is None:
                raise
        log.info("the portal refuses this place in its news; starting over")
        self.forget_place()
        return self.portal.changes(None, wait_s=wait_s, unless=unless)

    def _take(self, page: ChangePage | CursorExpired | None) -> bool:
        """Take in one page; say whether there is more."""
        if page is None:
            return False
        if isinstance(page, CursorExpired):
            log.info("the feed no longer reaches back; listing everything since")
            self.relist(page.resync_since, lambda dossier: None, lambda: True)
            with self.store.writing() as session:
                note_mark(session, CURSOR, page.restart_cursor)
            return True
        moment = self.clock()
        paid = []
        with self.store.writing() as session:
            for change in page.items:
                if copies.take_in(session, change.change_id, moment):
                    if change.kind == PAYMENT:
                        paid.append(take_in(session, change.data, moment))
                    else:
                        self._note(session, change)
                    self.fetched += 1
            note_mark(session, CURSOR, page.cursor)
            copies.forget_changes(session, moment - REMEMBERED)
        if paid:
            self.tell(tuple(dossier for dossier in paid if dossier is not None))
        return page.more

    def _note(self, session: Transaction, change: Change) -> None:
        dossier_id, version = change.dossier_id, change.dossier_version
        news = whole_news(change) if change.kind in WHOLE else None
        if news is not None:
            copies.keep(session, as_value(news.dossier), news.answer_by)
        elif change.kind == CATALOGUE:
            self.catalogues.add(str(change.data.get("catalogue")))
        elif dossier_id is None or version is None:
            log.info("news of kind %s is not for this program", change.kind)
        elif change.kind == STATE:
            state = json.dumps(change.data, ensure_ascii=False, sort_keys=True)
            copies.note_portal_state(session, dossier_id, version, state)
        elif change.kind in WHOLE | PARTIAL:
            copies.want(session, dossier_id, version)
        else:
            log.info("news of kind %s is not for this program", change.kind)


def as_value(dossier: Dossier) -> PortalDossier:
    """Return *dossier* in the counter's words."""
    return PortalDossier(
        id=dossier.id,
        version=dossier.version,
        code=dossier.code,
        status=dossier.status,
        status_at=dossier.status_at,
        due_at=dossier.due_at,
        unit=dossier.processing_unit or "",
        phone=dossier.contact.phone,
        email=dossier.contact.email,
        body=dossier.model_dump_json(),
    )
