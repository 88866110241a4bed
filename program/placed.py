"""Files that are whole on the disk under their name, and belong to whom their folder belongs."""

from __future__ import annotations

import os
from pathlib import Path

from counter.folder import sync_folder


def replace(path: Path, text: str) -> None:
    """Put *text* in the place of *path*, on the disk with its name when this returns."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    write(new, text.encode())
    new.replace(path)
    sync_folder(path.parent)


def write(path: Path, content: bytes) -> None:
    """Write a new file that belongs to whom its folder belongs to, also when root writes it.

    It is never written through a link that the folder's owner left there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        if os.name == "posix" and os.geteuid() == 0:
            owner = path.parent.stat()
            os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
