"""The PC/SC service of the operating system: every call to it is in this file.

The calls may block for as long as a driver likes. ``apart.py`` keeps them in a process that can be
ended; nothing else should call them.
"""

from __future__ import annotations

from contextlib import suppress
from types import ModuleType

from counter.errors import (
    CardAbsent,
    CardPulled,
    CardSilent,
    CardUnreadable,
    DeskError,
    NoCardService,
    ReaderBusy,
    ReaderGone,
)
from devices.card.transport import LongCommandRefused, ReaderState

FEATURES = 3400
"""Control code that asks a reader what it can do (PC/SC 2.02, part 10, 2.2)."""
TLV_PROPERTIES = 0x12
LONGEST_APDU = 0x0A
"""Tag of dwMaxAPDUDataSize (part 10, 2.6.14); zero means short commands only."""
CONNECT_TRIES = 3

Status = int
"""What the service answers; its numbers are the same on every system."""

OK = 0
PRESENT = 0x20
SETTLING_MS = 600
INVALID_HANDLE = 0x80100003
NO_SERVICE = 0x8010001D
STOPPED = 0x8010001E
NO_READERS = 0x8010002E
NO_SMARTCARD = 0x8010000C
SHARING_VIOLATION = 0x8010000B
UNRESPONSIVE = 0x80100066
UNPOWERED = 0x80100067
WAS_RESET = 0x80100068
REMOVED = 0x80100069

CARD_GONE = {NO_SMARTCARD, UNPOWERED, WAS_RESET, REMOVED}
SERVICE_GONE = {INVALID_HANDLE, NO_SERVICE, STOPPED, 0x80100005, 0x80100013}
"""Also what libpcsclite says when the daemon dies in the middle of a call."""


def _service() -> ModuleType:
    """Return the library that speaks to the service.

    Raises:
        NoCardService: It is not installed.
    """
    try:
        from smartcard import scard
    except ImportError as error:
        raise NoCardService("the PC/SC library is not installed") from error
    return scard  # type: ignore[no-any-return]  # the library carries no types


class PcscReaders:
    """Every reader the PC/SC service knows. Used on one thread."""

    def __init__(self) -> None:
        self._scard = _service()
        self._context: int | None = None

    def look(self) -> tuple[ReaderState, ...]:
        """Return the readers that are connected now.

        Raises:
            NoCardService: The service does not run.
        """
        for _ in range(2):  # a reader may go between the two calls; the second time has it right
            names = self._names()
            found = self._states(names, 0)
            if found is not None:
                return found
        raise NoCardService("the readers cannot be asked")

    def connect(self, name: str) -> PcscTransport:
        """Power the card in reader *name* from a clean start and hold it for this program alone.

        Raises:
            CardAbsent: No card lies there.
            CardSilent: It does not answer when it is powered.
            ReaderGone: There is no such reader.
            ReaderBusy: Another program holds it.
        """
        try:
            return self._connect(name)
        except CardPulled as error:
            raise CardAbsent from error

    def _connect(self, name: str) -> PcscTransport:
        scard = self._scard
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        status, card, protocol = scard.SCardConnect(
            self._opened(), name, scard.SCARD_SHARE_SHARED, protocols
        )
        if _number(status) != OK:
            self._lost(_number(status))
            raise self.reason(_number(status), name)
        transport = PcscTransport(self, name, card, protocol)
        try:
            transport.reset()  # another program's session may still be open on the chip
        except DeskError:
            transport.disconnect()
            raise
        return transport

    def interrupt(self) -> None:
        """A call to the service cannot be given up from here; ``apart.py`` can."""

    def close(self) -> None:
        """Let the service go; a later look starts anew."""
        if self._context is not None:
            self._scard.SCardReleaseContext(self._context)
            self._context = None

    def reason(self, status: Status, name: str) -> DeskError:
        """Say why a call for the card in reader *name* failed.

        The status alone is not to be trusted, so the service is asked how the reader stands; it
        sees a card go up to half a second late and is given that time.
        """
        detail = _hexadecimal(status)
        try:
            now = self._find(name)
            if now and now.occupied and status not in CARD_GONE | {SHARING_VIOLATION}:
                self._states([name], SETTLING_MS, known=now.changes << 16 | PRESENT)
                now = self._find(name)
        except NoCardService as error:
            return error
        if now is None:
            return ReaderGone(detail)
        if status == SHARING_VIOLATION:
            return ReaderBusy(detail)
        if status == UNRESPONSIVE:
            return CardSilent(detail)
        if not now.occupied or status in CARD_GONE:
            return CardPulled(detail)
        return CardUnreadable(detail)

    def _find(self, name: str) -> ReaderState | None:
        return next((state for state in self.look() if state.name == name), None)

    def _opened(self) -> int:
        if self._context is None:
            status, context = self._scard.SCardEstablishContext(self._scard.SCARD_SCOPE_USER)
            if _number(status) != OK:
                raise NoCardService(_hexadecimal(status))
            self._context = context
        return self._context

    def _names(self) -> list[str]:
        """Return the readers' names; a service that was restarted is asked again."""
        status, names = self._scard.SCardListReaders(self._opened(), [])
        if _number(status) in SERVICE_GONE:
            self.close()
            status, names = self._scard.SCardListReaders(self._opened(), [])
        if _number(status) == NO_READERS:
            return []
        if _number(status) != OK:
            self.close()
            raise NoCardService(_hexadecimal(status))
        return [str(name) for name in names]

    def _states(
        self, names: list[str], wait_ms: int, *, known: int = 0
    ) -> tuple[ReaderState, ...] | None:
        """Return how readers stand once one differs from *known*, None when one is not there."""
        if not names:
            return ()
        wanted = [(name, known) for name in names]
        status, found = self._scard.SCardGetStatusChange(self._opened(), wait_ms, wanted)
        if _number(status) == OK:
            return tuple(self._state(name, event, bytes(atr)) for name, event, atr in found)
        self._lost(_number(status))
        return None

    def _state(self, name: str, event: int, atr: bytes) -> ReaderState:
        scard = self._scard
        return ReaderState(
            name=name,
            occupied=bool(event & scard.SCARD_STATE_PRESENT) and not event & scard.SCARD_STATE_MUTE,
            changes=event >> 16 & 0xFFFF,
            busy=bool(event & scard.SCARD_STATE_EXCLUSIVE),
            atr=atr,
        )

    def _lost(self, status: Status) -> None:
        if status in SERVICE_GONE:
            self.close()


