"""Barcode and QR readers: the QR printed on a citizen card, and everything else that is scanned.

The QR is not signed. It tells which six digits open the chip; it proves nobody's identity.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable
from pathlib import Path

import serial
from serial.tools.list_ports import comports

from counter.cards import QrText
from counter.errors import BadCitizenNumber, BadDate, BadName, BadQrText
from counter.ports import CardQrScanned, CodeEvent, CodeScanned
from counter.values import CitizenNumber, nfc, tidy_name, tidy_text
from devices.card.dates import birth_of, day_of
from devices.card.groups import sex_of

logger = logging.getLogger(__name__)

FIELDS_2021 = 7
FIELDS_2024 = 11
LONGEST_CODE = 4096
"""Bytes; a QR of the largest size holds less than 3 kB."""
WAIT_S = 0.2
RETRY_S = 2.0


def parse_card_qr(text: str) -> QrText:
    """Read the QR of a citizen card: seven fields in 2021, eleven in 2024, divided by ``|``.

    Line ends are cut off and UTF-8 that a reader typed as Latin-1 is mended.

    Raises:
        BadQrText: It is no such text, or a day in it does not exist.
    """
    fields = [tidy_text(field) for field in mend(text).strip().split("|")]
    if len(fields) not in {FIELDS_2021, FIELDS_2024}:
        raise BadQrText("number of fields")
    number, old, name, born, sex, residence, issued = fields[:FIELDS_2021]
    if old and not re.fullmatch(r"[0-9]{9}|[0-9]{12}", old):
        raise BadQrText("old number")
    try:
        return QrText(
            id_number=CitizenNumber(number),
            old_id_number=old or None,
            full_name=tidy_name(name),
            date_of_birth=birth_of(born),
            sex=sex_of(sex),
            place_of_residence=residence or None,
            issued_on=day_of(issued),
            extra=tuple(fields[FIELDS_2021:]),
        )
    except (BadCitizenNumber, BadName, BadDate) as error:
        raise BadQrText(error.code) from error


def mend(text: str) -> str:
    """Return *text* composed; UTF-8 bytes that were read as Latin-1 or Windows-1252 are mended."""
    try:
        return nfc(b"".join(_byte_of(sign) for sign in text).decode("utf-8"))
    except UnicodeError:
        return nfc(text)


def _byte_of(sign: str) -> bytes:
    """Return the byte a Western code page shows as *sign*; Windows leaves five of them as is."""
    return sign.encode("latin-1" if ord(sign) < 0x100 else "cp1252")


def read_code(text: str) -> CodeEvent:
    """Return what a scanned *text* is: the QR of a citizen card, or any other code."""
    try:
        return CardQrScanned(parse_card_qr(text))
    except BadQrText:
        return CodeScanned(mend(text).strip())


def is_connected(port: str) -> bool:
    """Tell whether the serial port *port* is there now."""
    return Path(port).exists() or any(found.device == port for found in comports())


class SerialCodeReader:
    """A reader on a serial port, watched on the thread named ``codes``.

    A port that disappears is looked for again until the reader is stopped.
    """

    def __init__(self, port: str, *, baud: int = 9600) -> None:
        self._port = port
        self._baud = baud
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, tell: Callable[[CodeEvent], None]) -> None:
        """Begin to listen; *tell* is called on the ``codes`` thread."""
        self._thread = threading.Thread(target=self._work, args=(tell,), name="codes")
        self._thread.start()

    def stop(self) -> None:
        """End; returns after the thread has ended."""
        self._stopping.set()
        if self._thread:
            self._thread.join()

    def _work(self, tell: Callable[[CodeEvent], None]) -> None:
        while not self._stopping.is_set():
            try:
                self._listen(tell)
            except (serial.SerialException, OSError) as error:
                logger.info("code reader on %s: %s", self._port, type(error).__name__)
                self._stopping.wait(RETRY_S)
            except Exception:
                logger.exception("code reader failed; it goes on")
                self._stopping.wait(RETRY_S)

    def _listen(self, tell: Callable[[CodeEvent], None]) -> None:
        with serial.Serial(self._port, self._baud, timeout=WAIT_S) as port:
            pending = b""
            while not self._stopping.is_set():
                came = port.read(max(1, port.in_waiting))
                whole, pending = divide(pending, came)
                for code in whole:
                    tell(read_code(decode(code)))


def divide(pending: bytes, came: bytes) -> tuple[list[bytes], bytes]:
    """Return the whole codes among what was pending and what *came*, and what is pending now.

    A code ends with CR, LF or both, or with a pause in which nothing comes.
    """
    *whole, rest = re.split(rb"[\r\n]+", pending + came)
    if not came:
        whole, rest = [*whole, rest], b""
    return [code for code in whole if code.strip()], rest[-LONGEST_CODE:]


def decode(line: bytes) -> str:
    """Return the text of scanned bytes: UTF-8, or what an old reader makes of it."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1258", errors="replace")


def serial_ports() -> tuple[str, ...]:
    """Return the serial ports of this computer that something is plugged into."""
    return tuple(sorted(found.device for found in comports() if found.hwid != "n/a"))
