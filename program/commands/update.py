"""``update``: take a package the province signed; the program or the settings start anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import terminal

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Take the package; the desk itself is not opened, its data are not touched."""
    from counter.settings import read_settings
    from program import taken, updates
    from program.rooms import data_folder

    folder = data_folder(arguments)
    with folder.locked():
        found = read_settings(folder.settings)
        told = found.settings.updates
        programs = taken.programs_folder(found.beside(told.folder), folder.root)
        manifest = updates.take(
            arguments.file,
            programs,
            folder.settings,
            found.settings.desk.id,
            updates.trusted_keys(told.keys),
            now=arguments.now,
        )
    is_started = manifest.kind == "settings" or programs.resolve() == taken.STARTED_FROM.resolve()
    payload = {
        "kind": manifest.kind,
        "version": manifest.version,
        "serial": manifest.serial,
        "starts": is_started,
    }
    by_hand = None if is_started else programs / manifest.name
    words = terminal.update_words(manifest.kind, manifest.version, by_hand)
    terminal.answer(payload, words, as_json=arguments.json)
    return terminal.DONE
