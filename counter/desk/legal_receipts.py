"""What the portal is asked with for the legal receipt of money, and for its void.

Written in the money's own transaction; the courier carries it. The national interface has no such
service, and a dossier of another system is receipted there.
"""

from __future__ import annotations

import json

from counter.desk.case import Case
from counter.drawer import CASH, VIETQR
from counter.messages import fee_line
from counter.store import legal_receipts, life
from counter.store.life_tables import MoneyRow
from counter.values import rfc3339

GATEWAY = "motcua"
"""The interface that opens payments and gives receipts; the national one has no such service."""

REST = "Phần phí, lệ phí còn phải nộp"
LONGEST_REASON = 500


def want(case: Case, receipt: MoneyRow) -> None:
    """Ask for the legal receipt of *receipt*, where this desk took the money."""
    settings = case.context.settings.settings
    fees = life.fees(case.session, case.row)
    is_ours = receipt.method in {CASH, VIETQR} and not case.row.system
    if settings.portal.interface != GATEWAY or not is_ours or not fees:
        return
    lines = [fee_line(fee) for fee in fees]
    if sum(fee.amount for fee in fees) != receipt.amount:
        rest = {"name": REST, "quantity": 1, "exempt": False, "exempt_reason": None}
        lines = [lines[0] | rest | {"unit_price": receipt.amount, "amount": receipt.amount}]
    asked = {
        "receipt_id": str(receipt.id),
        "local_number": receipt.number,
        "agency_code": settings.office.agency_code,
        "desk_id": settings.desk.id,
        "dossier_ids": [str(case.row.id)],
        "payer_name": case.row.applicant_name,
        "payer_address": case.row.address or None,
        "method": receipt.method,
        "payment_id": str(receipt.id) if receipt.method == VIETQR else None,
        "lines": lines,
        "total": receipt.amount,
        "collected_at": rfc3339(receipt.at),
        "officer": {"officer_id": receipt.officer_id, "full_name": receipt.officer_name},
    }
    body = json.dumps(asked, ensure_ascii=False, sort_keys=True)
    legal_receipts.want(case.session, receipt, body)


def want_void(case: Case, receipt: MoneyRow, reason: str) -> None:
    """Ask that the legal receipt of *receipt* be voided."""
    desk = case.context.settings.settings.desk
    asked = {
        "reason": reason[:LONGEST_REASON].ljust(3, "."),
        "voided_at": rfc3339(case.moment),
        "officer": {"officer_id": desk.officer_id, "full_name": desk.officer_name},
    }
    body = json.dumps(asked, ensure_ascii=False, sort_keys=True)
    legal_receipts.want_void(case.session, receipt.id, body)
