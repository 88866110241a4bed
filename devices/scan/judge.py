"""Judges a file before it is taken in: a child process looks at it and may die of it.

Names are not looked at. What the file calls itself is not believed: its first bytes say what it
is, and a decoder must be able to draw every page of it within the child's limits.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

from counter.errors import (
    FileCarriesMore,
    FileLocked,
    FileRefused,
    FileTooLarge,
    FileTooLong,
    FileUnreadable,
    Refused,
)
from counter.scans import MOST_BYTES, Judged, kind_of

logger = logging.getLogger(__name__)

HOUSE = Path(__file__).resolve().parents[2]
FROZEN_WORD = "--look-at-file"
"""First argument with which a frozen program becomes the child; main.py hands over to it."""
LIMIT_S = 30.0
"""Seconds until the child is ended, whatever it does."""
UNFIT: dict[str, type[Refused]] = {
    kind.__name__: kind
    for kind in (
        FileCarriesMore,
        FileLocked,
        FileRefused,
        FileTooLarge,
        FileTooLong,
        FileUnreadable,
    )
}
"""What the child may say, by name."""


def judge(content: bytes, *, limit_s: float = LIMIT_S) -> Judged:
    """Return what of a file is kept.

    Blocks for as long as the child works, *limit_s* seconds at most; never called on the main
    thread.

    Raises:
        FileRefused: It is empty, larger than 50 MB, or of a kind that is not taken in.
        FileTooLong, FileTooLarge: It has too many pages, or a page has too many pixels.
        FileLocked: It opens with a password only.
        FileCarriesMore: It holds scripts or other files.
        FileUnreadable: It is damaged, or looking at it took more than the child is given.
    """
    if not 0 < len(content) <= MOST_BYTES or kind_of(content) is None:
        raise FileRefused
    try:
        child = subprocess.run(
            _program(),
            input=content,
            capture_output=True,
            cwd=HOUSE,
            env={"PYTHONPATH": str(HOUSE), **_system()},
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        logger.warning("a file was given up: it took longer than %s s", limit_s)
        raise FileUnreadable from error
    line, _, drawn = child.stdout.partition(b"\n")
    if child.returncode or not line:
        logger.warning("a file was given up: the process ended with %s", child.returncode)
        raise FileUnreadable
    told = json.loads(line)
    if "unfit" in told:
        raise UNFIT[told["unfit"]]
    return Judged(content=drawn or content, mime=told["mime"], pages=told["pages"])


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FROZEN_WORD]
    return [sys.executable, "-m", "devices.scan.look"]


def _system() -> dict[str, str]:
    """Return what Windows needs to start a process; nothing else of ours goes with it."""
    return {name: os.environ[name] for name in ("SYSTEMROOT", "PATH") if name in os.environ}
