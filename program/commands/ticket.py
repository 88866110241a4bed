"""``ticket``: give out a number; with paper only when the printer is ready before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter.errors import DeskError
from program.rooms import hall_open
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Give out a number; with paper only when the printer is ready before."""
    from counter.desk import queueing
    from counter.ports import Outcome
    from devices.paper.spool import open_devices

    with hall_open(arguments) as hall:
        device = None
        if arguments.on_paper:
            device = open_devices(hall.settings.settings.printers, hall.folder.tray)["tickets"]
            device.check()
        taken = queueing.take_ticket(hall, arguments.service, arguments.priority)
        printed = "no"
        if device is not None:
            try:
                outcome, _place = device.make(taken.job)
            except DeskError:
                outcome = Outcome.FAILED
            printed = "printed" if outcome is Outcome.TRAY else outcome.value
    terminal.answer(
        terminal.ticket_json(taken, arguments.service, printed),
        terminal.ticket_words(taken, printed),
        as_json=arguments.json,
    )
    return terminal.DONE
