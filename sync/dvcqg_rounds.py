"""What the courier does each time it sets out, where it speaks to the national interface itself.

The interface tells no news and takes no files by themselves: they go inside the dossier's record.
So a round keeps numbers in store, sends what is due, and once a day looks whether everything sent
in the last thirty days is still there, and what others did to dossiers that were looked up. Last it
asks what the national list says of procedures.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from counter.errors import DeskError
from counter.store import files, reopening, whole
from counter.store.store import Store, find_mark, note_mark
from sync import clocks
from sync.contract import Limits, SerialPolicy
from sync.delivery import Delivered, Delivery
from sync.dvcqg import MOST_AT_ONCE, National
from sync.dvcqg_look_up import NationalLookUp
from sync.dvcqg_procedures import NationalProcedures
from sync.serials import Serials

log = logging.getLogger(__name__)

COMPARED_AT = "national_compared_at"
EVERY = timedelta(days=1)
BACK = timedelta(days=30)
SIGN_OF_LIFE_S = 300.0
"""How long the line may be quiet before it is tried, so that the window tells the truth."""

POLICY = SerialPolicy(mode="leased", max_block=9999, max_days_ahead=14)
LIMITS = Limits(
    bulk_dossiers=MOST_AT_ONCE,
    bulk_events=MOST_AT_ONCE,
    json_bytes=1024 * 1024,
    chunk_bytes=1,
    wait_seconds=0,
)


class NationalRounds:
    """The errands of one desk at the national interface."""

    def __init__(
        self,
        store: Store,
        national: National,
        *,
        agency: str,
        clock: Callable[[], datetime],
        chance: Random,
        is_working: Callable[[date], bool],
        tell: Callable[[Delivered], None],
        tell_news: Callable[[tuple[UUID, ...]], None] = lambda dossiers: None,
        procedures: Sequence[str] = (),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._national = national
        self._clock = clock
        self._monotonic = monotonic
        self._serials = Serials(store, national, agency, clock, is_working)
        self._delivery = Delivery(store, national, clock, chance, tell)
        self._look_up = NationalLookUp(store, national, agency, clock, tell_news)
        self._procedures = NationalProcedures(store, national, clock, procedures)
        self._uploaded = 0

    @property
    def warning(self) -> DeskError | None:
        """Set when this computer's clock is wrong; of programs the interface says nothing."""
        return clocks.trouble(self._national.skew_s)

    @property
    def fetched(self) -> int:
        """Nothing comes by itself."""
        return 0

    def look_up(self, code: str) -> bool:
        """Bring the dossier with an official code here; say whether the interface has one.

        Raises:
            PortalSilent, PortalRefusedDesk: Nothing is known of it.
        """
        return self._look_up.look_up(code)

    @property
    def has_more(self) -> bool:
        """Nothing: this interface tells no news of its own."""
        return False

    @property
    def uploaded(self) -> int:
        """How many files went inside the records of their dossiers so far."""
        return self._uploaded

    def go(self, go_on: Callable[[], bool]) -> None:
        """Do every errand once; *go_on* is asked between calls.

        Raises:
            PortalSilent, PortalRefusedDesk: As ``National`` says.
            DiskFull, StoreBusy and others of the store: Nothing of the last answer was kept.
        """
        self._serials.keep(POLICY)
        self._delivery.carry(LIMITS, go_on)
        self._settle_files()
        if self._is_due() and self._compare(go_on):
            self._delivery.carry(LIMITS, go_on)
        if self._monotonic() - self._national.heard_at > SIGN_OF_LIFE_S:
            self._national.sign_in()
        self._procedures.fetch(go_on)
        clocks.note(self._store, self._national.skew_s)

    def listen(self, longest_s: float, unless: Callable[[], bool]) -> bool:
        """Return at once: there is nobody to listen to."""
        return False

    def _settle_files(self) -> None:
        """Note the files of every dossier whose record the interface has."""
        with self._store.reading() as session:
            gone = whole.carried_inside(session)
        if gone:
            with self._store.writing() as session:
                for sha256 in gone:
                    files.settle(session, sha256, self._clock())
            self._uploaded += len(gone)

    def _is_due(self) -> bool:
        with self._store.reading() as session:
            last = find_mark(session, COMPARED_AT)
        if last is None:
            self._note_compared()
            return False
        age = self._clock() - datetime.fromisoformat(last)
        return not timedelta(0) <= age < EVERY

    def _compare(self, go_on: Callable[[], bool]) -> int:
        """Look for every dossier sent lately, and put back into the line what is gone.

        What others did to dossiers that were looked up here is brought home with it.
        """
        with self._store.reading() as session:
            sent = list(reopening.sent_since(session, self._clock() - BACK))
        again = 0
        for one in sent:
            if not go_on():
                return again
            again += self._put_back(one.dossier_id)
        with self._store.reading() as session:
            sisters = whole.sister_codes(session)
        for code in sisters:
            if not go_on():
                return again
            self._look_up.look_up(code)
        self._note_compared()
        if again:
            log.info("%d messages go again after both sides were compared", again)
        return again

    def _put_back(self, dossier_id: UUID) -> int:
        with self._store.reading() as session:
            code = whole.code_told(session, dossier_id)
        if code is None or self._national.look_up(code) is not None:
            return 0
        with self._store.writing() as session:
            return reopening.reopen(session, dossier_id)

    def _note_compared(self) -> None:
        with self._store.writing() as session:
            note_mark(session, COMPARED_AT, self._clock().isoformat())
