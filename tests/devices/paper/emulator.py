"""A receipt printer made of Python: it understands ESC/POS, shows what it printed, and has faults.

``Machine`` is the printer behind its plug: bytes in, answers out. ``on_tcp`` and ``on_pty`` put it
on the network and behind a device.
"""

from __future__ import annotations

import os
import re
import select
import socket
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from PIL import Image

_IMMEDIATE = re.compile(rb"\x10\x04([\x01-\x04])|\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08")
_LONGEST = 10
_LONG = ((b"\x1dv", 4), (b"\x1dV", 4), (b"\x1dr", 3))


@dataclass
class Machine:
    """A printer and its paper.

    Attributes:
        width_dots: Of its head; a wider picture is cut off, as on the real thing.
        has_paper: Whether there is any; it stops in the middle of a job without.
        rows_left: Rows until the paper ends by itself; None never ends.
        cover_open: Stops it too.
        cutter_jammed: A fault that a person must clear.
        near_end: The roll is thin; it prints all the same.
        answers_left: Answers until it falls silent, though it goes on printing; None never does.
        forgets: Whether it knows the command to forget what is not printed.
        tickets: What was cut off and can be taken, in order.
        unknown: Commands it did not understand.
        forgot: Set when it forgot what was not printed.
    """

    width_dots: int = 576
    has_paper: bool = True
    rows_left: int | None = None
    cover_open: bool = False
    cutter_jammed: bool = False
    near_end: bool = False
    answers_left: int | None = None
    forgets: bool = True
    tickets: list[Image.Image] = field(default_factory=list)
    unknown: list[bytes] = field(default_factory=list)
    forgot: threading.Event = field(default_factory=threading.Event)
    _arriving: bytes = b""
    _buffer: bytearray = field(default_factory=bytearray)
    _bands: list[Image.Image] = field(default_factory=list)

    @property
    def is_stopped(self) -> bool:
        """Whether a person must do something before it goes on."""
        return self.cover_open or self.cutter_jammed or not self.has_paper

    def take(self, received: bytes) -> bytes:
        """Receive some bytes, which may end anywhere, and return what it answers."""
        answers = bytearray()
        self._arriving += received
        while match := _IMMEDIATE.search(self._arriving):
            self._buffer += self._arriving[: match.start()]
            self._arriving = self._arriving[match.end() :]
            answers += self._print()
            if match[1]:
                answers.append(self._state(match[1][0]))
            elif self.forgets:
                self._buffer.clear()
                self._bands.clear()
                self.forgot.set()
        kept = _unfinished(self._arriving)
        self._buffer += self._arriving[: len(self._arriving) - kept]
        self._arriving = self._arriving[len(self._arriving) - kept :]
        answers += self._print()
        if self.answers_left is not None:
            del answers[self.answers_left :]
            self.answers_left -= len(answers)
        return bytes(answers)

    def _state(self, kind: int) -> int:
        return (
            0x12
            | {
                1: 0x08 if self.is_stopped else 0,
                2: (0x04 if self.cover_open else 0)
                | (0 if self.has_paper else 0x20)
                | (0x40 if self.cutter_jammed else 0),
                3: 0x08 if self.cutter_jammed else 0,
                4: (0 if self.has_paper else 0x60) | (0x0C if self.near_end else 0),
            }[kind]
        )

    def _print(self) -> bytes:
        """Obey as many whole commands as there are; return their answers."""
        answers = bytearray()
        while not self.is_stopped:
            taken = self._obey(answers)
            if not taken:
                break
            del self._buffer[:taken]
        return bytes(answers)

    def _obey(self, answers: bytearray) -> int:
        """Obey the first command in hand; return its length, 0 when it is not all there."""
        line = self._buffer
        if len(line) < next((size for begin, size in _LONG if line.startswith(begin)), 2):
            return 0
        match list(line[:4]):
            case [0x1D, 0x76, 0x30, 0]:
                return self._picture()
            case [0x1B, 0x40, *_]:
                return 2
            case [0x1D, 0x72, 1, *_]:
                answers.append(0x03 if self.near_end else 0x00)
                return 3
            case [0x1D, 0x56, 0x42, _]:
                self._cut()
                return 4
            case _:
                self.unknown.append(bytes(line[:1]))
                return 1

    def _picture(self) -> int:
        line = self._buffer
        if len(line) < 8:
            return 0
        wide, rows = int.from_bytes(line[4:6], "little"), int.from_bytes(line[6:8], "little")
        end = 8 + wide * rows
        if len(line) < end:
            return 0
        if self.rows_left is not None:
            self.rows_left -= rows
            if self.rows_left < 0:
                self.has_paper = False
                return 0
        band = Image.frombytes("1", (wide * 8, rows), bytes(line[8:end]), "raw", "1;I")
        self._bands.append(band.crop((0, 0, min(wide * 8, self.width_dots), rows)))
        return end

    def _cut(self) -> None:
        height = sum(band.height for band in self._bands)
        ticket = Image.new("1", (self.width_dots, height), 255)
        top = 0
        for band in self._bands:
            ticket.paste(band, (0, top))
            top += band.height
        self._bands.clear()
        self.tickets.append(ticket)

    def load_paper(self) -> None:
        """Put in a new roll; the printer goes on with what it holds."""
        self.rows_left = None
        self.has_paper = True
        self._print()