class PcscTransport:
    """A card held through the PC/SC service, within one transaction."""

    def __init__(self, readers: PcscReaders, reader: str, card: int, protocol: int) -> None:
        self._readers = readers
        self._scard = _service()
        self._card = card
        self._protocol = protocol
        self._held = False
        self.reader = reader
        self.atr = b""
        self.carries_long = True

    def transmit(self, command: bytes) -> tuple[bytes, int]:
        """Send one command APDU; return the answer's data and its status word.

        Raises:
            LongCommandRefused, CardPulled, ReaderGone, NoCardService: As the seam says.
        """
        status, answer = self._scard.SCardTransmit(self._card, self._protocol, list(command))
        if _number(status) != OK or len(answer) < 2:
            raise self._reason(_number(status), command)
        return bytes(answer[:-2]), answer[-2] << 8 | answer[-1]

    def reset(self) -> None:
        """Power the card off and on, and hold it anew.

        Raises:
            CardPulled, ReaderGone, ReaderBusy, NoCardService: As the seam says.
        """
        scard = self._scard
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        for _ in range(CONNECT_TRIES):
            self._release()
            status, protocol = scard.SCardReconnect(
                self._card, scard.SCARD_SHARE_SHARED, protocols, scard.SCARD_RESET_CARD
            )
            if _number(status) != OK:
                raise self._reason(_number(status), b"")
            self._protocol = protocol
            # Another program may reset the card between the two calls; then both are made again.
            if _number(scard.SCardBeginTransaction(self._card)) == OK:
                self._held = True
                break
        else:
            raise ReaderBusy
        _, _, _, _, atr = scard.SCardStatus(self._card)
        self.atr = bytes(atr)
        self.carries_long = self._ask_carries_long()

    def disconnect(self) -> None:
        """Let the card go and leave no session on it; harmless when it is gone already."""
        self._release()
        # Not reset: where that fails because the card just went, pcscd misses the next card.
        self._scard.SCardDisconnect(self._card, self._scard.SCARD_UNPOWER_CARD)

    def _release(self) -> None:
        if self._held:
            self._scard.SCardEndTransaction(self._card, self._scard.SCARD_LEAVE_CARD)
            self._held = False

    def _reason(self, status: Status, command: bytes) -> DeskError:
        """Say why *command* was not answered."""
        reason = self._readers.reason(status, self.reader)
        is_long = len(command) > 5 and command[4] == 0
        if is_long and type(reason) is CardUnreadable:
            return LongCommandRefused(_hexadecimal(status))
        return reason

    def _ask_carries_long(self) -> bool:
        """Ask the reader whether it carries extended lengths; one that does not say is believed."""
        scard = self._scard
        with suppress(IndexError, ValueError):
            status, features = scard.SCardControl(self._card, scard.SCARD_CTL_CODE(FEATURES), [])
            codes = dict(_objects(bytes(features))) if _number(status) == OK else {}
            if TLV_PROPERTIES in codes:
                code = int.from_bytes(codes[TLV_PROPERTIES], "big")
                status, properties = scard.SCardControl(self._card, code, [])
                told = dict(_objects(bytes(properties))) if _number(status) == OK else {}
                return any(told.get(LONGEST_APDU, b"\x01"))
        return True


def _objects(data: bytes) -> list[tuple[int, bytes]]:
    """Return tags and values; both are one byte wide here, as part 10 writes them."""
    found, at = [], 0
    while at < len(data):
        length = data[at + 1]
        found.append((data[at], data[at + 2 : at + 2 + length]))
        at += 2 + length
    return found


def _number(status: int) -> Status:
    """Return a status without the sign some systems give it."""
    return status & 0xFFFFFFFF


def _hexadecimal(status: int) -> str:
    return f"PC/SC {_number(status):08X}"
