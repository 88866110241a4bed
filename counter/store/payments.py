"""Payments by VietQR on disk: what was asked of the portal, and what it said of each.

A row is written by the counter and moved on by the courier; every step names the states it may
start from, so that neither undoes what the other has just heard. ``paid`` is never left again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, Select, exists, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from counter.dossier import Status
from counter.payments import OPEN, Odd, PaymentState, PaymentView
from counter.people import THE_PROGRAM
from counter.store import life
from counter.store.outbox import DOSSIER, ERASED_BODY
from counter.store.tables import Base, DossierRow, OutboxRow
from counter.values import Dong, DossierId

HERE = "desk"
PORTAL = "portal"
"""Who asked for a payment: this desk, or the citizen at home or another desk."""

_NOTHING_DUE = (Status.REFUSED, Status.WITHDRAWN, Status.STOPPED)
"""States of a dossier of which no fee is taken any more."""


class PaymentRow(Base):
    """One payment. ``body`` is what the portal is asked with, unchanged in every repeat.

    ``booked_at`` is when its money entered the books, ``odd`` what was wrong with that.
    Money that the portal gave back was paid all the same: ``refunded_at`` and ``refund_booked_at``
    stand beside it.
    """

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint(
            "state IN ('wanted', 'shown', 'dropping', 'paid', 'expired', 'cancelled', 'refused')",
            name="state",
        ),
        CheckConstraint("state != 'paid' OR paid_amount IS NOT NULL", name="paid"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    dossier_id: Mapped[UUID] = mapped_column(index=True)
    origin: Mapped[str]
    amount: Mapped[Dong]
    purpose: Mapped[str]
    body: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    asked_at: Mapped[datetime]
    officer_id: Mapped[str]
    officer_name: Mapped[str]
    qr: Mapped[str | None] = mapped_column(default=None)
    account: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    looked_at: Mapped[datetime | None] = mapped_column(default=None)
    paid_at: Mapped[datetime | None] = mapped_column(default=None)
    paid_amount: Mapped[Dong | None] = mapped_column(default=None)
    bank_ref: Mapped[str | None] = mapped_column(default=None)
    trouble: Mapped[str | None] = mapped_column(default=None)
    booked_at: Mapped[datetime | None] = mapped_column(default=None, index=True)
    odd: Mapped[str] = mapped_column(default="")
    refunded_at: Mapped[datetime | None] = mapped_column(default=None, index=True)
    refund_booked_at: Mapped[datetime | None] = mapped_column(default=None)


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing the courier has to ask the portal about a payment."""

    id: UUID
    dossier_id: UUID
    state: PaymentState
    amount: Dong
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Code:
    """The code the portal gave."""

    qr: str
    account: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Money:
    """Money the portal has seen.

    Attributes:
        dossier_id: None where the payment belongs to no dossier.
    """

    payment: UUID
    dossier_id: UUID | None
    amount: Dong
    at: datetime
    bank_ref: str | None


def find(session: Session, payment: UUID) -> PaymentRow | None:
    """Return a payment, None when it is not known here."""
    return session.get(PaymentRow, payment)


def asked_by(payment: PaymentRow) -> tuple[str, str]:
    """Return id and name of the officer who asked for a payment; the program's where none did."""
    if not payment.officer_id:
        return THE_PROGRAM.id, THE_PROGRAM.name
    return payment.officer_id, payment.officer_name


def find_open(session: Session, dossier: UUID) -> PaymentRow | None:
    """Return the payment of a dossier that money may still come for, None without one."""
    return session.scalar(
        select(PaymentRow)
        .where(PaymentRow.dossier_id == dossier, PaymentRow.state.in_(OPEN))
        .order_by(PaymentRow.asked_at.desc())
        .limit(1)
    )


def find_unbooked(session: Session, dossier: UUID) -> PaymentRow | None:
    """Return a payment of a dossier that was paid and is not in the books yet."""
    return session.scalar(
        select(PaymentRow)
        .where(
            PaymentRow.dossier_id == dossier,
            PaymentRow.state == PaymentState.PAID,
            PaymentRow.booked_at.is_(None),
        )
        .limit(1)
    )


def unbooked(session: Session) -> list[tuple[PaymentRow, DossierRow]]:
    """Return what was paid and is not in the books, with the dossiers that are known here."""
    rows = session.execute(
        select(PaymentRow, DossierRow)
        .join(DossierRow, DossierRow.id == PaymentRow.dossier_id)
        .where(PaymentRow.state == PaymentState.PAID, PaymentRow.booked_at.is_(None))
        .order_by(PaymentRow.paid_at, PaymentRow.id)
    )
    return [(payment, dossier) for payment, dossier in rows]


def given_back(session: Session) -> list[tuple[PaymentRow, DossierRow]]:
    """Return what is in the books and was given back since, where the books do not say so yet."""
    rows = session.execute(
        select(PaymentRow, DossierRow)
        .join(DossierRow, DossierRow.id == PaymentRow.dossier_id)
        .where(
            PaymentRow.refunded_at.is_not(None),
            PaymentRow.booked_at.is_not(None),
            PaymentRow.refund_booked_at.is_(None),
        )
        .order_by(PaymentRow.refunded_at, PaymentRow.id)
    )
    return [(payment, dossier) for payment, dossier in rows]


def has_unbooked(session: Session) -> bool:
    """Tell whether money that came, or went back, waits for the books."""
    came = (PaymentRow.state == PaymentState.PAID) & PaymentRow.booked_at.is_(None)
    went = PaymentRow.refunded_at.is_not(None) & PaymentRow.refund_booked_at.is_(None)
    return bool(session.scalar(select(exists().where(or_(came, went)))))


