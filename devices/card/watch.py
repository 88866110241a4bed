"""Watches the readers and reads the card that lies on one, on the thread named ``reader``.

The watch is a loop of our own: pyscard's monitors end for good when the card service restarts.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NoReturn

from counter.cards import CardReading, CardSecrets
from counter.errors import (
    CardAbsent,
    CardPulled,
    DeskError,
    NoCardService,
    NoReader,
    NotACitizenCard,
    ReaderBusy,
    ReaderGone,
    SoftwareFault,
    Unavailable,
)
from counter.ports import (
    CardEvent,
    CardFailed,
    CardOpening,
    CardPlaced,
    CardRead,
    CardRemoved,
    CardTextRead,
    ReadersChanged,
)
from devices.card.once import fitting, is_contactless
from devices.card.transport import Readers, ReaderState

if TYPE_CHECKING:
    from devices.card.authentic import Anchors
    from devices.card.files import Habits
    from devices.card.reading import Reading

logger = logging.getLogger(__name__)

POLL_S = 0.1
BUSY_LOOKS = 20
"""How often a reader that another program holds is looked at before that is told: two seconds."""


class _Abandoned(Exception):
    """The reading in hand is not wanted any more."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What ``expect`` was called with."""

    secrets: CardSecrets | None = field(repr=False)


@dataclass(slots=True)
class _Seat:
    """A card in one reader.

    Attributes:
        changes: The reader's count when it was laid down.
        contactless: It lies on an antenna, as a citizen's card does.
        missed: It was gone when it was wanted, and that was told; the system has not noticed yet.
        foreign: It has contacts, was tried and is none of a citizen: it is not tried again.
        busy: How often another program held it when it was wanted.
    """

    changes: int
    contactless: bool
    missed: bool = False
    foreign: bool = False
    busy: int = 0


