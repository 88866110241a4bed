"""A desk goes on whose database may have forgotten what was done: nothing is used a second time.

After a restore, where an older database was put back by hand, or where a folder was copied from
another computer, it is not known here what was done since. Every block of dossier numbers still
held is given up and new ones are asked for, and the desk's own counts leap ahead. Messages keep
their keys, so the portal takes what it has for a repeat; and its list is read from the beginning.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from counter.folder import folder_error
from counter.machine import machine_mark
from counter.people import THE_PROGRAM, Officer
from counter.store import trail
from counter.store.store import RESTORED_AT, Store, find_mark, forget_mark, note_mark
from counter.store.tables import CountRow, LeaseRequestRow, LeaseRow
from counter.values import VIETNAM, local_day

LEAP, LEAP_A_MINUTE = 1000, 6
"""Numbers a count leaps ahead after a restore, and more for each minute since the backup."""

PORTAL_MARKS = ("changes_cursor", "gateway_epoch", "compared_at")
"""What the courier knows of the portal; a restored desk reads everything anew."""

TURNED_BACK = "turned_back"
"""Mark of the newest seal beside the database that was found to know more than it."""

MACHINE = "machine"
"""Mark of the computer a desk works on."""

MOVED_AT = "moved_at"
"""When a desk went on after its folder had come from another computer."""

HOURLY = "hourly_copies"
"""Mark of the backups this installation made by the hour; see ``hourly``."""


def go_on_if_turned_back(store: Store, seals: Path, moment: datetime) -> bool:
    """Go on as a restored desk when *seals* tell of more than the database knows.

    Somebody put an older database back by hand. What it forgot is on paper and at the portal, so
    its numbers are given up as after a restore; ``verify`` goes on telling what is missing. The
    same seals do so once. A line that is no seal tells nothing.

    Raises:
        StoreReadOnly, DiskFull: The seals cannot be read.
    """
    try:
        kept = trail.read_seals(seals)
    except OSError as error:
        raise folder_error(error) from error
    newest = max((one for one in kept if one.is_good()), key=lambda one: one.seq, default=None)
    if newest is None:
        return False
    told = f"{newest.seq}:{newest.link}"
    with store.reading() as session:
        last = trail.entries(session, newest=1)
        is_known = find_mark(session, TURNED_BACK) == told
    if is_known or not last or last[0].seq >= newest.seq:
        return False
    with store.writing() as session:
        note_mark(session, TURNED_BACK, told)
        forget_what_may_be_past(session, datetime.fromisoformat(last[0].at), moment)
    return True


def go_on_if_moved(store: Store, machine: str, moment: datetime) -> bool:
    """Go on as a restored desk when the folder was copied here from another computer.

    The other may have worked on after the copy was made, and may still do so. A computer that tells
    nothing of itself, or a desk never asked before, changes nothing.

    Args:
        machine: As ``machine_id`` says.
    """
    if not machine:
        return False
    with store.reading() as session:
        mark = machine_mark(machine, find_mark(session, "install_id") or "")
        known = find_mark(session, MACHINE)
        last = trail.entries(session, newest=1)
    if known == mark:
        return False
    is_moved = known is not None and bool(last)
    with store.writing() as session:
        if is_moved:
            forget_what_may_be_past(
                session, datetime.fromisoformat(last[0].at), moment, action="desk.moved"
            )
            note_mark(session, MOVED_AT, moment.isoformat())
            mark = machine_mark(machine, find_mark(session, "install_id") or "")
        note_mark(session, MACHINE, mark)
    return is_moved


def moved_at(session: Session) -> datetime | None:
    """Return when the desk came here from another computer, None when it never did."""
    noted = find_mark(session, MOVED_AT)
    return None if noted is None else datetime.fromisoformat(noted)


def forget_what_may_be_past(
    session: Session,
    made_at: datetime,
    moment: datetime,
    *,
    action: str = "desk.restored",
    officer: Officer = THE_PROGRAM,
) -> None:
    """Let a database that knows nothing since *made_at* go on without repeating anything."""
    _give_up_numbers(session)
    _leap(session, made_at, moment)
    for name in PORTAL_MARKS:
        forget_mark(session, name)
    note_mark(session, "install_id", str(uuid4()))
    forget_mark(session, MACHINE)
    forget_mark(session, HOURLY)
    note_mark(session, RESTORED_AT, moment.isoformat())
    trail.note(
        session,
        officer=officer.id,
        action=action,
        moment=moment,
        subject=find_mark(session, "desk_id") or "",
        detail=f"made {made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    )


def _give_up_numbers(session: Session) -> None:
    """Give up every block still held and every request still open: they may have been used."""
    session.execute(update(LeaseRow).where(LeaseRow.next <= LeaseRow.last).values(returned=True))
    session.execute(
        update(LeaseRequestRow)
        .where(LeaseRequestRow.granted.is_(None), LeaseRequestRow.refused.is_(None))
        .values(refused="the desk was restored")
    )


def _leap(session: Session, made_at: datetime, moment: datetime) -> None:
    """Let every count leap past what it can have reached since the backup.

    The leap grows with time, so a second restore from the same backup leaps past the first.
    Today's provisional codes begin there even when the backup knew of none.
    """
    midnight = datetime.combine(local_day(moment), time.min, VIETNAM)
    today = f"provisional:{local_day(moment):%y%m%d}"
    if session.get(CountRow, today) is None:
        session.add(CountRow(name=today, last=0))
        session.flush()
    for count, since in (
        (CountRow.name != today, made_at),
        (CountRow.name == today, max(made_at, midnight)),
    ):
        minutes = max(0, (moment - since) // timedelta(minutes=1))
        leap = CountRow.last + LEAP + LEAP_A_MINUTE * minutes
        session.execute(update(CountRow).where(count).values(last=leap))