def errands(session: Session, moment: datetime, again: timedelta) -> list[Errand]:
    """Return what is to be asked of the portal now.

    A payment is opened only once the portal has its dossier, and looked at no sooner than *again*
    after the last time.
    """
    untold = exists().where(
        OutboxRow.dossier_id == PaymentRow.dossier_id,
        OutboxRow.kind == DOSSIER,
        OutboxRow.dossier_seq == 1,
        OutboxRow.state != "settled",
    )
    rest = or_(PaymentRow.looked_at.is_(None), PaymentRow.looked_at <= moment - again)
    rows = session.scalars(
        select(PaymentRow)
        .where(
            or_(
                (PaymentRow.state == PaymentState.WANTED) & ~untold,
                (PaymentRow.state == PaymentState.DROPPING) & ~untold,
                (PaymentRow.state == PaymentState.SHOWN) & rest,
            )
        )
        .order_by(PaymentRow.asked_at)
    )
    return [
        Errand(row.id, row.dossier_id, PaymentState(row.state), row.amount, row.body)
        for row in rows
    ]


def note_code(session: Session, payment: UUID, code: Code, moment: datetime) -> None:
    """Keep the code of a payment that is still wanted."""
    session.execute(
        update(PaymentRow)
        .where(PaymentRow.id == payment, PaymentRow.state == PaymentState.WANTED)
        .values(
            state=PaymentState.SHOWN.value,
            qr=code.qr,
            account=code.account,
            expires_at=code.expires_at,
            looked_at=moment,
        )
    )


def note_looked(session: Session, payment: UUID, moment: datetime) -> None:
    """Keep when a payment was last asked about."""
    session.execute(update(PaymentRow).where(PaymentRow.id == payment).values(looked_at=moment))


def note_closed(
    session: Session, payment: UUID, state: PaymentState, trouble: str | None = None
) -> None:
    """Keep that an open payment ended without money."""
    session.execute(
        update(PaymentRow)
        .where(PaymentRow.id == payment, PaymentRow.state.in_(OPEN))
        .values(state=state.value, trouble=trouble)
    )


def note_unusable(session: Session, payment: UUID, trouble: str) -> None:
    """Take back a payment whose code must not be shown."""
    session.execute(
        update(PaymentRow)
        .where(PaymentRow.id == payment, PaymentRow.state == PaymentState.WANTED)
        .values(state=PaymentState.DROPPING.value, trouble=trouble)
    )


def note_money(session: Session, money: Money) -> bool:
    """Keep that money came, also late and also for a payment nobody here asked for.

    Returns:
        Whether this was news.
    """
    row = session.get(PaymentRow, money.payment)
    if row is None:
        if money.dossier_id is None:
            return False
        session.add(
            PaymentRow(
                id=money.payment,
                dossier_id=money.dossier_id,
                origin=PORTAL,
                amount=money.amount,
                purpose="",
                body="",
                state=PaymentState.PAID.value,
                asked_at=money.at,
                officer_id="",
                officer_name="",
                paid_at=money.at,
                paid_amount=money.amount,
                bank_ref=money.bank_ref,
            )
        )
        session.flush()
        return True
    if row.state == PaymentState.PAID:
        return False
    row.state = PaymentState.PAID.value
    row.paid_at, row.paid_amount, row.bank_ref = money.at, money.amount, money.bank_ref
    session.flush()
    return True


def note_refund(session: Session, money: Money, moment: datetime) -> None:
    """Keep that money came and that the portal gave it back, heard of at *moment*."""
    note_money(session, money)
    session.execute(
        update(PaymentRow)
        .where(PaymentRow.id == money.payment, PaymentRow.refunded_at.is_(None))
        .values(refunded_at=moment)
    )


def erase(session: Session, dossiers: Sequence[UUID]) -> None:
    """Erase what was written of payments in words; amounts, days and the bank's mark stay."""
    session.execute(
        update(PaymentRow)
        .where(PaymentRow.dossier_id.in_(dossiers))
        .values(body=ERASED_BODY, qr=None, trouble=None)
    )


def odd_dossiers() -> Select[UUID]:
    """Return, as a subquery, the dossiers whose money came wrong and is not put right.

    A fee that the portal gave back is owed again, unless the dossier ended without a result.
    """
    return (
        select(PaymentRow.dossier_id)
        .join(DossierRow, DossierRow.id == PaymentRow.dossier_id)
        .where(
            PaymentRow.odd != Odd.NONE.value,
            life.paid() != DossierRow.fee_total,
            or_(
                life.paid() != 0,
                (PaymentRow.odd == Odd.REFUNDED.value) & DossierRow.status.not_in(_NOTHING_DUE),
            ),
        )
    )


def value_of(row: PaymentRow) -> PaymentView:
    """Return *row* as everybody else sees it."""
    return PaymentView(
        id=row.id,
        dossier_id=DossierId(row.dossier_id),
        amount=row.amount,
        purpose=row.purpose,
        state=PaymentState(row.state),
        asked_at=row.asked_at,
        qr=row.qr,
        account=row.account,
        expires_at=row.expires_at,
        paid_at=row.paid_at,
        paid_amount=row.paid_amount,
        trouble=row.trouble,
        odd=Odd(row.odd),
        refunded_at=row.refunded_at,
    )


def request_of(
    *, payment: UUID, dossier: UUID, amount: Dong, purpose: str, officer: dict[str, str]
) -> str:
    """Return what the portal is asked with (``PaymentRequest``), the same bytes for ever."""
    asked = {
        "payment_id": str(payment),
        "dossier_id": str(dossier),
        "amount": amount,
        "purpose": purpose,
        "officer": officer,
    }
    return json.dumps(asked, ensure_ascii=False, sort_keys=True)
