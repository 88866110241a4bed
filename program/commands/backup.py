"""``backup``: write the desk, encrypted, into one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from program.rooms import desk_open
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Back the desk up."""
    from counter.desk import recovery

    with desk_open(arguments) as context:
        copied = recovery.back_up(context, arguments.file.absolute())
    terminal.answer(
        terminal.backup_json(copied), terminal.backup_words(copied), as_json=arguments.json
    )
    return terminal.DONE
