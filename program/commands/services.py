"""``services``: say what a ticket can be taken for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from program.rooms import hall_open
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Say what a ticket can be taken for."""
    from counter.desk import queueing

    with hall_open(arguments) as hall:
        found = queueing.services(hall)
    terminal.answer(
        terminal.services_json(found), terminal.services_words(found), as_json=arguments.json
    )
    return terminal.DONE
