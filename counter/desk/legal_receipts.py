"""What the portal is asked with for the legal receipt of money, and for its void.

Written in the money's own transaction; the courier carries it. The national interface has no such
service, and a dossier of another system is receipted there.
"""

from __future__ import annotations

import json

from counter.acts import SettleReceipt
from counter.desk.case import Case
from counter.desk.facts import Fact, long_reason_of
from counter.drawer import CASH, VIETQR
from counter.errors import NoReceiptTrouble, ReceiptByHand
from counter.messages import fee_line
from counter.store import legal_receipts, life
from counter.store.life_tables import MoneyRow
from counter.values import Dong, rfc3339

GATEWAY = "motcua"
"""The interface that opens payments and gives receipts; the national one has no such service."""

PART = "Một phần phí, lệ phí"
LONGEST_REASON = 500


def want(case: Case, receipt: MoneyRow) -> None:
    """Ask for the legal receipt of *receipt*, where this desk took the money."""
    if _is_given(case, receipt):
        _ask(case, receipt, receipt.amount)


def give_back(case: Case, receipt: MoneyRow, entry: MoneyRow, reason: str) -> None:
    """Ask that no legal receipt says more than what is left of *receipt*.

    The contract changes no receipt: what was given is voided, and what is left of the money gets
    one of its own, under the id of *entry*, the fact that gave the other part back.
    """
    asked = _void(case, reason)
    legal_receipts.want_void(case.session, receipt, asked, case.moment)
    left = life.left_of(case.session, receipt)
    if left > 0 and _is_given(case, receipt):
        _ask(case, entry, left)


def settle(case: Case, asked: SettleReceipt) -> Fact:
    """Put right what the portal refused: settled elsewhere, or asked once more.

    Raises:
        NoReceiptTrouble: Nothing of this dossier was refused.
        ReceiptByHand: The portal does not know the receipt; it cannot be asked.
        ReasonNeeded, ReasonShort: There is none.
    """
    reason = long_reason_of(asked.reason)
    refused = legal_receipts.refused_of(case.session, case.row)
    if not refused:
        raise NoReceiptTrouble
    for row in refused:
        if not asked.again:
            row.settled_at = case.moment
        elif not legal_receipts.ask_again(row, _void(case, reason)):
            raise ReceiptByHand
    event = "receipt.asked_again" if asked.again else "receipt.settled"
    return Fact(event, "note", reason)


def _is_given(case: Case, receipt: MoneyRow) -> bool:
    """Tell whether the portal gives receipts for money that was taken so."""
    settings = case.context.settings.settings
    is_ours = receipt.method in {CASH, VIETQR} and not case.row.system
    return settings.portal.interface == GATEWAY and is_ours


def _ask(case: Case, entry: MoneyRow, amount: Dong) -> None:
    """Ask for a legal receipt over *amount* under the id of *entry*."""
    settings = case.context.settings.settings
    fees = life.fees(case.session, case.row)
    if not fees:
        return
    lines = [fee_line(fee) for fee in fees]
    if sum(fee.amount for fee in fees) != amount:
        part = {"name": PART, "quantity": 1, "exempt": False, "exempt_reason": None}
        lines = [lines[0] | part | {"unit_price": amount, "amount": amount}]
    asked = {
        "receipt_id": str(entry.id),
        "local_number": entry.number,
        "agency_code": settings.office.agency_code,
        "desk_id": settings.desk.id,
        "dossier_ids": [str(case.row.id)],
        "payer_name": case.row.applicant_name,
        "payer_address": case.row.address or None,
        "method": entry.method,
        "payment_id": str(entry.of or entry.id) if entry.method == VIETQR else None,
        "lines": lines,
        "total": amount,
        "collected_at": rfc3339(entry.at),
        "officer": {"officer_id": entry.officer_id, "full_name": entry.officer_name},
    }
    body = json.dumps(asked, ensure_ascii=False, sort_keys=True)
    legal_receipts.want(case.session, entry, body)


def _void(case: Case, reason: str) -> str:
    """Return what the portal is asked with to void a receipt."""
    desk = case.context.settings.settings.desk
    asked = {
        "reason": reason[:LONGEST_REASON],
        "voided_at": rfc3339(case.moment),
        "officer": {"officer_id": desk.officer_id, "full_name": desk.officer_name},
    }
    return json.dumps(asked, ensure_ascii=False, sort_keys=True)
