"""Personal data whose term has passed is erased by itself, once a day, and that is noted.

Papers in the tray go once a day too, apart from the rest: somebody may have one of them open.

What is open is never erased, whatever its age: a message or file the portal has not taken, a letter
that waits. Nothing is erased either while the portal has not confirmed what day it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from counter.desk.context import Context
from counter.errors import PapersStay
from counter.folder import DataFolder, folder_error
from counter.retention import months_before
from counter.store import erasing, trail
from counter.store.store import find_mark, note_mark
from counter.values import VIETNAM, local_day

AT_ONCE = 25
"""Dossiers of one turn, so that no officer waits for it."""

ERASED_ON = "erased_on"
"""Names the mark of the day on which everything due was erased."""

PAPERS_ON = "papers_removed_on"
"""Names the mark of the day on which every paper due was removed."""


def erase_due(context: Context) -> int:
    """Erase what is due today, a few dossiers at a time; return how many this turn.

    Raises:
        DiskFull, StoreReadOnly, StoreBusy, StoreDamaged: The database cannot be used now.
    """
    moment = context.clock()
    today = local_day(moment)
    if not _is_due(context, ERASED_ON, today):
        return 0
    terms = context.retention
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


def remove_papers_due(context: Context) -> None:
    """Remove the papers in the tray, and the copies of a database, whose term has passed today.

    Raises:
        PapersStay: Some cannot be removed; the others are gone.
        DiskFull, StoreReadOnly, StoreBusy, StoreDamaged: The database cannot be used now.
    """
    moment = context.clock()
    today = local_day(moment)
    if not _is_due(context, PAPERS_ON, today):
        return
    folder = context.hall.folder
    staying = _remove_lying(folder, moment - timedelta(days=context.retention.paper_days))
    if staying:
        first = staying[0]
        where = first if first.is_dir() else first.parent
        raise PapersStay(f"{len(staying)} stay", count=len(staying), folder=str(where))
    with context.store.writing() as session:
        note_mark(session, PAPERS_ON, today.isoformat())


def _is_due(context: Context, done_on: str, today: date) -> bool:
    """Tell whether what the mark *done_on* tells of is still to be done on a day that is known."""
    with context.store.reading() as session:
        is_done = find_mark(session, done_on) == today.isoformat()
        return not is_done and erasing.is_day_known(session, today)


def _remove_lying(folder: DataFolder, before: datetime) -> list[Path]:
    """Remove papers that were laid into the tray, and copies of a database, before *before*.

    A paper can be read by anybody, so it is written over first; a copy is encrypted.

    Returns:
        Those that cannot be removed; empty when all are gone.
    """
    staying = _remove_papers(folder.tray, before)
    copies = folder.root.glob("*.db.before-*")
    staying += [one for one in copies if not _remove_old(one, before, Path.unlink)]
    return staying


def _remove_papers(tray: Path, before: datetime) -> list[Path]:
    """Remove the old papers of the tray, in whatever folder somebody put them.

    A folder goes that is emptied by this, for its name may tell of somebody, and a day's folder
    that is empty; another one that somebody made empty is let be. No link is followed.
    """
    staying: list[Path] = []

    def unread(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            staying.append(Path(error.filename))

    emptied: set[Path] = set()
    for place, _, names in os.walk(tray, topdown=False, onerror=unread):
        folder = Path(place)
        try:
            papers = [one for one in map(folder.joinpath, names) if _is_paper(one)]
            for one in papers:
                if not _remove_old(one, before, erasing.overwrite_and_remove):
                    staying.append(one)
                elif not one.exists():
                    emptied.add(folder)
            is_days = folder.parent == tray and folder.match("????-??-??")
            if folder != tray and (is_days or folder in emptied) and not any(folder.iterdir()):
                folder.rmdir()
                emptied.add(folder.parent)
        except OSError:
            staying.append(folder)
    return staying


def _is_paper(place: Path) -> bool:
    return place.is_file() and not place.is_symlink()


def _remove_old(place: Path, before: datetime, remove: Callable[[Path], None]) -> bool:
    """Remove a file that is there since before *before*; False when it has to go and stays."""
    try:
        laid_ns = place.stat().st_mtime_ns
    except FileNotFoundError:
        return True
    if datetime.fromtimestamp(laid_ns / 1e9, UTC) >= before:
        return True
    try:
        remove(place)
    except FileNotFoundError:
        return True
    except OSError:
        with suppress(OSError):  # written over it would count as laid today
            os.utime(place, ns=(laid_ns, laid_ns))
        return False
    return True


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _note(context: Context, session: Session, moment: datetime, action: str, subject: str) -> None:
    trail.note(session, officer="program", action=action, moment=moment, subject=subject)
