"""What the desk does by itself between two acts: seals, backups, void numbers, forgetting.

Each turn is short and harmless to repeat; the window asks for one every half minute, and every
four seconds for forgetting, on the ``counter`` thread, so nothing here runs beside an officer's
action.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from counter import spare
from counter.desk import erasing, hourly, visits
from counter.desk.context import Context
from counter.desk.hourly import HourlyBackups
from counter.desk.opening import seal_newest
from counter.errors import DeskError, PapersStay
from counter.pause import Pause
from counter.store import leases, trail

SEALED_AFTER = timedelta(minutes=15)


def tidy(
    context: Context, papers: Pause | None = None, backups: HourlyBackups | None = None
) -> DeskError | None:
    """Do what is due now; neither erasing nor the hourly backup waits for the other.

    Args:
        papers: How long papers that could not be removed are let be; None tries them now.
        backups: Has the hour's backup made while the desk works on; None makes it here and now.

    Returns:
        Why the backup could not be written, or else why something could not be erased; None when
        both went well.

    Raises:
        DiskFull, StoreReadOnly, StoreBusy, StoreDamaged: The database cannot be used now.
    """
    if context.store.is_reading_only:
        return None
    if _is_seal_due(context):
        seal_newest(context)
    void_left_over(context)
    visits.forget_old(context)
    trouble: DeskError | None = None
    try:
        erasing.erase_due(context)
    except DeskError as error:
        trouble = error
    try:
        _remove_papers(context, papers or Pause())
    except DeskError as error:
        trouble = error
    try:
        if backups is None:
            hourly.back_up_by_the_hour(context, copies_folder(context))
        else:
            backups.turn(context, copies_folder(context))
    except DeskError as error:
        trouble = error
    forget(context)
    spare.keep_back(context.hall.folder.root)
    return trouble


def _remove_papers(context: Context, pause: Pause) -> None:
    uptime_ms = context.store.clocks.read().uptime_ms
    if not pause.is_over(uptime_ms):
        return
    try:
        erasing.remove_papers_due(context)
    except PapersStay:
        pause.failed(uptime_ms)
        raise
    pause.went_well()


def void_left_over(context: Context) -> None:
    """Record as void the dossier numbers of days that are over, a line of the chain for each block.

    What a clock that ran ahead called void is taken up again, with a line of its own.

    Raises:
        DiskFull, StoreReadOnly, StoreBusy, StoreDamaged: The database cannot be used now.
    """
    moment = context.clock()
    with context.store.reading() as session:
        if not leases.is_account_open(session, moment):
            return
    with context.store.writing() as session:
        done = {
            "serials.voided": leases.void_left_over(session, moment),
            "serials.taken_up": leases.take_up_again(session, moment),
        }
        for action, blocks in done.items():
            for block in blocks:
                trail.note(
                    session,
                    officer="program",
                    action=action,
                    moment=moment,
                    subject=block.first,
                    detail=f"{block.last} {block.count}",
                )


def forget(context: Context) -> None:
    """Let what was deleted or written over leave the disk; costs nothing when nothing was.

    Raises:
        DiskFull, StoreReadOnly, StoreBusy, StoreDamaged: The database cannot be used now.
    """
    context.store.forget_deleted()


def copies_folder(context: Context) -> Path:
    """Return where the hourly backups go: a second disk if the settings name one."""
    named = context.settings.settings.backup.folder
    return Path(named) if named else context.hall.folder.root / "backup"


def _is_seal_due(context: Context) -> bool:
    with context.store.reading() as session:
        if trail.is_long_unsealed(session):
            return True
        sealed_at = trail.find_sealed_at(session)
    if sealed_at is None:
        return True
    return context.clock() - datetime.fromisoformat(sealed_at) >= SEALED_AFTER
