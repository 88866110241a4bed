"""Who asked for a person at a kiosk, and which officer goes there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from counter.office.tables import HelpRow
from counter.office.tickets import Place

WAITS = timedelta(minutes=30)
"""Somebody who asked longer ago has found help or has left."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who waits for a person at *place*."""

    row: int
    place: str
    at: datetime


def ask(session: Session, place: str, moment: datetime) -> None:
    """Note that somebody at *place* wants a person; asking while that is open changes nothing."""
    if all(waits.place != place for waits in waiting(session, moment)):
        session.add(HelpRow(place=place, at=moment))


def waiting(session: Session, moment: datetime) -> list[Asked]:
    """Return who waits for a person, longest first."""
    rows = session.scalars(
        select(HelpRow)
        .where(HelpRow.answered_at.is_(None), HelpRow.at > moment - WAITS)
        .order_by(HelpRow.row)
    )
    return [Asked(row.row, row.place, row.at) for row in rows]


def answer(session: Session, row: int, place: Place, moment: datetime) -> bool:
    """Note that somebody goes there; False when another officer was faster."""
    asked = session.get(HelpRow, row)
    if asked is None or asked.answered_at is not None:
        return False
    asked.answered_at, asked.answered_by = moment, place.officer or place.counter
    return True
