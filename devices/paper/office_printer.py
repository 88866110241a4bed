"""A printer behind the operating system's queue: laser printers for A5, roll printers by driver."""

from __future__ import annotations

import os
from typing import Protocol

from counter.forms import RulerPaper, TicketPaper
from counter.ports import Outcome, PrintJob
from devices.paper.cups_queue import CupsQueue, cups_queues
from devices.paper.job_pdf import job_pdf
from devices.paper.qt_queue import QtQueue, qt_queues
from devices.paper.ruler import ruler_picture
from devices.paper.ticket import picture_pdf, ticket_picture


class Queue(Protocol):
    """A queue of the operating system."""

    def check(self) -> None:
        """Raise a DeskError when it is known to print nothing."""

    def take(self, title: str, pdf: bytes, size: tuple[float, float]) -> None:
        """Give it a paper of *size* in points; raise a DeskError when it does not take it."""


def system_queue(name: str) -> Queue:
    """Return the queue *name* of this operating system."""
    return QtQueue(name) if os.name == "nt" else CupsQueue(name)


def system_queues() -> tuple[str, ...]:
    """Return the names of this operating system's queues."""
    return qt_queues() if os.name == "nt" else cups_queues()


class OfficePrinter:
    """Gives papers to a queue.

    Args:
        name: The queue's name.
        queue: The queue.
        width_dots: Width of a ticket's picture.
    """

    def __init__(self, name: str, queue: Queue, width_dots: int) -> None:
        self._name = name
        self._queue = queue
        self._width_dots = width_dots

    @property
    def name(self) -> str:
        """The queue's name."""
        return self._name

    def make(self, job: PrintJob) -> tuple[Outcome, str]:
        """Give the paper to the queue; the outcome is always ``UNKNOWN``.

        Raises:
            NoPrinter: The queue does not exist or is paused.
            PrinterSilent: The spooler does not answer.
            PrinterFault: It refuses this paper.
        """
        if isinstance(job.paper, TicketPaper):
            picture = ticket_picture(job.paper, self._width_dots)
            pdf, size = picture_pdf(picture)
            for _ in range(job.copies):
                self._queue.take(job.name, pdf, size)
        elif isinstance(job.paper, RulerPaper):
            self._queue.take(job.name, *picture_pdf(ruler_picture(job.paper)))
        else:
            self._queue.take(job.name, *job_pdf(job.paper, job.copies))
        return Outcome.UNKNOWN, self._name

    def check(self) -> None:
        """Ask the queue; raises as ``make`` does."""
        self._queue.check()
