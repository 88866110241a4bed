"""How the desk's devices are, for the doctor: each asked once, none kept waiting for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from counter.cards import revocation_gap
from counter.errors import (
    DeskError,
    FontsMissing,
    NoIssuers,
    NoReader,
    ReaderBusy,
    ReaderDriverMissing,
    ScannerAbsent,
)
from counter.settings import PrintersSettings, ScannerSettings
from counter.work import Check, CheckState
from devices.card.once import fitting
from devices.card.transport import Readers
from devices.card.trust import TrustStore
from devices.card.usb import plugged_readers
from devices.paper.spool import open_devices

TRUETYPE = b"\x00\x01\x00\x00"
FONTS = (
    "BeVietnamPro_400Regular.ttf",
    "BeVietnamPro_500Medium.ttf",
    "BeVietnamPro_600SemiBold.ttf",
    "BeVietnamPro_700Bold.ttf",
    "LiberationSerif-Regular.ttf",
    "LiberationSerif-Bold.ttf",
    "LiberationSerif-Italic.ttf",
    "LiberationSerif-BoldItalic.ttf",
)


def check_readers(
    readers: Readers, only: str, plugged: Callable[[], tuple[str, ...]] = plugged_readers
) -> Check:
    """Look which card readers are there; *only* names the one that is wanted."""
    try:
        found = fitting(readers.look(), only)
    except DeskError as error:
        return Check("reader", CheckState.FAILED, error=error)
    if not found:
        on_cable = ", ".join(plugged())
        why = ReaderDriverMissing(name=on_cable) if on_cable else NoReader()
        return Check("reader", CheckState.FAILED, error=why)
    names = ", ".join(state.name for state in found)
    if all(state.busy for state in found):
        return Check("reader", CheckState.WARNING, names, ReaderBusy())
    return Check("reader", CheckState.OK, names)


def check_trust(folder: Path, moment: datetime) -> Check:
    """Count the issuer certificates; what is lacking is said here once, not at every card."""
    entries = TrustStore(folder).list()
    if not entries:
        return Check("trust", CheckState.WARNING, error=NoIssuers())
    gap = revocation_gap(entries, moment)
    return Check("trust", CheckState.WARNING if gap else CheckState.OK, str(len(entries)), gap)


def check_printers(settings: PrintersSettings, tray: Path) -> tuple[Check, ...]:
    """Ask both printers how they are."""
    checks = []
    for role, device in open_devices(settings, tray).items():
        try:
            device.check()
        except DeskError as error:
            checks.append(Check(f"printer.{role}", CheckState.FAILED, error=error))
        else:
            checks.append(Check(f"printer.{role}", CheckState.OK, device.name))
    return tuple(checks)


def check_scanner(settings: ScannerSettings) -> Check:
    """Look whether the code reader's serial port is there; one that types needs none."""
    if not settings.serial_port:
        return Check("scanner", CheckState.OK)
    from devices.codes import is_connected

    port = settings.serial_port
    if is_connected(port):
        return Check("scanner", CheckState.OK, port)
    return Check("scanner", CheckState.FAILED, error=ScannerAbsent(port=port))


def check_fonts(folder: Path) -> Check:
    """Look whether every bundled font is there and is a TrueType font."""
    for name in FONTS:
        try:
            with (folder / name).open("rb") as file:
                whole = file.read(4) == TRUETYPE
        except OSError:
            whole = False
        if not whole:
            return Check("fonts", CheckState.FAILED, error=FontsMissing(name))
    return Check("fonts", CheckState.OK, str(len(FONTS)))
