"""How a desk is that does not open: why it does not, and what lies around it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from counter.values import now
from program import RESOURCES
from program.rooms import data_folder, readers_of

if TYPE_CHECKING:
    import argparse

    from counter.errors import DeskError
    from counter.work import Check


def checks_around(error: DeskError, arguments: argparse.Namespace) -> tuple[Check, ...]:
    """Tell that the desk does not open because of *error*, and how everything beside it is.

    Raises:
        BadSettings: The settings have mistakes, and nothing is known of the devices.
    """
    from counter.desk.checking import check_disk
    from counter.errors import StoreDamaged
    from counter.settings import read_settings
    from counter.work import Check, CheckState
    from devices import checkup

    folder = data_folder(arguments)
    settings = read_settings(folder.settings).settings
    readers, _slot = readers_of(arguments, settings)
    with closing(readers):
        reader = checkup.check_readers(readers, settings.card.reader)
    if isinstance(error, StoreDamaged):
        found = [Check("database", CheckState.FAILED, error=error), check_disk(folder.root)]
    else:  # what lies on the disk may be sound; nobody can tell without writing beside it
        found = [Check("disk", CheckState.FAILED, error=error)]
    return (
        reader,
        checkup.check_trust(folder.trust, now()),
        *checkup.check_printers(settings.printers, folder.tray),
        checkup.check_scanner(settings.scanner),
        *found,
        checkup.check_fonts(RESOURCES / "fonts"),
    )
