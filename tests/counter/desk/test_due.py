"""What is due soon and what is late, by the clock and the office's lead time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from counter.acts import AskSupplement, PaperWanted, TakeResult, TakeSupplement
from counter.calendar import WorkCalendar
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.today import Nearness
from counter.work import PaperReceived, Reception
from tests.counter.desk.conftest import SetClock, asked

LEAD_MINUTES = 240


@pytest.fixture
def received(desk: Desk, clock: SetClock) -> Reception:
    return desk.receive(asked(clock))


def nearness(desk: Desk) -> Nearness:
    (line,) = desk.find_dossiers()
    assert {one.nearness for view in desk.today().groups for one in view.lines} == {line.nearness}
    return line.nearness


def counts(desk: Desk) -> tuple[int, int]:
    watch = desk.due_watch()
    assert (len(watch.soon), len(watch.late)) == (watch.soon_count, watch.late_count)
    return watch.soon_count, watch.late_count


def until(context: Context, clock: SetClock, due: Reception, minutes_before: int) -> None:
    """Move the clock to that much working time before the due time, to the minute."""
    calendar: WorkCalendar = context.calendar
    assert due.due_at is not None
    while calendar.minutes_between(clock(), due.due_at) > minutes_before:
        clock.move(minutes=1)


def test_a_dossier_is_far_then_soon_then_late_as_the_clock_goes(
    desk: Desk, context: Context, clock: SetClock, received: Reception
) -> None:
    seen = []
    for minutes in (LEAD_MINUTES + 1, LEAD_MINUTES, 1):
        until(context, clock, received, minutes)
        seen.append((nearness(desk), counts(desk)))
    assert received.due_at is not None
    clock.move(seconds=(received.due_at - clock()).total_seconds() + 1)

    assert seen == [
        (Nearness.FAR, (0, 0)),
        (Nearness.SOON, (1, 0)),
        (Nearness.SOON, (1, 0)),
    ]
    assert (nearness(desk), counts(desk)) == (Nearness.LATE, (0, 1))
    assert desk.due_watch().late[0].code == received.code
    assert desk.due_watch().late[0].at == received.due_at


def test_a_clock_that_stands_still_warns_of_nothing_and_warns_again_when_it_runs(
    desk: Desk, context: Context, clock: SetClock, received: Reception
) -> None:
    until(context, clock, received, LEAD_MINUTES)
    desk.act(received.dossier_id, AskSupplement("Thiếu", (PaperWanted("Giấy chứng sinh"),)))
    clock.move(days=7)
    stands = counts(desk)
    brought = (PaperReceived("Giấy chứng sinh", 1, 0, 0),)
    desk.act(received.dossier_id, TakeSupplement(brought))

    assert stands == (0, 0)
    assert counts(desk) == (1, 0)


def test_a_result_that_is_there_is_warned_of_no_more(
    desk: Desk, clock: SetClock, received: Reception
) -> None:
    clock.move(days=30)
    before = counts(desk)

    desk.act(received.dossier_id, TakeResult("Giấy khai sinh"))

    assert (before, counts(desk)) == ((0, 1), (0, 0))
    assert nearness(desk) is Nearness.FAR
    assert clock() > (received.due_at or clock()) + timedelta(days=1)
