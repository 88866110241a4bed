"""What went to and fro between desk and card, without a word of it: a file for support.

Of each command only its head, lengths, status and time are kept; never data, keys or numbers of a
person. A fault of the field becomes a test by laying the same statuses under a simulated card.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from counter.errors import DeskError
from devices.card.transport import Readers, ReaderState, Transport

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Exchange:
    """One command and its answer.

    Attributes:
        head: Class, instruction and parameters, as hexadecimal.
        sent: Bytes of the whole command.
        received: Bytes of answer data.
        status: Four hexadecimal digits, or the code of the error that came instead.
        ms: Milliseconds it took.
    """

    head: str
    sent: int
    received: int
    status: str
    ms: int


class NotedReaders:
    """Readers whose cards' conversations are noted.

    Attributes:
        exchanges: Of every card since the start, in their order.
        readers: Names of the readers that cards were read on.
    """

    def __init__(self, below: Readers, clock: Callable[[], float] = time.monotonic) -> None:
        self._below = below
        self._clock = clock
        self.exchanges: list[Exchange] = []
        self.readers: list[str] = []

    def look(self) -> tuple[ReaderState, ...]:
        """Return the readers that are connected now."""
        return self._below.look()

    def connect(self, name: str) -> Transport:
        """Power the card in reader *name*."""
        self.readers.append(name)
        return _NotedTransport(self._below.connect(name), self.exchanges, self._clock)

    def interrupt(self) -> None:
        """Give up the call in hand."""
        self._below.interrupt()

    def close(self) -> None:
        """Let everything go."""
        self._below.close()

    def as_json(self) -> str:
        """Return what was noted as the text of a file."""
        told = {
            "format": FORMAT,
            "readers": self.readers,
            "exchanges": [asdict(one) for one in self.exchanges],
        }
        return json.dumps(told, ensure_ascii=False, indent=1)


class _NotedTransport:
    """A transport whose conversation is noted."""

    def __init__(
        self, below: Transport, exchanges: list[Exchange], clock: Callable[[], float]
    ) -> None:
        self._below = below
        self._exchanges = exchanges
        self._clock = clock
        self.reader = below.reader
        self.atr = below.atr
        self.carries_long = below.carries_long

    def transmit(self, command: bytes) -> tuple[bytes, int]:
        """Send one command and note what kind it was."""
        began = self._clock()
        try:
            data, status = self._below.transmit(command)
        except DeskError as error:
            self._note(command, 0, error.code, began)
            raise
        self._note(command, len(data), f"{status:04X}", began)
        return data, status

    def reset(self) -> None:
        """Power the card off and on."""
        self._below.reset()

    def disconnect(self) -> None:
        """Let the card go."""
        self._below.disconnect()

    def _note(self, command: bytes, received: int, status: str, began: float) -> None:
        ms = round((self._clock() - began) * 1000)
        head = command[:4].hex().upper()
        self._exchanges.append(Exchange(head, len(command), received, status, ms))


def exchanges_from(text: str) -> tuple[Exchange, ...]:
    """Return what the text of such a file tells.

    Raises:
        ValueError: It is no such file.
    """
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise ValueError("another format")
        return tuple(Exchange(**one) for one in told["exchanges"])
    except (KeyError, TypeError) as error:
        raise ValueError("no record of a card's conversation") from error
