"""A receipt printer that speaks ESC/POS: tickets as pictures, and its real state before and after.

Commands are those of Epson's ESC/POS reference that its many copies understand too: ``GS v 0``
(a picture), ``DLE EOT 1`` to ``4`` (state, answered at once), ``GS r 1`` (state, answered when all
before it is printed), ``GS V 66`` (cut), ``DLE DC4 8`` (forget what is not printed).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from time import monotonic
from typing import TYPE_CHECKING

from counter.errors import (
    DeskError,
    NoPrinter,
    PrinterCoverOpen,
    PrinterFault,
    PrinterOutOfPaper,
    PrinterSilent,
)
from counter.forms import RulerPaper, TicketPaper
from counter.ports import Outcome, PrintJob
from devices.paper.ruler import ruler_bands
from devices.paper.ticket import ticket_picture
from devices.paper.wires import Wire

if TYPE_CHECKING:
    from PIL.Image import Image

ANSWER_S = 1.0
"""How long a printer may take to answer a question about its state."""

FINISH_S = 10.0
"""How long it may take to print a ticket it has."""

BAND_ROWS = 256
"""Rows in one picture command; printers with small buffers take no more."""

_START = b"\x1b@"
_CUT = b"\x1dV\x42\x00"
_ASK_WHEN_PRINTED = b"\x1dr\x01"
_FORGET = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
_IMMEDIATE = re.compile(rb"\x10(?=[\x04\x05\x14])")


class EscposPrinter:
    """Prints tickets and knows whether they came out.

    Args:
        name: What people call it: its address.
        open_wire: Opens the way to it; used for one job or one question, then closed, so that two
            programs can share a printer.
        width_dots: Width of its head; a remainder above a multiple of 8 is left blank.
        answer_s: How long it may take to answer.
        finish_s: How long it may take to print what it has.
    """

    def __init__(
        self,
        name: str,
        open_wire: Callable[[], Wire],
        *,
        width_dots: int,
        answer_s: float = ANSWER_S,
        finish_s: float = FINISH_S,
    ) -> None:
        self._name = name
        self._open_wire = open_wire
        self._width = width_dots // 8 * 8
        self._answer_s = answer_s
        self._finish_s = finish_s

    @property
    def name(self) -> str:
        """Its address."""
        return self._name

    def make(self, job: PrintJob) -> tuple[Outcome, str]:
        """Print a ticket, or the page that tells how wide the head is.

        Returns:
            ``PRINTED`` when the printer said so afterwards; ``UNKNOWN`` when it took everything
            and then said nothing.

        Raises:
            NoPrinter: There is none at this address, or the paper is not a ticket.
            PrinterSilent: It does not answer, or took only a part.
            PrinterOutOfPaper: Before, or in the middle of the ticket.
            PrinterCoverOpen: Likewise.
            PrinterFault: Likewise.
        """
        content = self._content(job)
        with closing(self._open_wire()) as wire:
            if not self._is_ready(wire):
                wire.send(content)
                return Outcome.UNKNOWN, self._name
            try:
                wire.send(content + _ASK_WHEN_PRINTED)
                return self._wait_until_printed(wire), self._name
            except DeskError:
                with suppress(PrinterSilent):
                    wire.send(_FORGET)  # else the rest comes out in front of the next ticket
                raise

    def _content(self, job: PrintJob) -> bytes:
        match job.paper:
            case TicketPaper() as paper:
                return ticket_commands(ticket_picture(paper, self._width)) * job.copies
            case RulerPaper() as paper:
                return commands_of(ruler_bands(paper))
            case _:
                message = "a receipt printer is too narrow for A5"
                raise NoPrinter(message)

    def check(self) -> None:
        """Ask the printer how it is.

        Raises:
            DeskError: What a person must do, as for ``make``.
        """
        with closing(self._open_wire()) as wire:
            self._is_ready(wire)

    def _is_ready(self, wire: Wire) -> bool:
        """Return True when the printer says it can print, False when it never says anything."""
        answers = bytearray()
        for kind in (1, 2, 3, 4):
            answer = self._state(wire, kind)
            if answer is None:
                if kind == 1 and wire.may_be_mute:
                    return False
                raise PrinterSilent
            answers.append(answer)
        fault = fault_in(bytes(answers))
        if fault is not None:
            raise fault
        return True

    def _state(self, wire: Wire, kind: int) -> int | None:
        """Ask for one of the four states; None when no answer comes."""
        wire.send(bytes((0x10, 0x04, kind)))
        end = monotonic() + self._answer_s
        while (left := end - monotonic()) > 0:
            for byte in wire.receive(left):
                if is_state(byte):
                    return byte
        return None

    def _wait_until_printed(self, wire: Wire) -> Outcome:
        end = monotonic() + self._finish_s
        while (left := end - monotonic()) > 0:
            try:
                said = wire.receive(min(left, self._answer_s))
                if any(is_printed(byte) for byte in said):
                    return Outcome.PRINTED
                cause = None if said else self._state(wire, 2)
            except PrinterSilent:  # it had everything when the way was cut
                return Outcome.UNKNOWN
            fault = None if cause is None else fault_in(bytes((0x12, cause, 0x12, 0x12)))
            if fault is not None:
                raise fault
        return Outcome.UNKNOWN


def is_state(byte: int) -> bool:
    """Say whether *byte* answers ``DLE EOT``: bits 1 and 4 set, 0 and 7 clear."""
    return byte & 0x93 == 0x12


def is_printed(byte: int) -> bool:
    """Say whether *byte* answers ``GS r 1``: bits 4 and 7 clear."""
    return byte & 0x90 == 0


def fault_in(states: bytes) -> DeskError | None:
    """Return what keeps a printer from printing, None when nothing does.

    An open cover comes first: with it most printers report missing paper too.

    Args:
        states: The answers to ``DLE EOT 1``, ``2``, ``3`` and ``4``.
    """
    printer, offline, error, paper = states
    if offline & 0x04:
        return PrinterCoverOpen()
    if paper & 0x60 or offline & 0x20:
        return PrinterOutOfPaper()
    if error & 0x68 or offline & 0x40 or printer & 0x08:
        return PrinterFault(f"states {states.hex()}")
    return None


def ticket_commands(picture: Image) -> bytes:
    """Return the commands that print *picture* (1 bit, 0 is black) and cut the paper."""
    return commands_of([picture])


def commands_of(pictures: Iterable[Image]) -> bytes:
    """Return the commands that print pictures one under the other, each with its own width."""
    parts = [_START]
    for picture in pictures:
        wide = picture.width // 8
        for top in range(0, picture.height, BAND_ROWS):
            rows = min(BAND_ROWS, picture.height - top)
            band = picture.crop((0, top, wide * 8, top + rows)).tobytes("raw", "1;I")
            parts.append(b"\x1dv0\x00" + wide.to_bytes(2, "little") + rows.to_bytes(2, "little"))
            parts.append(_harmless(band))
    return b"".join(parts) + _CUT


def _harmless(band: bytes) -> bytes:
    """Blacken one dot wherever *band* would read as a command that is obeyed at once.

    Printers look for those (``DLE EOT``, ``DLE ENQ``, ``DLE DC4``) inside pictures as well: some
    would answer in between, some forget the ticket.
    """
    return _IMMEDIATE.sub(b"\x18", band)