def _unfinished(arriving: bytes) -> int:
    """How many last bytes may be the beginning of an immediate command."""
    for length in range(min(_LONGEST - 1, len(arriving)), 0, -1):
        tail = arriving[-length:]
        if b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08".startswith(tail) or tail == b"\x10\x04":
            return length
    return 0


@dataclass
class Plug:
    """Where a machine is plugged in.

    Attributes:
        address: As the settings write it.
        cut_after: Bytes after which the connection breaks; None never.
        stuck_after: Bytes after which it takes no more, and does not hang up; None never.
        at_once: How many bytes are taken at a time.
        connections: How often somebody connected.
    """

    address: str
    cut_after: int | None = None
    stuck_after: int | None = None
    at_once: int = 4096
    connections: int = 0


@contextmanager
def on_tcp(machine: Machine) -> Iterator[Plug]:
    """Put *machine* on a free port of this computer."""
    listener = socket.create_server(("127.0.0.1", 0))
    bell, rope = socket.socketpair()
    plug = Plug(f"tcp://127.0.0.1:{listener.getsockname()[1]}")

    def serve() -> None:
        while True:
            ready, _, _ = select.select([listener, bell], [], [])
            if bell in ready:
                return
            connection, _ = listener.accept()
            plug.connections += 1
            with connection, suppress(ConnectionError):
                _talk(machine, connection, plug, bell)

    thread = threading.Thread(target=serve, name="emulator")
    thread.start()
    try:
        yield plug
    finally:
        rope.close()
        thread.join()
        listener.close()
        bell.close()


def _talk(machine: Machine, connection: socket.socket, plug: Plug, bell: socket.socket) -> None:
    taken = 0
    while bell not in select.select([connection, bell], [], [])[0]:
        received = connection.recv(plug.at_once)
        taken += len(received)
        if not received or (plug.cut_after is not None and taken > plug.cut_after):
            return
        if plug.stuck_after is not None and taken > plug.stuck_after:
            bell.recv(1)
            return
        if answers := machine.take(received):
            connection.sendall(answers)


@contextmanager
def on_pty(machine: Machine, scheme: str) -> Iterator[Plug]:
    """Put *machine* behind a terminal device, addressed as *scheme* ``serial`` or ``file``."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    bell, rope = os.pipe()
    plug = Plug(f"{scheme}://{os.ttyname(theirs)}")

    def serve() -> None:
        while ours in select.select([ours, bell], [], [])[0]:  # all that was sent, then the bell
            if answers := machine.take(os.read(ours, plug.at_once)):
                os.write(ours, answers)

    thread = threading.Thread(target=serve, name="emulator")
    thread.start()
    try:
        yield plug
    finally:
        os.close(rope)
        thread.join()
        for handle in (ours, theirs, bell):
            os.close(handle)
