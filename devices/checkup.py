"""How the desk's devices are, for the doctor: each asked once, none kept waiting for."""

from __future__ import annotations

from pathlib import Path

from counter.errors import DeskError, FontsMissing, NoIssuers, NoReader, ScannerAbsent
from counter.settings import PrintersSettings, ScannerSettings
from counter.work import Check, CheckState
from devices.card.transport import Readers
from devices.card.trust import TrustStore
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


def check_readers(readers: Readers, only: str) -> Check:
    """Look which card readers are there; *only* names the one that is wanted."""
    try:
        names = [state.name for state in readers.look() if only in state.name]
    except DeskError as error:
        return Check("reader", CheckState.FAILED, error=error)
    if not names:
        return Check("reader", CheckState.FAILED, error=NoReader())
    return Check("reader", CheckState.OK, ", ".join(names))


def check_trust(folder: Path) -> Check:
    """Count the issuer certificates; none is a warning said here once, not at every card."""
    count = len(TrustStore(folder).list())
    if not count:
        return Check("trust", CheckState.WARNING, error=NoIssuers())
    return Check("trust", CheckState.OK, str(count))


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
