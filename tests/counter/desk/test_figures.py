"""The index of some days counted on a real desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from counter.acts import Collect, DraftApology, HandOver, Leader, SignLetter, TakeResult
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import DaysReversed
from counter.scores import Metric
from counter.store.tables import DossierRow, OutboxRow
from counter.values import local_day
from tests.counter.desk.conftest import EXTRACT, SetClock, asked

RESULT = TakeResult("Trích lục")


def shares(desk: Desk, clock: SetClock) -> dict[Metric, tuple[int, int]]:
    day = local_day(clock())
    found = desk.registers().scores(day - timedelta(days=20), day)
    return {one.metric: (one.numerator, one.denominator) for one in found.lines}


def test_dossiers_are_counted_by_what_became_of_them(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    early, late, waiting = (desk.receive(asked(clock, EXTRACT)).dossier_id for _ in range(3))
    desk.act(early, Collect())
    desk.act(early, RESULT)
    with context.store.writing() as session:
        session.execute(
            update(OutboxRow).where(OutboxRow.dossier_id == early).values(state="settled")
        )
        session.execute(update(DossierRow).where(DossierRow.id == waiting).values(origin="portal"))
    before = shares(desk, clock)
    clock.move(days=5)
    desk.act(late, RESULT)

    after = shares(desk, clock)

    assert before[Metric.SYNCED] == after[Metric.SYNCED] == (2, 3)
    assert before[Metric.ON_TIME] == (1, 1)
    assert after[Metric.ON_TIME] == (1, 3)
    assert after[Metric.DIGITAL_RESULT] == (0, 2)
    assert after[Metric.ONLINE] == (1, 3)
    assert after[Metric.PAID_ONLINE] == (0, 1)


def test_an_extension_counts_as_overdue_for_the_first_day_promised(
    desk: Desk, clock: SetClock
) -> None:
    dossier = desk.receive(asked(clock, EXTRACT)).dossier_id
    desk.act(dossier, HandOver("Công chức Tư pháp - hộ tịch"))
    day = local_day(clock())
    desk.act(dossier, DraftApology("Chờ xác minh", day + timedelta(days=10)))
    desk.act(dossier, SignLetter(Leader("Lê Văn Mẫu"), "1/PXL"))
    clock.move(days=5)
    desk.act(dossier, RESULT)

    found = desk.registers().scores(day, day)

    assert (found.lines[1].numerator, found.lines[1].denominator) == (1, 1)
    assert (found.on_time_at_first.numerator, found.on_time_at_first.denominator) == (0, 1)


def test_what_another_system_owns_is_not_counted_twice(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    desk.receive(asked(clock, EXTRACT))
    with context.store.writing() as session:
        session.execute(update(DossierRow).values(system="hộ tịch"))

    assert shares(desk, clock)[Metric.SYNCED] == (0, 0)


def test_days_in_the_wrong_order_are_refused(desk: Desk, clock: SetClock) -> None:
    day = local_day(clock())

    with pytest.raises(DaysReversed):
        desk.registers().scores(day, day - timedelta(days=1))
