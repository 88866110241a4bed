"""Processes split from one that has loaded the program, so that hundreds of them can be killed.

Loading is most of a short life. Such a process is a whole desk of its own: it opens the database,
works and is killed like any other. Where processes cannot be split, each loads the program.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import TextIO

LOADED = [
    "tests.faults.office_at_work",
    "tests.faults.desk_writing",
    "sync.rounds",
    "sync.delivery",
    "sync.feed",
    "sync.reconcile",
    "sync.uploads",
]
"""What a desk loads before or while it works."""


@dataclass(frozen=True, slots=True)
class Life:
    """A desk at work: its process, and the lines it prints."""

    process: BaseProcess
    printed: TextIO

    def kill(self) -> list[str]:
        """End it as ``kill -9`` does; return the whole lines it had printed and nobody read."""
        self.process.kill()
        left = self.printed.read()
        self.printed.close()
        self.process.join()
        return left[: left.rfind("\n") + 1].splitlines()


def begin(task: Callable[..., None], *words: str) -> Life:
    """Run ``task(*words)`` in a new process."""
    context = _loaded()
    printed, printer = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(printer, task, words))  # type: ignore[attr-defined]
    process.start()
    printer.close()
    lines = os.fdopen(os.dup(printed.fileno()), encoding="utf-8")
    printed.close()
    return Life(process, lines)


def _loaded() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    return context


def _run(printer: Connection, task: Callable[..., None], words: tuple[str, ...]) -> None:
    os.dup2(printer.fileno(), 1)
    printer.close()
    task(*words)
