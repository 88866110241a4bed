"""What the national list says of the procedures this office offers, asked a few in each round.

The interface names no changes, so each procedure is asked for by its code (``LayThuTuc``) once a
week. The answers are kept together when the last one is in; what the office works with stays as it
is until somebody accepts a difference (``counter.desk.offered``).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from counter.errors import BadOfficial, PortalRefusedMessage
from counter.store import reference
from counter.store.reference import NATIONAL, Delta, Place
from counter.store.store import Store
from counter.values import nfc
from sync.dvcqg import National

log = logging.getLogger(__name__)

EVERY = timedelta(days=7)
AT_ONCE = 20
"""Most procedures asked for in one round, so that dossiers never wait long behind them."""


@dataclass(slots=True)
class NationalProcedures:
    """Asks for the procedures with these codes.

    Attributes:
        codes: Of what the office offers; none asks for nothing.
    """

    store: Store
    national: National
    clock: Callable[[], datetime]
    codes: Sequence[str]
    _left: list[str] = field(default_factory=list)
    _told: list[dict[str, Any]] = field(default_factory=list)
    _is_refused: bool = False

    def fetch(self, go_on: Callable[[], bool]) -> None:
        """Ask for the next few where a week is over; *go_on* is asked between calls.

        Raises:
            PortalSilent, PortalRefusedDesk: As ``National`` says; the rest is asked later.
        """
        if not self._left:
            if not self.codes or not self._is_due():
                return
            self._left, self._told, self._is_refused = list(self.codes), [], False
        for _ in range(min(AT_ONCE, len(self._left))):
            if not go_on():
                return
            code = self._left[0]
            try:
                found = self.national.procedure(code)
            except PortalRefusedMessage as refusal:
                log.warning("the national list does not show %s: %s", code, refusal)
                found = None
                self._is_refused = True
            del self._left[0]
            if found is not None and (fitting := _fitting(code, found)) is not None:
                self._told.append(fitting)
        if not self._left:
            self._keep()

    def _is_due(self) -> bool:
        with self.store.reading() as session:
            place = reference.find_place(session, NATIONAL)
        if place is None:
            return True
        age = self.clock() - datetime.fromisoformat(place.since)
        return not timedelta(0) <= age < EVERY

    def _keep(self) -> None:
        """Keep what was told; where something was refused, what was known before stays."""
        moment = self.clock()
        told = Delta(
            NATIONAL,
            self._told,
            (),
            whole=not self._is_refused,
            place=Place(moment.isoformat(), None),
        )
        with self.store.writing() as session:
            reference.take_in(session, told, moment)
        log.info("national list: %d of %d procedures", len(self._told), len(self.codes))
        self._told = []


def _fitting(code: str, found: dict[str, Any]) -> dict[str, Any] | None:
    """Return what can be read later, composed; None for what cannot."""
    from counter.official.reading import official_of

    composed: dict[str, Any] = json.loads(nfc(json.dumps(found, ensure_ascii=False)))
    try:
        official_of([composed], code)
    except BadOfficial:
        log.warning("the national list tells of %s what cannot be read", code)
        return None
    return composed
