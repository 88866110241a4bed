"""The folder of the programs that were taken: which starts next, which run, and which may go.

Each program lies in a folder of its own, named ``SERIAL-VERSION``, or ``SERIAL-VERSION-back`` when
the province took a program back. The starter of the Debian package (``packaging/debian.py``) reads
the same names.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

from counter.folder import folder_error

VERSION = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}){0,3}")

_PROGRAM = re.compile(rf"[0-9]{{1,11}}-{VERSION.pattern}(-back)?")

STARTED_FROM = Path("/var/lib/quay-mot-cua/program")
"""Where alone ``/usr/bin/quay-mot-cua`` looks for programs; the Debian package makes it."""

CURRENT = "current"
"""The file beside the programs that names the one that starts next."""

_PROCESSES = Path("/proc")


def programs_folder(named: Path | None, home: Path) -> Path:
    """Return where programs are unpacked: as *named* in the settings, else where one is started.

    Without the Debian package nothing looks for programs, and they lie in the data folder *home*.
    """
    return named or (STARTED_FROM if STARTED_FROM.is_dir() else home / "program")


def started(programs: Path) -> str:
    """Return the folder of the program that starts next; a spoilt name is none.

    Raises:
        DiskFull, StoreReadOnly: It cannot be read.
    """
    try:
        return (programs / CURRENT).read_text(encoding="ascii").strip()  # or by hand, with a line
    except (FileNotFoundError, ValueError):
        return ""
    except OSError as error:
        raise folder_error(error) from error


def started_serial(programs: Path) -> int:
    """Return the serial of the program that starts next, 0 where none was taken.

    The desks of one computer share the programs, and each counts what it took for itself.
    """
    named = started(programs)
    return serial_of(named) if _PROGRAM.fullmatch(named) else 0


def serial_of(program: str) -> int:
    """Return the serial in the name of a program's folder."""
    return int(program.partition("-")[0])


def running_in(programs: Path) -> set[str]:
    """Return the folders of the programs that run now, of every account.

    Only root sees the processes of others, and only root takes programs for them. Where the system
    shows no processes (Windows) a folder in use cannot be removed anyway.
    """
    here, found = programs.resolve(), set()
    for process in _PROCESSES.glob("[0-9]*"):
        with suppress(OSError):  # it has ended, or is somebody else's
            program = Path(os.readlink(process / "exe")).parent
            if program.parent == here:
                found.add(program.name)
    return found


def remove_others(programs: Path, kept: set[str]) -> None:
    """Remove every program but those *kept*; what cannot be removed now goes with the next.

    One that is half gone no longer has the name of a program, so nobody starts it.
    """
    for half in list(programs.glob("*.part")):
        if _PROGRAM.fullmatch(half.stem):
            shutil.rmtree(half, ignore_errors=True)
    for old in list(programs.iterdir()):
        if _PROGRAM.fullmatch(old.name) and old.name not in kept:
            with suppress(OSError):
                shutil.rmtree(old.rename(f"{old}.part"), ignore_errors=True)
