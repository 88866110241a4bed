"""One card read once, on the caller's thread: what the command ``read-card`` needs."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from counter.cards import CardReading, CardSecrets
from counter.errors import CardAbsent, NoReader, WhichReader
from devices.card.transport import Readers, ReaderState

if TYPE_CHECKING:
    from devices.card.authentic import Anchors
    from devices.card.reading import Tell

POLL_S = 0.1
SIGNING_KEYS = re.compile(
    r"token|epass ?\d|rockey|gm3000|securekey|proxkey|watchkey|bit4id|yubikey|nitrokey|gnuk",
    re.IGNORECASE,
)
"""What the readers inside signing keys call themselves."""


def read_card(
    readers: Readers,
    secrets: CardSecrets,
    anchors: Anchors,
    *,
    today: date,
    reader: str = "",
    wait_s: float = 10.0,
    tell: Tell = lambda _: None,
) -> CardReading:
    """Wait for a card, read it to its end and let it go.

    Args:
        today: The Vietnamese day, for years of two digits.
        reader: Any part of a reader's name that only one has, or only one with a card on it; empty
            takes whichever holds one.
        wait_s: Seconds to wait for a card; 0 looks once.
        tell: Hears of progress and of the first text.

    Raises:
        WhichReader: Several readers fit *reader*.
        NoReader, NoCardService: There was none to the end of the wait.
        CardAbsent: No card was laid down in time.
        DeskError: The card cannot be read, for the reason its class names.
    """
    from devices.card.files import habits_of
    from devices.card.reading import Reading

    name = _wait_for_card(readers, reader, wait_s)
    transport = readers.connect(name)
    reading = Reading(secrets, anchors, habits_of(transport), today)
    try:
        return reading.run(transport, tell)
    finally:
        reading.wipe()
        transport.disconnect()


def fitting(states: tuple[ReaderState, ...], part: str) -> tuple[ReaderState, ...]:
    """Return the readers whose name holds *part*; one called exactly so is the only one meant.

    A signing key on the USB is a reader too, with a card in it for ever; powering it anew would
    throw its owner out, so it is left alone unless it was named.
    """
    if not part:
        return tuple(s for s in states if not is_signing_key(s))
    exact = tuple(state for state in states if state.name == part)
    return exact or tuple(state for state in states if part in state.name)


def is_signing_key(state: ReaderState) -> bool:
    """Say whether it is a key for signatures that calls itself a reader."""
    return bool(SIGNING_KEYS.search(state.name)) and not is_contactless(state.atr)


def by_likelihood(states: Iterable[ReaderState]) -> list[ReaderState]:
    """Put cards on an antenna first: a citizen's card is one."""
    return sorted(states, key=lambda state: not is_contactless(state.atr))


def is_contactless(atr: bytes) -> bool:
    """Say whether a card that answers so lies on an antenna (PC/SC 2.01, part 3, 3.1.3.2.3.1).

    One whose answer is not known is taken for contactless.
    """
    return not atr or (atr[:1] == b"\x3b" and atr[1] >> 4 == 8 and atr[2:4] == b"\x80\x01")


def _wait_for_card(readers: Readers, part: str, wait_s: float) -> str:
    """Return the name of the reader on which a card lies."""
    until = time.monotonic() + wait_s
    pause: Callable[[float], bool] = threading.Event().wait
    while True:
        states = fitting(readers.look(), part)
        holding = [state.name for state in by_likelihood(states) if state.occupied]
        if part and len(holding) > 1:
            raise WhichReader
        if holding:
            return holding[0]
        if time.monotonic() >= until:
            break
        pause(min(POLL_S, max(0.0, until - time.monotonic())))
    if part and len(states) > 1:
        raise WhichReader
    raise CardAbsent if states else NoReader
