"""Reading the chip's files in as few commands as card and reader allow.

A file is read by its short identifier first; SELECT is the fallback. The block grows to what
card and reader give: their limits are learned from refusals and short answers, and remembered by
the caller for the next card on the same reader.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from counter.errors import CardUnreadable
from devices.card import tlv
from devices.card.apdu import LONG_LE, SHORT_LE, Answer, Channel, Command
from devices.card.messaging import SessionLost
from devices.card.transport import LongCommandRefused, Transport

TEXT_BLOCK = 2000
"""Fits, with its protection, into the 2048 bytes that cards of the country are known to give."""
LADDER = (LONG_LE, TEXT_BLOCK, 1000, 480, SHORT_LE, 192, 128, 64)
LARGEST_FILE = 1 << 20
LAST_SFI_OFFSET = 0xFF
LAST_EVEN_OFFSET = 0x7FFF
LONGEST_HEAD = 9
WRAPPING = 4
"""Bytes of tag 53 and its length around at most 64 kB."""

SFI_REFUSED = {0x6A80, 0x6A81, 0x6A82, 0x6A86, 0x6A87, 0x6986, 0x6B00, 0x6D00, 0x6E00}
HIDDEN = {0x6982, 0x6985, 0x6A82, 0x6A83, 0x6A88}
TOO_LONG = {0x6700, 0x6C00, 0x6883}


class FileAbsent(CardUnreadable):
    """The chip has no such file, or does not show it to us."""


class File(Enum):
    """A file of the chip: its identifier, and its short identifier in the low five bits."""

    CARD_ACCESS = 0x011C
    COM = 0x011E
    SOD = 0x011D
    DG1 = 0x0101
    DG2 = 0x0102
    DG11 = 0x010B
    DG12 = 0x010C
    DG13 = 0x010D
    DG14 = 0x010E
    DG15 = 0x010F
    DG16 = 0x0110

    @property
    def sfi(self) -> int:
        """The short identifier."""
        return self.value & 0x1F

    @property
    def group(self) -> int | None:
        """The number of the data group; None for a file that is none."""
        number = self.value & 0xFF
        return number if number <= 16 else None


@dataclass(slots=True)
class Habits:
    """What is known of the cards on one reader, learned while reading and kept for the next.

    Attributes:
        most: Bytes one answer may carry; more than 256 needs extended length, and a channel may
            give less in a short answer.
        sfi: Files are found by their short identifier.
        card_access: EF.CardAccess of the last card that was opened by it. Cards of one series
            have the same; the next one is spared the question unless it refuses.
    """

    most: int = LONG_LE
    sfi: bool = True
    card_access: bytes | None = None

    def lower(self, refused: int) -> None:
        """Note that *refused* bytes at once were not to be had.

        Raises:
            CardUnreadable: There is nothing smaller to try.
        """
        smaller = [step for step in LADDER if step < min(refused, self.most)]
        if not smaller:
            raise CardUnreadable("no block is small enough")
        self.most = smaller[0]

    def step_down(self, refused: int) -> None:
        """Note that *refused* bytes at once cost more than a block; so there are two steps only."""
        if refused <= SHORT_LE:
            self.lower(refused)
        self.most = min(self.most, TEXT_BLOCK if refused > TEXT_BLOCK else SHORT_LE)

    def trim(self, given: int) -> None:
        """Note that the chip gives *given* bytes where more were asked for and there."""
        self.most = min(self.most, given if given > SHORT_LE else SHORT_LE)


@dataclass(slots=True)
class PartialFile:
    """What is already here of a file; reading goes on at its end, even in a later session.

    Attributes:
        length: Bytes in all; None before the first block told.
    """

    content: bytearray = field(default_factory=bytearray, repr=False)
    length: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every byte is here."""
        return self.length is not None and len(self.content) >= self.length

    def add(self, block: bytes) -> None:
        """Take the next bytes; what lies behind the end of the file is left out.

        Raises:
            CardUnreadable: It is no file of a citizen card.
        """
        self.content += block
        if self.length is None:
            if self.content[0] in {0x00, 0xFF}:
                raise FileAbsent("empty file")
            if len(self.content) < LONGEST_HEAD and self._head_is_cut():
                return
            _, start, length = tlv.read_head(bytes(self.content[:LONGEST_HEAD]))
            self.length = start + length
            if self.length > LARGEST_FILE:
                raise CardUnreadable("file too large")
        del self.content[self.length :]

    def _head_is_cut(self) -> bool:
        try:
            tlv.read_head(bytes(self.content))
        except tlv.BadTlv:
            return True
        return False

    def wipe(self) -> None:
        """Overwrite and forget the bytes."""
        self.content[:] = bytes(len(self.content))
        self.content.clear()
        self.length = None


Progress = Callable[[PartialFile], None]


