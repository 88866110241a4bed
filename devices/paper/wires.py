"""The ways bytes reach a receipt printer and its answers come back: TCP, USB, serial, a file.

Every wait has an end. An address is written as in the settings: ``tcp://192.168.1.50:9100``,
``usb://04b8:0e15``, ``serial:///dev/ttyUSB0?baud=115200``, ``serial:COM3`` or
``file:///dev/usb/lp0`` (not on Windows).
"""

from __future__ import annotations

import os
import select
import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol
from urllib.parse import SplitResult, parse_qs, urlsplit

from counter.errors import NoPrinter, PrinterSilent
from devices.paper import usb

if TYPE_CHECKING:
    from serial import Serial

CONNECT_S = 3.0
SEND_S = 10.0
"""How long a printer may take no byte at all, as one does that prints from a small buffer."""

BAUD = 115_200
TCP_PORT = 9100

_CHUNK = 4096


class Wire(Protocol):
    """An open way to a printer.

    Attributes:
        may_be_mute: The way may carry no answers, as many device files do.
    """

    may_be_mute: bool

    def send(self, content: bytes) -> None:
        """Hand over all of *content*.

        Raises:
            PrinterSilent: The printer does not take it, or the way is cut.
        """

    def receive(self, limit_s: float) -> bytes:
        """Return what comes within *limit_s* seconds, at least one byte; empty when nothing does.

        Raises:
            PrinterSilent: The way is cut.
        """

    def close(self) -> None:
        """End it."""


def wire_to(address: str) -> Callable[[], Wire]:
    """Return what opens the way to *address*.

    Raises:
        ValueError: It is no address of a printer.
    """
    parts = urlsplit(address)
    if parts.scheme == "tcp" and parts.hostname:
        host, port = parts.hostname, parts.port or TCP_PORT
        return lambda: TcpWire(host, port)
    if parts.scheme == "serial" and (parts.netloc or parts.path):
        return _serial(parts)
    if usb.is_usb(address):
        return lambda: _on_usb(address)
    if parts.scheme == "file" and parts.path:
        return lambda: FileWire(parts.path)
    message = f"not an address of a printer: {address!r}"
    raise ValueError(message)


def _on_usb(address: str) -> Wire:
    path = usb.find(address, usb.plugged_in()).path  # anew each time: its number may change
    if sys.platform == "win32":
        from devices.paper.windows_usb import open_usb

        return open_usb(path)
    return FileWire(path)


def _serial(parts: SplitResult) -> Callable[[], Wire]:
    baud = int(parse_qs(parts.query).get("baud", [str(BAUD)])[0])
    return lambda: SerialWire(parts.netloc or parts.path, baud)


class TcpWire:
    """A printer on the network, by the port that takes raw bytes."""

    may_be_mute = False

    def __init__(self, host: str, port: int) -> None:
        try:
            self._socket = socket.create_connection((host, port), CONNECT_S)
        except TimeoutError as error:
            raise PrinterSilent from error
        except OSError as error:
            raise NoPrinter(f"errno {error.errno}") from error

    def send(self, content: bytes) -> None:
        """Hand over all; see ``Wire``."""
        try:
            self._socket.settimeout(SEND_S)
            for start in range(0, len(content), _CHUNK):  # the limit is for each part
                self._socket.sendall(content[start : start + _CHUNK])
        except OSError as error:
            raise PrinterSilent from error

    def receive(self, limit_s: float) -> bytes:
        """Wait for an answer; see ``Wire``."""
        try:
            self._socket.settimeout(limit_s)
            answer = self._socket.recv(_CHUNK)
        except TimeoutError:
            return b""
        except OSError as error:
            raise PrinterSilent from error
        if not answer:
            raise PrinterSilent
        return answer

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


class SerialWire:
    """A printer on a serial port: 8 data bits, no parity, one stop bit.

    No flow control: at 115,200 baud a line of dots takes longer on the wire than on paper.
    """

    may_be_mute = False

    def __init__(self, port: str, baud: int) -> None:
        import serial

        try:
            self._port: Serial = serial.Serial(port, baud, timeout=0, write_timeout=SEND_S)
        except (OSError, ValueError) as error:  # SerialException is an OSError
            raise NoPrinter from error

    def send(self, content: bytes) -> None:
        """Hand over all; returns when the last bit has left."""
        try:
            for start in range(0, len(content), _CHUNK):
                self._port.write(content[start : start + _CHUNK])
            self._port.flush()
        except OSError as error:
            raise PrinterSilent from error

    def receive(self, limit_s: float) -> bytes:
        """Wait for an answer; see ``Wire``."""
        try:
            self._port.timeout = limit_s
            first: bytes = self._port.read(1)
            return first + self._port.read(self._port.in_waiting)
        except OSError as error:
            raise PrinterSilent from error

    def close(self) -> None:
        """Free the port."""
        self._port.close()


class FileWire:
    """A printer behind a device file, such as Linux makes for one on USB."""

    may_be_mute = True

    def __init__(self, path: str) -> None:
        try:
            self._file = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            raise NoPrinter(f"errno {error.errno}") from error

    def send(self, content: bytes) -> None:
        """Hand over all as the device takes it; see ``Wire``."""
        rest = memoryview(content)
        try:
            while rest:
                if not select.select([], [self._file], [], SEND_S)[1]:
                    raise PrinterSilent
                rest = rest[os.write(self._file, rest[:_CHUNK]) :]
        except OSError as error:
            raise PrinterSilent from error

    def receive(self, limit_s: float) -> bytes:
        """Wait for an answer; a device that cannot be read has none."""
        try:
            if not select.select([self._file], [], [], limit_s)[0]:
                return b""
            return os.read(self._file, _CHUNK)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise PrinterSilent from error

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)
