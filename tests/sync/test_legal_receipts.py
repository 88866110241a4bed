"""The legal receipt of money taken here, asked of the whole sandbox portal over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select, update

from counter.acts import GiveBack, Leader
from counter.desk import acts
from counter.desk.today import today
from counter.store.legal_receipts import LegalReceiptRow, LegalState
from counter.store.life_tables import MoneyRow
from counter.store.tables import FeeRow, HistoryRow
from counter.today import Group
from sync.sandbox.faults import Fault
from sync.sandbox.process import SECRET, SandboxProcess
from tests.sync.test_desk_and_portal import Office
from tests.sync.test_payments import FEE, Cashier, at_work

LEADER = Leader("Lê Thị Mẫu")


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """One portal for all of these: each has a dossier of its own."""
    desks = {"H55.242-Q01": SECRET}
    with SandboxProcess(tmp_path_factory.mktemp("sandbox"), desks=desks) as running:
        yield running


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, sandbox: SandboxProcess) -> Iterator[Office]:
    found = Office(tmp_path_factory.mktemp("office") / "one", sandbox)
    found.sync()
    yield found
    found.close()


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
