"""Receipt printers on USB, found by what they are and not by the order they were plugged in.

Linux makes a device file for each (``usblp``); Windows gives each a path of its printing class
(``usbprint.sys``). An address names the maker and the model as every USB device tells them, in
hexadecimal: ``usb://04b8:0e15``, with ``/SERIAL`` behind it where two of a kind are plugged in, or
``usb:`` for the only printer there is. See docs/decisions/0051.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from counter.errors import NoPrinter

if TYPE_CHECKING:
    from collections.abc import Iterable

SYS = Path("/sys/class/usbmisc")
DEV = Path("/dev/usb")
_WANTED = re.compile(
    r"usb:(//(?P<id>[0-9a-f]{4}:[0-9a-f]{4})(/(?P<serial>[^/?#]+))?)?", re.IGNORECASE
)
_PATH = re.compile(r"#vid_([0-9a-f]{4})&pid_([0-9a-f]{4})[^#]*#([^#]*)#", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UsbPrinter:
    """A printer that is plugged in.

    Attributes:
        ids: Maker and model, such as ``04b8:0e15``.
        serial: What it calls itself; empty when it does not.
        path: What is opened to speak to it.
    """

    ids: str
    serial: str
    path: str

    @property
    def address(self) -> str:
        """How the settings name it."""
        return f"usb://{self.ids}"


def is_usb(address: str) -> bool:
    """Say whether *address* names a printer on USB."""
    return _WANTED.fullmatch(address) is not None


def find(address: str, plugged: Iterable[UsbPrinter]) -> UsbPrinter:
    """Return the one printer of *plugged* that *address* names.

    Raises:
        NoPrinter: There is none, or more than one.
    """
    wanted = _WANTED.fullmatch(address)
    ids, serial = (wanted["id"], wanted["serial"]) if wanted else (None, None)
    fitting = [
        one
        for one in plugged
        if (ids is None or one.ids == ids.lower())
        and (serial is None or one.serial.lower() == serial.lower())
    ]
    if len(fitting) != 1:
        message = f"{len(fitting)} printers on USB fit {address}"
        raise NoPrinter(message)
    return fitting[0]


def plugged_in() -> tuple[UsbPrinter, ...]:
    """Return the printers that are plugged into this computer."""
    if sys.platform == "win32":
        from devices.paper.windows_usb import printer_paths

        return tuple(on_windows(printer_paths()))
    return tuple(on_linux(SYS, DEV))


def on_linux(tree: Path, files: Path) -> list[UsbPrinter]:
    """Return the printers of the kernel's *tree*; their device files are in *files*."""
    found = []
    for entry in sorted(tree.glob("lp[0-9]*")):
        device = (entry / "device").resolve().parent
        try:
            maker, model = _read(device / "idVendor"), _read(device / "idProduct")
        except OSError:  # it was pulled out just now
            continue
        serial = _read(device / "serial") if (device / "serial").exists() else ""
        found.append(UsbPrinter(f"{maker}:{model}".lower(), serial, str(files / entry.name)))
    return found


def on_windows(paths: Iterable[str]) -> list[UsbPrinter]:
    """Return the printers behind Windows' device paths.

    A part that Windows made up because the printer tells no serial number holds a ``&``.
    """
    found = []
    for path in paths:
        told = _PATH.search(path)
        if told is not None:
            serial = "" if "&" in told[3] else told[3]
            found.append(UsbPrinter(f"{told[1]}:{told[2]}".lower(), serial, path))
    return found


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii", errors="replace").strip()
