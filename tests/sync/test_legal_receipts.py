"""The legal receipt of money taken here, asked of the whole sandbox portal over real HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select, update

from counter.acts import GiveBack, Leader, SettleReceipt
from counter.desk import acts
from counter.desk.today import today
from counter.errors import NoReceiptTrouble, ReasonShort, ReceiptByHand
from counter.store.dossiers import get_by_code
from counter.store.legal_receipts import LegalReceiptRow, LegalState
from counter.store.life_tables import MoneyRow
from counter.store.tables import FeeRow, HistoryRow
from counter.today import Group
from counter.values import Dong
from sync.sandbox.faults import Fault
from sync.sandbox.process import SandboxProcess
from tests.sync.test_desk_and_portal import Office
from tests.sync.test_payments import FEE, Cashier, at_work, office, sandbox

__all__ = ["office", "sandbox"]

LEADER = Leader("Lê Thị Mẫu")


@pytest.fixture
def cashier(office: Office, sandbox: SandboxProcess) -> Cashier:
    found = at_work(office, sandbox)
    fee = FeeRow(
        dossier=office.dossier(found.code).row,
        position=90,
        code="LP-HT-1",
        name="Lệ phí đăng ký",
        kind="SERVICE_FEE",
        quantity=1,
        unit_price=FEE,
        amount=FEE,
        exempt_reason=None,
    )
    with office.context.store.writing() as session:
        session.add(fee)
    return found


def receipt_of(cashier: Cashier) -> tuple[MoneyRow, LegalReceiptRow]:
    with cashier.office.context.store.reading() as session:
        row = cashier.office.dossier(cashier.code).row
        query = select(MoneyRow).where(MoneyRow.dossier == row, MoneyRow.kind == "receipt")
        money = session.scalars(query).one()
        return money, session.scalars(
            select(LegalReceiptRow).where(LegalReceiptRow.id == money.id)
        ).one()


def at_portal(cashier: Cashier) -> list[dict[str, Any]]:
    """The legal receipts the portal made for the money of this dossier."""
    money, _ = receipt_of(cashier)
    found = cashier.sandbox.papers()
    return [paper for paper in found if paper.get("receipt_id") == str(money.id)]


def history(cashier: Cashier) -> list[tuple[str, str]]:
    with cashier.office.context.store.reading() as session:
        row = cashier.office.dossier(cashier.code).row
        query = select(HistoryRow).where(HistoryRow.dossier == row).order_by(HistoryRow.position)
        return [(line.event, line.text) for line in session.scalars(query)]


def has_task(cashier: Cashier) -> bool:
    (group,) = (g for g in today(cashier.office.context).groups if g.group is Group.MONEY)
    return cashier.dossier in {line.id for line in group.lines}


def void(cashier: Cashier) -> None:
    acts.act(cashier.office.context, cashier.dossier, GiveBack("Thu nhầm", LEADER, voided=True))


def test_cash_gets_its_legal_number_once_the_desk_is_online(cashier: Cashier) -> None:
    cashier.collect_cash()
    before, _ = receipt_of(cashier)

    cashier.office.sync()

    money, legal = receipt_of(cashier)
    (made,) = at_portal(cashier)
    written = f"{made['template']} {made['series']} {made['number']}"
    assert (before.official_number, money.official_number) == (None, written)
    assert (legal.state, made["total"]) == (LegalState.ISSUED, FEE)
    last = history(cashier)[-1]
    assert last == ("receipt.issued", f"{money.number} · {written} · {made['lookup_code']}")
    assert not has_task(cashier)


@pytest.mark.parametrize("fault", [Fault.TOOK_IT_THEN_HUNG_UP, Fault.TWICE, Fault.SERVER_ERROR])
def test_a_lost_answer_makes_no_second_number(cashier: Cashier, fault: Fault) -> None:
    cashier.collect_cash()
    cashier.sandbox.strike([fault], "createReceipt")

    cashier.office.sync()
    cashier.office.sync()

    (made,) = at_portal(cashier)
    money, _ = receipt_of(cashier)
    assert money.official_number is not None
    assert money.official_number.endswith(made["number"])
    assert [event for event, _ in history(cashier)].count("receipt.issued") == 1


def test_voided_money_voids_its_legal_receipt(cashier: Cashier) -> None:
    cashier.collect_cash()
    cashier.office.sync()

    void(cashier)
    cashier.sandbox.strike([Fault.TOOK_IT_THEN_HUNG_UP], "voidReceipt")
    cashier.office.sync()

    (made,) = at_portal(cashier)
    money, legal = receipt_of(cashier)
    assert (made["state"], made["void_reason"], legal.state) == (
        "voided",
        "Thu nhầm",
        LegalState.VOIDED,
    )
    assert money.official_number is not None  # the fact stays in the books
    assert [event for event, _ in history(cashier)].count("receipt.voided") == 1


def test_money_voided_before_the_portal_answered_leaves_no_valid_receipt(cashier: Cashier) -> None:
    cashier.collect_cash()
    void(cashier)

    cashier.office.sync()

    assert [made["state"] for made in at_portal(cashier)] == ["voided"]


def test_a_refusal_is_a_task_with_its_reason_until_the_number_is_keyed(cashier: Cashier) -> None:
    cashier.collect_cash()
    with cashier.office.context.store.writing() as session:
        money, legal = receipt_of(cashier)
        wrong = legal.body.replace(f'"total": {FEE}', '"total": 1')
        session.execute(
            update(LegalReceiptRow).where(LegalReceiptRow.id == legal.id).values(body=wrong)
        )

    cashier.office.sync()

    assert receipt_of(cashier)[1].state == LegalState.REFUSED
    assert history(cashier)[-1] == (
        "receipt.refused",
        f"{money.number} · tổng tiền khác tổng các dòng",
    )
    assert has_task(cashier)

    cashier.desk.drawer().bind(money.number, f"tay {money.number}")

    assert not has_task(cashier)


def test_a_number_keyed_by_hand_is_not_asked_for(cashier: Cashier) -> None:
    cashier.collect_cash()
    money, _ = receipt_of(cashier)
    cashier.desk.drawer().bind(money.number, f"giấy {money.number}")

    cashier.office.sync()

    assert at_portal(cashier) == []
    assert receipt_of(cashier)[0].official_number == f"GIẤY {money.number}"


def all_at_portal(cashier: Cashier) -> list[tuple[str, int, str]]:
    """State, sum and reason of every legal receipt over the money of this dossier."""
    with cashier.office.context.store.reading() as session:
        row = cashier.office.dossier(cashier.code).row
        own = {str(id_) for id_ in session.scalars(select(MoneyRow.id).filter_by(dossier=row))}
    found = [paper for paper in cashier.sandbox.papers() if paper.get("receipt_id") in own]
    return [(made["state"], made["total"], made.get("void_reason") or "") for made in found]


def give_back(cashier: Cashier, reason: str = "Được miễn lệ phí", **how: bool) -> None:
    acts.act(cashier.office.context, cashier.dossier, GiveBack(reason, LEADER, **how))


def settle(cashier: Cashier, reason: str, *, again: bool = False) -> None:
    acts.act(cashier.office.context, cashier.dossier, SettleReceipt(reason, again))


def spoil_void(cashier: Cashier, reason: str = "x") -> None:
    """Let the void be one that the portal refuses."""
    _, legal = receipt_of(cashier)
    body = json.loads(legal.void_body or "{}") | {"reason": reason}
    with cashier.office.context.store.writing() as session:
        session.execute(
            update(LegalReceiptRow)
            .where(LegalReceiptRow.id == legal.id)
            .values(void_body=json.dumps(body))
        )


def test_a_refund_voids_the_legal_receipt_as_well(cashier: Cashier) -> None:
    cashier.collect_cash()
    cashier.office.sync()

    give_back(cashier)
    cashier.office.sync()

    assert all_at_portal(cashier) == [("voided", FEE, "Được miễn lệ phí")]
    assert not has_task(cashier)


@pytest.mark.parametrize("online_before", [True, False])
def test_what_is_left_of_a_part_refund_has_a_legal_receipt_of_its_own(
    cashier: Cashier, *, online_before: bool
) -> None:
    cashier.collect_cash()
    if online_before:
        cashier.office.sync()
    with cashier.office.context.store.writing() as session:  # the fee is found too high
        row = get_by_code(session, cashier.code)
        row.fee_total = Dong(5000)

    give_back(cashier, excess=True)
    cashier.office.sync()
    cashier.office.sync()

    assert sorted(all_at_portal(cashier)) == [
        ("issued", 5000, ""),
        ("voided", FEE, "Được miễn lệ phí"),
    ]
    give_back(cashier, "Trả lại hết")
    cashier.office.sync()
    assert sorted(all_at_portal(cashier)) == [
        ("voided", 5000, "Trả lại hết"),
        ("voided", FEE, "Được miễn lệ phí"),
    ]


@pytest.mark.parametrize("reason", ["x", " ab "])
def test_money_is_not_given_back_for_a_reason_the_portal_would_refuse(
    cashier: Cashier, reason: str
) -> None:
    cashier.collect_cash()

    with pytest.raises(ReasonShort):
        give_back(cashier, reason)

    assert cashier.money() == [("cash", FEE)]


def test_a_refused_void_is_a_task_until_somebody_says_how_it_was_settled(cashier: Cashier) -> None:
    cashier.collect_cash()
    cashier.office.sync()
    void(cashier)
    spoil_void(cashier)
    cashier.office.sync()
    before = has_task(cashier)

    settle(cashier, "Đã hủy ở hệ thống biên lai")

    assert (before, has_task(cashier)) == (True, False)
    assert history(cashier)[-1] == ("receipt.settled", "Đã hủy ở hệ thống biên lai")
    with pytest.raises(NoReceiptTrouble):
        settle(cashier, "Lần nữa")


def test_a_refused_void_can_be_asked_once_more(cashier: Cashier) -> None:
    cashier.collect_cash()
    cashier.office.sync()
    void(cashier)
    spoil_void(cashier)
    cashier.office.sync()

    settle(cashier, "Cổng đã sửa", again=True)
    cashier.office.sync()

    assert all_at_portal(cashier) == [("voided", FEE, "Cổng đã sửa")]
    assert (receipt_of(cashier)[1].state, has_task(cashier)) == (LegalState.VOIDED, False)


def test_a_number_keyed_by_hand_is_voided_by_hand(cashier: Cashier) -> None:
    cashier.collect_cash()
    money, _ = receipt_of(cashier)
    cashier.desk.drawer().bind(money.number, f"tay {money.number}")

    void(cashier)
    cashier.office.sync()

    assert has_task(cashier)
    assert "receipt.void_by_hand" in [event for event, _ in history(cashier)]
    with pytest.raises(ReceiptByHand):
        settle(cashier, "Nhờ cổng", again=True)
    settle(cashier, "Đã hủy ở hệ thống biên lai")
    assert (has_task(cashier), all_at_portal(cashier)) == (False, [])
