"""Payments by VietQR carried to the portal: opened, looked after, taken back.

The portal's word alone makes money of a code. What it says is kept here, at once; the counter
puts it into its books. A code whose check sum, sum or receiver is not what was asked for is never
shown to anybody.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from counter.errors import BadPaymentQr, PortalConflict, PortalRefusedMessage
from counter.payments import PaymentState
from counter.store import payments
from counter.store.payments import Code, Errand, Money
from counter.store.store import Transaction
from counter.values import Dong
from counter.vietqr import read_payload
from sync.contract import Payment, payment_news
from sync.errands import AtHand

log = logging.getLogger(__name__)

AGAIN = timedelta(seconds=5)
"""How long the portal is left alone about one payment (the contract's own bound)."""

FEATURE = "payments.vietqr"


@dataclass(slots=True)
class Payments:
    """The errands of payments."""

    at_hand: AtHand

    def carry(self, features: tuple[str, ...], go_on: Callable[[], bool]) -> None:
        """Ask the portal whatever is to be asked about payments now.

        Raises:
            PortalSilent: The rest is asked again; the portal knows a repeat by its id.
        """
        with self.at_hand.store.reading() as session:
            errands = payments.errands(session, self.at_hand.clock(), AGAIN)
        for errand in errands:
            if not go_on():
                return
            if FEATURE not in features and errand.state is PaymentState.WANTED:
                self._close(errand, PaymentState.REFUSED, json.dumps({"type": "no-payments"}))
            elif errand.state is PaymentState.WANTED:
                self._open(errand)
            else:
                self._follow(errand)

    def _follow(self, errand: Errand) -> None:
        """Look after or take back one payment; a refusal of it holds up no other."""
        try:
            if errand.state is PaymentState.DROPPING:
                self._take_back(errand)
            else:
                self._look(errand)
        except (PortalConflict, PortalRefusedMessage) as refusal:
            log.warning("the portal does not answer about payment %s: %s", errand.id, refusal.code)
            with self.at_hand.store.writing() as session:
                payments.note_looked(session, errand.id, self.at_hand.clock())

    def _open(self, errand: Errand) -> None:
        try:
            told = self.at_hand.portal.open_payment(errand.body.encode())
        except (PortalConflict, PortalRefusedMessage) as refusal:
            self._close(errand, PaymentState.REFUSED, str(refusal.fields["trouble"]))
            return
        wrong = _wrong(errand, told)
        with self.at_hand.store.writing() as session:
            if told.state == "pending" and wrong:
                log.error("the portal's payment code is not shown: %s", wrong)
                payments.note_unusable(session, errand.id, json.dumps({"type": wrong}))
            elif told.state == "pending":
                code = Code(told.vietqr, told.receiver, told.expires_at)
                payments.note_code(session, errand.id, code, self.at_hand.clock())
            else:
                _note(session, told, self.at_hand.clock())
        self.at_hand.tell((errand.dossier_id,))

    def _look(self, errand: Errand) -> None:
        told = self.at_hand.portal.find_payment(errand.id)
        with self.at_hand.store.writing() as session:
            payments.note_looked(session, errand.id, self.at_hand.clock())
            if told is None:  # restored from a backup made before it was opened
                payments.note_closed(session, errand.id, PaymentState.CANCELLED)
            else:
                _note(session, told, self.at_hand.clock())
        if told is None or told.state != "pending":
            self.at_hand.tell((errand.dossier_id,))

    def _take_back(self, errand: Errand) -> None:
        try:
            told = self.at_hand.portal.cancel_payment(errand.id)
        except PortalConflict:  # closed already: paid, expired or cancelled
            told = self.at_hand.portal.find_payment(errand.id)
        with self.at_hand.store.writing() as session:
            if told is None:
                payments.note_closed(session, errand.id, PaymentState.CANCELLED)
            else:
                _note(session, told, self.at_hand.clock())
        self.at_hand.tell((errand.dossier_id,))

    def _close(self, errand: Errand, state: PaymentState, trouble: str) -> None:
        with self.at_hand.store.writing() as session:
            payments.note_closed(session, errand.id, state, trouble)
        self.at_hand.tell((errand.dossier_id,))


def take_in(session: Transaction, data: object, moment: datetime) -> UUID | None:
    """Keep the portal's news of a payment, heard of at *moment*.

    Returns:
        Whose dossier it is about, None without one.
    """
    told = payment_news(data)
    if told is None:
        log.info("news of a payment does not fit the contract")
        return None
    _note(session, told, moment)
    return told.dossier_id


def _note(session: Transaction, told: Payment, moment: datetime) -> None:
    at = told.paid_at or told.created_at
    money = Money(told.payment_id, told.dossier_id, Dong(told.amount), at, told.bank_ref)
    if told.state == "paid":
        payments.note_money(session, money)
    elif told.state == "refunded":
        payments.note_refund(session, money, moment)
    elif told.state in {"expired", "cancelled"}:
        payments.note_closed(session, told.payment_id, PaymentState(told.state))


def _wrong(errand: Errand, told: Payment) -> str:
    """Return what is wrong with a code that is to be shown; empty when it may be."""
    try:
        transfer = read_payload(told.vietqr)
    except BadPaymentQr as error:
        return f"bad-code-{error.fields['reason']}"
    if transfer.amount != errand.amount or told.amount != errand.amount:
        return "other-amount"
    named = told.beneficiary
    if named is not None and (named.bin, named.account) != (transfer.bin, transfer.account):
        return "other-account"
    return ""
