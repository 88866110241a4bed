"""A fee paid by VietQR, from the cashier to the bank and back, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import pytest
import requests
from sqlalchemy import delete, select, update

from counter.acts import Collect
from counter.desk import acts, checking
from counter.desk.desk import Desk
from counter.errors import PaymentOpen, PortalRefusedMessage
from counter.payments import Odd, PaymentState, PaymentView
from counter.store.dossiers import get_by_code
from counter.store.life_tables import MoneyRow
from counter.store.payments import Errand, PaymentRow
from counter.store.tables import DossierRow
from counter.values import Dong, DossierId, now, uuid7
from counter.vietqr import read_payload
from sync import payments
from sync.contract import Payment
from sync.errands import AtHand
from sync.payments import take_in
from sync.sandbox.faults import Fault
from sync.sandbox.money import vietqr
from sync.sandbox.process import SECRET, SandboxProcess
from tests.conftest import ExpectedLog
from tests.sync.test_desk_and_portal import Office

if TYPE_CHECKING:
    from sync.portal import Portal

FEE = Dong(8000)


@dataclass
class Cashier:
    """The cashier of one office, with a dossier that costs 8.000 đ and that the portal has."""

    office: Office
    sandbox: SandboxProcess
    code: str

    @property
    def desk(self) -> Desk:
        return Desk(self.office.context)

    @property
    def dossier(self) -> DossierId:
        return DossierId(self.office.dossier(self.code).id)

    def ask(self) -> PaymentView:
        """Ask for a code and let the courier fetch it."""
        asked = self.desk.payments().ask(self.dossier)
        self.office.sync()
        return self.look(asked)

    def look(self, payment: PaymentView) -> PaymentView:
        return self.desk.payments().look(payment.id)

    def collect_cash(self, *, unheard: bool = False) -> None:
        acts.act(self.office.context, self.dossier, Collect(unheard=unheard))

    def settle(self) -> list[Odd]:
        own = self.dossier
        settled = self.desk.payments().settle()
        return [booked.odd for booked in settled if booked.payment.dossier_id == own]

    def money(self) -> list[tuple[str, int]]:
        own = select(DossierRow.row).where(DossierRow.id == self.dossier).scalar_subquery()
        query = select(MoneyRow).where(MoneyRow.dossier == own)
        with self.office.context.store.reading() as session:
            rows = session.scalars(query.order_by(MoneyRow.at, MoneyRow.id))
            return [(row.method, row.amount) for row in rows]

    def at_portal(self) -> list[dict[str, Any]]:
        """The payments that the portal has of the dossier."""
        own = str(self.dossier)
        return [found for found in self.sandbox.payments() if found["dossier_id"] == own]

    def told(self) -> list[str]:
        """What the portal was told of the dossier."""
        own = str(self.dossier)
        return [event["kind"] for event in self.sandbox.events() if event["dossier_id"] == own]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask about a payment in every round: these rounds follow each other at once."""
    monkeypatch.setattr(payments, "AGAIN", timedelta(0))


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    """One portal for all of these: each has a dossier of its own."""
    desks = {"H55.242-Q01": SECRET, "H55.242-Q02": SECRET}
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
    return at_work(office, sandbox)


def at_work(office: Office, sandbox: SandboxProcess) -> Cashier:
    (code,) = office.receive(1)
    with office.context.store.writing() as session:
        row = get_by_code(session, code)
        row.fee_total = FEE
        session.execute(delete(MoneyRow).where(MoneyRow.dossier == row.row))
    office.sync()
    return Cashier(office, sandbox, code)


def test_the_code_of_the_portal_is_shown_byte_for_byte(
    cashier: Cashier, sandbox: SandboxProcess
) -> None:
    shown = cashier.ask()

    (kept,) = cashier.at_portal()
    assert (shown.state, shown.qr) == (PaymentState.SHOWN, kept["vietqr"])
    assert shown.qr is not None
    assert read_payload(shown.qr).amount == FEE
    assert cashier.settle() == []


def test_money_comes_by_the_feed_and_the_portal_hears_of_it_once(
    cashier: Cashier, sandbox: SandboxProcess
) -> None:
    shown = cashier.ask()
    sandbox.pay(str(shown.id))
    cashier.office.sync()

    odd = cashier.settle()
    cashier.office.sync()
    cashier.office.sync()

    assert (odd, cashier.settle()) == ([Odd.NONE], [])
    assert cashier.money() == [("vietqr", FEE)]
    assert cashier.told().count("payment_done") == 1
    assert checking.verify(cashier.office.context) == ()


def test_money_that_the_feed_forgot_is_found_by_asking(
    cashier: Cashier, sandbox: SandboxProcess
) -> None:
    shown = cashier.ask()
    sandbox.pay(str(shown.id))
    sandbox.expire_cursors()

    cashier.office.sync()

    assert cashier.look(shown).state is PaymentState.PAID


