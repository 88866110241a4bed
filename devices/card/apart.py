"""PC/SC in a process of its own: a driver that never answers is ended with it.

A call to the service cannot be interrupted, and a silent chip blocks it for ever. So the calls are
made by a child process; this side waits for each answer no longer than its deadline and then gives
child and reader up. The next look starts a new child.

The two speak over a pair of sockets: a length of four bytes, then one JSON object.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

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
from devices.card.pcsc import PcscReaders
from devices.card.transport import LongCommandRefused, Readers, ReaderState, Transport

logger = logging.getLogger(__name__)

HOUSE = Path(__file__).resolve().parents[2]
FROZEN_WORD = "--attend-card-readers"
"""First argument with which a frozen program becomes the child; main.py hands over to it."""
LOOK_S = 10.0
"""Seconds for the service to say which readers there are; it starts on demand on some systems."""
ERRORS: dict[str, type[DeskError]] = {
    kind.__name__: kind
    for kind in (
        CardAbsent,
        CardPulled,
        CardSilent,
        CardUnreadable,
        LongCommandRefused,
        NoCardService,
        ReaderBusy,
        ReaderGone,
    )
}
"""What a child may report, by name."""


class Child(Protocol):
    """Who makes the calls; it may be ended at any moment."""

    def ask(self, request: dict[str, Any], limit_s: float) -> Any:
        """Send *request* and return the reply.

        Raises:
            OSError: There was none within *limit_s* seconds.
        """

    def interrupt(self) -> None:
        """Let whoever waits for a reply wait no longer. Safe from any thread."""

    def end(self) -> None:
        """End, whatever it is doing."""


class ApartReaders:
    """Implements ``transport.Readers`` over PC/SC in a child process. Used on one thread.

    Args:
        silence_s: Seconds after which a silent chip, and the child with it, is given up.
        start: Starts a child; a process by default.
    """

    def __init__(self, silence_s: float = 8.0, start: Callable[[], Child] | None = None) -> None:
        self.silence_s = silence_s
        self._start = start or ChildProcess
        self._child: Child | None = None

    def look(self) -> tuple[ReaderState, ...]:
        """Return the readers that are connected now.

        Raises:
            NoCardService: The service does not run or does not answer.
        """
        try:
            found = self.ask({"do": "look"}, LOOK_S)
        except CardSilent as error:
            raise NoCardService("the service does not answer") from error
        return tuple(
            ReaderState(**{**state, "atr": bytes.fromhex(state["atr"])}) for state in found
        )

    def connect(self, name: str) -> ApartTransport:
        """Power the card in reader *name* from a clean start.

        Raises:
            CardAbsent, ReaderGone, ReaderBusy: As the seam says.
            CardSilent: Chip or reader did not answer.
        """
        told = self.ask({"do": "connect", "reader": name}, self.silence_s)
        return ApartTransport(self, name, told)

    def interrupt(self) -> None:
        """Give up the call in hand with its child. Safe from any thread."""
        child = self._child
        if child:
            child.interrupt()

    def close(self) -> None:
        """End the child; a later look starts another."""
        if self._child:
            self._child.end()
            self._child = None

    def ask(self, request: dict[str, Any], limit_s: float) -> Any:
        """Have the child do something and return what it says.

        Raises:
            CardSilent: It did not answer in time, or died; it is gone now.
            DeskError: What the child reports.
        """
        if self._child is None:
            self._child = self._start()
        try:
            reply = self._child.ask(request, limit_s)
        except OSError as error:
            logger.info("the card process is given up: %s", type(error).__name__)
            self.close()
            raise CardSilent from error
        if "error" in reply:
            raise ERRORS[reply["error"]](reply["detail"])
        return reply["answer"]

    @property
    def generation(self) -> object:
        """The child that answers now; a connection belongs to one."""
        return self._child


class ApartTransport:
    """A card that the child process holds."""

    def __init__(self, readers: ApartReaders, reader: str, told: dict[str, Any]) -> None:
        self._readers = readers
        self._child = readers.generation
        self.reader = reader
        self._learn(told)

    def transmit(self, command: bytes) -> tuple[bytes, int]:
        """Send one command APDU; return the answer's data and its status word."""
        told = self._ask({"do": "transmit", "command": command.hex()})
        return bytes.fromhex(told["data"]), int(told["status"])

    def reset(self) -> None:
        """Power the card off and on."""
        self._learn(self._ask({"do": "reset"}))

    def disconnect(self) -> None:
        """Let the card go; harmless when it is gone already."""
        with suppress(DeskError):
            self._ask({"do": "disconnect"})

    def _learn(self, told: dict[str, Any]) -> None:
        self.atr = bytes.fromhex(told["atr"])
        self.carries_long = bool(told["carries_long"])

    def _ask(self, request: dict[str, Any]) -> Any:
        if self._readers.generation is not self._child:
            raise CardSilent("the connection was given up")
        return self._readers.ask(request, self._readers.silence_s)


