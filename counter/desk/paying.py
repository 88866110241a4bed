"""Fees paid by VietQR: asked of the portal, taken back, and put into the books once it confirms.

The counter never speaks to the portal here: it writes what it wants, the courier carries it, and
what the portal says of money is kept by the courier and booked here, in the dossier's own
transaction. A late, doubled or wrong payment is money all the same, so it is booked too, told as
a note, and stands on the morning page until it is given back or made up. Money that the portal
itself gave back is a new fact beside its receipt, and its fee is owed again.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from counter.acts import ActKind, Collect
from counter.desk import legal_receipts
from counter.desk.acts import do
from counter.desk.case import Case
from counter.desk.context import Context
from counter.desk.facts import Fact
from counter.desk.giving_back import give_back
from counter.desk.legal_receipts import GATEWAY
from counter.desk.money_papers import code_paper
from counter.desk.receipts import note_history
from counter.desk.telling import tell
from counter.dossier import Status
from counter.drawer import ONLINE, VIETQR
from counter.errors import (
    NothingOwed,
    OnlyCash,
    PaymentCame,
    PaymentOpen,
    UnknownDossier,
    UnknownPayment,
    WrongActor,
    WrongStep,
)
from counter.money import written
from counter.payments import LEAST, MOST, Booked, Odd, PaymentState, PaymentView
from counter.people import Action, Seat, may
from counter.ports import PrintJob
from counter.store import life, payments
from counter.store.dossiers import find_row
from counter.store.life_tables import MoneyRow
from counter.store.payments import PaymentRow
from counter.store.tables import DossierRow
from counter.values import Dong, DossierId, uuid7

LONGEST_PURPOSE = 25
EVENTS = {
    Odd.TWICE: "money.came_twice",
    Odd.SHORT: "money.came_short",
    Odd.OVER: "money.came_over",
}
GIVEN_BACK = "Cổng thanh toán đã hoàn tiền"
"""Reason of a refund that no officer made."""


@dataclass(frozen=True, slots=True)
class PaymentDesk:
    """What is done with payments; see ``counter.payments.PaymentWork``."""

    context: Context

    @property
    def seat(self) -> Seat:
        """Where the officer sits."""
        return self.context.seat

    @may(Action.COLLECT)
    def ask(self, dossier_id: DossierId) -> PaymentView:
        """Ask the portal for a code over all that is owed; an open one is returned again.

        Raises:
            UnknownDossier: This desk does not hold it.
            NothingOwed: Nothing is left to be paid.
            OnlyCash: No code can be had for it.
            PaymentOpen: The one before is not taken back yet.
            PaymentCame: It was paid already.
            WrongStep, WrongActor: The dossier's state does not allow it.
        """
        context, moment = self.context, self.context.clock()
        desk = context.settings.settings.desk
        with context.store.writing() as session:
            row = find_row(session, dossier_id)
            if row is None:
                raise UnknownDossier
            Case(context, session, row, moment).way(ActKind.COLLECT)
            owed = life.owed(session, row)
            if owed <= 0:
                raise NothingOwed
            opens = context.settings.settings.portal.interface == GATEWAY
            if row.system or not (opens and LEAST <= owed <= MOST):
                raise OnlyCash
            if payments.find_unbooked(session, row.id) is not None:
                raise PaymentCame
            found = payments.find_open(session, row.id)
            if found is not None:
                if found.state == PaymentState.DROPPING or found.amount != owed:
                    raise PaymentOpen
                return payments.value_of(found)
            payment = uuid7(moment)
            purpose = (row.code or row.provisional_code or "")[:LONGEST_PURPOSE]
            asked = PaymentRow(
                id=payment,
                dossier_id=row.id,
                origin=payments.HERE,
                amount=owed,
                purpose=purpose,
                body=payments.request_of(
                    payment=payment,
                    dossier=row.id,
                    amount=owed,
                    purpose=purpose,
                    officer={"officer_id": desk.officer_id, "full_name": desk.officer_name},
                ),
                state=PaymentState.WANTED.value,
                asked_at=moment,
                officer_id=desk.officer_id,
                officer_name=desk.officer_name,
            )
            session.add(asked)
            session.flush()
            return payments.value_of(asked)

    @may(Action.COLLECT)
    def look(self, payment: UUID) -> PaymentView:
        """Return how a payment stands on disk.

        Raises:
            UnknownPayment: None here has this id.
        """
        with self.context.store.reading() as session:
            return payments.value_of(_get(session, payment))

    @may(Action.COLLECT)
    def print_code(self, payment: UUID) -> PrintJob:
        """Return the code of a payment on paper, for the citizen to take along.

        Raises:
            UnknownPayment: None here has this id.
            NoPaymentCode: Its code is not there yet, was taken back, or has ended.
        """
        with self.context.store.writing() as session:
            found = _get(session, payment)
            row = find_row(session, found.dossier_id)
            if row is None:
                raise UnknownPayment
            return code_paper(self.context, session, row, found)

    @may(Action.COLLECT)
    def drop(self, payment: UUID) -> PaymentView:
        """Take a payment back; what is closed already stays as it is.

        Raises:
            UnknownPayment: None here has this id.
        """
        with self.context.store.writing() as session:
            row = _get(session, payment)
            if row.state in {PaymentState.WANTED, PaymentState.SHOWN}:
                row.state = PaymentState.DROPPING.value
                session.flush()
            return payments.value_of(row)

    @may(Action.LOOK_UP)
    def settle(self) -> tuple[Booked, ...]:
        """Put into the books what the portal says was paid or given back; each once.

        The program does this and stands for it whoever sits there: the money has come already.
        A receipt names the officer who asked for the payment; nobody here asked what a citizen
        paid at home.
        """
        context, moment = self.context.of_the_program(), self.context.clock()
        with context.store.reading() as session:
            if not payments.has_unbooked(session):
                return ()
        with context.store.writing() as session:
            came = [
                _book(Case(context, session, dossier, moment), payment)
                for payment, dossier in payments.unbooked(session)
            ]
            went = [
                _book_refund(Case(context, session, dossier, moment), payment)
                for payment, dossier in payments.given_back(session)
            ]
        return tuple(one for one in (*came, *went) if one is not None)


def _get(session: Session, payment: UUID) -> PaymentRow:
    row = payments.find(session, payment)
    if row is None:
        raise UnknownPayment
    return row


def _book(case: Case, payment: PaymentRow) -> Booked:
    """Book one payment that came: as the dossier's fee, or as money that must be put right."""
    came = payment.paid_amount or payment.amount
    owed = life.owed(case.session, case.row)
    odd = Odd.TWICE if owed <= 0 else Odd.NONE
    if owed > 0 and came != owed:
        odd = Odd.SHORT if came < owed else Odd.OVER
    code = case.row.code or case.row.provisional_code or ""
    is_own = payment.origin == payments.HERE
    if not is_own and case.row.elsewhere and came != owed:
        payment.booked_at = case.moment  # the desk that received it tells of this money itself
        return Booked(payments.value_of(payment), code, "", Odd.NONE)
    is_back = payment.refunded_at is not None  # it pays for nothing, but came and went
    if odd is Odd.NONE and not is_back and _may_collect(case, payment):
        acted = do(case, Collect(payment.id))
        return Booked(payments.value_of(payment), code, acted.number or "", odd, acted)
    number = case.number("money", "PT")
    receipt = life.add_receipt(
        case.session,
        case.row,
        receipt_id=payment.id,
        number=number,
        amount=came,
        method=VIETQR if is_own else ONLINE,
        moment=case.moment,
        officer=payments.asked_by(payment),
    )
    if odd is Odd.SHORT and not is_back:  # what is beyond a fee is receipted once that went back
        legal_receipts.want(case, receipt)
    payment.booked_at, payment.odd = case.moment, odd.value
    fact = Fact(
        EVENTS.get(odd, "money.collected"), "note", f"{number} · {written(came)}", number=number
    )
    _note(case, fact, is_told=is_own)
    return Booked(payments.value_of(payment), code, number, odd)


