"""Leased blocks of dossier numbers: asked for, granted, and taken one by one.

The portal lends blocks per agency and day; two desks never hold the same number. A number is
taken inside the dossier's own transaction, so a crash neither loses nor doubles one. The day of a
code is the lease's day; a number is minted only while that day is today. What is left when the day
is over is void for good, so that every number of a book has its account.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, bindparam, exists, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from counter.store.tables import CountRow, DossierRow, LeaseRequestRow, LeaseRow, MarkRow
from counter.values import DossierCode, ProvisionalCode, local_day


@dataclass(frozen=True, slots=True)
class Lease:
    """A block of serial numbers, ``first`` to ``last`` inclusive, for one agency and day."""

    id: UUID
    agency: str
    day: date
    first: int
    last: int
    width: int
    prefix: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class LeaseRequest:
    """A block that is asked for under a key that stays the same in every repeat."""

    key: UUID
    agency: str
    day: date
    count: int


@dataclass(frozen=True, slots=True)
class VoidedSerials:
    """Numbers of one block that nobody used on their day.

    Attributes:
        first: The first of them, whole as a dossier code.
        last: The last of them.
        count: How many they are.
    """

    first: str
    last: str
    count: int


def grant(session: Session, request: LeaseRequest, lease: Lease) -> None:
    """Keep the block the portal granted for *request*; a repeated grant changes nothing.

    One that was given up, and is granted again, is held again from where it stood.
    """
    held = session.get(LeaseRow, lease.id)
    if held is not None:
        held.returned = False
    else:
        session.add(
            LeaseRow(
                id=lease.id,
                agency=lease.agency,
                day=lease.day,
                first=lease.first,
                last=lease.last,
                next=lease.first,
                width=lease.width,
                prefix=lease.prefix,
                expires_at=lease.expires_at,
            )
        )
    session.execute(
        update(LeaseRequestRow)
        .where(LeaseRequestRow.key == request.key)
        .values(granted=lease.id, refused=None)
    )


def refuse(session: Session, request: LeaseRequest, reason: str) -> None:
    """Note that the portal will not grant *request*; the same day may be asked for anew."""
    session.execute(
        update(LeaseRequestRow).where(LeaseRequestRow.key == request.key).values(refused=reason)
    )


def ask_for(
    session: Session, *, key: UUID, agency: str, day: date, count: int, moment: datetime
) -> LeaseRequest:
    """Note that a block is asked for, before it is sent."""
    session.add(LeaseRequestRow(key=key, agency=agency, day=day, count=count, asked_at=moment))
    return LeaseRequest(key, agency, day, count)


def open_requests(session: Session, today: date) -> list[LeaseRequest]:
    """Return the blocks asked for whose answer never came, days past left out."""
    rows = session.scalars(
        select(LeaseRequestRow)
        .where(
            LeaseRequestRow.granted.is_(None),
            LeaseRequestRow.refused.is_(None),
            LeaseRequestRow.day >= today,
        )
        .order_by(LeaseRequestRow.key)
    )
    return [LeaseRequest(row.key, row.agency, row.day, row.count) for row in rows]


def left(session: Session, agency: str, days: Sequence[date], moment: datetime) -> dict[date, int]:
    """Return how many numbers are left for each of *days*, as blocks hold at *moment*."""
    rows = session.execute(
        select(LeaseRow.day, func.sum(LeaseRow.last - LeaseRow.next + 1))
        .where(
            LeaseRow.agency == agency,
            LeaseRow.day.in_(days),
            LeaseRow.returned.is_(False),
            LeaseRow.voided_at.is_(None),
            LeaseRow.next <= LeaseRow.last,
            LeaseRow.expires_at > moment,
        )
        .group_by(LeaseRow.day)
    )
    found = {day: int(numbers) for day, numbers in rows}
    return {day: found.get(day, 0) for day in days}


def is_account_open(session: Session, moment: datetime) -> bool:
    """Say whether numbers wait to be recorded as void, or are void although their day is not over.

    Never while nobody knows what day it is.
    """
    known = ~exists().where(MarkRow.name == CLOCK_OFF)
    return any(
        session.scalar(rows.where(known).limit(1)) is not None
        for rows in (_left_over(moment), _void_too_early(moment))
    )


def void_left_over(session: Session, moment: datetime) -> tuple[VoidedSerials, ...]:
    """Record as void what the blocks of days before that of *moment* have left.

    What was given up after a restore may have been used and is not called void.
    """
    rows = session.scalars(_left_over(moment).order_by(LeaseRow.day, LeaseRow.first)).all()
    for row in rows:
        row.voided_at = moment
    return tuple(map(_numbers, rows))


def take_up_again(session: Session, moment: datetime) -> tuple[VoidedSerials, ...]:
    """Let numbers be taken that a clock running ahead had called void before their day was over."""
    rows = session.scalars(_void_too_early(moment).order_by(LeaseRow.first)).all()
    for row in rows:
        row.voided_at = None
    return tuple(map(_numbers, rows))


def _numbers(row: LeaseRow) -> VoidedSerials:
    return VoidedSerials(
        first=f"{row.prefix}{row.next:0{row.width}}",
        last=f"{row.prefix}{row.last:0{row.width}}",
        count=row.last - row.next + 1,
    )


def _void_too_early(moment: datetime) -> Select[LeaseRow]:
    return select(LeaseRow).where(
        LeaseRow.voided_at.is_not(None),
        LeaseRow.returned.is_(False),
        LeaseRow.day >= local_day(moment),
    )


def _left_over(moment: datetime) -> Select[LeaseRow]:
    return select(LeaseRow).where(
        LeaseRow.day < local_day(moment),
        LeaseRow.returned.is_(False),
        LeaseRow.voided_at.is_(None),
        LeaseRow.next <= LeaseRow.last,
    )


def busiest_day(session: Session) -> int:
    """Return the most dossiers this desk ever received in one book day, 0 when there are none.

    What was received with a provisional code counts at once: the day on which the numbers ran out
    is the busiest.
    """
    code = func.coalesce(DossierRow.code, DossierRow.provisional_code)
    day = func.substr(code, func.length(code) - 10, 6)
    own = code.is_not(None) & (DossierRow.elsewhere == "") & (DossierRow.origin == "counter")
    counts = select(func.count().label("n")).where(own).group_by(day)
    return session.scalar(select(func.max(counts.subquery().c.n))) or 0


CLOCK_OFF = "clock_off_s"
"""Mark that stands while the portal found this clock wrong by more than a day."""

_FIRST_OPEN = (
    select(LeaseRow.id)
    .where(
        ~exists().where(MarkRow.name == CLOCK_OFF),
        LeaseRow.agency == bindparam("of_agency"),
        LeaseRow.day == bindparam("on_day"),
        LeaseRow.returned.is_(False),
        LeaseRow.voided_at.is_(None),
        LeaseRow.next <= LeaseRow.last,
        LeaseRow.expires_at > bindparam("moment"),
    )
    .order_by(LeaseRow.first)
    .limit(1)
)
_TAKE = (
    update(LeaseRow)
    .where(LeaseRow.id == _FIRST_OPEN.scalar_subquery())
    .values(next=LeaseRow.next + 1)
    .returning(LeaseRow.prefix, LeaseRow.next - 1, LeaseRow.width)
    .execution_options(synchronize_session=False)
)
_COUNT = (
    insert(CountRow)
    .values(name=bindparam("of"), last=1)
    .on_conflict_do_update(index_elements=["name"], set_={"last": CountRow.last + 1})
    .returning(CountRow.last)
)
"""Built once: what is built anew for every dossier costs more than its run."""


def take_code(session: Session, agency: str, moment: datetime) -> DossierCode | None:
    """Take the next leased number of the day *moment* falls on; None when none is left.

    None too while nobody knows what day it is: a number of another day's block is never taken.
    """
    wanted = {"of_agency": agency, "on_day": local_day(moment), "moment": moment}
    taken = session.connection().execute(_TAKE, wanted).first()
    if taken is None:
        return None
    prefix, serial, width = taken
    return DossierCode(f"{prefix}{serial:0{width}}")


def take_provisional(session: Session, desk_id: str, moment: datetime) -> ProvisionalCode:
    """Take the day's next provisional code of this desk, such as ``TAM-Q03-261123-0001``."""
    desk = "".join(c for c in desk_id.rsplit("-", 1)[-1] if c.isalnum())[-12:].rjust(2, "0")
    day = f"{local_day(moment):%y%m%d}"
    return ProvisionalCode(f"TAM-{desk}-{day}-{next_of(session, f'provisional:{day}'):04}")


def number_of(session: Session, *, book: str, mark: str, desk_id: str, moment: datetime) -> str:
    """Take the next number of *book* in this desk's year, such as ``12/2026-Q01/HDHS``."""
    year = local_day(moment).year
    desk = desk_id.rsplit("-", 1)[-1]
    return f"{next_of(session, f'{book}:{year}')}/{year}-{desk}/{mark}"


def volume_of(desk_id: str, moment: datetime) -> str:
    """Return the volume of the book that this desk writes into on the day of *moment*."""
    return f"{local_day(moment):%Y}-{desk_id.rsplit('-', 1)[-1]}"[:20]


def next_of(session: Session, name: str) -> int:
    """Return the next number of the count *name*, from 1, inside the caller's transaction."""
    return int(session.connection().execute(_COUNT, {"of": name}).scalar_one())
