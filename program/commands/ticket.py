"""``ticket``: give out a number; with paper only when the printer is ready before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from program.rooms import hall_open
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Give out a number; with paper only when the printer is ready before."""
    from counter.desk import queueing
    from counter.ports import Outcome
    from devices.paper.spool import open_devices
    from program.issuing import issue

    with hall_open(arguments) as hall:
        take = partial(queueing.take_ticket, hall, arguments.service, arguments.priority)
        if arguments.on_paper:
            device = open_devices(hall.settings.settings.printers, hall.folder.tray)["tickets"]
            issued = issue(hall, device, take)
            taken = issued.taken
            in_tray = issued.outcome is Outcome.TRAY
            printed = "printed" if in_tray else issued.outcome.value
        else:
            taken, printed = take(), "no"
    terminal.answer(
        terminal.ticket_json(taken, arguments.service, printed),
        terminal.ticket_words(taken, printed),
        as_json=arguments.json,
    )
    return terminal.DONE
