"""``verify``: check the desk's integrity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from program.rooms import desk_open
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Check the desk's integrity."""
    from counter.desk import checking

    with desk_open(arguments) as context:
        found = checking.verify(context)
        if arguments.seal:
            found += checking.verify_printed(context, *arguments.seal)
        checked = checking.counted(context)
    terminal.answer(
        terminal.verify_json(checked, found),
        terminal.verify_words(checked, found),
        as_json=arguments.json,
    )
    return terminal.DOES_NOT_HOLD if found else terminal.DONE
