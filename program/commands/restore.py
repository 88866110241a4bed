"""``restore``: let the desk of a backup live in the data folder."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from counter.values import now
from program.answering import who_answers
from program.rooms import ask_passphrase, data_folder
from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Restore the desk; what lived in the folder is kept beside it.

    Where officers sign in, an administrator answers for it. A folder that is empty, or whose desk
    is damaged, has nobody to ask: the passphrase that opens the backup is enough there.
    """
    from counter.desk.recovery import Restoring, restore

    folder = data_folder(arguments)
    with folder.locked():
        officer = who_answers(arguments)
        copied = restore(
            Restoring(
                folder=folder,
                source=arguments.file.absolute(),
                training=arguments.demo,
                clock=now,
                ask_passphrase=ask_passphrase if sys.stdin.isatty() else None,
                officer=officer,
            )
        )
    terminal.answer(
        terminal.backup_json(copied), terminal.restore_words(copied), as_json=arguments.json
    )
    return terminal.DONE
