"""What is in memory, asked without harm to the threads that work meanwhile."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

Seen = TypeVar("Seen")

LONGEST_LOOK = 10.0
"""Seconds; a look at the millions of objects of a long run takes one or two."""


def seen_in_memory(see: Callable[[object], Seen | None]) -> list[Seen]:
    """Return what *see* makes of each object in memory, without those it makes ``None`` of.

    Python lets nobody lengthen a tuple that another holds, one still being made included: a look
    that held it while another thread makes it would end that thread's work with ``SystemError``.
    So nobody else runs from the moment the objects are taken until they are let go of.
    """
    gc.collect()
    with nobody_else_running():
        return [seen for one in gc.get_objects() if (seen := see(one)) is not None]


@contextmanager
def nobody_else_running() -> Iterator[None]:
    """Let no other thread of Python run, unless this one waits for something by itself."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(LONGEST_LOOK)
    Event().wait(2 * usual)  # who waits already asks for its turn after the usual time
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
