"""Asks every room how it is, for the doctor and the page of devices."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from counter.values import now
from program import RESOURCES, trial
from program.rooms import portal_of, readers_of

if TYPE_CHECKING:
    import argparse

    from counter.desk.context import Context
    from counter.work import Check


def checks_of(context: Context, arguments: argparse.Namespace) -> tuple[Check, ...]:
    """Ask every room how it is; takes as long as the slowest answer."""
    from counter.desk.checking import check_database, check_disk, check_queue
    from devices import checkup
    from sync.checkup import check_portal

    settings = context.settings.settings
    folder = context.hall.folder
    readers, _slot = readers_of(arguments, settings)
    with closing(readers):
        reader = checkup.check_readers(readers, settings.card.reader)
    portal, clock = check_portal(portal_of(context))
    return (
        reader,
        checkup.check_trust(folder.trust, now()),
        *checkup.check_printers(settings.printers, folder.tray),
        checkup.check_scanner(settings.scanner),
        check_database(context),
        check_queue(context.hall),
        check_disk(folder.root),
        clock,
        portal,
        checkup.check_fonts(RESOURCES / "fonts"),
        *_check_program(),
    )


def _check_program() -> tuple[Check, ...]:
    """Tell of the program only when it is not the one to run."""
    from counter.work import Check, CheckState

    instead_of = trial.find_went_back()
    if instead_of is None:
        return ()
    return (Check("program", CheckState.WARNING, error=instead_of.error),)
