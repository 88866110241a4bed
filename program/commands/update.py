"""``update``: take a package the province signed; the program or the settings start anew."""

from __future__ import annotations

from io import BufferedReader, FileIO
from typing import TYPE_CHECKING

from ui import terminal

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from _typeshed import WriteableBuffer

    from counter.errands import Step
    from program.updates import Manifest

PATIENCE_S = 120.0
"""How long the folders may be silent; one file of a program may be large."""


class _Answering(FileIO):
    """A package that makes a step of the errand whenever more of it is read."""

    def __init__(self, path: Path, step: Step) -> None:
        super().__init__(path)
        self._step = step

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._step()
        return super().readinto(buffer)


def run(arguments: argparse.Namespace) -> int:
    """Take the package; the desk itself is not opened, its data are not touched."""
    from counter.errands import FolderSilent, carry_out
    from counter.errors import PlaceSilent, UpdateRefused
    from counter.settings import read_settings
    from program import taken, updates
    from program.rooms import data_folder

    folder, file = data_folder(arguments), arguments.file.absolute()
    with folder.locked():
        found = read_settings(folder.settings)
        told = found.settings.updates
        programs = taken.programs_folder(found.beside(told.folder), folder.root)

        def take(step: Step) -> tuple[Manifest, bool]:
            with BufferedReader(_Answering(file, step)) as package:
                manifest = updates.take(
                    package,
                    programs,
                    folder.settings,
                    found.settings.desk.id,
                    updates.trusted_keys(told.keys),
                    now=arguments.now,
                )
            return manifest, programs.resolve() == taken.STARTED_FROM.resolve()

        places = [str(file.parent), *([str(programs)] if told.folder else [])]
        try:
            manifest, is_theirs = carry_out(file.parent, take, name="update", patience_s=PATIENCE_S)
        except FolderSilent as error:
            raise PlaceSilent(folder=" hoặc ".join(places)) from error
        except OSError as error:
            raise UpdateRefused from error
    is_started = manifest.kind == "settings" or is_theirs
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
