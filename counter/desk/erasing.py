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

    Raises:
        DiskFull, StoreReadOnly, StoreBusy, StoreDamaged: The database cannot be used now.
    """
    moment = context.clock()
    today = local_day(moment)
    with context.store.reading() as session:
        if find_mark(session, ERASED_ON) == today.isoformat():
            return 0
        if not erasing.is_day_known(session, today):
            return 0
    terms = context.retention
    try:
        _remove_lying(context.hall.folder, moment - timedelta(days=terms.paper_days))
    except OSError as error:
        raise folder_error(error) from error
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
        if max(len(ended), len(elsewhere)) < AT_ONCE:
            note_mark(session, ERASED_ON, today.isoformat())
    with context.store.reading() as session:
        left = find_mark(session, erasing.LEFT_OVER)
    if left:
        try:
            with context.store.writing() as session:
                erasing.remove_left_over(session, context.store.files)
        except OSError as error:
            raise folder_error(error) from error
    return len(ended)


def _remove_lying(folder: DataFolder, before: datetime) -> None:
    """Remove papers that were laid into the tray, and copies of a database, before *before*."""
    days = list(folder.tray.glob("????-??-??"))
    papers = (paper for day in days for paper in day.iterdir())
    for place in chain(papers, folder.root.glob("*.db.before-*")):
        if datetime.fromtimestamp(place.stat().st_mtime, UTC) < before:
            place.unlink()
    for day in days:
        if not any(day.iterdir()):
            day.rmdir()


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _note(context: Context, session: Session, moment: datetime, action: str, subject: str) -> None:
    trail.note(session, officer="program", action=action, moment=moment, subject=subject)
