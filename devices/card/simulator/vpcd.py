"""The simulated chip on a virtual reader of a real PC/SC service (vsmartcard-vpcd over TCP).

The reader listens; the card connects. Each message is a length of two bytes and a body: one byte
of control from the reader (0 off, 1 on, 2 reset, 4 tell the answer to reset) or a command APDU.
"""

from __future__ import annotations

import socket
from collections.abc import Callable

from devices.card.simulator.faults import Answering, Pulled, Silence

HOST = "127.0.0.1"
OFF, ON, RESET, TELL_ATR = 0, 1, 2, 4


class VpcdCard:
    """A card that can be laid on a virtual reader and taken away.

    ``serve`` runs until the card is gone; ``remove`` may be called from another thread.
    """

    def __init__(self, chip: Answering, port: int, *, laid_down: Callable[[], None] = lambda: None):
        self._chip = chip
        self._port = port
        self._laid_down = laid_down
        self._line = socket.socket()

    def serve(self) -> None:
        """Lay the card down and answer until it is taken away or the reader is gone.

        Raises:
            ConnectionRefusedError: No virtual reader listens on the port.
        """
        with self._line as line:
            line.connect((HOST, self._port))
            self._laid_down()
            while True:
                message = _receive(line)
                if message is None:
                    return
                try:
                    self._answer(line, message)
                except Pulled:
                    return
                except Silence:
                    continue

    def remove(self) -> None:
        """Take the card away, at once."""
        try:
            self._line.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it is gone already

    def _answer(self, line: socket.socket, message: bytes) -> None:
        if len(message) > 1:
            _send(line, self._chip.process(message))
        elif message[0] == TELL_ATR:
            _send(line, self._chip.atr)
        elif message[0] in {OFF, ON, RESET}:
            self._chip.power()


def _send(line: socket.socket, body: bytes) -> None:
    line.sendall(len(body).to_bytes(2, "big") + body)


def _receive(line: socket.socket) -> bytes | None:
    head = _exactly(line, 2)
    return None if head is None else _exactly(line, int.from_bytes(head, "big"))


def _exactly(line: socket.socket, size: int) -> bytes | None:
    """Return *size* bytes, None when the line ends first."""
    parts = b""
    while len(parts) < size:
        if hasattr(socket, "TCP_QUICKACK"):
            # The reader writes in two sends; without this each waits 40 ms for the other's ack.
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        try:
            part = line.recv(size - len(parts))
        except OSError:
            return None
        if not part:
            return None
        parts += part
    return parts
