"""A code is no money: what the portal says was paid enters the books once, whatever happened."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from counter.acts import Collect, GiveBack, Leader, Relation, ReturnResult, TakeResult
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.desk.opening import Opening, open_desk
from counter.errors import (
    FeesNotCollected,
    NoPaymentCode,
    NothingOwed,
    NothingPaid,
    NotPaid,
    OnlyCash,
    PaymentCame,
    PaymentOpen,
    UnknownDossier,
    UnknownPayment,
)
from counter.papers.desk import CashFacts, ToPayFacts
from counter.payments import Odd, PaymentState, PaymentView
from counter.store import payments
from counter.store.legal_receipts import LegalReceiptRow
from counter.store.life_tables import MoneyRow
from counter.store.payments import Code, Money
from counter.store.tables import DossierRow, HistoryRow, OutboxRow
from counter.today import Group
from counter.values import Dong, DossierId, uuid7
from counter.wording import WordedPaper
from counter.work import FeeQuantity, PaperBrought
from tests.counter.desk.conftest import RESOURCES, SetClock, asked

COPIES = "2.000815"
LEADER = Leader("Lê Văn Mẫu")
FEE = Dong(4000)


@pytest.fixture
def dossier(desk: Desk, clock: SetClock) -> DossierId:
    """Certified copies that cost 4.000 đ, just received and not paid."""
    return receive(desk, clock, pages=2)


def receive(desk: Desk, clock: SetClock, pages: int) -> DossierId:
    wanted = replace(
        asked(clock, COPIES),
        papers=(PaperBrought(0, 1, 0, 0),),
        quantities=(FeeQuantity("CT-BS-1", pages),),
    )
    return desk.receive(wanted).dossier_id


def show(context: Context, payment: PaymentView) -> None:
    """Let the portal's code arrive."""
    code = Code("00020101", "TAI KHOAN THU NGHIEM", context.clock() + timedelta(minutes=30))
    with context.store.writing() as session:
        payments.note_code(session, payment.id, code, context.clock())


def pay(context: Context, dossier: DossierId, payment: UUID, amount: Dong = FEE) -> bool:
    """Let the portal say that *amount* came."""
    money = Money(payment, dossier, amount, context.clock(), "TT1")
    with context.store.writing() as session:
        return payments.note_money(session, money)


def close(context: Context, payment: PaymentView, state: PaymentState) -> None:
    with context.store.writing() as session:
        payments.note_closed(session, payment.id, state)


def money(context: Context) -> list[tuple[str, str, int]]:
    with context.store.reading() as session:
        rows = session.scalars(select(MoneyRow).order_by(MoneyRow.at, MoneyRow.id))
        return [(row.kind, row.method, row.amount) for row in rows]


def told(context: Context) -> list[dict[str, Any]]:
    with context.store.reading() as session:
        found = session.scalars(
            select(OutboxRow.body).where(OutboxRow.kind == "event").order_by(OutboxRow.seq)
        )
        return [json.loads(body) for body in found]


def odd_ones(desk: Desk) -> int:
    (group,) = (one for one in desk.today().groups if one.group is Group.MONEY)
    return group.count


