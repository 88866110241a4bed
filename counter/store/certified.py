"""The book of certified copies on disk: one entry for each document, numbered without a gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from counter.store.tables import Base, DossierRow
from counter.values import Dong


class CertifiedRow(Base):
    """One document: its number, what it cost, and who signed its copies."""

    __tablename__ = "certified"
    __table_args__ = (UniqueConstraint("volume", "number"),)
    row: Mapped[int] = mapped_column(primary_key=True, init=False)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"), index=True)
    volume: Mapped[str]
    number: Mapped[int]
    document: Mapped[str]
    pages: Mapped[int]
    copies: Mapped[int]
    fee: Mapped[Dong]
    at: Mapped[datetime] = mapped_column(index=True)
    signed_at: Mapped[datetime | None] = mapped_column(default=None)
    signer: Mapped[str | None] = mapped_column(default=None)


@dataclass(frozen=True, slots=True)
class BookLine:
    """One entry of the book with whose document it is."""

    number: int
    volume: str
    document: str
    pages: int
    copies: int
    fee: Dong
    at: datetime
    signer: str
    person: str = field(repr=False)
    status: int


def of_dossier(session: Session, dossier: int) -> Sequence[CertifiedRow]:
    """Return a dossier's entries in their order."""
    query = select(CertifiedRow).where(CertifiedRow.dossier == dossier)
    return session.scalars(query.order_by(CertifiedRow.row)).all()


def open_dossiers(session: Session, statuses: Iterable[int]) -> Sequence[DossierRow]:
    """Return the dossiers with entries that stand in one of *statuses*, oldest first."""
    with_entries = select(CertifiedRow.dossier)
    return session.scalars(
        select(DossierRow)
        .where(DossierRow.row.in_(with_entries), DossierRow.status.in_(list(statuses)))
        .order_by(DossierRow.row)
    ).all()


def note_signed(session: Session, dossier: int, signer: str, moment: datetime) -> None:
    """Keep who signed a dossier's copies, once."""
    session.execute(
        update(CertifiedRow)
        .where(CertifiedRow.dossier == dossier, CertifiedRow.signed_at.is_(None))
        .values(signed_at=moment, signer=signer)
    )


def book(session: Session, begin: datetime, end: datetime) -> tuple[BookLine, ...]:
    """Return the entries made from *begin* until before *end*, in the order of their numbers."""
    rows = session.execute(
        select(CertifiedRow, DossierRow.applicant_name, DossierRow.status)
        .join(DossierRow, DossierRow.row == CertifiedRow.dossier)
        .where(CertifiedRow.at >= begin, CertifiedRow.at < end)
        .order_by(CertifiedRow.volume, CertifiedRow.number)
    )
    return tuple(
        BookLine(
            number=entry.number,
            volume=entry.volume,
            document=entry.document,
            pages=entry.pages,
            copies=entry.copies,
            fee=entry.fee,
            at=entry.at,
            signer=entry.signer or "",
            person=person,
            status=status,
        )
        for entry, person, status in rows
    )
