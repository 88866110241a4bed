"""What can go wrong between a desk and its portal, on command.

A fault is used up each time it strikes; several stand in line. What each does to a request is in
``server``.
"""

from __future__ import annotations

from collections import deque
from enum import StrEnum
from threading import Lock


class Fault(StrEnum):
    """One way a request can fail.

    ``TOOK_IT_THEN_HUNG_UP`` stores the request and cuts the line before the answer: the desk
    cannot know. The others never reach the portal's rules, but for ``TRUNCATED`` and ``TWICE``.
    """

    HANG_UP = "hang_up"
    TOOK_IT_THEN_HUNG_UP = "took_it_then_hung_up"
    TRUNCATED = "truncated"
    TWICE = "twice"
    SILENT = "silent"
    SERVER_ERROR = "500"
    HTML = "502_html"
    BUSY = "503_retry_after"
    TOO_MANY = "429_retry_after"
    TOKEN_ENDED = "401"  # noqa: S105 - an HTTP status
    CAPTIVE_PORTAL = "captive_portal"
    EMPTY = "empty_200"
    REDIRECT = "redirect"


class FaultLine:
    """The faults that wait to strike, in order. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._faults: deque[Fault] = deque()

    def add(self, faults: list[Fault]) -> None:
        """Let *faults* strike the next requests, one each."""
        with self._lock:
            self._faults.extend(faults)

    def clear(self) -> None:
        """Let nothing strike any more."""
        with self._lock:
            self._faults.clear()

    def next(self) -> Fault | None:
        """Take the fault that strikes this request, None when none waits."""
        with self._lock:
            return self._faults.popleft() if self._faults else None

    def waiting(self) -> list[str]:
        """Return the names of those that wait."""
        with self._lock:
            return [fault.value for fault in self._faults]
