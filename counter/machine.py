"""Which computer this is, as far as its system tells."""

from __future__ import annotations

import ctypes
import hashlib
import sys
from contextlib import suppress
from pathlib import Path

LINUX = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
WINDOWS = r"SOFTWARE\Microsoft\Cryptography"


def machine_id() -> str:
    """Return the name a system gave its computer when it was installed; empty when it tells none.

    It stays when parts, networks and the computer's name change. Disks copied whole have the same.
    A system that makes a new one at each start (a live medium) looks like another computer.
    """
    with suppress(OSError, ValueError, AttributeError):
        if sys.platform == "win32":
            return _of_windows()
        if sys.platform == "darwin":
            return _of_macos()
        told = (path.read_text("ascii").strip() for path in LINUX if path.exists())
        return next((one for one in told if one not in {"", "uninitialized"}), "")
    return ""


def machine_mark(machine: str, install_id: str) -> str:
    """Return what may be kept of *machine*: it tells nobody which one it is, elsewhere than here.

    Args:
        machine: As ``machine_id`` says.
        install_id: Of the desk, so that two desks of one computer share no mark.
    """
    return hashlib.blake2b(
        machine.encode(), key=install_id.encode()[:64], digest_size=16
    ).hexdigest()


if sys.platform == "win32":

    def _of_windows() -> str:
        import winreg

        with winreg.OpenKey(
            winreg.HKEY_LOCAL_MACHINE, WINDOWS, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        ) as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])


if sys.platform == "darwin":

    def _of_macos() -> str:
        class Time(ctypes.Structure):
            _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))

        name = (ctypes.c_ubyte * 16)()
        failed = ctypes.CDLL(None).gethostuuid(name, ctypes.byref(Time(5, 0)))
        return "" if failed else bytes(name).hex()