def test_a_code_that_was_shown_is_no_money(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    payment = desk.payments().ask(dossier)
    show(context, payment)

    booked = desk.payments().settle()

    assert booked == ()
    assert (money(context), told(context)) == ([], [])
    with pytest.raises(NotPaid):
        desk.act(dossier, Collect(payment.id))


def test_a_confirmed_payment_is_booked_once_told_once_and_has_its_receipt(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    payment = desk.payments().ask(dossier)
    show(context, payment)
    news = [pay(context, dossier, payment.id), pay(context, dossier, payment.id)]

    (booked,) = desk.payments().settle()
    again = desk.payments().settle()

    assert (news, again) == ([True, False], ())
    assert money(context) == [("receipt", "vietqr", FEE)]
    assert [event["kind"] for event in told(context)] == ["payment_done"]
    assert booked.acted is not None
    (job,) = booked.acted.jobs
    assert isinstance(job.paper, WordedPaper)
    assert isinstance(job.paper.facts, CashFacts)
    assert (job.paper.facts.method, job.paper.facts.total) == ("Chuyển khoản VietQR", FEE)


def test_asking_again_shows_the_same_code(desk: Desk, dossier: DossierId) -> None:
    first, second = desk.payments().ask(dossier), desk.payments().ask(dossier)

    assert first == second
    assert (first.amount, first.state) == (FEE, PaymentState.WANTED)


def test_no_cash_is_taken_while_a_code_can_still_be_paid(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    payment = desk.payments().ask(dossier)
    show(context, payment)

    with pytest.raises(PaymentOpen):
        desk.act(dossier, Collect())
    dropped = desk.payments().drop(payment.id)
    with pytest.raises(PaymentOpen):
        desk.act(dossier, Collect())
    close(context, payment, PaymentState.CANCELLED)
    desk.act(dossier, Collect())

    assert dropped.state is PaymentState.DROPPING
    assert money(context) == [("receipt", "cash", FEE)]


def test_a_code_nobody_has_seen_does_not_hold_up_cash(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    payment = desk.payments().ask(dossier)

    desk.act(dossier, Collect())
    show(context, payment)

    found = desk.payments().look(payment.id)
    assert (found.state, found.qr) == (PaymentState.DROPPING, None)


def test_cash_after_a_code_without_a_network_and_late_money_is_a_task(
    desk: Desk, context: Context, dossier: DossierId, clock: SetClock
) -> None:
    payment = desk.payments().ask(dossier)
    show(context, payment)
    desk.payments().drop(payment.id)
    desk.act(dossier, Collect(unheard=True))
    clock.move(minutes=5)
    pay(context, dossier, payment.id)

    (booked,) = desk.payments().settle()

    assert booked.odd is Odd.TWICE
    assert odd_ones(desk) == 1
    assert [event["kind"] for event in told(context)] == ["payment_done", "note"]
    clock.move(minutes=1)
    desk.act(dossier, GiveBack("Thu hai lần", LEADER))
    assert money(context)[1:] == [("receipt", "vietqr", FEE), ("refund", "vietqr", -FEE)]
    assert odd_ones(desk) == 0


def test_money_that_is_too_little_stays_owed_for_the_rest(
    desk: Desk, context: Context, dossier: DossierId, clock: SetClock
) -> None:
    payment = desk.payments().ask(dossier)
    show(context, payment)
    pay(context, dossier, payment.id, Dong(1500))
    clock.move(minutes=1)

    (booked,) = desk.payments().settle()
    before = odd_ones(desk)
    clock.move(minutes=1)
    rest = desk.act(dossier, Collect())

    assert (booked.odd, before, odd_ones(desk)) == (Odd.SHORT, 1, 0)
    assert money(context) == [("receipt", "vietqr", 1500), ("receipt", "cash", 2500)]
    assert isinstance(rest.jobs[0].paper, WordedPaper)
    assert isinstance(rest.jobs[0].paper.facts, CashFacts)
    assert rest.jobs[0].paper.facts.total == 2500


def test_what_came_beyond_the_fee_is_given_back_alone(
    desk: Desk, context: Context, dossier: DossierId, clock: SetClock
) -> None:
    payment = desk.payments().ask(dossier)
    show(context, payment)
    pay(context, dossier, payment.id, Dong(40_000))

    (booked,) = desk.payments().settle()
    before = odd_ones(desk)
    clock.move(minutes=1)
    desk.act(dossier, GiveBack("Chuyển thừa", LEADER, excess=True))

    assert (booked.odd, before, odd_ones(desk)) == (Odd.OVER, 1, 0)
    assert [line[2] for line in money(context)] == [40_000, -36_000]
    with pytest.raises(NothingPaid):
        desk.act(dossier, GiveBack("Chuyển thừa", LEADER, excess=True))
    clock.move(minutes=1)
    desk.act(dossier, GiveBack("Miễn phí", LEADER))
    assert [line[2] for line in money(context)] == [40_000, -36_000, -4000]


@pytest.mark.parametrize("state", [PaymentState.EXPIRED, PaymentState.CANCELLED])
def test_money_for_a_code_that_had_ended_still_counts(
    desk: Desk, context: Context, dossier: DossierId, state: PaymentState
) -> None:
    payment = desk.payments().ask(dossier)
    show(context, payment)
    close(context, payment, state)
    pay(context, dossier, payment.id)

    with pytest.raises(PaymentCame):
        desk.act(dossier, Collect())
    with pytest.raises(PaymentCame):
        desk.payments().ask(dossier)
    (booked,) = desk.payments().settle()

    assert booked.odd is Odd.NONE
    assert money(context) == [("receipt", "vietqr", FEE)]


def test_an_ended_code_makes_room_for_a_new_one(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    first = desk.payments().ask(dossier)
    show(context, first)
    close(context, first, PaymentState.EXPIRED)

    second = desk.payments().ask(dossier)

    assert second.id != first.id


def test_what_a_citizen_paid_at_home_is_no_money_of_the_drawer(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    pay(context, dossier, uuid7(context.clock()))

    (booked,) = desk.payments().settle()

    assert booked.odd is Odd.NONE
    assert money(context) == [("receipt", "online", FEE)]
    assert told(context) == []
    view = desk.drawer().look()
    assert (view.cash, view.by_transfer, view.lines) == (0, 0, ())


def test_money_that_nobody_here_asked_for_is_the_programs_to_receipt(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    pay(context, dossier, uuid7(context.clock()), Dong(FEE + 1000))

    desk.payments().settle()

    with context.store.reading() as session:
        (receipt,) = session.scalars(select(MoneyRow))
        assert receipt.officer_id == "program"


def test_transfers_stand_beside_the_cash_of_the_drawer(
    desk: Desk, context: Context, dossier: DossierId, clock: SetClock
) -> None:
    payment = desk.payments().ask(dossier)
    show(context, payment)
    pay(context, dossier, payment.id)
    desk.payments().settle()
    desk.act(receive(desk, clock, pages=1), Collect())

    view = desk.drawer().look()

    assert (view.cash, view.by_transfer) == (2000, FEE)


def test_the_result_waits_for_the_money_and_not_for_the_code(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    returned = ReturnResult(
        "Nguyễn Thị Mẫu",
        Relation.SELF,
        last4="2345",
        identity_checked=True,
        slip_collected=True,
        undertaking=True,
        signed=True,
    )
    payment = desk.payments().ask(dossier)
    show(context, payment)
    desk.act(dossier, TakeResult("Bản sao", "1"))

    with pytest.raises(FeesNotCollected):
        desk.act(dossier, returned)
    pay(context, dossier, payment.id)
    desk.payments().settle()

    assert desk.act(dossier, returned).status == 10


def test_history_says_in_words_what_came(desk: Desk, context: Context, dossier: DossierId) -> None:
    desk.act(dossier, Collect())
    pay(context, dossier, uuid7(context.clock()), Dong(4000))

    desk.payments().settle()

    with context.store.reading() as session:
        line = session.scalars(select(HistoryRow).order_by(HistoryRow.row.desc())).first()
    assert line is not None
    assert line.event == "money.came_twice"
    assert line.text.endswith("· 4.000 đ")


def test_a_code_is_refused_where_there_is_nothing_to_pay_or_the_portal_takes_none(
    desk: Desk, context: Context, clock: SetClock, dossier: DossierId
) -> None:
    free = desk.receive(asked(clock)).dossier_id
    with context.store.writing() as session:
        for row in session.scalars(select(DossierRow)):
            if row.id == dossier:
                row.fee_total = Dong(500)

    with pytest.raises(NothingOwed):
        desk.payments().ask(free)
    with pytest.raises(OnlyCash):
        desk.payments().ask(dossier)
    with pytest.raises(UnknownDossier):
        desk.payments().ask(DossierId(uuid7(clock())))
    with pytest.raises(UnknownPayment):
        desk.payments().look(uuid7(clock()))


def test_the_national_interface_opens_no_payments_so_cash_is_asked_for(
    opening: Opening, clock: SetClock, tmp_path: Path
) -> None:
    site = tmp_path / "national.toml"
    site.write_text(
        (RESOURCES / "demo" / "site.toml")
        .read_text(encoding="utf-8")
        .replace(
            "[portal]",
            "[portal]\n"
            'interface = "dvcqg"\n'
            'national = { username = "xa", destination = "000.00.01.G22" }',
        ),
        encoding="utf-8",
    )
    with open_desk(replace(opening, settings_path=site)) as context:
        desk = Desk(context)
        dossier = receive(desk, clock, pages=2)

        with pytest.raises(OnlyCash):
            desk.payments().ask(dossier)


def test_the_code_is_printed_as_the_portal_gave_it_and_stays_no_money(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    payment = desk.payments().ask(dossier)
    show(context, payment)

    job = desk.payments().print_code(payment.id)

    assert isinstance(job.paper, WordedPaper)
    facts = job.paper.facts
    assert isinstance(facts, ToPayFacts)
    assert (facts.qr, facts.total, facts.account) == ("00020101", FEE, "TAI KHOAN THU NGHIEM")
    assert facts.dossier == desk.find_dossiers("")[0].code
    assert (job.paper.head.code, money(context), desk.payments().settle()) == ("", [], ())


def test_a_code_that_nobody_may_pay_with_any_more_is_not_printed(
    desk: Desk, context: Context, clock: SetClock, dossier: DossierId
) -> None:
    payment = desk.payments().ask(dossier)
    with pytest.raises(NoPaymentCode):  # the portal has not answered
        desk.payments().print_code(payment.id)
    show(context, payment)
    clock.move(minutes=31)
    with pytest.raises(NoPaymentCode):  # it has ended
        desk.payments().print_code(payment.id)
    clock.move(minutes=-31)
    desk.payments().drop(payment.id)
    with pytest.raises(NoPaymentCode):  # it was taken back
        desk.payments().print_code(payment.id)
    with pytest.raises(UnknownPayment):
        desk.payments().print_code(uuid7(clock()))


def refund(context: Context, dossier: DossierId, payment: UUID, amount: Dong = FEE) -> None:
    """Let the portal say that *amount* came and went back."""
    money = Money(payment, dossier, amount, context.clock(), "TT1")
    with context.store.writing() as session:
        payments.note_refund(session, money, context.clock())


def test_money_that_went_back_is_a_new_fact_and_the_fee_is_owed_again(
    desk: Desk, context: Context, dossier: DossierId, clock: SetClock
) -> None:
    payment = desk.payments().ask(dossier)
    show(context, payment)
    pay(context, dossier, payment.id)
    desk.payments().settle()
    clock.move(minutes=5)
    refund(context, dossier, payment.id)
    refund(context, dossier, payment.id)

    (booked,) = desk.payments().settle()
    again = desk.payments().settle()

    assert (booked.odd, again) == (Odd.REFUNDED, ())
    assert money(context) == [("receipt", "vietqr", FEE), ("refund", "vietqr", Dong(-FEE))]
    assert [event["kind"] for event in told(context)] == ["payment_done", "note"]
    assert odd_ones(desk) == 1
    desk.act(dossier, Collect())
    assert odd_ones(desk) == 0


def test_money_that_came_and_went_unheard_pays_for_nothing(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    payment = desk.payments().ask(dossier)
    show(context, payment)
    refund(context, dossier, payment.id)

    booked = desk.payments().settle()

    assert [one.odd for one in booked] == [Odd.NONE, Odd.REFUNDED]
    assert sum(amount for _, _, amount in money(context)) == 0
    assert "payment_done" not in [event["kind"] for event in told(context)]
    assert desk.payments().ask(dossier).id != payment.id


def test_what_an_officer_gave_back_by_hand_is_not_given_back_twice(
    desk: Desk, context: Context, dossier: DossierId, clock: SetClock
) -> None:
    payment = desk.payments().ask(dossier)
    show(context, payment)
    pay(context, dossier, payment.id)
    desk.payments().settle()
    clock.move(minutes=5)
    desk.act(dossier, GiveBack("Nộp nhầm", LEADER))
    refund(context, dossier, payment.id)

    assert desk.payments().settle() == ()
    assert [kind for kind, _, _ in money(context)] == ["receipt", "refund"]


def test_part_of_a_fee_is_receipted_and_so_is_the_rest(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    payment = desk.payments().ask(dossier)
    show(context, payment)
    pay(context, dossier, payment.id, Dong(1000))
    desk.payments().settle()

    desk.act(dossier, Collect())

    with context.store.reading() as session:
        asked = [json.loads(row.body) for row in session.scalars(select(LegalReceiptRow))]
    assert sorted((one["total"], one["lines"][0]["name"]) for one in asked) == [
        (1000, "Một phần phí, lệ phí"),
        (3000, "Một phần phí, lệ phí"),
    ]


def test_money_beyond_the_fee_is_receipted_only_for_what_is_kept(
    desk: Desk, context: Context, dossier: DossierId
) -> None:
    payment = desk.payments().ask(dossier)
    show(context, payment)
    pay(context, dossier, payment.id, Dong(5000))
    desk.payments().settle()
    with context.store.reading() as session:
        before = session.scalars(select(LegalReceiptRow)).all()

    desk.act(dossier, GiveBack("Chuyển thừa", LEADER, excess=True))

    with context.store.reading() as session:
        (asked,) = (json.loads(row.body) for row in session.scalars(select(LegalReceiptRow)))
    assert before == []
    assert (asked["total"], asked["payment_id"]) == (FEE, str(payment.id))


def test_money_the_portal_gave_back_keeps_no_legal_receipt(
    desk: Desk, context: Context, dossier: DossierId, clock: SetClock
) -> None:
    payment = desk.payments().ask(dossier)
    show(context, payment)
    pay(context, dossier, payment.id)
    desk.payments().settle()
    clock.move(minutes=5)
    refund(context, dossier, payment.id)

    desk.payments().settle()

    with context.store.reading() as session:
        (legal,) = session.scalars(select(LegalReceiptRow)).all()
    assert (legal.id, json.loads(legal.void_body or "{}")["reason"]) == (
        payment.id,
        "Cổng thanh toán đã hoàn tiền",
    )