class CardWatch:
    """Implements ``counter.ports.CardReader`` over readers real or simulated.

    Args:
        readers: Used on the ``reader`` thread only.
        anchors: The issuers the desk trusts.
        today: The Vietnamese day, for years of two digits.
        only: Part of a reader's name; other readers are not looked at.
    """

    def __init__(
        self,
        readers: Readers,
        anchors: Anchors,
        today: Callable[[], date],
        *,
        only: str = "",
    ) -> None:
        self._readers = readers
        self._anchors = anchors
        self._today = today
        self._only = only
        self._wishes: queue.SimpleQueue[_Wish | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._tell: Callable[[CardEvent], None] = _nobody
        self._secrets: CardSecrets | None = None
        self._reading: Reading | None = None
        self._habits: dict[tuple[str, bytes], Habits] = {}
        self._shown: tuple[tuple[str, ...], str | None] | None = None
        self._seats: dict[str, _Seat] = {}
        self._busy = threading.Event()

    def start(self, tell: Callable[[CardEvent], None]) -> None:
        """Begin to watch; *tell* is called on the ``reader`` thread."""
        self._tell = tell
        self._thread = threading.Thread(target=self._work, name="reader")
        self._thread.start()

    def stop(self) -> None:
        """End the watch and the command in hand; returns after the thread has ended."""
        self._stopping.set()
        self._wishes.put(None)
        if self._busy.is_set():
            self._readers.interrupt()
        if self._thread:
            self._thread.join()

    def expect(self, secrets: CardSecrets | None) -> None:
        """Use *secrets* for the card that lies there or comes next; None forgets them."""
        self._wishes.put(_Wish(secrets))

    # Everything below runs on the reader thread

    def _work(self) -> None:
        fault: CardFailed | None = None
        while not self._stopping.is_set():
            try:
                if fault:
                    told, fault = fault, None
                    self._tell(told)
                self._look()
                self._read_if_wanted()
                self._take_wish()
            except Exception:
                logger.exception("card watch failed; it goes on")
                self._forget()
                fault = CardFailed(SoftwareFault())
                self._stopping.wait(POLL_S)  # it may come again at once
        self._forget()
        self._readers.close()

    def _take_wish(self) -> None:
        """Wait for a wish, but not longer than until the next look at the readers."""
        with suppress(queue.Empty):
            wish = self._wishes.get(timeout=POLL_S)
            if wish:
                self._forget()
                self._secrets = wish.secrets

    def _look(self) -> None:
        """Tell what changed: readers, cards laid down, cards taken away."""
        error: DeskError | None = None
        states: tuple[ReaderState, ...] = ()
        try:
            states = fitting(self._readers.look(), self._only)
            error = None if states else NoReader()
        except Unavailable as unavailable:
            error = unavailable
        present = {state.name: state for state in states if state.occupied}
        for name, seat in list(self._seats.items()):
            if name not in present or present[name].changes != seat.changes:
                del self._seats[name]
                if not seat.missed:
                    self._tell(CardRemoved(name))
        shown = tuple(state.name for state in states), error.code if error else None
        if shown != self._shown:
            self._shown = shown
            self._tell(ReadersChanged(shown[0], error))
        for name in present.keys() - self._seats.keys():
            state = present[name]
            self._seats[name] = _Seat(state.changes, is_contactless(state.atr))
            self._tell(CardPlaced(name))
            import devices.card.reading  # noqa: F401 - slow the first time, while digits are typed

    def _read_if_wanted(self) -> None:
        """Read a card if one is wanted, first the one laid down last; one is enough."""
        newest = reversed(self._seats.items())
        for name, seat in sorted(newest, key=lambda item: not item[1].contactless):
            if self._secrets is None and self._reading is None:
                return
            if not seat.foreign:
                self._try(name, seat)

    def _try(self, name: str, seat: _Seat) -> None:
        try:
            self._read(name, seat)
        except _Abandoned:
            self._forget()
        except CardAbsent:
            self._miss(name, seat)
        except ReaderBusy as error:
            # Systems look at every new card themselves; mostly they are done in a moment.
            seat.busy += 1
            if seat.busy > BUSY_LOOKS:
                self._forget()
                self._tell(CardFailed(error))
        except (CardPulled, ReaderGone, NoCardService) as error:
            # What is here is kept: the same card goes on where it stopped.
            logger.info("reading interrupted: %s", error.code)
            self._tell(CardFailed(error))
            self._miss(name, seat)
        except DeskError as error:
            logger.info("reading failed: %s (%s)", error.code, error)
            seat.foreign = isinstance(error, NotACitizenCard) and not seat.contactless
            self._forget()
            self._tell(CardFailed(error))

    def _miss(self, name: str, seat: _Seat) -> None:
        """Note that the card is gone, though the system may see it a moment longer."""
        if not seat.missed:
            self._tell(CardRemoved(name))
        seat.missed = True

    def _read(self, name: str, seat: _Seat) -> None:
        self._busy.set()
        try:
            read = self._read_on(name, seat)
        finally:
            self._busy.clear()
        if read:
            self._forget()
            self._tell(CardRead(read))

    def _read_on(self, name: str, seat: _Seat) -> CardReading | None:
        transport = self._readers.connect(name)
        try:
            if seat.missed:  # back again, faster than the system counts
                seat.missed = False
                self._tell(CardPlaced(name))
            seat.busy = 0
            if self._reading is None and self._secrets is not None:
                from devices.card.files import habits_of
                from devices.card.reading import Reading

                habits = self._habits.setdefault((name, transport.atr), habits_of(transport))
                self._reading = Reading(self._secrets, self._anchors, habits, self._today())
            return self._reading.run(transport, self._follow) if self._reading else None
        finally:
            # Before anybody is told: a card taken away in that moment would confuse pcscd.
            transport.disconnect()

    def _follow(self, event: CardOpening | CardTextRead) -> None:
        if self._stopping.is_set() or not self._wishes.empty():
            raise _Abandoned
        self._tell(event)

    def _forget(self) -> None:
        if self._reading:
            self._reading.wipe()
        self._reading = None
        self._secrets = None


def _nobody(_: CardEvent) -> NoReturn:
    raise RuntimeError("the watch has not been started")
