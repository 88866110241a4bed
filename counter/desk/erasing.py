"""Personal data whose term has passed is erased by itself, once a day, and that is noted.

What is open is never erased, whatever its age: a message or file the portal has not taken, a letter
that waits. Nothing is erased either while the portal has not confirmed what day it is.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import chain

from sqlalchemy.orm import Session

from counter.desk.context import Context
from counter.folder import DataFolder, folder_error
from counter.retention import months_before
from counter.store import erasing, trail
from counter.store.store import find_mark, note_mark
from counter.values import VIETNAM, local_day

AT_ONCE = 25
"""Dossiers of one turn, so that no officer waits for it."""

ERASED_ON = "erased_on"
"""Names the mark of the day on which everything due was erased."""


def erase_due(context: Context) -> int:
    """Erase what is due today, a few dossiers at a time; return how many this turn.

    A paper that cannot be removed holds nothing else up; the next turn tries it again.

    Raises:
        DiskFull, StoreReadOnly, StoreBusy, StoreDamaged: The database cannot be used now, or a
            paper could not be removed; everything else was erased all the same.
    """
    moment = context.clock()
    today = local_day(moment)
    with context.store.reading() as session:
        if find_mark(session, ERASED_ON) == today.isoformat():
            return 0
        if not erasing.is_day_known(session, today):
            return 0
    terms = context.retention
    stuck = _remove_lying(context.hall.folder, moment - timedelta(days=terms.paper_days))
    with context.store.writing() as session:
        before = _begin(months_before(today, terms.dossier_months))
        ended = erasing.find_ended(session, before, AT_ONCE)
        for row in ended:
            erasing.erase(session, row)
        elsewhere = erasing.erase_copies(session, before, AT_ONCE)
        for dossier in (*(row.id for row in ended), *elsewhere):
            _note(context, session, moment, "dossier.erased", dossier.hex)
        guidance = erasing.erase_guidance(
            session, _begin(months_before(today, terms.guidance_months))
        )
        if guidance:
            _note(context, session, moment, "guidance.erased", str(guidance))
        if stuck is None and max(len(ended), len(elsewhere)) < AT_ONCE:
            note_mark(session, ERASED_ON, today.isoformat())
    with context.store.reading() as session:
        left = find_mark(session, erasing.LEFT_OVER)
    if left:
        try:
            with context.store.writing() as session:
                erasing.remove_left_over(session, context.store.files)
        except OSError as error:
            raise folder_error(error) from error
    if stuck is not None:
        raise folder_error(stuck) from stuck
    return len(ended)


def _remove_lying(folder: DataFolder, before: datetime) -> OSError | None:
    """Remove papers that were laid into the tray, and copies of a database, before *before*.

    A paper can be read by anybody, so it is written over first; a copy is encrypted.
    A folder somebody made in the tray is let be.

    Returns:
        Why the first of those that stay could not be removed; None when all are gone.
    """
    first: OSError | None = None
    days = [day for day in folder.tray.glob("????-??-??") if day.is_dir()]
    papers = [
        paper
        for day in days
        for paper in day.iterdir()
        if paper.is_file() and not paper.is_symlink()
    ]
    for place in chain(papers, folder.root.glob("*.db.before-*")):
        try:
            if datetime.fromtimestamp(place.stat().st_mtime, UTC) >= before:
                continue
            if place.parent in days:
                erasing.overwrite_and_remove(place)
            else:
                place.unlink()
        except OSError as error:
            first = first or error
    for day in days:
        if not any(day.iterdir()):
            day.rmdir()
    return first


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _note(context: Context, session: Session, moment: datetime, action: str, subject: str) -> None:
    trail.note(session, officer="program", action=action, moment=moment, subject=subject)
