"""Keeps the garbage collector from standing in a window's way.

A whole collection looks at every object there is: some 100 ms for what the program's modules are
made of, again and again for nothing, because they stay until the end. What a start has made is
therefore left out of every later collection (``gc.freeze``).
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

SETTLED_MS = (5_000, 60_000)
"""When a start is over: the desk is open; then the pages of the first minute have been made too."""


def leave_out_what_stays() -> None:
    """Leave everything that exists now out of later collections; takes no time."""
    gc.freeze()


def settle(window: QObject) -> None:
    """Do that for the program of *window*, once its start is over."""
    for after_ms in SETTLED_MS:
        QTimer.singleShot(after_ms, window, leave_out_what_stays)
