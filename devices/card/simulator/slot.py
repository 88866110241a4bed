"""A reader that is not there: simulated cards are laid on it and taken away by calls.

``insert``, ``remove``, ``unplug``, ``plug``, ``stop_service`` and ``start_service`` may be called
from any thread; the rest belongs to the ``reader`` thread like every transport.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace

from counter.errors import (
    CardAbsent,
    CardPulled,
    CardSilent,
    NoCardService,
    ReaderGone,
)
from devices.card.simulator.faults import Answering, Pulled, Silence
from devices.card.transport import LongCommandRefused, ReaderState


@dataclass(frozen=True, slots=True)
class Latency:
    """How long a command takes on the air.

    Attributes:
        bits_per_second: 106,000 or 424,000 on contactless cards; 0 takes no time.
        command_s: Seconds for each command, whatever its size.
    """

    bits_per_second: int = 0
    command_s: float = 0.0

    def seconds(self, sent: int, received: int) -> float:
        """Return the seconds for *sent* and *received* bytes: nine bits each, 6 % framing."""
        if not self.bits_per_second:
            return self.command_s
        return self.command_s + (sent + received) * 9 * 1.06 / self.bits_per_second


@dataclass(frozen=True, slots=True)
class _Placed:
    """A card on the reader; ``gone`` is set when it is there no more."""

    chip: Answering
    gone: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class _Scene:
    """All that other threads see; replaced as a whole."""

    running: bool = True
    plugged: bool = True
    placed: _Placed | None = None
    changes: int = 0


class VirtualSlot:
    """One virtual reader, in this process."""

    def __init__(
        self,
        name: str = "Virtual Slot 00 00",
        *,
        latency: Latency = Latency(),
        silence_s: float = 8.0,
        longest_command: int = 65544,
        carries_long: bool = True,
    ) -> None:
        """Make a reader without a card.

        Args:
            silence_s: Seconds after which a silent chip is given up.
            longest_command: Bytes of the longest command that passes; a longer one is refused.
            carries_long: What the reader says of itself when it is asked.
        """
        self.name = name
        self.carries_long = carries_long
        self.latency = latency
        self._silence_s = silence_s
        self._longest_command = longest_command
        self._scene = _Scene()

    # The hand that lays cards down

    def insert(self, chip: Answering) -> None:
        """Lay a card on the reader; one that lies there is taken away first."""
        self.remove()
        scene = self._scene
        self._scene = replace(scene, placed=_Placed(chip), changes=scene.changes + 1)

    def remove(self) -> None:
        """Take the card away, if one lies there."""
        scene = self._scene
        if scene.placed:
            self._scene = replace(scene, placed=None, changes=scene.changes + 1)
            scene.placed.gone.set()

    def swap_unseen(self, chip: Answering) -> None:
        """Put another card in the place of the one there, faster than the system looks."""
        scene = self._scene
        if scene.placed:
            chip.power()
            self._scene = replace(scene, placed=_Placed(chip, scene.placed.gone))

    def unplug(self) -> None:
        """Pull the reader's cable; its card stays on it."""
        self._scene = replace(self._scene, plugged=False)

    def plug(self) -> None:
        """Put the cable back."""
        self._scene = replace(self._scene, plugged=True)

    def stop_service(self) -> None:
        """Stop the operating system's card service."""
        self._scene = replace(self._scene, running=False)

    def start_service(self) -> None:
        """Start it again."""
        self._scene = replace(self._scene, running=True)

    @property
    def is_occupied(self) -> bool:
        """Whether a card lies there."""
        return self._scene.placed is not None

    # The readers' side

    def look(self) -> tuple[ReaderState, ...]:
        """Return this reader unless it is unplugged."""
        scene = self._scene
        if not scene.running:
            raise NoCardService
        if not scene.plugged:
            return ()
        atr = scene.placed.chip.atr if scene.placed else b""
        return (ReaderState(self.name, scene.placed is not None, scene.changes, atr=atr),)

    def connect(self, name: str) -> SlotTransport:
        """Power the card that lies there."""
        self.require_plugged(name)
        placed = self._scene.placed
        if placed is None:
            raise CardAbsent
        placed.chip.power()
        return SlotTransport(self, placed.gone)

    def interrupt(self) -> None:
        """Take the card away, so that nobody waits for it any longer."""
        self.remove()

    def close(self) -> None:
        """There is nothing to let go."""

    def require_plugged(self, name: str) -> None:
        """Raise what a missing service or reader raises."""
        if not self._scene.running:
            raise NoCardService
        if not self._scene.plugged or name != self.name:
            raise ReaderGone

    def exchange(self, command: bytes, gone: threading.Event) -> bytes:
        """Give *command* to the card; wait as long as the air would take.

        Raises:
            CardPulled: It was taken away before the answer was here.
            CardSilent: It does not answer.
        """
        if len(command) > self._longest_command:
            raise LongCommandRefused
        self.require_plugged(self.name)
        placed = self._scene.placed
        if placed is None or placed.gone is not gone:
            raise CardPulled
        try:
            answer = placed.chip.process(command)
        except Pulled as error:
            self.remove()
            raise CardPulled from error
        except Silence as error:
            if gone.wait(self._silence_s):
                raise CardPulled from error
            raise CardSilent from error
        delay = self.latency.seconds(len(command), len(answer))
        if delay and gone.wait(delay):
            raise CardPulled
        return answer

    def restart(self, gone: threading.Event) -> None:
        """Power the card off and on."""
        placed = self._scene.placed
        if placed is None or placed.gone is not gone:
            raise CardPulled
        placed.chip.power()

    def atr_of(self, gone: threading.Event) -> bytes:
        """Return the answer to reset of the card there."""
        placed = self._scene.placed
        return placed.chip.atr if placed and placed.gone is gone else b""


class SlotTransport:
    """The card that lay on the virtual reader when it was connected."""

    def __init__(self, slot: VirtualSlot, gone: threading.Event) -> None:
        self._slot = slot
        self._gone = gone
        self.reader = slot.name
        self.atr = slot.atr_of(gone)
        self.carries_long = slot.carries_long

    def transmit(self, command: bytes) -> tuple[bytes, int]:
        """Send one command."""
        answer = self._slot.exchange(command, self._gone)
        return answer[:-2], int.from_bytes(answer[-2:], "big")

    def reset(self) -> None:
        """Power the card off and on."""
        self._slot.restart(self._gone)

    def disconnect(self) -> None:
        """Let it go; a simulated card needs nothing for that."""
