"""A number with its paper: the printer is asked before it is promised, the result is kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter.desk import queueing
from counter.desk.reserving import CUT_OFF
from counter.errors import DeskError
from counter.ports import Outcome

if TYPE_CHECKING:
    from counter.desk.context import Hall
    from counter.hall import TicketTaken
    from devices.paper.spool import Device

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Issued:
    """A number that somebody may be told.

    Attributes:
        outcome: ``FAILED`` when the printer was ready before and the paper did not come out.
        error: What a person must do at the printer then; None otherwise.
    """

    taken: TicketTaken
    outcome: Outcome
    error: DeskError | None


def issue(hall: Hall, device: Device, take: Callable[[], TicketTaken]) -> Issued:
    """Ask the printer, take a number, print it, and keep what is known of its paper.

    Waits for the printer: not for the main thread. No transaction is open meanwhile.

    Args:
        take: Takes the number, such as ``queueing.take_ticket`` with its arguments.

    Raises:
        NoPrinter, PrinterSilent, PrinterOutOfPaper, PrinterCoverOpen, PrinterFault: The printer is
            not ready; no number was taken.
        DeskError: As *take* raises.
    """
    device.check()
    taken = take()
    error = None
    try:
        outcome, _place = device.make(taken.job)
    except DeskError as failed:
        log.info("ticket paper failed: %s", failed.code)
        outcome, error = Outcome.FAILED, failed
    with suppress(*CUT_OFF):
        queueing.note_paper(hall, taken, outcome)
    return Issued(taken, outcome, error)
