"""Card readers that are plugged in, whether or not the PC/SC service can use them (Linux).

Only the doctor asks: a reader that hangs on the cable but is unknown to the service lacks its
driver, or the kernel has taken it for itself.
"""

from __future__ import annotations

from pathlib import Path

DEVICES = Path("/sys/bus/usb/devices")
CHIP_CARD = "0b"
"""USB class of readers that speak CCID (USB-IF, Integrated Circuit Cards, 1.1)."""


def plugged_readers(devices: Path = DEVICES) -> tuple[str, ...]:
    """Return the names of chip card readers on the USB; none on a system that does not tell."""
    names = set()
    for interface in devices.glob("*:*"):  # "1-4:1.0" is an interface of the device "1-4"
        if _line(interface / "bInterfaceClass") == CHIP_CARD:
            device = devices / interface.name.partition(":")[0]
            names.add(_line(device / "product") or device.name)
    return tuple(sorted(names))


def _line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
