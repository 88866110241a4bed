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

PROGRAM = re.compile(rf"[0-9]{{1,11}}-{VERSION.pattern}(-back)?")
"""The name of a program's folder."""

STARTED_FROM = Path("/var/lib/quay-mot-cua/program")
"""Where alone ``/usr/bin/quay-mot-cua`` looks for programs; the Debian package makes it."""

STARTS = STARTED_FROM.parent / "starts"
"""Where each account notes which program came up for it, in a folder named by its number."""

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
    return serial_of(named) if PROGRAM.fullmatch(named) else 0


def serial_of(program: str) -> int:
    """Return the serial in the name of a program's folder."""
    return int(program.partition("-")[0])


def version_of(program: str) -> str:
    """Return the version in the name of a program's folder."""
    return program.split("-")[1]


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


def stood_in(programs: Path, starts: Path) -> set[str]:
    """Return the program that came up last for each account and way of starting, if it is there.

    That is what the starter goes back to. An account speaks for itself alone: a folder that is not
    its own is not believed.
    """
    newest: dict[tuple[str, str], str] = {}
    for mark in starts.glob("*/*.stood"):
        with suppress(OSError, ValueError):
            program, way = mark.name.removesuffix(".stood").rsplit(".", 1)
            is_its_own = mark.parent.lstat().st_uid == int(mark.parent.name)
            if not (is_its_own and PROGRAM.fullmatch(program) and (programs / program).is_dir()):
                continue
            key = (mark.parent.name, way)
            newest[key] = max(newest.get(key, program), program, key=serial_of)
    return set(newest.values())


def remove_others(programs: Path, kept: set[str]) -> None:
    """Remove every program but those *kept*; what cannot be removed now goes with the next.

    One that is half gone no longer has the name of a program, so nobody starts it.
    """
    for half in list(programs.glob("*.part")):
        if PROGRAM.fullmatch(half.stem):
            shutil.rmtree(half, ignore_errors=True)
    for old in list(programs.iterdir()):
        if PROGRAM.fullmatch(old.name) and old.name not in kept:
            with suppress(OSError):
                shutil.rmtree(old.rename(f"{old}.part"), ignore_errors=True)
