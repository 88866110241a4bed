"""How long what failed is let be before it is tried again."""

from __future__ import annotations

FIRST_MS, LONGEST_MS = 60_000, 3_600_000
"""After the first failure, and after however many."""

_MOST_DOUBLINGS = 6
"""More of them would pass the longest anyway."""


class Pause:
    """A minute after the first failure, twice as long after each further one, an hour at most.

    It is counted in the time the computer has run, which no change of its clock touches.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._until_ms = 0

    def is_over(self, uptime_ms: int) -> bool:
        """Tell whether it may be tried again."""
        return uptime_ms >= self._until_ms

    def failed(self, uptime_ms: int) -> None:
        """Begin the next pause, longer than the one before."""
        doublings = min(self._failures, _MOST_DOUBLINGS)
        self._until_ms = uptime_ms + min(FIRST_MS << doublings, LONGEST_MS)
        self._failures += 1

    def rest(self, uptime_ms: int) -> None:
        """Begin the longest pause at once."""
        self._until_ms = uptime_ms + LONGEST_MS

    def went_well(self) -> None:
        """Begin with the shortest pause again, should it fail another time."""
        self._failures = 0
        self._until_ms = 0
