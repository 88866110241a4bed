"""Money given back: a new fact, and no legal receipt that says more than is left."""

from __future__ import annotations

from counter.desk import legal_receipts
from counter.desk.case import Case
from counter.store import life
from counter.store.life_tables import MoneyRow
from counter.values import Dong, uuid7


def give_back(
    case: Case, receipt: MoneyRow, amount: Dong, *, kind: str, reason: str, leader: str = ""
) -> str:
    """Book that *amount* of *receipt* was given back; return the number of the new entry.

    Args:
        kind: ``void`` or ``refund``.
        leader: Who confirmed it; empty when the portal gave it back.
    """
    number = case.number("money", "PT")
    desk = case.context.settings.settings.desk
    entry = life.give_back(
        case.session,
        receipt,
        entry=uuid7(case.moment),
        number=number,
        amount=amount,
        kind=kind,
        reason=reason,
        leader=leader,
        moment=case.moment,
        officer=(desk.officer_id, desk.officer_name),
    )
    legal_receipts.give_back(case, receipt, entry, reason)
    return number
