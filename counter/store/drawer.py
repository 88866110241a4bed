"""The counts of the cash drawer on disk; a count is never edited, the next one corrects it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from counter.drawer import CASH, VIETQR, MoneyLine
from counter.store.life_tables import MoneyRow
from counter.store.tables import Base, DossierRow
from counter.values import Dong


class DrawerRow(Base):
    """One closing of the drawer; ``counts`` is how many of each note, as JSON text."""

    __tablename__ = "drawer"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime] = mapped_column(index=True)
    expected: Mapped[Dong]
    counted: Mapped[Dong]
    by_transfer: Mapped[Dong]
    counts: Mapped[str]
    remark: Mapped[str]
    officer_id: Mapped[str]
    officer_name: Mapped[str]


def last_closed(session: Session) -> datetime | None:
    """Return when the drawer was closed last, None before the first time."""
    return session.scalar(select(func.max(DrawerRow.closed_at)))


def taken_since(session: Session, since: datetime | None) -> tuple[MoneyLine, ...]:
    """Return every fact of this desk's own money after *since*, oldest first."""
    query = select(MoneyRow, DossierRow.applicant_name, DossierRow.procedure_name).join(
        DossierRow, DossierRow.row == MoneyRow.dossier
    )
    query = query.where(MoneyRow.method.in_((CASH, VIETQR)))
    if since is not None:
        query = query.where(MoneyRow.at > since)
    # of one moment the receipt comes before its void or refund, as the letters do
    rows = session.execute(query.order_by(MoneyRow.at, MoneyRow.kind, MoneyRow.id))
    return tuple(
        MoneyLine(
            number=money.number,
            at=money.at,
            payer=payer,
            what=what,
            amount=money.amount,
            kind=money.kind,
            method=money.method,
            official=money.official_number,
            officer=money.officer_name,
        )
        for money, payer, what in rows
    )


def find_receipt(session: Session, number: str) -> MoneyRow | None:
    """Return the receipt with this internal number, None when there is none."""
    return session.scalar(
        select(MoneyRow).where(MoneyRow.number == number, MoneyRow.kind == "receipt")
    )


def is_bound(session: Session, official: str) -> bool:
    """Tell whether a legal receipt's number stands with a receipt already."""
    found = select(MoneyRow.id).where(MoneyRow.official_number == official).limit(1)
    return session.scalar(found) is not None
