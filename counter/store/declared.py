"""What was declared with each dossier, and what a person declared before."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from counter.declaring import Answer, Origin
from counter.store.tables import Base, DossierRow
from counter.values import CitizenNumber

EARLIER_DOSSIERS = 10
"""How many of a person's newest dossiers are looked through."""


class DeclaredRow(Base):
    """One answer of a dossier's declaration."""

    __tablename__ = "declared"
    __table_args__ = (UniqueConstraint("dossier", "key"),)
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"))
    key: Mapped[str]
    value: Mapped[str]
    origin: Mapped[str]


def put(session: Session, row: DossierRow, answers: Iterable[Answer]) -> None:
    """Keep the answers that say something with the dossier, in the open transaction."""
    session.add_all(
        DeclaredRow(dossier=row.row, key=a.key, value=a.value, origin=a.origin.value)
        for a in answers
        if a.value
    )


def of_dossier(session: Session, row: DossierRow) -> tuple[Answer, ...]:
    """Return what was declared with a dossier, in the order it was asked."""
    kept = session.scalars(
        select(DeclaredRow).where(DeclaredRow.dossier == row.row).order_by(DeclaredRow.row)
    )
    return tuple(Answer(each.key, each.value, Origin(each.origin)) for each in kept)


def procedures_of(session: Session, number: CitizenNumber) -> tuple[str, ...]:
    """Return the procedures of a person's newest dossiers, each once, the newest first."""
    codes = session.scalars(
        select(DossierRow.procedure_code)
        .where(DossierRow.applicant_number == number.digits)
        .order_by(DossierRow.received_at.desc())
        .limit(EARLIER_DOSSIERS)
    )
    return tuple(dict.fromkeys(codes))


def before(
    session: Session, number: CitizenNumber, among: ColumnElement[bool]
) -> dict[UUID, tuple[Answer, ...]]:
    """Return what a person declared in earlier dossiers *among* some, by id, the newest first.

    Telephone and mail address that were told at the desk count as declared.
    """
    rows = session.scalars(
        select(DossierRow)
        .where(DossierRow.applicant_number == number.digits, among)
        .order_by(DossierRow.received_at.desc())
        .limit(EARLIER_DOSSIERS)
    )
    found = {}
    for row in rows:
        told = {"phone": row.phone, "email": row.email}
        answers = [Answer(key, value, Origin.EARLIER) for key, value in told.items() if value]
        answers += of_dossier(session, row)
        if answers:
            found[row.id] = tuple(answers)
    return found
