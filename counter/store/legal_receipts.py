"""Legal receipts of the portal on disk: what it is asked for each receipt of money, its answer.

A row is written with the money it belongs to; the courier moves it on. ``void_body`` is what the
portal is asked with once the money was voided: a receipt that it may have made is made sure of
first and voided then, so that no number is left valid by a lost answer. What is left of a receipt
that was paid back in part has a legal receipt of its own, under the id of the refund.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
)
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
    """The portal gives or voids none: an officer's task until ``settled_at``."""


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
    settled_at: Mapped[datetime | None] = mapped_column(default=None)


@dataclass(frozen=True, slots=True)
class LegalErrand:
    """One thing the courier has to ask the portal; *voids* tells which of the two."""

    id: UUID
    dossier_id: UUID
    voids: bool
    body: str = field(repr=False)


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


def want_void(session: Session, receipt: MoneyRow, body: str, moment: datetime) -> None:
    """Keep that every legal receipt over the money of *receipt* is to be voided.

    One whose number was keyed by hand is unknown to the portal; voiding it is an officer's task.
    """
    entries = select(MoneyRow).where(or_(MoneyRow.id == receipt.id, MoneyRow.of == receipt.id))
    for money in session.scalars(entries.order_by(MoneyRow.at, MoneyRow.id)).all():
        row = session.get(LegalReceiptRow, money.id)
        if row is None and money.official_number is not None:
            row = LegalReceiptRow(
                id=money.id, dossier=money.dossier, state=LegalState.REFUSED.value, body=""
            )
            session.add(row)
        if row is None or row.void_body is not None:
            continue
        row.void_body = body
        if row.number == "" and money.official_number is not None:
            row.state, row.settled_at = LegalState.REFUSED.value, None
            told = f"{money.number} · {money.official_number}"
            _tell(session, row, "receipt.void_by_hand", told, moment)
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
    """Return, as a subquery, the dossiers with a refused legal receipt that nobody put right."""
    joined = select(LegalReceiptRow.dossier).join(MoneyRow, MoneyRow.id == LegalReceiptRow.id)
    return joined.where(_is_refused())


def refused_of(session: Session, dossier: DossierRow) -> Sequence[LegalReceiptRow]:
    """Return the refused legal receipts of one dossier that nobody put right, oldest first."""
    joined = select(LegalReceiptRow).join(MoneyRow, MoneyRow.id == LegalReceiptRow.id)
    wanted = joined.where(LegalReceiptRow.dossier == dossier.row, _is_refused())
    return session.scalars(wanted.order_by(LegalReceiptRow.id)).all()


def ask_again(row: LegalReceiptRow, body: str | None) -> bool:
    """Let the portal be asked once more; say whether it can be.

    Args:
        body: What it is asked with where it refused a void.
    """
    if row.void_body is None:
        row.state = LegalState.WANTED.value
    elif row.number:
        row.state, row.void_body = LegalState.ISSUED.value, body
    else:
        return False
    row.trouble = None
    return True


def _is_refused() -> ColumnElement[bool]:
    """Return whether a legal receipt, joined with its money, wants somebody.

    A number keyed by hand puts a receipt right; a void that was refused is put right by an officer.
    """
    is_void = LegalReceiptRow.void_body.is_not(None)
    was_issued = or_(LegalReceiptRow.number != "", MoneyRow.official_number.is_not(None))
    return and_(
        LegalReceiptRow.state == LegalState.REFUSED.value,
        LegalReceiptRow.settled_at.is_(None),
        or_(and_(is_void, was_issued), and_(~is_void, MoneyRow.official_number.is_(None))),
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
