"""``sync``: talk to the portal once, or until nothing waits any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from program.rooms import courier_of, desk_open, sandbox_of
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Talk to the portal once, or until nothing waits any more."""
    with (
        sandbox_of(arguments) as sandbox,
        desk_open(arguments, url=sandbox.url if sandbox else None) as context,
    ):
        courier = courier_of(context)
        try:
            if arguments.once:
                report = courier.run_once()
            else:
                report = courier.run_until_idle(arguments.timeout)
        finally:
            courier.close()
    terminal.answer(terminal.sync_json(report), terminal.sync_words(report), as_json=arguments.json)
    if not report.reached:
        return terminal.NO_DEVICE
    left = report.waiting or report.parked or report.conflicts
    return terminal.DOES_NOT_HOLD if left else terminal.DONE
