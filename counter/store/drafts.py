"""Visits that are not dossiers yet, kept as text in the encrypted database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from counter.store.people_tables import DraftRow

_KIND = "visit:"


def put(session: Session, visit: UUID, body: str, moment: datetime) -> None:
    """Keep *body* as what stands of *visit* now."""
    session.merge(DraftRow(name=f"{_KIND}{visit.hex}", at=moment, body=body))


def kept_at(session: Session, visit: UUID) -> datetime | None:
    """Return when *visit* was last kept, None when it is not there."""
    name = f"{_KIND}{visit.hex}"
    return session.scalar(select(DraftRow.at).where(DraftRow.name == name))


_FORGET = delete(DraftRow).where(DraftRow.name == bindparam("visit"))


def forget(session: Session, visit: UUID) -> None:
    """Forget *visit*; one that is not there changes nothing."""
    session.connection().execute(_FORGET, {"visit": f"{_KIND}{visit.hex}"})


def forget_before(session: Session, moment: datetime) -> None:
    """Forget what nobody touched since *moment*."""
    session.execute(delete(DraftRow).where(DraftRow.at < moment))


def every(session: Session) -> Sequence[DraftRow]:
    """Return all that is kept, the latest first."""
    return session.scalars(
        select(DraftRow).where(DraftRow.name.startswith(_KIND)).order_by(DraftRow.at.desc())
    ).all()
