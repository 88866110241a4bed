"""The courier: one thread that carries the outbox to the portal and never gives up.

Each time it sets out is a round: read what the portal allows, keep serial numbers in store, send
what is due. Between rounds it waits: until somebody wakes it when all went well, and ever longer,
but never longer than five minutes, while the portal is silent. Nothing it meets can stop the
counter's work, and only a portal that turns this desk away stops the courier.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from random import Random
from typing import TYPE_CHECKING

from counter.errors import (
    ClientTooOld,
    DeskError,
    PortalRefusedDesk,
    PortalSilent,
    SoftwareFault,
)
from counter.ports import DossierLookedUp, DossiersSettled, SyncEvent, SyncReport, SyncState
from counter.store import files, outbox
from counter.store.outbox import OutboxCount
from counter.store.store import Store
from sync.backoff import listen_s, wait_s

if TYPE_CHECKING:
    from sync.delivery import Delivered
    from sync.dvcqg import National
    from sync.dvcqg_rounds import NationalRounds
    from sync.portal import Portal
    from sync.rounds import Rounds

log = logging.getLogger(__name__)

IDLE_S = 300.0
"""Longest wait after a round that went well."""

LISTEN_S = 30.0
"""Longest wait at the portal for news (the contract's own bound)."""

WINDOW_FIRST_S = 0.25
"""How long a waking courier lets the window show what woke it; Python serves one at a time."""

STOP_S = 3.0
"""How long a request in hand may take to end by itself when the program closes."""


class Courier:
    """See ``counter.ports.Courier``."""

    def __init__(
        self,
        store: Store,
        connect: Callable[[], Portal | National],
        *,
        agency: str,
        version: str,
        clock: Callable[[], datetime],
        chance: Random,
        is_working: Callable[[date], bool] = lambda day: day.isoweekday() <= 5,
        install_bundle: Callable[[bytes], object] | None = None,
        seals_in: Path | None = None,
        procedures: Sequence[str] = (),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            store: The desk's database.
            connect: Makes the portal, or the national interface in its place, on the thread that
                will use it.
            agency: Whose serial numbers are kept in store.
            version: Of this program, compared with what the portal demands.
            clock: The moment now, aware.
            chance: Spreads the waits, so that desks do not come back together.
            is_working: The days that numbers are kept for.
            install_bundle: Takes in a bundle of card issuers; None fetches none.
            seals_in: Folder for the seals of the audit chain that the portal holds; None tells
                the portal of none.
            procedures: Codes that the national list is asked for, where its interface is used.
            monotonic: Seconds that only ever grow, by which waits at the portal are timed.
        """
        self._store = store
        self._connect = connect
        self._agency = agency
        self._version = version
        self._clock = clock
        self._chance = chance
        self._is_working = is_working
        self._install_bundle = install_bundle
        self._seals_in = seals_in
        self._procedures = procedures
        self._monotonic = monotonic
        self._portal: Portal | National | None = None
        self._rounds: Rounds | NationalRounds | None = None
        self._thread: threading.Thread | None = None
        self._woken = threading.Event()
        self._pressed = threading.Event()
        self._stopping = threading.Event()
        self._looked_for: SimpleQueue[str] = SimpleQueue()
        self._tell: Callable[[SyncEvent], None] = _tell_nobody
        self._told: SyncState | None = None
        self._failures = 0
        self._turned_away = False
        self._reachable: bool | None = None
        self._last_contact_at: datetime | None = None
        self._error: DeskError | None = None
        self._sent = 0
        self._ends_at = float("inf")

    def start(self, tell: Callable[[SyncEvent], None]) -> None:
        """Begin; *tell* is called on the ``sync`` thread."""
        self._tell = tell
        self._thread = threading.Thread(target=self._run, name="sync")
        self._thread.start()

    def stop(self) -> None:
        """End after the request in hand, which is cut when it takes too long."""
        self._stopping.set()
        self.try_now()
        thread = self._thread
        if thread is None:
            return
        thread.join(STOP_S)
        while thread.is_alive():
            if self._portal is not None:
                self._portal.cut()
            thread.join(STOP_S)

    def wake(self) -> None:
        """There is something to send. Safe from any thread; never waits.

        While the portal is silent this changes nothing: the wait that runs protects it.
        """
        self._woken.set()
        if self._portal is not None:
            self._portal.interrupt()

    def try_now(self) -> None:
        """Set out at once, also while the portal is silent or after it turned this desk away.

        For an officer who asks for it by hand. Safe from any thread; never waits.
        """
        self._pressed.set()
        self.wake()

    def look_up(self, code: str) -> None:
        """Ask the portal for the dossier with this code. Safe from any thread; never waits."""
        self._looked_for.put(code)
        self._pressed.set()
        self.wake()

    def run_once(self) -> SyncReport:
        """Do one round on the caller's thread and say what came of it."""
        self._round()
        return self._report()

    def run_until_idle(self, timeout_s: float) -> SyncReport:
        """Do rounds on the caller's thread until nothing is left to do or *timeout_s* is over."""
        self._ends_at = time.monotonic() + timeout_s
        while True:
            pause_s = self._round()
            report = self._report()
            left_s = self._ends_at - time.monotonic()
            if report.idle or self._turned_away or left_s <= 0:
                return report
            self._pressed.wait(min(pause_s, left_s))
            self._pressed.clear()

    def close(self) -> None:
        """Give the connection back. Only for callers that never started the thread."""
        if self._portal is not None:
            self._portal.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._look_up_all()
                pause_s = self._round()
                if self._is_calm:
                    pause_s = self._listen(pause_s)
            except Exception as error:
                log.exception("the courier met a fault of its own")
                self._failures += 1
                self._error = SoftwareFault(type(error).__name__)
                pause_s = wait_s(self._failures, self._chance)
                self._tell_state()
            self._rest(pause_s)
        self.close()

    def _look_up_all(self) -> None:
        """Ask for every dossier that was asked for; what is wrong is told and ends nothing."""
        while True:
            try:
                code = self._looked_for.get_nowait()
            except Empty:
                return
            try:
                rounds = self._rounds or self._prepare()
                told = DossierLookedUp(code, rounds.look_up(code))
            except DeskError as trouble:
                told = DossierLookedUp(code, False, trouble.with_traceback(None))
            self._tell(told)

    @property
    def _is_calm(self) -> bool:
        return self._failures == 0 and not self._turned_away

    def _listen(self, pause_s: float) -> float:
        """Spend the pause at the portal, waiting for news; return what is left to wait.

        A portal that answers at once with nothing is not asked again before its time.
        """
        if self._rounds is None or self._woken.is_set():
            return 0.0
        begun = self._monotonic()
        patience_s = listen_s(min(pause_s, LISTEN_S), self._chance)
        try:
            news = self._rounds.listen(patience_s, self._woken.is_set)
        except DeskError as trouble:
            return self._note_failed(trouble)
        return 0.0 if news else patience_s - (self._monotonic() - begun)

    def _may_go_on(self) -> bool:
        return not self._stopping.is_set() and time.monotonic() < self._ends_at

    def _rest(self, pause_s: float) -> None:
        """Wait: for anybody when all is well, else only for an officer's own wish."""
        event = self._woken if self._is_calm else self._pressed
        event.wait(None if self._turned_away else max(0.0, pause_s))
        if self._woken.is_set():
            self._pressed.wait(WINDOW_FIRST_S)
        self._woken.clear()
        self._pressed.clear()

    def _round(self) -> float:
        """Set out once; return how many seconds to wait before the next time."""
        self._turned_away = False
        try:
            rounds = self._rounds or self._prepare()
            rounds.go(self._may_go_on)
        except DeskError as trouble:
            return self._note_failed(trouble)
        self._failures = 0
        self._reachable = True
        self._last_contact_at = self._clock()
        self._error = rounds.warning
        self._tell_state()
        return 0.0 if rounds.has_more else self._idle_s()

    def _note_failed(self, trouble: DeskError) -> float:
        """Note why a round was broken off; return how many seconds to wait before the next."""
        log.info("broken off: %s", trouble)
        self._turned_away = isinstance(trouble, PortalRefusedDesk | ClientTooOld)
        if isinstance(trouble, PortalSilent):
            self._reachable = False
        elif self._turned_away:
            self._reachable = True
        self._failures += 1
        self._error = trouble.with_traceback(None)  # a value from here on, without its frames
        self._tell_state()
        asked_for_s = float(trouble.fields.get("retry_after_s", 0))
        return wait_s(self._failures, self._chance, asked_for_s)

    def _prepare(self) -> Rounds | NationalRounds:
        """Make the portal and the rounds, once; the libraries for it are slow to import."""
        from sync.portal import Portal

        portal = self._portal = self._connect()
        if not isinstance(portal, Portal):
            from sync.dvcqg_rounds import NationalRounds

            self._rounds = NationalRounds(
                self._store,
                portal,
                agency=self._agency,
                clock=self._clock,
                chance=self._chance,
                is_working=self._is_working,
                tell=self._note_delivered,
                tell_news=lambda dossiers: self._tell(DossiersSettled(dossiers)),
                procedures=self._procedures,
            )
            return self._rounds
        from sync.rounds import Rounds

        self._rounds = Rounds(
            self._store,
            portal,
            agency=self._agency,
            version=self._version,
            clock=self._clock,
            chance=self._chance,
            is_working=self._is_working,
            tell=self._note_delivered,
            tell_news=lambda dossiers: self._tell(DossiersSettled(dossiers)),
            install_bundle=self._install_bundle,
            seals_in=self._seals_in,
            tell_progress=self._note_progress,
            monotonic=self._monotonic,
        )
        return self._rounds

    def _note_delivered(self, done: Delivered) -> None:
        self._sent += done.sent
        self._reachable = True
        self._error = None
        self._last_contact_at = self._clock()
        if done.dossiers:
            self._tell(DossiersSettled(done.dossiers))
        self._tell_state()

    def _note_progress(self) -> None:
        """A line that brings a file further is no silent one, however often it breaks."""
        self._failures = 0

    def _idle_s(self) -> float:
        longest = self._chance.uniform(0.8 * IDLE_S, IDLE_S)
        with self._store.reading() as session:
            due = (outbox.next_due_at(session), files.next_due_at(session))
        waits = [max(0.0, (at - self._clock()).total_seconds()) for at in due if at is not None]
        return min([longest, *waits])

    def _tell_state(self) -> None:
        count = self._count()
        state = SyncState(
            reachable=self._reachable,
            unsent=count.waiting,
            oldest_unsent_at=count.oldest_waiting_at,
            parked=count.parked + count.conflict,
            last_contact_at=self._last_contact_at,
            error=self._error,
        )
        if state != self._told:
            self._told = state
            self._tell(state)

    def _count(self) -> OutboxCount:
        with self._store.reading() as session:
            return outbox.count(session)

    def _report(self) -> SyncReport:
        with self._store.reading() as session:
            count = outbox.count(session)
            unsent = files.count(session)
            left = outbox.has_sendable(session) or unsent.waiting > 0
        left = left or (self._rounds is not None and self._rounds.has_more)
        since = [at for at in (count.oldest_waiting_at, unsent.oldest_waiting_at) if at]
        return SyncReport(
            sent=self._sent,
            fetched=self._rounds.fetched if self._rounds else 0,
            uploaded_files=self._rounds.uploaded if self._rounds else 0,
            parked=count.parked + unsent.parked,
            conflicts=count.conflict,
            waiting=count.waiting + unsent.waiting,
            oldest_waiting_at=min(since, default=None),
            reached=self._last_contact_at is not None,
            idle=self._failures == 0 and not left,
        )


def _tell_nobody(event: SyncEvent) -> None:
    """Stand in until somebody listens."""
