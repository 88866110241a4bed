"""The queue of a computer of its own begins anew when its file is damaged.

Nothing is taken away: the damaged file stays where it is. That it was done, and with which letter
today's numbers go on, stands in the audit chain; that it was begun stands there before it is done.
"""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import select

from counter.desk import reserving
from counter.desk.context import Context, Hall
from counter.desk.queue_copies import newest_copy
from counter.errors import QueueSound
from counter.hall import QueueRenewed
from counter.office import renewing
from counter.office.office import Office
from counter.office.tables import PlaceRow
from counter.store import trail

BEGUN, DONE = "queue.renewal_begun", "queue.renewed"


def renew_queue(context: Context) -> QueueRenewed:
    """Replace the damaged file of the queue, and that of the reserve when it is damaged too.

    Killed half way it is done anew; what was given out from the reserve is told to the new file.

    Raises:
        QueueSound: Neither is damaged, or the queue lives on a server.
        NoReserve: No letter is free for the rest of the day.
        StoreBusy: Another program holds the file.
        DiskFull, StoreReadOnly: It cannot be written; the queue is as it was.
    """
    hall, moment = context.hall, context.clock()
    damaged = [one for one in (hall.office, hall.reserve) if _is_damaged(one)]
    if not damaged:
        raise QueueSound
    used = _letters(hall)
    _note(context, BEGUN, " ".join(one.path.name for one in damaged if one.path))
    done: list[renewing.Renewed] = []
    for one in damaged:
        if one is hall.office:
            with newest_copy(context) as copy:
                renewed = renewing.renew(
                    one,
                    used=used,
                    moment=moment,
                    copy=copy.engine if copy else None,
                    of_copy=copy.tables if copy else (),
                )
        else:
            letters = renewing.RESERVE_LETTERS
            renewed = renewing.renew(one, used=used, moment=moment, letters=letters)
        used.add(renewed.letter)
        done.append(renewed)
        _note(context, DONE, _told(renewed))
    reserving.keep_in_touch(hall)
    return QueueRenewed(
        letter=done[0].letter,
        damaged=tuple(one.damaged for one in done),
        lost_tickets=any("series" in one.lost for one in done),
        lost_bookings=any("booking" in {*one.lost} - {*one.copied} for one in done),
        old_bookings=any("booking" in one.copied for one in done),
    )


def _is_damaged(office: Office) -> bool:
    return not office.is_shared and renewing.is_damaged(office)


def _letters(hall: Hall) -> set[str]:
    """Return the letters of the fields, and of the places as far as they can be read."""
    letters = {letter for letter, _name in hall.catalogue.services()}
    for office in (hall.reserve, hall.office):
        with suppress(*reserving.CUT_OFF), office.reading() as session:
            letters.update(session.scalars(select(PlaceRow.letter)))
    return letters


def _note(context: Context, action: str, detail: str) -> None:
    desk = context.settings.settings.desk
    with context.store.writing() as session:
        trail.note(
            session,
            officer=desk.officer_id,
            action=action,
            moment=context.clock(),
            subject=desk.id,
            detail=detail,
        )


def _told(renewed: renewing.Renewed) -> str:
    lost = (f"{name}=copy" if name in renewed.copied else name for name in renewed.lost)
    return " ".join((renewed.damaged, renewed.file, renewed.letter, *lost))