def read_file(
    channel: Channel,
    file: File,
    habits: Habits,
    *,
    into: PartialFile | None = None,
    block: int = LONG_LE,
    progress: Progress | None = None,
) -> bytes:
    """Return the whole content of *file*.

    Args:
        habits: What is known of card and reader; more is learned here.
        into: Where the bytes are gathered; what it holds from before is not read again.
        block: The most to ask for at once.
        progress: Called after each block.

    Raises:
        FileAbsent: The chip does not have it or does not show it.
        SessionLost: The session ended; *into* keeps what came before.
        CardUnreadable: It answers nothing that can be used.
    """
    kept = PartialFile() if into is None else into
    # Named: the chip's current file is this one, so an offset is enough.
    named = not kept.is_whole and (len(kept.content) > LAST_SFI_OFFSET or not habits.sfi)
    if named:
        _select(channel, file)
    while not kept.is_whole:
        offset = len(kept.content)
        wanted = _wanted(channel, kept, habits, block)
        try:
            answer = _read(channel, None if named else file, offset, wanted)
        except LongCommandRefused:
            habits.step_down(wanted)
            continue
        except SessionLost as lost:
            if lost.status in TOO_LONG and wanted > SHORT_LE:
                habits.step_down(wanted)
            raise
        if answer.data and answer.status in {0x9000, 0x6282}:
            named = True
            kept.add(answer.data)
            if len(answer.data) < wanted and not kept.is_whole and offset <= LAST_EVEN_OFFSET:
                habits.trim(len(answer.data))
            if progress:
                progress(kept)
        elif answer.status in TOO_LONG or answer.status in {0x9000, 0x6282}:
            habits.lower(wanted)
        elif not named:
            # Whatever it says, the longer way is tried before the file is called absent.
            _select(channel, file)
            named = True
            habits.sfi = habits.sfi and answer.status not in SFI_REFUSED
        else:
            kind = FileAbsent if answer.status in HIDDEN else CardUnreadable
            raise kind(f"READ BINARY, status {answer.status:04X}")
    return bytes(kept.content)


def _wanted(channel: Channel, kept: PartialFile, habits: Habits, block: int) -> int:
    left = LONG_LE if kept.length is None else kept.length - len(kept.content)
    room = min(block, habits.most)
    # What is left may need a short answer even where long ones are to be had.
    if min(left, room) <= SHORT_LE:
        room = min(room, channel.short_block)
    if len(kept.content) > LAST_EVEN_OFFSET:
        room -= WRAPPING
    return min(left, room)


def _read(channel: Channel, file: File | None, offset: int, wanted: int) -> Answer:
    if file is not None:
        return channel.send(Command(0x00, 0xB0, 0x80 | file.sfi, offset, le=wanted))
    if offset <= LAST_EVEN_OFFSET:
        return channel.send(Command(0x00, 0xB0, offset >> 8, offset & 0xFF, le=wanted))
    where = tlv.write(0x54, offset.to_bytes(2 if offset < 0x10000 else 3, "big"))
    le = wanted + WRAPPING  # the answer's data object is counted with its tag and length
    answer = channel.send(Command(0x00, 0xB1, 0, 0, data=where, le=le))
    return Answer(tlv.get(answer.data, 0x53) if answer.data else b"", answer.status)


def _select(channel: Channel, file: File) -> None:
    answer = channel.send(Command(0x00, 0xA4, 0x02, 0x0C, data=file.value.to_bytes(2, "big")))
    if answer.status in HIDDEN:
        raise FileAbsent(f"SELECT, status {answer.status:04X}")
    answer.require_ok()


def habits_of(transport: Transport) -> Habits:
    """Return what reader and card say of themselves when the card is powered.

    A card's third capability byte tells whether it understands long lengths (ISO/IEC 7816-4,
    8.1.1); one that keeps silent about that is believed to.
    """
    capabilities = _capabilities(_historical_bytes(transport.atr))
    card_says_no = len(capabilities) == 3 and not capabilities[2] & 0x40
    if card_says_no or not transport.carries_long:
        return Habits(most=SHORT_LE)
    return Habits()


def _historical_bytes(atr: bytes) -> bytes:
    """Return the historical bytes of an answer to reset (ISO/IEC 7816-3, 8.2)."""
    if len(atr) < 2:
        return b""
    at, announced = 2, atr[1] >> 4
    while announced and at <= len(atr):
        at += announced.bit_count()
        if not announced & 0x8 or at > len(atr):
            break
        announced = atr[at - 1] >> 4
    return atr[at : at + (atr[1] & 0x0F)]


def _capabilities(historical: bytes) -> bytes:
    if historical[:1] != b"\x80":
        return b""
    at = 1
    while at < len(historical):
        tag, size = historical[at] >> 4, historical[at] & 0x0F
        if tag == 7:
            return historical[at + 1 : at + 1 + size]
        at += 1 + size
    return b""
