"""Whether this start came up: noted where the starter of the Debian package counts those that fail.

The starter (``packaging/debian.py``) leaves a file for each start of a program that has not stood
here yet, and names it in ``MOTCUA_TRIAL``. A start that came up, or ended in order, takes its file
away; three that stay make the starter go back to the program before, which it tells in
``MOTCUA_INSTEAD_OF``. See ``docs/decisions/0070-the-starter-goes-back-by-itself.md``.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from counter.errors import DeskError, StoreTooNew, UpdateWentBack, WentBackTooFar

if TYPE_CHECKING:
    from ui.bridge import Bridge

log = logging.getLogger(__name__)

TRIAL = "MOTCUA_TRIAL"
INSTEAD_OF = "MOTCUA_INSTEAD_OF"
STANDS_MS = 5_000
"""How long a window stands with the desk behind it before its program is trusted."""


@dataclass(frozen=True, slots=True)
class WentBack:
    """The program that failed to come up, in whose place this one was started."""

    serial: int
    version: str

    @property
    def error(self) -> UpdateWentBack:
        """What to say of it."""
        return UpdateWentBack(version=self.version)


def find_went_back() -> WentBack | None:
    """Return what this program was started instead of; None when it is the one to run."""
    name = os.environ.get(INSTEAD_OF, "")
    if not name:
        return None
    from program import taken

    if not taken.PROGRAM.fullmatch(name):
        return None
    return WentBack(taken.serial_of(name), taken.version_of(name))


def clearly(error: DeskError) -> DeskError:
    """Return *error*, or what it means where the program that wrote the data does not start."""
    instead_of = find_went_back()
    if isinstance(error, StoreTooNew) and instead_of is not None:
        return WentBackTooFar(version=instead_of.version)
    return error


@contextmanager
def telling_clearly() -> Iterator[None]:
    """Raise what a DeskError means here in its place."""
    try:
        yield
    except StoreTooNew as error:
        raise clearly(error) from error


@contextmanager
def orderly() -> Iterator[None]:
    """Count no start that ends in order: refused, closed or broken off by whoever began it."""
    try:
        yield
    except (SystemExit, KeyboardInterrupt):
        began()
        raise
    began()


def began() -> None:
    """Note that this start came as far as its own work; it says nothing of a window."""
    with suppress(OSError):
        if (mine := _mine()) is not None:
            mine.unlink(missing_ok=True)


def fell() -> None:
    """Note that this start failed, though its process may yet end in order."""
    with suppress(OSError):
        if (mine := _mine()) is not None:
            mine.rename(f"{mine}.fell")


def stood() -> None:
    """Note that this program stands here: no start of it is counted from now on."""
    mine = _mine()
    if mine is None:
        return
    kind = mine.name.partition(".try.")[0]
    way = kind.rpartition(".")[2]
    trusted = mine.with_name(f"{kind}.stood")
    with suppress(OSError):  # then it is tried again at the next start
        trusted.touch(mode=0o600)
        before = (path for path in mine.parent.glob(f"*.{way}.stood") if path != trusted)
        for old in (*mine.parent.glob(f"{kind}.try.*"), *before):
            old.unlink(missing_ok=True)


def watch(bridge: Bridge, error: BaseException | None = None) -> None:
    """Note how this start came out, a while after its window stands. On the main thread.

    Args:
        bridge: Its ``counter`` thread writes the note.
        error: Why the desk behind the window could not be opened. One that the desk knows is said
            by a program that works; any other is a fault of the program.
    """
    if _mine() is None:
        return
    if error is not None and not isinstance(error, DeskError):
        bridge.ask(fell, _noted, _not_noted)
        return
    from PySide6.QtCore import QTimer

    QTimer.singleShot(STANDS_MS, partial(bridge.ask, stood, _noted, _not_noted))


def _mine() -> Path | None:
    """Return the file of this very process; a child inherits the name and has none."""
    path = Path(os.environ.get(TRIAL, ""))
    is_own = ".try." in path.name and path.suffix == f".{os.getpid()}"
    return path if is_own else None


def _noted(_none: None) -> None:
    """Nobody waits for it."""


def _not_noted(error: BaseException) -> None:
    log.warning("whether this start came up cannot be noted: %s", type(error).__name__)
