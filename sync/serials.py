"""Dossier numbers kept in store: blocks asked for ahead, while the portal answers.

A request is on disk before it is sent and keeps its key until it is answered, so a lost answer
never costs a second block.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from counter.errors import PortalConflict, PortalRefusedMessage
from counter.store import leases
from counter.store.leases import LeaseRequest
from counter.store.store import Store
from counter.values import local_day, uuid7
from sync.contract import SerialLease, SerialPolicy

FEWEST = 50
"""Numbers kept for each day, also by a desk that was never busy."""


class Lender(Protocol):
    """Whoever lends this desk its numbers."""

    def lease(self, key: UUID, agency: str, day: date, count: int) -> SerialLease:
        """Lend a block of *day*; the same *key* gives the same block again.

        Raises:
            PortalConflict, PortalRefusedMessage: There are none for that day.
        """


@dataclass(slots=True)
class Serials:
    """Keeps numbers for today and the days ahead.

    Attributes:
        is_working: Whether the office is open on a day; today is always provided for.
        refused: Days the portal has no numbers for; forgotten when its policy is read again.
    """

    store: Store
    portal: Lender
    agency: str
    clock: Callable[[], datetime]
    is_working: Callable[[date], bool]
    refused: set[date] = field(default_factory=set)

    def keep(self, policy: SerialPolicy) -> None:
        """Ask for what is missing: twice the busiest day for each day the portal lends ahead.

        Raises:
            PortalSilent: Some answer did not come; the request stays open and is repeated.
        """
        if policy.mode != "leased":
            return
        today = local_day(self.clock())
        with self.store.reading() as session:
            waiting = leases.open_requests(session, today)
        for request in waiting:
            self._ask(request)
        for request in self._note_needed(policy, today):
            self._ask(request)

    def _note_needed(self, policy: SerialPolicy, today: date) -> Sequence[LeaseRequest]:
        ahead = (today + timedelta(days=n) for n in range(1, policy.max_days_ahead + 1))
        days = [today, *filter(self.is_working, ahead)]
        with self.store.reading() as session:
            wanted = max(FEWEST, 2 * leases.busiest_day(session))
            left = leases.left(session, self.agency, days, self.clock())
        short = [
            (day, min(wanted - left[day], policy.max_block))
            for day in days
            if 2 * left[day] < wanted and day not in self.refused
        ]
        if not short:
            return ()
        moment = self.clock()
        with self.store.writing() as session:
            return [
                leases.ask_for(
                    session,
                    key=uuid7(moment),
                    agency=self.agency,
                    day=day,
                    count=count,
                    moment=moment,
                )
                for day, count in short
            ]

    def _ask(self, request: LeaseRequest) -> None:
        try:
            lent = self.portal.lease(request.key, request.agency, request.day, request.count)
        except (PortalConflict, PortalRefusedMessage) as refusal:
            self.refused.add(request.day)
            with self.store.writing() as session:
                leases.refuse(session, request, str(refusal.fields["trouble"]))
            return
        lease = leases.Lease(
            id=lent.lease_id,
            agency=lent.agency_code,
            day=lent.date,
            first=lent.first,
            last=lent.last,
            width=lent.width,
            prefix=lent.prefix,
            expires_at=lent.expires_at,
        )
        with self.store.writing() as session:
            leases.grant(session, request, lease)