class ChildProcess:
    """A running child process and this end of the line to it."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._line = ours
            self._process = subprocess.Popen(
                _program(),
                cwd=HOUSE,
                env={**os.environ, "PYTHONPATH": str(HOUSE)},
                stdin=subprocess.PIPE,
                pass_fds=() if sys.platform == "win32" else (theirs.fileno(),),
            )
            _tell_end(self._process, theirs)

    def ask(self, request: dict[str, Any], limit_s: float) -> Any:
        """Send *request* and return the reply."""
        self._line.settimeout(limit_s)
        _send(self._line, request)
        return _receive(self._line)

    def interrupt(self) -> None:
        """Kill the process; its end of the line falls silent at once."""
        self._process.kill()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._line.close()
        self._process.kill()
        self._process.wait()


def _program() -> list[str]:
    """Return the command that runs the child, also from a frozen program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_WORD]
    return [sys.executable, "-m", "devices.card.apart"]


def _tell_end(process: subprocess.Popen[bytes], end: socket.socket) -> None:
    """Tell the child on its input which socket is its end of the line."""
    if sys.platform == "win32":
        word = end.share(process.pid).hex()
    else:
        word = str(end.fileno())
    assert process.stdin is not None  # noqa: S101 - a pipe was asked for
    with process.stdin as line:
        line.write(word.encode("ascii") + b"\n")


def _take_end() -> socket.socket:
    word = sys.stdin.readline().strip()
    if sys.platform == "win32":
        return socket.fromshare(bytes.fromhex(word))
    return socket.socket(fileno=int(word))


def _send(line: socket.socket, message: dict[str, Any]) -> None:
    body = json.dumps(message).encode("ascii")
    line.sendall(len(body).to_bytes(4, "big") + body)


def _receive(line: socket.socket) -> Any:
    return json.loads(_exactly(line, int.from_bytes(_exactly(line, 4), "big")))


def _exactly(line: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = line.recv(size - len(parts))
        if not part:
            raise ConnectionResetError
        parts += part
    return bytes(parts)


# The child's side


class Attendant:
    """Does what the other side asks, one thing after the other, and holds one card at most."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._held: Transport | None = None

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the reply to one request."""
        doings: dict[str, Callable[[dict[str, Any]], Any]] = {
            "look": self._look,
            "connect": self._connect,
            "transmit": self._transmit,
            "reset": self._reset,
            "disconnect": self._disconnect,
        }
        try:
            return {"answer": doings[request["do"]](request)}
        except DeskError as error:
            return {"error": type(error).__name__, "detail": str(error)}

    def _look(self, _: dict[str, Any]) -> list[dict[str, Any]]:
        return [{**asdict(state), "atr": state.atr.hex()} for state in self._readers.look()]

    def _connect(self, request: dict[str, Any]) -> dict[str, Any]:
        self._disconnect(request)
        self._held = self._readers.connect(request["reader"])
        return self._about()

    def _transmit(self, request: dict[str, Any]) -> dict[str, Any]:
        data, status = self._card().transmit(bytes.fromhex(request["command"]))
        return {"data": data.hex(), "status": status}

    def _reset(self, _: dict[str, Any]) -> dict[str, Any]:
        self._card().reset()
        return self._about()

    def _disconnect(self, _: dict[str, Any]) -> None:
        if self._held:
            self._held.disconnect()
            self._held = None

    def _about(self) -> dict[str, Any]:
        return {"atr": self._card().atr.hex(), "carries_long": self._card().carries_long}

    def _card(self) -> Transport:
        if self._held is None:
            raise CardPulled("no card is held")
        return self._held


class NoPcsc:
    """Answers for a machine without the PC/SC library."""

    def answer(self, _: dict[str, Any]) -> dict[str, Any]:
        """Say that there is no service."""
        return {"error": "NoCardService", "detail": "the PC/SC library is not installed"}


def serve(line: socket.socket, attendant: Attendant | NoPcsc) -> None:
    """Answer until the other side hangs up."""
    while True:
        try:
            request = _receive(line)
        except OSError:
            return
        _send(line, attendant.answer(request))


def open_attendant() -> Attendant | NoPcsc:
    """Return who answers on this machine."""
    try:
        return Attendant(PcscReaders())
    except NoCardService:
        return NoPcsc()


def attend() -> int:
    """Be the child: answer on the line that standard input names, until the other side is gone."""
    with _take_end() as line:
        serve(line, open_attendant())
    return 0


if __name__ == "__main__":
    sys.exit(attend())
