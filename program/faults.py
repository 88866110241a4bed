"""Lets every fault nobody expected leave a report in the data folder; nothing is sent anywhere."""

from __future__ import annotations

import faulthandler
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from counter.values import now

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from counter.crashes import Report
    from ui.bridge import Bridge

NATIVE = "native.txt"
"""Where the interpreter itself writes when it is killed from inside; it knows no variables."""


def watch(folder: Path, version: str) -> None:
    """Write a report into *folder* for each fault from now on; who heard of them still does."""
    told, told_of_thread = sys.excepthook, threading.excepthook

    def hear(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        from counter.crashes import write_report

        write_report(folder, error, trace, moment=now(), version=version)
        told(kind, error, trace)

    def hear_of_thread(event: threading.ExceptHookArgs) -> None:
        from counter.crashes import write_report

        if event.exc_value is not None:
            write_report(
                folder, event.exc_value, event.exc_traceback, moment=now(), version=version
            )
        told_of_thread(event)

    sys.excepthook, threading.excepthook = hear, hear_of_thread
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        keep_native(folder)
        native = (folder / NATIVE).open("w", encoding="utf-8")
    except OSError:
        return  # a disk that takes nothing is told of when the desk opens
    faulthandler.enable(native)


def keep_native(folder: Path) -> None:
    """Make a report of what a run left that was killed from inside."""
    native = folder / NATIVE
    if native.exists() and native.stat().st_size:
        native.rename(folder / f"crash-{native.stat().st_mtime_ns}-native.new.txt")


def offer(folder: Path, bridge: Bridge, parent: QWidget) -> None:
    """Show what earlier runs left, once."""

    def look() -> list[Report]:
        from counter.crashes import find_fresh, mark_read

        fresh = find_fresh(folder)
        mark_read(fresh)
        return fresh

    def show(fresh: list[Report]) -> None:
        if fresh:
            from ui.officer.crash_dialog import CrashDialog

            text = "\n\n".join(one.text.strip() for one in fresh[:5])
            CrashDialog(parent, text, str(folder)).open()

    bridge.ask(look, show, lambda _error: None)
