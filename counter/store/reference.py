"""The portal's catalogues as it gave them: procedures, agencies, units, calendar, forms, fees.

Where the national interface is used, its list of procedures stands here instead.
An item with a later first day stands beside the one before it until that day comes. What the
office works with is made from here in one place, ``counter.desk.offered``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from counter.store.tables import Base

CATALOGUES = ("procedures", "agencies", "units", "calendar", "forms", "fees")
NATIONAL = "national"
"""The procedures as the national list tells them; no catalogue of the portal's."""

FIRST_DAY = date.min.isoformat()

_CODES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "procedures": lambda item: str(item["code"]),
    NATIONAL: lambda item: str(item["MATTHC"]),
    "agencies": lambda item: str(item["code"]),
    "units": lambda item: str(item["code"]),
    "calendar": lambda item: str(item["date"]),
    "forms": lambda item: f"{item['form_set'].replace('/', '-')}-{item['number']}",
    "fees": lambda item: f"{item.get('procedure_code') or ''}-{item['fee_code']}",
}
"""What names an item within its catalogue."""


class ReferenceRow(Base):
    """One version of an item, whole; ``begins`` and ``ends`` are days, ``ends`` the last one."""

    __tablename__ = "reference_item"
    catalogue: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    begins: Mapped[str] = mapped_column(primary_key=True)
    ends: Mapped[str | None]
    body: Mapped[str]


class PlaceRow(Base):
    """How far one catalogue was told, and how the portal names what it last answered."""

    __tablename__ = "reference_place"
    catalogue: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[str]
    etag: Mapped[str | None]
    fetched_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the desk stands in one catalogue.

    Attributes:
        since: The portal's own mark; changes after it are asked for.
        etag: Of the answer to just that question, None while it was not asked.
    """

    since: str
    etag: str | None


@dataclass(frozen=True, slots=True)
class Delta:
    """What the portal told of one catalogue, all pages of it.

    Attributes:
        whole: Everything there is; what is not in it is no more.
        removed: Codes that are no more.
    """

    catalogue: str
    items: Sequence[Mapping[str, Any]]
    removed: Sequence[str]
    whole: bool
    place: Place


def code_of(catalogue: str, item: Mapping[str, Any]) -> str:
    """Return what names *item* within its catalogue.

    Raises:
        KeyError: It lacks the field that does.
    """
    return _CODES[catalogue](item)


def take_in(session: Session, delta: Delta, moment: datetime) -> None:
    """Keep what the portal told and how far it went, together."""
    name = delta.catalogue
    gone = set(delta.removed)
    if delta.whole:
        held = session.scalars(select(ReferenceRow.code).where(ReferenceRow.catalogue == name))
        gone |= set(held) - {code_of(name, item) for item in delta.items}
    session.execute(
        delete(ReferenceRow).where(ReferenceRow.catalogue == name, ReferenceRow.code.in_(gone))
    )
    for item in delta.items:
        session.merge(
            ReferenceRow(
                catalogue=name,
                code=code_of(name, item),
                begins=str(item.get("effective_from") or FIRST_DAY),
                ends=item.get("effective_to"),
                body=json.dumps(item, ensure_ascii=False, sort_keys=True),
            )
        )
    note_place(session, name, delta.place, moment)


def find_place(session: Session, catalogue: str) -> Place | None:
    """Return how far *catalogue* was told, None before the first time."""
    row = session.get(PlaceRow, catalogue)
    return None if row is None else Place(row.since, row.etag)


def note_place(session: Session, catalogue: str, place: Place, moment: datetime) -> None:
    """Note how far *catalogue* was told."""
    session.merge(
        PlaceRow(catalogue=catalogue, since=place.since, etag=place.etag, fetched_at=moment)
    )


def in_force(session: Session, catalogue: str, day: date) -> list[dict[str, Any]]:
    """Return every item that holds on *day*, by code; of two the one that began later."""
    rows = session.execute(
        select(ReferenceRow.code, ReferenceRow.body)
        .where(
            ReferenceRow.catalogue == catalogue,
            ReferenceRow.begins <= day.isoformat(),
            or_(ReferenceRow.ends.is_(None), ReferenceRow.ends >= day.isoformat()),
        )
        .order_by(ReferenceRow.code, ReferenceRow.begins)
    )
    latest = {code: body for code, body in rows}
    return [json.loads(body) for body in latest.values()]


def all_of(session: Session, catalogue: str) -> list[dict[str, Any]]:
    """Return every version of every item, of past days and of days to come, by code and day."""
    rows = session.scalars(
        select(ReferenceRow.body)
        .where(ReferenceRow.catalogue == catalogue)
        .order_by(ReferenceRow.code, ReferenceRow.begins)
    )
    return [json.loads(body) for body in rows]


def ended(session: Session, catalogue: str, day: date) -> tuple[str, ...]:
    """Return the codes of items that held once and hold no more on *day*."""
    held = select(ReferenceRow.code).where(ReferenceRow.catalogue == catalogue)
    now = held.where(
        ReferenceRow.begins <= day.isoformat(),
        or_(ReferenceRow.ends.is_(None), ReferenceRow.ends >= day.isoformat()),
    )
    past = held.where(ReferenceRow.ends < day.isoformat(), ReferenceRow.code.not_in(now))
    return tuple(session.scalars(past.distinct().order_by(ReferenceRow.code)))