def test_an_answer_that_was_lost_opens_no_second_payment(
    cashier: Cashier, sandbox: SandboxProcess
) -> None:
    sandbox.strike([Fault.TOOK_IT_THEN_HUNG_UP], "createPayment")

    shown = cashier.ask()

    assert len(cashier.at_portal()) == 1
    assert shown.state is PaymentState.SHOWN


def test_money_comes_after_the_program_was_started_again(
    tmp_path: Path, sandbox: SandboxProcess
) -> None:
    before = Office(tmp_path / "one", sandbox, "H55.242-Q02", data=tmp_path / "data")
    before.sync()
    cashier = at_work(before, sandbox)
    shown = cashier.ask()
    before.close()
    sandbox.pay(str(shown.id))

    after = Cashier(
        Office(tmp_path / "two", sandbox, "H55.242-Q02", data=tmp_path / "data"),
        sandbox,
        cashier.code,
    )
    after.office.sync()
    odd = after.settle()
    money = after.money()
    after.office.close()

    assert (odd, money) == ([Odd.NONE], [("vietqr", FEE)])


def test_cash_waits_until_the_portal_has_taken_the_code_back(
    cashier: Cashier, sandbox: SandboxProcess
) -> None:
    shown = cashier.ask()
    cashier.desk.payments().drop(shown.id)
    with pytest.raises(PaymentOpen):
        cashier.collect_cash()

    cashier.office.sync()
    cashier.collect_cash()

    assert cashier.look(shown).state is PaymentState.CANCELLED
    assert [payment["state"] for payment in cashier.at_portal()] == ["cancelled"]
    assert cashier.money() == [("cash", FEE)]


def test_money_that_came_while_the_code_was_taken_back_wins(
    cashier: Cashier, sandbox: SandboxProcess
) -> None:
    shown = cashier.ask()
    sandbox.pay(str(shown.id))
    cashier.desk.payments().drop(shown.id)

    cashier.office.sync()

    assert cashier.settle() == [Odd.NONE]
    assert cashier.money() == [("vietqr", FEE)]


def test_late_money_after_cash_is_kept_as_a_second_payment(
    cashier: Cashier, sandbox: SandboxProcess
) -> None:
    shown = cashier.ask()
    cashier.desk.payments().drop(shown.id)
    cashier.office.sync()
    cashier.collect_cash()
    sandbox.pay(str(shown.id))

    cashier.office.sync()
    odd = cashier.settle()
    cashier.office.sync()

    assert odd == [Odd.TWICE]
    assert cashier.money() == [("cash", FEE), ("vietqr", FEE)]
    assert cashier.told().count("payment_done") == 1
    assert cashier.told()[-1] == "note"


@pytest.mark.parametrize(("amount", "odd"), [(1000, Odd.SHORT), (80_000, Odd.OVER)])
def test_another_sum_is_money_but_not_the_fee(
    cashier: Cashier, sandbox: SandboxProcess, amount: int, odd: Odd
) -> None:
    shown = cashier.ask()
    sandbox.pay(str(shown.id), amount)
    cashier.office.sync()

    found = cashier.settle()
    cashier.office.sync()

    assert found == [odd]
    assert cashier.money() == [("vietqr", amount)]
    assert "payment_done" not in cashier.told()


def test_money_the_portal_gave_back_is_no_payment_any_more(
    cashier: Cashier, sandbox: SandboxProcess
) -> None:
    shown = cashier.ask()
    sandbox.pay(str(shown.id))
    cashier.office.sync()
    cashier.settle()
    sandbox.refund(str(shown.id))

    cashier.office.sync()
    odd = cashier.settle()
    cashier.office.sync()

    assert odd == [Odd.REFUNDED]
    assert cashier.money() == [("vietqr", FEE), ("vietqr", -FEE)]
    assert cashier.told()[-1] == "note"
    assert cashier.look(shown).refunded_at is not None
    assert checking.verify(cashier.office.context) == ()


def test_a_code_the_province_took_back_is_cancelled_here_too(
    cashier: Cashier, sandbox: SandboxProcess
) -> None:
    shown = cashier.ask()
    sandbox.cancel_payment(str(shown.id))

    cashier.office.sync()

    assert cashier.look(shown).state is PaymentState.CANCELLED
    assert (cashier.settle(), cashier.money()) == ([], [])


def test_time_that_is_over_is_noticed_and_a_new_code_can_be_had(
    cashier: Cashier, sandbox: SandboxProcess
) -> None:
    first = cashier.ask()
    sandbox.expire_payment(str(first.id))
    cashier.office.sync()
    over = cashier.look(first).state

    second = cashier.ask()

    assert (over, second.state) == (PaymentState.EXPIRED, PaymentState.SHOWN)
    assert second.id != first.id


def test_a_payment_the_restored_portal_has_forgotten_is_closed(cashier: Cashier) -> None:
    shown = cashier.ask()
    lost = uuid7()
    with cashier.office.context.store.writing() as session:
        session.execute(update(PaymentRow).where(PaymentRow.id == shown.id).values(id=lost))

    cashier.office.sync()

    assert cashier.desk.payments().look(lost).state is PaymentState.CANCELLED


