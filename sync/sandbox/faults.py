"""What can go wrong between a desk and its portal, on command.

What each fault does to a request is in ``server``.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from threading import Lock


class Fault(StrEnum):
    """One way a request can fail.

    Those in ``AFTER`` strike when the portal has done the request; the others keep it from the
    portal's rules.

    ``TOOK_IT_THEN_HUNG_UP`` stores the request and cuts the line before the answer: the desk
    cannot know. ``OLD_REPLY`` answers with what another request was answered; ``DISORDER`` gives
    a page of the feed doubled and backwards; ``NARROW`` lets 32 kB through in a second;
    ``PROXY_LOGIN`` is what a proxy on the way answers that wants a name and a password first.
    """

    HANG_UP = "hang_up"
    TOOK_IT_THEN_HUNG_UP = "took_it_then_hung_up"
    TOOK_IT_THEN_SILENT = "took_it_then_silent"
    TRUNCATED = "truncated"
    TWICE = "twice"
    SILENT = "silent"
    SLOW = "slow"
    NARROW = "narrow"
    DRIPPING = "1_byte_a_second"
    CORRUPTED = "corrupted"
    OLD_REPLY = "old_reply"
    DISORDER = "disorder"
    GZIP_BOMB = "gzip_bomb"
    SERVER_ERROR = "500"
    HTML = "502_html"
    BUSY = "503_retry_after"
    TOO_MANY = "429_retry_after"
    TOKEN_ENDED = "401"  # noqa: S105 - an HTTP status
    PROXY_LOGIN = "407"
    TOO_LARGE = "413"
    CAPTIVE_PORTAL = "captive_portal"
    EMPTY = "empty_200"
    REDIRECT = "redirect"


AFTER = frozenset(
    {
        Fault.TOOK_IT_THEN_HUNG_UP,
        Fault.TOOK_IT_THEN_SILENT,
        Fault.TRUNCATED,
        Fault.TWICE,
        Fault.SLOW,
        Fault.NARROW,
        Fault.DRIPPING,
        Fault.CORRUPTED,
        Fault.OLD_REPLY,
        Fault.DISORDER,
    }
)


class FaultLine:
    """The faults that wait to strike, in order. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._faults: list[tuple[Fault, str | None]] = []
        self._always: Fault | None = None

    def add(self, faults: Sequence[Fault], operation: str | None = None) -> None:
        """Let *faults* strike the next requests, one each.

        Args:
            operation: ``operationId`` of the contract that they wait for; any when it is None.
        """
        with self._lock:
            self._faults.extend((fault, operation) for fault in faults)

    def strike_always(self, fault: Fault) -> None:
        """Let *fault* strike every request that no other one strikes."""
        with self._lock:
            self._always = fault

    def clear(self) -> None:
        """Let nothing strike any more."""
        with self._lock:
            self._faults.clear()
            self._always = None

    def next(self, operation: str) -> Fault | None:
        """Take the fault that strikes a request for *operation*, None when none waits."""
        with self._lock:
            for place, (fault, wanted) in enumerate(self._faults):
                if wanted in {None, operation}:
                    del self._faults[place]
                    return fault
            return self._always

    def waiting(self) -> list[str]:
        """Return the names of those that wait, and of the one that strikes always."""
        with self._lock:
            names = [fault.value for fault, _ in self._faults]
            return names if self._always is None else [*names, f"{self._always.value} (luôn luôn)"]
