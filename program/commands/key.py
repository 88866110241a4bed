"""``key``: change the desk's encryption key, or the passphrase that opens it."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from counter.people import Action
from program.rooms import data_folder, opening, sign_in
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Change one of the two; the desk must not be open elsewhere."""
    from counter.desk import rekeying
    from counter.desk.opening import open_desk, passphrase_for
    from counter.secrets import find_new_passphrase

    with data_folder(arguments).locked():
        how = opening(arguments)
        how = replace(how, typed=passphrase_for(how))
        with open_desk(how) as context:
            officer, is_training = sign_in(context, Action.MAINTAIN), context.training
        if arguments.what == "change":
            copied = rekeying.change_key(how, officer)
            terminal.answer(
                terminal.backup_json(copied), terminal.key_words(copied), as_json=arguments.json
            )
            return terminal.DONE
        new = find_new_passphrase(
            terminal.ask_new_passphrase if sys.stdin.isatty() else None, training=is_training
        )
        is_kept = rekeying.change_passphrase(how, new, officer)
    terminal.answer(
        {"remembered": is_kept}, terminal.passphrase_words(is_kept), as_json=arguments.json
    )
    return terminal.DONE
