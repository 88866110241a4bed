"""What can go wrong between a reader and a chip, on command and at a chosen command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol


class Pulled(Exception):
    """The card is not on the reader any more."""


class Silence(Exception):
    """The chip never answers."""


class FaultKind(Enum):
    """One way to fail."""

    PULLED = auto()
    """The card is taken away before the command reaches it."""
    SILENT = auto()
    """The chip takes the command and never answers."""
    STATUS = auto()
    """A status word comes instead of an answer; the chip did not see the command."""
    TRUNCATED = auto()
    """The answer loses its last data byte."""
    GARBLED = auto()
    """One bit of the answer's data is turned over."""
    UNPROTECTED = auto()
    """The answer comes without its protection, with data of somebody's choice."""
    REPEATED = auto()
    """The answer to the command before comes again."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one command."""

    kind: FaultKind
    status: int = 0x6F00


class Answering(Protocol):
    """Something that behaves like a powered chip."""

    @property
    def atr(self) -> bytes:
        """Its answer to reset."""

    def power(self) -> None:
        """Forget everything but the files."""

    def process(self, apdu: bytes) -> bytes:
        """Answer a command with data and status word."""


class FaultyChip:
    """A chip whose commands fail where *faults* say, counted from one for its whole life."""

    def __init__(self, chip: Answering, faults: Mapping[int, Fault]) -> None:
        self._chip = chip
        self._faults = faults
        self._last = b"\x6f\x00"
        self.commands = 0

    @property
    def atr(self) -> bytes:
        """The chip's own answer to reset."""
        return self._chip.atr

    def power(self) -> None:
        """Power the chip itself; the count of commands goes on."""
        self._chip.power()

    def process(self, apdu: bytes) -> bytes:
        """Answer, unless this command is to fail.

        Raises:
            Pulled: The card is to be gone.
            Silence: No answer is to come.
        """
        self.commands += 1
        fault = self._faults.get(self.commands)
        if fault is None:
            self._last = self._chip.process(apdu)
            return self._last
        return self._fail(fault, apdu)

    def _fail(self, fault: Fault, apdu: bytes) -> bytes:
        match fault.kind:
            case FaultKind.PULLED:
                raise Pulled
            case FaultKind.STATUS:
                return fault.status.to_bytes(2, "big")
            case FaultKind.REPEATED:
                return self._last
            case FaultKind.SILENT:
                self._chip.process(apdu)
                raise Silence
            case FaultKind.UNPROTECTED:
                self._chip.process(apdu)
                return b"\x6d\x03\x0c\x01\x41\x90\x00"
            case FaultKind.TRUNCATED:
                answer = self._chip.process(apdu)
                return answer[:-3] + answer[-2:]
            case FaultKind.GARBLED:
                changed = bytearray(self._chip.process(apdu))
                if len(changed) > 2:
                    changed[(len(changed) - 2) // 2] ^= 0x10
                return bytes(changed)
