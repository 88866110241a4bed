"""``update``: take a package the province signed; the program or the settings start anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Take the package; the desk itself is not opened, its data are not touched."""
    from counter.settings import read_settings
    from program import updates
    from program.rooms import data_folder

    folder = data_folder(arguments)
    with folder.locked():
        found = read_settings(folder.settings)
        told = found.settings.updates
        programs = found.beside(told.folder) or folder.root / "program"
        taken = updates.take(
            arguments.file,
            programs,
            folder.settings,
            found.settings.desk.id,
            told.keys,
            now=arguments.now,
        )
    payload = {"kind": taken.kind, "version": taken.version, "serial": taken.serial}
    terminal.answer(
        payload, terminal.update_words(taken.kind, taken.version), as_json=arguments.json
    )
    return terminal.DONE
