"""``show``: show one dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from program.rooms import desk_open
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Show one dossier."""
    from counter.desk import lists

    with desk_open(arguments) as context:
        view = lists.show(context, arguments.code)
    terminal.answer(
        terminal.dossier_json(view), terminal.dossier_words(view), as_json=arguments.json
    )
    return terminal.DONE
