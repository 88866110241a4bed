"""Tells when nobody has touched the desk for a while; the time a computer sleeps counts too."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

TICK_MS = 1000
"""So soon after waking it is noticed that the pause is over."""


def clocks_ms() -> tuple[int, int]:
    """Return the time of day and how long the computer has run, in milliseconds.

    The second counts sleep where the system tells it. Each covers for the other: the first may be
    set back, the second may stand still while the computer sleeps.
    """
    asleep_too = getattr(time, "CLOCK_BOOTTIME", None)
    run = time.monotonic_ns() if asleep_too is None else time.clock_gettime_ns(asleep_too)
    return time.time_ns() // 1_000_000, run // 1_000_000


class Idle(QObject):
    """Watches for the end of a pause; does nothing until it is begun.

    Args:
        pause_ms: So long nobody may touch the desk, in milliseconds.
        clocks: As ``clocks_ms``.

    Signals:
        over: The pause is over; told once, until it is begun again.
    """

    over = Signal()

    def __init__(
        self,
        parent: QObject,
        pause_ms: int,
        clocks: Callable[[], tuple[int, int]] = clocks_ms,
    ) -> None:
        super().__init__(parent)
        self.pause_ms = pause_ms
        self.clocks = clocks
        self._since: tuple[int, int] | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.check)

    def begin(self) -> None:
        """Count from now on."""
        self._since = self.clocks()
        self._tick.start()

    def end(self) -> None:
        """Count no more."""
        self._since = None
        self._tick.stop()

    def touch(self) -> bool:
        """Count anew, unless the pause was over already; return whether it was."""
        if self._since is None:
            return False
        if self.check():
            return True
        self._since = self.clocks()
        return False

    @Slot()
    def check(self) -> bool:
        """Tell, and return, whether the pause is over by either clock."""
        if self._since is None:
            return False
        passed = max(now - then for now, then in zip(self.clocks(), self._since, strict=True))
        if passed < self.pause_ms:
            return False
        self.end()
        self.over.emit()
        return True
