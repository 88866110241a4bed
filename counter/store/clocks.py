"""What the computer's clocks stood at when a message was written.

The order of messages is their sequence, never their time. Should a time be doubted later, because
somebody set the clock, these readings tell what it was: how long the computer had been running,
in which run, and how far its clock was from the portal's when the portal was last heard.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

CLOCKS = "clocks"
"""Names the desk's clocks among what a transaction knows (``Session.info``)."""

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The clocks at one moment.

    Attributes:
        boot: Names the run of the computer; of the program where the system names none.
        uptime_ms: Milliseconds since that run began, time asleep included where it is told.
        skew_ms: How far this clock was behind the portal's when it last answered; None when the
            portal has not answered since the program started.
    """

    boot: str
    uptime_ms: int
    skew_ms: int | None


class Clocks:
    """Read where messages are written; told by the courier how far the portal's clock is."""

    def __init__(self) -> None:
        self._skew_ms: int | None = None

    def heard(self, skew_s: float) -> None:
        """Keep how many seconds the portal's clock is ahead of this one."""
        self._skew_ms = round(skew_s * 1000)

    def read(self) -> ClockReading:
        """Return what the clocks stand at now."""
        return ClockReading(_boot(), _uptime_ms(), self._skew_ms)


@cache
def _boot() -> str:
    try:
        return BOOT_ID.read_text("ascii").strip()
    except OSError:
        return str(uuid4())


def _uptime_ms() -> int:
    asleep_too = getattr(time, "CLOCK_BOOTTIME", None)
    if asleep_too is None:
        return time.monotonic_ns() // 1_000_000
    return time.clock_gettime_ns(asleep_too) // 1_000_000
