"""Money that the portal took or gave back names nobody who only sat there when it was told."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from sqlalchemy import select

from counter.acts import AskPayment
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.people import Officer, Role
from counter.store.legal_receipts import LegalReceiptRow
from counter.store.life_tables import MoneyRow
from counter.store.tables import HistoryRow
from counter.values import Dong, DossierId, uuid7
from counter.wording import WordedPaper
from tests.counter.desk.conftest import SetClock
from tests.counter.desk.test_paying import pay, receive, refund, show, told

ASKED = Officer("cb-0001", "Trần Thị Thử", "Công chức", frozenset({Role.OFFICER}))
SITS = Officer("cb-0002", "Lê Văn Khác", "Công chức", frozenset({Role.OFFICER}))
PROGRAM = ("program", "Chương trình")


@pytest.fixture
def dossier(desk: Desk, context: Context, clock: SetClock) -> DossierId:
    """Certified copies that cost 4.000 đ, received by one officer and not paid."""
    context.seat.take(ASKED)
    return receive(desk, clock, pages=2)


def receipts(context: Context) -> list[tuple[str, tuple[str, str]]]:
    with context.store.reading() as session:
        rows = session.scalars(select(MoneyRow).order_by(MoneyRow.at, MoneyRow.id))
        return [(row.kind, (row.officer_id, row.officer_name)) for row in rows]


def history(context: Context, since: datetime) -> dict[str, tuple[str, str]]:
    with context.store.reading() as session:
        rows = session.scalars(select(HistoryRow).where(HistoryRow.at > since))
        return {row.event: (row.officer_id, row.officer_name) for row in rows}


def test_a_fee_paid_at_home_is_booked_by_the_program_whoever_sits_there(
    desk: Desk, context: Context, dossier: DossierId, clock: SetClock
) -> None:
    desk.act(dossier, AskPayment())
    asked = clock.moment
    clock.move(minutes=5)
    pay(context, dossier, uuid7(context.clock()))
    context.seat.take(SITS)

    (booked,) = desk.payments().settle()

    assert booked.acted is not None
    assert receipts(context) == [("receipt", PROGRAM)]
    assert history(context, asked)["money.collected"] == PROGRAM
    assert told(context)[-1]["officer"]["officer_id"] == "program"
    assert context.seat.officer == SITS


def test_a_code_that_was_paid_is_booked_by_the_program_and_receipted_by_who_asked_for_it(
    desk: Desk, context: Context, dossier: DossierId, clock: SetClock
) -> None:
    asked = clock.moment
    clock.move(minutes=5)
    payment = desk.payments().ask(dossier)
    show(context, payment)
    pay(context, dossier, payment.id)
    context.seat.take(SITS)

    (booked,) = desk.payments().settle()

    assert booked.acted is not None
    assert receipts(context) == [("receipt", (ASKED.id, ASKED.name))]
    assert history(context, asked)["money.collected"] == PROGRAM
    (job,) = booked.acted.jobs
    assert isinstance(job.paper, WordedPaper)
    assert SITS.name not in repr(job.paper)


def test_a_refund_of_the_portal_names_the_program_in_the_books_and_to_the_portal(
    desk: Desk, context: Context, dossier: DossierId, clock: SetClock
) -> None:
    payment = desk.payments().ask(dossier)
    show(context, payment)
    pay(context, dossier, payment.id)
    desk.payments().settle()
    paid = clock.moment
    clock.move(minutes=5)
    refund(context, dossier, payment.id, Dong(4000))
    context.seat.take(SITS)

    desk.payments().settle()

    assert receipts(context)[1] == ("refund", PROGRAM)
    assert history(context, paid)["money.refunded"] == PROGRAM
    assert told(context)[-1]["officer"]["officer_id"] == "program"
    with context.store.reading() as session:
        (legal,) = session.scalars(select(LegalReceiptRow))
        assert SITS.id not in json.dumps(legal.void_body or "")
