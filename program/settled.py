"""Keeps the garbage collector from standing in a window's way.

A whole collection looks at every object there is: some 100 ms for what the program's modules are
made of, again and again for nothing, because they stay until the end. What a start has made is
therefore left out of every later collection (``gc.freeze``).

What is left out is never collected as garbage, so this waits until nobody's visit is on the page
and collects first: nothing of a citizen may be among it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

SETTLED_MS = (5_000, 60_000)
"""When a start is over: the desk is open; then the pages of the first minute have been made too."""

AGAIN_MS = 2_000
"""How soon it looks again when somebody is being served."""


def leave_out_what_stays() -> None:
    """Leave everything that exists now, and is no garbage, out of later collections."""
    gc.collect()
    gc.freeze()


def settle(window: QObject, is_free: Callable[[], bool]) -> None:
    """Do that for the program of *window*, once its start is over and *is_free* says yes."""

    def look() -> None:
        if is_free():
            leave_out_what_stays()
        else:
            QTimer.singleShot(AGAIN_MS, window, look)

    for after_ms in SETTLED_MS:
        QTimer.singleShot(after_ms, window, look)
