"""Who pays nothing pays nothing, and who pays less online pays less, from plan to receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import ExemptionUnknown
from counter.values import Dong
from counter.work import FeeQuantity
from tests.counter.desk.conftest import BIRTH, SetClock, asked

TODAY = date(2026, 11, 25)
LATE = "LP-KS-QH"
POOR = "Hộ nghèo"


@pytest.fixture
def priced(desk: Desk, context: Context) -> Desk:
    """A desk whose office entered the province's rate, half of it online."""
    birth = context.catalogue.get(BIRTH, TODAY)
    fees = tuple(
        replace(fee, amount=Dong(8000), online_percent=50) if fee.code == LATE else fee
        for fee in birth.fees
    )
    desk.curation().curate(replace(birth, fees=fees), TODAY)
    return desk


def test_an_exempted_fee_keeps_its_price_and_says_why_nothing_is_paid(
    priced: Desk, clock: SetClock
) -> None:
    wanted = replace(asked(clock), quantities=(FeeQuantity(LATE, 1, exempt_reason=POOR),))

    received = priced.receive(wanted)

    fees = {fee.name: fee for fee in priced.show(received.code).fees}
    late = fees["Lệ phí đăng ký khai sinh quá hạn"]
    assert received.total == 0
    assert (late.amount, late.exempt_reason) == (0, POOR)


def test_the_lower_price_online_is_what_is_planned_and_owed(priced: Desk, clock: SetClock) -> None:
    quantities = (FeeQuantity(LATE, 1, online=True),)

    plan = priced.plan(BIRTH, (), quantities)
    received = priced.receive(replace(asked(clock), quantities=quantities))

    assert (plan.total, received.total) == (4000, 4000)
    assert priced.possible(received.code).owed == 4000


def test_a_group_the_catalogue_does_not_exempt_is_refused(priced: Desk) -> None:
    with pytest.raises(ExemptionUnknown):
        priced.plan(BIRTH, (), (FeeQuantity(LATE, 1, exempt_reason="Người quen"),))
