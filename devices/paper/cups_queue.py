"""A print queue of CUPS, through its own commands ``lpstat`` and ``lp``.

A spooler takes a paper whether or not the printer is there, and never tells whether it came out:
papers given to it are of unknown outcome. What it does know, a queue that is missing or paused, is
asked first.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from counter.errors import NoPrinter, PrinterFault, PrinterSilent
from devices.paper.letterhead import A5

LIMIT_S = 10.0


class CupsQueue:
    """One queue, by the name ``lpstat -e`` shows."""

    def __init__(self, name: str) -> None:
        self._name = name

    def check(self) -> None:
        """Ask whether the queue exists, is not paused and takes papers.

        Raises:
            NoPrinter: It does not, or there is no CUPS.
            PrinterSilent: CUPS does not answer.
        """
        printer = _run(["lpstat", "-p", self._name])
        if " disabled since " in printer:
            raise NoPrinter("the queue is paused")
        if " not accepting requests since " in _run(["lpstat", "-a", self._name]):
            raise NoPrinter("the queue takes no papers")

    def take(self, title: str, pdf: bytes, size: tuple[float, float]) -> None:
        """Give a paper to the queue, one-sided and not scaled.

        Args:
            title: Name of the job, seen by whoever looks at the queue; names no citizen.
            pdf: It goes through a pipe; no file of it is left behind.
            size: Width and height of its pages in points.

        Raises:
            NoPrinter: The queue does not exist, is paused or takes no papers.
            PrinterSilent: CUPS does not answer.
            PrinterFault: It refuses this paper.
        """
        self.check()
        order = ["lp", "-s", "-d", self._name, "-t", title]
        order += ["-o", f"media={_media(size)}", "-o", "sides=one-sided"]
        order += ["-o", "print-scaling=none", "-"]
        _run(order, pdf, refused=PrinterFault)


def _media(size: tuple[float, float]) -> str:
    if size == A5:
        return "A5"  # printers know it by its name; of other sizes they are told the points
    return f"Custom.{size[0]:.0f}x{size[1]:.0f}"


def cups_queues() -> tuple[str, ...]:
    """Return the queues there are; none where CUPS is missing or silent."""
    try:
        return tuple(_run(["lpstat", "-e"]).split())
    except (NoPrinter, PrinterSilent, PrinterFault):
        return ()


def _run(
    command: Sequence[str],
    given: bytes = b"",
    *,
    refused: type[NoPrinter | PrinterFault] = NoPrinter,
) -> str:
    """Run one of CUPS' commands and return what it prints, in English."""
    try:
        done = subprocess.run(
            command,
            input=given,
            env=os.environ | {"LC_ALL": "C"},
            capture_output=True,
            timeout=LIMIT_S,
            check=True,
        )
    except FileNotFoundError as error:
        raise NoPrinter("CUPS is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise PrinterSilent from error
    except subprocess.CalledProcessError as error:
        raise refused(f"{command[0]} ended with {error.returncode}") from error
    return done.stdout.decode("utf-8", "replace")
