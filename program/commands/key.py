"""``key``: change the desk's encryption key, or the passphrase that opens it."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from program.rooms import data_folder, opening
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Change one of the two; the desk must not be open elsewhere."""
    from counter.desk import rekeying

    with data_folder(arguments).locked():
        if arguments.what == "change":
            copied = rekeying.change_key(opening(arguments))
            terminal.answer(
                terminal.backup_json(copied), terminal.key_words(copied), as_json=arguments.json
            )
            return terminal.DONE
        from counter.desk.opening import passphrase_for
        from counter.secrets import find_new_passphrase

        how = opening(arguments)
        typed = passphrase_for(how)
        new = find_new_passphrase(terminal.ask_new_passphrase if sys.stdin.isatty() else None)
        is_kept = rekeying.change_passphrase(replace(how, typed=typed), new)
    terminal.answer(
        {"remembered": is_kept}, terminal.passphrase_words(is_kept), as_json=arguments.json
    )
    return terminal.DONE
