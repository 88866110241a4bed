"""``trust``: list, import or remove certificates of card issuers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from counter.errors import BadTrustFile
from program.rooms import anchors_of, data_folder
from ui import terminal

if TYPE_CHECKING:
    import argparse

    from counter.cards import RejectedEntry
    from counter.settings import Settings


def run(arguments: argparse.Namespace) -> int:
    """List, import or remove certificates of card issuers."""
    folder = data_folder(arguments)
    store = anchors_of(folder, settings_of(arguments))
    added = 0
    rejected: tuple[RejectedEntry, ...] = ()
    if arguments.action != "list" and not arguments.what:
        raise BadTrustFile
    if arguments.action == "import":
        folder.make()
        added, rejected = store.import_file(Path(arguments.what))
    elif arguments.action == "remove":
        store.remove(arguments.what)
    certificates = store.list()
    terminal.answer(
        terminal.trust_json(certificates, added, rejected),
        terminal.trust_words(certificates, added, rejected),
        as_json=arguments.json,
    )
    return terminal.DOES_NOT_HOLD if rejected and not added else terminal.DONE


def settings_of(arguments: argparse.Namespace) -> Settings | None:
    """Return the settings given, else the desk's own; None where no desk is set up yet."""
    from counter.settings import read_settings

    path = arguments.settings or data_folder(arguments).settings
    if arguments.settings is None and not path.exists():
        return None
    return read_settings(path).settings
