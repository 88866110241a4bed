"""Files that people name: taken from, or written into, a folder that may never answer.

A stick, a share, another disk. Whoever waits is told after ``errands.FILE_S``; ``folder`` has the
means for the desk's own files, which need no such care.
"""

from __future__ import annotations

from pathlib import Path

from counter.errands import Step, see_through
from counter.folder import write_privately

BLOCK = 1 << 20


def read_outside(path: Path, most: int | None = None) -> bytes:
    """Return what a file holds; nothing of one that holds more than *most* bytes.

    Raises:
        PlaceSilent: Its folder does not answer.
        OSError: It cannot be read.
    """

    def work(step: Step) -> bytes:
        if most is not None and path.stat().st_size > most:
            return b""
        content = bytearray()
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                content += block
                step()
        return bytes(content)

    return see_through(path.parent, work)


def write_outside(path: Path, content: bytes) -> None:
    """Write a file that only this account can read, whole or not at all.

    Raises:
        PlaceSilent: Its folder does not answer; what was there stays.
        OSError: It cannot be written; what was there stays.
    """
    see_through(path.parent, lambda step: write_privately(path, content, step))
