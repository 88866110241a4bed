"""The morning page of a desk."""

from __future__ import annotations

from datetime import date

import pytest

from counter.acts import (
    AskSupplement,
    Collect,
    DraftStop,
    GiveBack,
    HandOver,
    Leader,
    PaperWanted,
    TakeResult,
    Void,
)
from counter.desk.desk import Desk
from counter.today import Group, LateCount
from counter.values import DossierId
from tests.counter.desk.conftest import EXTRACT, SetClock, asked

LEADER = Leader("Lê Văn Mẫu")
UNIT = "Công chức Tư pháp - hộ tịch"


def groups(desk: Desk) -> dict[Group, set[DossierId]]:
    found = {view.group: view for view in desk.today().groups}
    assert all(view.count == len(view.lines) for view in found.values())
    return {group: {line.id for line in view.lines} for group, view in found.items()}


@pytest.fixture
def three(desk: Desk, clock: SetClock) -> tuple[DossierId, DossierId, DossierId]:
    first, second, third = (desk.receive(asked(clock)).dossier_id for _ in range(3))
    return first, second, third


def test_each_dossier_stands_where_somebody_must_look(
    desk: Desk, three: tuple[DossierId, DossierId, DossierId]
) -> None:
    first, second, third = three
    desk.act(first, TakeResult("Giấy khai sinh", shelf="A1"))
    desk.act(second, AskSupplement("Thiếu", (PaperWanted("Giấy chứng sinh"),)))
    desk.act(third, DraftStop("Trùng"))

    found = groups(desk)

    assert found[Group.READY] == {first}
    assert found[Group.WITH_CITIZEN] == {second}
    assert found[Group.LETTERS] == found[Group.TO_HAND_OVER] == {third}
    assert found[Group.UNSENT] == set(three)
    assert found[Group.OVERDUE] == set()
    assert desk.today().day == date(2026, 11, 25)


def test_what_is_due_moves_from_tomorrow_to_today_to_overdue(
    desk: Desk, clock: SetClock, three: tuple[DossierId, DossierId, DossierId]
) -> None:
    tomorrow = groups(desk)
    clock.move(days=1, hours=-1)
    now = groups(desk)
    clock.move(days=1)
    late = groups(desk)

    assert tomorrow[Group.DUE_NEXT] == now[Group.DUE_TODAY] == late[Group.OVERDUE] == set(three)
    assert tomorrow[Group.OVERDUE] == now[Group.OVERDUE] == late[Group.DUE_TODAY] == set()


def test_what_is_overdue_is_counted_by_unit_and_officer(
    desk: Desk, clock: SetClock, three: tuple[DossierId, DossierId, DossierId]
) -> None:
    desk.act_all(three[:2], HandOver(UNIT))
    clock.move(days=10)

    assert desk.today().late == (
        LateCount(UNIT, "Trần Thị Mẫu", 2),
        LateCount("", "Trần Thị Mẫu", 1),
    )


def test_a_clock_that_stands_still_is_never_overdue(
    desk: Desk, clock: SetClock, three: tuple[DossierId, DossierId, DossierId]
) -> None:
    desk.act(three[0], AskSupplement("Thiếu", (PaperWanted("Giấy chứng sinh"),)))
    clock.move(days=10)

    assert groups(desk)[Group.OVERDUE] == set(three[1:])


def test_a_voided_dossiers_money_is_a_task_until_it_is_given_back(
    desk: Desk, clock: SetClock
) -> None:
    voided, kept = (desk.receive(asked(clock, EXTRACT)).dossier_id for _ in range(2))
    desk.act(kept, Collect())
    unpaid = desk.receive(asked(clock, EXTRACT)).dossier_id
    desk.act(unpaid, Void("Nhập nhầm", LEADER))
    desk.act(voided, Collect())
    before = groups(desk)[Group.GIVE_BACK]
    desk.act(voided, Void("Nhập nhầm", LEADER))

    waits = groups(desk)[Group.GIVE_BACK]
    left = [desk.possible(line.code).repayable for line in desk.find_dossiers("")]
    desk.act(voided, GiveBack("Hồ sơ bị hủy", LEADER))

    assert (before, waits) == (set(), {voided})
    assert groups(desk)[Group.GIVE_BACK] == set()
    assert sorted(left) == [0, 8000, 8000]
