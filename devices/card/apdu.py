"""Commands to a card and their answers (ISO/IEC 7816-4), plain and counted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol

from counter.errors import CardUnreadable
from devices.card.transport import Transport

SHORT_LE = 256
LONG_LE = 65536
MAX_PIECES = 512
"""More GET RESPONSE than any answer of 64 kB needs."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command APDU.

    Attributes:
        le: Bytes wanted at most, 1 to 65536; None when no answer data is wanted.
        extended: Written with three-byte lengths even where short ones would do.
    """

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = field(default=b"", repr=False)
    le: int | None = None
    extended: bool = False

    @property
    def is_long(self) -> bool:
        """Whether it needs extended length."""
        return self.extended or len(self.data) > 255 or (self.le or 0) > SHORT_LE

    @property
    def header(self) -> bytes:
        """The first four bytes."""
        return bytes((self.cla, self.ins, self.p1, self.p2))

    def encode(self) -> bytes:
        """Return it as it goes over the wire (ISO/IEC 7816-4, 5.2)."""
        if self.is_long:
            lc = b"\0" + len(self.data).to_bytes(2, "big") if self.data else b""
            le = b"" if self.le is None else (self.le % LONG_LE).to_bytes(2, "big")
            if le and not lc:
                le = b"\0" + le
            return self.header + lc + self.data + le
        lc = bytes((len(self.data),)) if self.data else b""
        le = b"" if self.le is None else bytes((self.le % SHORT_LE,))
        return self.header + lc + self.data + le


@dataclass(frozen=True, slots=True)
class Answer:
    """What the card said: data and status word."""

    data: bytes = field(repr=False)
    status: int

    @property
    def ok(self) -> bool:
        """Whether the command was carried out without a warning."""
        return self.status == 0x9000

    def require_ok(self) -> bytes:
        """Return the data of a command that must succeed.

        Raises:
            CardUnreadable: It did not.
        """
        if not self.ok:
            raise CardUnreadable(f"status {self.status:04X}")
        return self.data


class Channel(Protocol):
    """A way to send commands to the chip, plain or protected.

    Attributes:
        short_block: File bytes that fit into one short answer.
    """

    short_block: int

    def send(self, command: Command) -> Answer:
        """Send *command* and return what the chip said."""


class PlainChannel:
    """Commands as they are; it gathers divided answers and counts.

    Attributes:
        commands: Commands sent to the card, all of them.
        received: Bytes of answer data that came back.
    """

    short_block = SHORT_LE

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.commands = 0
        self.received = 0

    def send(self, command: Command) -> Answer:
        """Send *command*; 6Cxx is asked again as the chip wishes, 61xx is fetched to its end."""
        data, status = self._transmit(command)
        if status >> 8 == 0x6C and not data:
            data, status = self._transmit(replace(command, le=status & 0xFF or SHORT_LE))
        pieces = [data]
        while status >> 8 == 0x61 and len(pieces) <= MAX_PIECES:
            # The class byte of GET RESPONSE never says "protected": it fetches what is ready.
            more = Command(0x00, 0xC0, 0, 0, le=status & 0xFF or SHORT_LE)
            data, status = self._transmit(more)
            pieces.append(data)
        return Answer(b"".join(pieces), status)

    def _transmit(self, command: Command) -> tuple[bytes, int]:
        self.commands += 1
        data, status = self.transport.transmit(command.encode())
        self.received += len(data)
        return data, status
