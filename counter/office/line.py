"""Who has waited longest for the office's file, as all who wait for it tell each other.

Two times of an empty file beside the database say it: its change is when the longest wait began,
its reading when whoever waits said so last. Nothing is held: what a killed or stopped program has
said fades by itself, and a wrong word costs somebody a few milliseconds and never a number.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from time import monotonic_ns

FADES_NS = 250_000_000
"""Who has not said for so long that he waits is not waited for."""


class Line:
    """The line of those who wait for one file; each process and thread may have its own."""

    def __init__(self, database: Path) -> None:
        """Make the file beside *database*; where none can be made, everybody is first."""
        self._path = database.with_name(f"{database.name}-line")
        with suppress(OSError):
            self._path.touch()

    def is_first(self, began_ns: int) -> bool:
        """Say whether nobody is known to wait longer than who began at *began_ns*, and note it."""
        if self.is_waited(before_ns=began_ns):
            return False
        with suppress(OSError):
            os.utime(self._path, ns=(monotonic_ns(), began_ns))
        return True

    def is_waited(self, before_ns: int) -> bool:
        """Say whether somebody waits who began before *before_ns*."""
        try:
            said = self._path.stat()
        except OSError:
            return False
        return 0 <= monotonic_ns() - said.st_atime_ns < FADES_NS and said.st_mtime_ns < before_ns

    def leave(self) -> None:
        """Say that the first waits no longer; who comes next says so himself."""
        with suppress(OSError):
            os.utime(self._path, ns=(0, 0))