def _book_refund(case: Case, payment: PaymentRow) -> Booked | None:
    """Book that the portal gave a payment back; None where the books say so already.

    What an officer gave back of it by hand is not given back twice.
    """
    payment.refund_booked_at = case.moment
    receipt = case.session.get(MoneyRow, payment.id)
    amount = Dong(0) if receipt is None else life.left_of(case.session, receipt)
    if receipt is None or amount <= 0:
        return None
    number = give_back(case, receipt, amount, kind="refund", reason=GIVEN_BACK)
    payment.odd = Odd.REFUNDED.value
    text = f"{number} · {receipt.number} · {written(amount)}"
    fact = Fact("money.refunded", "note", text, number=number)
    _note(case, fact, is_told=payment.origin == payments.HERE)
    code = case.row.code or case.row.provisional_code or ""
    return Booked(payments.value_of(payment), code, number, Odd.REFUNDED)


def _note(case: Case, fact: Fact, *, is_told: bool) -> None:
    """Write what happened into the history; what this desk asked for is told to the portal."""
    context, session, row, moment = case.context, case.session, case.row, case.moment
    if is_told:
        tell(context, session, row, fact, before=case.status.value, moment=moment)
    else:
        note_history(context, session, row, event=fact.event, moment=moment, text=fact.text)


def _may_collect(case: Case, payment: PaymentRow) -> bool:
    """Tell whether the dossier's state takes the money as its fee now.

    What a citizen paid at home moves a dossier only where it waits for just that.
    """
    if payment.origin != payments.HERE and not _waits_here(case.row):
        return False
    try:
        case.way(ActKind.COLLECT)
    except (WrongStep, WrongActor):
        return False
    return True


def _waits_here(row: DossierRow) -> bool:
    return row.status == Status.PAYMENT.value and row.elsewhere == ""