def test_what_is_paid_at_home_is_told_to_the_desk(
    cashier: Cashier, sandbox: SandboxProcess
) -> None:
    sandbox.pay_at_home(str(cashier.dossier), FEE)
    cashier.office.sync()

    odd = cashier.settle()

    assert (odd, cashier.money()) == ([Odd.NONE], [("online", FEE)])


def test_two_desks_hear_of_one_payment_and_neither_counts_it_twice(
    tmp_path: Path, cashier: Cashier, sandbox: SandboxProcess
) -> None:
    sister = Cashier(Office(tmp_path / "sister", sandbox, "H55.242-Q02"), sandbox, cashier.code)
    sister.office.sync()
    shown = cashier.ask()
    sandbox.pay(str(shown.id))
    for _ in range(2):
        cashier.office.sync()
        cashier.settle()
    sister.office.sync()

    odd = sister.settle()
    sister.office.sync()
    found = sister.money()
    sister.office.close()

    assert odd in ([], [Odd.NONE])
    assert len(found) <= 1
    assert cashier.money() == [("vietqr", FEE)]


@pytest.mark.parametrize(
    ("amount", "reason"), [(9000, "other-amount"), (None, "bad-code-crc")], ids=["amount", "crc"]
)
def test_a_code_that_is_not_what_was_asked_for_is_never_shown(
    cashier: Cashier, sandbox: SandboxProcess, amount: int | None, reason: str
) -> None:
    asked = cashier.desk.payments().ask(cashier.dossier)
    good = read_like(asked, amount)

    found = payments._wrong(good[0], good[1])

    assert found == reason


class Refusing:
    """A portal that refuses every question about payments and says which were asked."""

    def __init__(self) -> None:
        self.asked: list[UUID] = []

    def find_payment(self, payment: UUID) -> None:
        self.asked.append(payment)
        raise PortalRefusedMessage(status=403, trouble="forbidden")

    def cancel_payment(self, payment: UUID) -> None:
        self.find_payment(payment)


def test_a_payment_that_the_portal_refuses_holds_up_no_other(
    office: Office, sandbox: SandboxProcess, expected_log: ExpectedLog
) -> None:
    expected_log.expect("the portal does not answer about payment")
    cashiers = [at_work(office, sandbox) for _ in range(3)]
    shown = [cashier.ask() for cashier in cashiers]
    cashiers[0].desk.payments().drop(shown[0].id)
    moment = now() + timedelta(hours=1)
    portal, store = Refusing(), office.context.store
    at_hand = AtHand(store, cast("Portal", portal), lambda: moment, lambda _dossiers: None)

    payments.Payments(at_hand).carry((payments.FEATURE,), lambda: True)

    ids = {payment.id for payment in shown}
    assert [asked for asked in portal.asked if asked in ids] == [payment.id for payment in shown]
    with store.reading() as session:
        rows = session.scalars(select(PaymentRow).where(PaymentRow.id.in_(ids))).all()
    assert {row.looked_at for row in rows} == {moment}
    assert [cashier.look(was).state for cashier, was in zip(cashiers, shown, strict=True)] == [
        PaymentState.DROPPING,
        PaymentState.SHOWN,
        PaymentState.SHOWN,
    ]


def read_like(asked: PaymentView, amount: int | None) -> tuple[Errand, Payment]:
    """What the courier compares: what was asked, and an answer with another sum or a bad end."""
    code = vietqr(amount or asked.amount, asked.purpose)
    told = Payment.model_validate(
        {
            "payment_id": str(asked.id),
            "dossier_id": str(asked.dossier_id),
            "amount": asked.amount,
            "state": "pending",
            "vietqr": code if amount else code[:-4] + "0000",
            "created_at": "2026-11-25T08:00:00+07:00",
            "expires_at": "2026-11-25T08:30:00+07:00",
        }
    )
    return Errand(asked.id, asked.dossier_id, asked.state, asked.amount, ""), told


def test_news_that_is_no_payment_changes_nothing(cashier: Cashier) -> None:
    with cashier.office.context.store.writing() as session:
        found = take_in(
            session, {"payment_id": "x", "state": "paid"}, cashier.office.context.clock()
        )
        kept = session.scalars(
            select(PaymentRow).where(PaymentRow.dossier_id == cashier.dossier)
        ).all()

    assert (found, list(kept)) == (None, [])


def test_a_person_can_let_money_come_on_the_page_of_the_sandbox(
    cashier: Cashier, sandbox: SandboxProcess
) -> None:
    shown = cashier.ask()

    page = requests.get(sandbox.panel_url, timeout=10).text
    pressed = requests.post(
        f"{sandbox.panel_url}_sandbox/pay",
        data={"payment_id": str(shown.id), "amount": "4000"},
        timeout=10,
    )
    after = requests.get(sandbox.panel_url, timeout=10).text

    assert [word in page for word in ("Trả thiếu", "Trả thừa", "Hết hạn", "8.000 đ")] == [True] * 4
    assert pressed.ok
    assert UUID(cashier.at_portal()[0]["payment_id"]) == shown.id
    assert "4.000 đ" in after
