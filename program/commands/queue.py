"""``queue``: replace the damaged file that keeps this computer's queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter.people import Action
from program.rooms import desk_signed_in
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Let a new file take its turn; the damaged one stays where it is."""
    from counter.desk import renewing

    with desk_signed_in(arguments, Action.MAINTAIN) as context:
        renewed = renewing.renew_queue(context)
    terminal.answer(
        terminal.queue_json(renewed), terminal.queue_words(renewed), as_json=arguments.json
    )
    return terminal.DONE
