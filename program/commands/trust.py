"""``trust``: list, import or remove certificates of card issuers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from counter.errors import BadTrustFile
from counter.people import Action
from program.answering import answered_for
from program.rooms import anchors_of, data_folder
from ui import terminal

if TYPE_CHECKING:
    import argparse

    from counter.cards import RejectedEntry
    from counter.ports import Issuers
    from counter.settings import Settings


def run(arguments: argparse.Namespace) -> int:
    """List, import or remove certificates of card issuers."""
    if arguments.action != "list" and not arguments.what:
        raise BadTrustFile
    added = 0
    rejected: tuple[RejectedEntry, ...] = ()
    with _issuers(arguments) as issuers:
        if arguments.action == "import":
            added, rejected = issuers.import_file(Path(arguments.what))
        elif arguments.action == "remove":
            issuers.remove(arguments.what)
        certificates = issuers.list()
    terminal.answer(
        terminal.trust_json(certificates, added, rejected),
        terminal.trust_words(certificates, added, rejected),
        as_json=arguments.json,
    )
    return terminal.DOES_NOT_HOLD if rejected and not added else terminal.DONE


@contextmanager
def _issuers(arguments: argparse.Namespace) -> Iterator[Issuers]:
    """Yield whom the folder trusts; where officers sign in, one answers for a change.

    Raises:
        As ``answered_for``.
    """
    folder = data_folder(arguments)
    store = anchors_of(folder, settings_of(arguments))
    if arguments.action == "list":
        yield store
        return
    from counter.desk.issuers import DeskIssuers

    with answered_for(arguments, Action.MAINTAIN) as context:
        folder.make()
        yield store if context is None else DeskIssuers(context, store)


def settings_of(arguments: argparse.Namespace) -> Settings | None:
    """Return the settings given, else the desk's own; None where no desk is set up yet."""
    from counter.settings import read_settings

    path = arguments.settings or data_folder(arguments).settings
    if arguments.settings is None and not path.exists():
        return None
    return read_settings(path).settings
