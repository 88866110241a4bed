"""Space kept back for the day the disk is full, so that the desk can finish what it has in hand.

On a full disk SQLite cannot even delete. So a file of no content lies beside the database; it is
given up at the first sign of a full disk, and made again when there is room.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

BYTES = 64 * 1024 * 1024
NAME = "spare-space"
BLOCK = 1024 * 1024
ROOM = 4
"""It is made only where so many times its size is free; a desk in need needs the room itself."""


def keep_back(folder: Path) -> bool:
    """Make the file in *folder* if there is room; say whether it is there."""
    place, part = folder / NAME, folder / f"{NAME}.part"
    if place.exists():
        return True
    try:
        if shutil.disk_usage(folder).free < ROOM * BYTES:
            return False
        with part.open("wb") as file:
            for begin in range(0, BYTES, BLOCK):  # written, for a hole keeps nothing back
                file.write(bytes(min(BLOCK, BYTES - begin)))
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    except OSError:
        part.unlink(missing_ok=True)
        return False
    return True


def give_up(folder: Path) -> bool:
    """Remove the file from *folder*; say whether that gave any room."""
    with suppress(OSError):
        (folder / NAME).unlink()
        return True
    return False
