"""Legal receipts of the portal on disk: what it is asked for each receipt of money, its answer.

A row is written with the money it belongs to; the courier moves it on. ``void_body`` is what the
portal is asked with once the money was voided: a receipt that it may have made is made sure of
first and voided then, so that no number is left valid by a lost answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from counter.store.life_tables import MoneyRow
from counter.store.outbox import DOSSIER, ERASED_BODY
from counter.store.tables import Base, DossierRow, HistoryRow, OutboxRow


class LegalState(StrEnum):
    """How a legal receipt stands."""

    WANTED = "wanted"
    ISSUED = "issued"
    VOIDED = "voided"
    REFUSED = "refused"
    """The portal gives or voids none; ``trouble`` says why."""


class LegalReceiptRow(Base):
    """The legal receipt of one receipt of money, under the same id.

    ``body`` is what the portal is asked with, unchanged in every repeat.
    """

    __tablename__ = "legal_receipt"
    __table_args__ = (
        CheckConstraint("state IN ('wanted', 'issued', 'voided', 'refused')", name="state"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    dossier: Mapped[int] = mapped_column(ForeignKey("dossier.row"), index=True)
    state: Mapped[str] = mapped_column(index=True)
    body: Mapped[str]
    void_body: Mapped[str | None] = mapped_column(default=None)
    template: Mapped[str] = mapped_column(default="")
    series: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    lookup_code: Mapped[str] = mapped_column(default="")
    issued_at: Mapped[datetime | None] = mapped_column(default=None)
    trouble: Mapped[str | None] = mapped_column(default=None)


@dataclass(frozen=True, slots=True)
class LegalErrand:
    """One thing the courier has to ask the portal; *voids* tells which of the two."""

    id: UUID
    dossier_id: UUID
    voids: bool
    body: str


@dataclass(frozen=True, slots=True)
class Issued:
    """What the portal gave."""

    template: str
    series: str
    number: str
    lookup_code: str
    at: datetime

    @property
    def written(self) -> str:
        """Template, series and number as one line, the way the drawer keeps it."""
        return f"{self.template} {self.series} {self.number}".upper()


def want(session: Session, receipt: MoneyRow, body: str) -> None:
    """Keep that a legal receipt is wanted for *receipt*."""
    session.add(
        LegalReceiptRow(
            id=receipt.id, dossier=receipt.dossier, state=LegalState.WANTED.value, body=body
        )
    )
    session.flush()


def want_void(session: Session, receipt: UUID, body: str) -> None:
    """Keep that the legal receipt of *receipt*, where one was asked for, is to be voided."""
    row = session.get(LegalReceiptRow, receipt)
    if row is not None and row.void_body is None:
        row.void_body = body
        session.flush()


def lookup_code(session: Session, receipt: UUID) -> str:
    """Return the code a legal receipt is looked up with, empty where there is none."""
    row = session.get(LegalReceiptRow, receipt)
    return "" if row is None else row.lookup_code


def errands(session: Session) -> list[LegalErrand]:
    """Return what is to be asked of the portal now.

    A receipt whose legal number was keyed by hand is not asked for; none is asked for before the
    portal has its dossier.
    """
    untold = exists().where(
        OutboxRow.dossier_id == DossierRow.id,
        OutboxRow.kind == DOSSIER,
        OutboxRow.dossier_seq == 1,
        OutboxRow.state != "settled",
    )
    asks = and_(
        LegalReceiptRow.state == LegalState.WANTED.value, MoneyRow.official_number.is_(None)
    )
    voids = and_(
        LegalReceiptRow.state == LegalState.ISSUED.value, LegalReceiptRow.void_body.is_not(None)
    )
    rows = session.execute(
        select(LegalReceiptRow, DossierRow.id)
        .join(MoneyRow, MoneyRow.id == LegalReceiptRow.id)
        .join(DossierRow, DossierRow.row == LegalReceiptRow.dossier)
        .where(or_(asks, voids), ~untold, LegalReceiptRow.body != ERASED_BODY)
        .order_by(LegalReceiptRow.id)
    )
    return [
        LegalErrand(
            row.id,
            dossier,
            row.state == LegalState.ISSUED.value,
            (row.void_body or "") if row.state == LegalState.ISSUED.value else row.body,
        )
        for row, dossier in rows
    ]


def note_issued(session: Session, receipt: UUID, issued: Issued, moment: datetime) -> None:
    """Bind the legal number to its receipt; one keyed by hand meanwhile is not replaced."""
    row, money = session.get(LegalReceiptRow, receipt), session.get(MoneyRow, receipt)
    if row is None or money is None or row.state != LegalState.WANTED.value:
        return
    row.state = LegalState.ISSUED.value
    row.template, row.series, row.number = issued.template, issued.series, issued.number
    row.lookup_code, row.issued_at = issued.lookup_code, issued.at
    if money.official_number is None:
        money.official_number = issued.written
    told = f"{money.number} · {issued.written}"
    if issued.lookup_code:
        told = f"{told} · {issued.lookup_code}"
    _tell(session, row, "receipt.issued", told, moment)


def note_voided(session: Session, receipt: UUID, moment: datetime) -> None:
    """Keep that the portal has voided the legal receipt."""
    row = session.get(LegalReceiptRow, receipt)
    if row is None or row.state != LegalState.ISSUED.value:
        return
    row.state = LegalState.VOIDED.value
    _tell(session, row, "receipt.voided", f"{row.template} {row.series} {row.number}", moment)


def note_refused(
    session: Session, receipt: UUID, *, reason: str, trouble: str, moment: datetime
) -> None:
    """Keep that the portal gives or voids no such receipt: an officer's task from then on."""
    row = session.get(LegalReceiptRow, receipt)
    if row is None or row.state not in {LegalState.WANTED.value, LegalState.ISSUED.value}:
        return
    row.state, row.trouble = LegalState.REFUSED.value, trouble
    money = session.get(MoneyRow, receipt)
    told = reason if money is None else f"{money.number} · {reason}"
    _tell(session, row, "receipt.refused", told, moment)


def refused_dossiers() -> Select[int]:
    """Return, as a subquery, the dossiers with a refused legal receipt that nobody put right.

    A number keyed by hand puts a receipt right; a void that was refused stays.
    """
    is_void = LegalReceiptRow.void_body.is_not(None)
    was_issued = LegalReceiptRow.number != ""
    return (
        select(LegalReceiptRow.dossier)
        .join(MoneyRow, MoneyRow.id == LegalReceiptRow.id)
        .where(
            LegalReceiptRow.state == LegalState.REFUSED.value,
            or_(and_(is_void, was_issued), and_(~is_void, MoneyRow.official_number.is_(None))),
        )
    )


def _tell(session: Session, row: LegalReceiptRow, event: str, text: str, moment: datetime) -> None:
    dossier, money = session.get(DossierRow, row.dossier), session.get(MoneyRow, row.id)
    if dossier is None or money is None:
        return
    last = session.scalar(
        select(func.max(HistoryRow.position)).where(HistoryRow.dossier == row.dossier)
    )
    session.add(
        HistoryRow(
            dossier=row.dossier,
            position=(last or 0) + 1,
            at=moment,
            event=event,
            status=dossier.status,
            officer_id=money.officer_id,
            officer_name=money.officer_name,
            text=text,
        )
    )
    session.flush()
