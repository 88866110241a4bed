"""The lower seam: bytes to a card and back, whether it is hardware or a chip made of files.

What fails below speaks in the desk's errors: ``NoCardService``, ``NoReader``, ``ReaderGone``,
``ReaderBusy``, ``CardAbsent``, ``CardPulled`` and ``CardSilent``. Everything here is used on one
thread, the one named ``reader``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from counter.errors import CardUnreadable


class LongCommandRefused(CardUnreadable):
    """A command this long, or one that asks for an answer this long, cannot be carried.

    It was refused before the chip's session saw it, so nothing changed there.
    """


@dataclass(frozen=True, slots=True)
class ReaderState:
    """One connected reader.

    Attributes:
        occupied: A card lies on it.
        changes: Grows with every insertion and removal where the system counts them; a card
            swapped between two looks is noticed by it.
        busy: Another program holds it for itself alone.
        atr: What the card said when the system powered it; empty when that is not known.
    """

    name: str
    occupied: bool
    changes: int = 0
    busy: bool = False
    atr: bytes = b""


class Transport(Protocol):
    """A powered card, held for this program alone until it is disconnected."""

    @property
    def reader(self) -> str:
        """The name of the reader it lies on."""

    @property
    def atr(self) -> bytes:
        """What the card said when it was powered."""

    @property
    def carries_long(self) -> bool:
        """Whether the reader carries extended lengths, as far as it says."""

    def transmit(self, command: bytes) -> tuple[bytes, int]:
        """Send one command APDU; return the answer's data and its status word.

        Raises:
            LongCommandRefused: The reader cannot carry it; the card did not see it.
            CardPulled: The card is not there any more.
            ReaderGone: The reader is not there any more.
            CardSilent: No answer came within the time allowed; the connection is given up.
        """

    def reset(self) -> None:
        """Power the card off and on: every session it held is forgotten."""

    def disconnect(self) -> None:
        """Let the card go; harmless when it is gone already."""


class Readers(Protocol):
    """Every reader of one kind, looked at without waiting."""

    def look(self) -> tuple[ReaderState, ...]:
        """Return the readers that are connected now.

        Raises:
            NoCardService: The operating system's card service does not run.
        """

    def connect(self, name: str) -> Transport:
        """Power the card in reader *name* from a clean start.

        Raises:
            CardAbsent: No card lies there.
            ReaderGone: There is no such reader.
            ReaderBusy: Another program holds it.
        """

    def interrupt(self) -> None:
        """Give up the call in hand, if there is one: it ends with an error. From any thread."""

    def close(self) -> None:
        """Let everything go; a later look starts anew."""
