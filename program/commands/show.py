"""``show``: show one dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter.people import Action
from program.rooms import desk_signed_in
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Show one dossier."""
    from counter.desk import lists

    with desk_signed_in(arguments, Action.READ) as context:
        view = lists.show(context, arguments.code)
    terminal.answer(
        terminal.dossier_json(view), terminal.dossier_words(view), as_json=arguments.json
    )
    return terminal.DONE
