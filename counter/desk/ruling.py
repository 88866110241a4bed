"""How wide the roll printer prints: the trial page is made, and what was read off is kept."""

from __future__ import annotations

from counter.desk.context import Context
from counter.people import Action
from counter.ports import PrintJob
from counter.printer_width import keep_width
from counter.store import trail
from counter.trial_papers import trial_ruler


def ruler(context: Context) -> PrintJob:
    """Return the page to print."""
    return trial_ruler(context.clock())


def keep(context: Context, width_dots: int) -> None:
    """Keep the width; it holds from the next start.

    Raises:
        BadSettings: It is no width, or the settings file must be changed by hand.
        DiskFull, StoreReadOnly: The file cannot be written.
    """
    officer = context.seat.require(Action.MAINTAIN)
    keep_width(context.settings.path, width_dots)
    with context.store.writing() as session:
        trail.note(
            session,
            officer=officer.id,
            action="printer.width",
            moment=context.clock(),
            detail=str(width_dots),
        )
