"""Results that came to the desk, and how each was given out; inside one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from counter.acts import Relation, ReturnResult
from counter.store.life_tables import ResultRow, ReturnRow
from counter.store.tables import DossierRow
from counter.values import local_day


def add_result(session: Session, row: DossierRow, name: str, number: str, moment: datetime) -> None:
    """Keep that a result came to the desk."""
    session.add(ResultRow(dossier=row.row, at=moment, name=name, number=number))


def last_result(session: Session, row: DossierRow) -> ResultRow | None:
    """Return the newest result, None when none came."""
    return session.scalar(
        select(ResultRow)
        .where(ResultRow.dossier == row.row)
        .order_by(ResultRow.row.desc())
        .limit(1)
    )


def add_return(session: Session, row: DossierRow, asked: ReturnResult, moment: datetime) -> None:
    """Keep who fetched the result, and on what ground."""
    session.add(
        ReturnRow(
            dossier=row.row,
            at=moment,
            receiver=asked.receiver.strip(),
            relation=asked.relation.value,
            last4=asked.last4,
            authorisation=asked.authorisation.strip(),
            slip_collected=asked.slip_collected,
            undertaking=asked.undertaking,
        )
    )


def last_return(session: Session, row: DossierRow) -> ReturnRow | None:
    """Return how the result was given out, None when it was not, or was taken back."""
    return session.scalar(
        select(ReturnRow)
        .where(ReturnRow.dossier == row.row, ReturnRow.recalled_at.is_(None))
        .order_by(ReturnRow.row.desc())
        .limit(1)
    )


def returned(session: Session, row: DossierRow) -> ReturnResult | None:
    """Return the same as the act it was."""
    last = last_return(session, row)
    if last is None:
        return None
    return ReturnResult(
        receiver=last.receiver,
        relation=Relation(last.relation),
        last4=last.last4,
        identity_checked=True,
        slip_collected=last.slip_collected,
        signed=True,
        undertaking=last.undertaking,
        authorisation=last.authorisation,
    )


def correct_return(session: Session, was: ReturnRow, given: ReturnResult, moment: datetime) -> None:
    """Let *given* stand for what *was* noted wrongly; the time of the return stays."""
    was.recalled_at = moment
    session.add(
        ReturnRow(
            dossier=was.dossier,
            at=was.at,
            receiver=given.receiver,
            relation=given.relation.value,
            last4=given.last4,
            authorisation=given.authorisation,
            slip_collected=was.slip_collected,
            undertaking=was.undertaking,
        )
    )
    session.flush()


def recall(session: Session, row: DossierRow, moment: datetime) -> bool:
    """Note that today's return was a mistake; say whether there was one today."""
    last = last_return(session, row)
    if last is None or local_day(last.at) != local_day(moment):
        return False
    last.recalled_at = moment
    return True
