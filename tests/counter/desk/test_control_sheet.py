"""The control sheet: each passing stands on it, taken from what the desk has on disk."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from counter.acted import Acted
from counter.acts import (
    AskSupplement,
    CorrectResult,
    HandOver,
    Leader,
    PaperWanted,
    TakeResult,
    TakeSupplement,
)
from counter.desk.control_sheet import EARLY, LATE, ON_TIME, standing_of
from counter.desk.desk import Desk
from counter.papers.law import ControlFacts
from counter.values import VIETNAM, DossierId
from counter.wording import WordedPaper
from counter.work import PaperReceived
from tests.counter.desk.conftest import SetClock, asked

UNIT = "Công chức Tư pháp - hộ tịch"
HERE = "Trần Thị Mẫu"
RESULT = TakeResult("Giấy khai sinh")
DUE = datetime(2026, 11, 26, 8, 30, tzinfo=VIETNAM)


@pytest.fixture
def dossier(desk: Desk, clock: SetClock) -> DossierId:
    return desk.receive(asked(clock)).dossier_id


def sheets(acted: Acted) -> list[ControlFacts]:
    papers = [job.paper for job in acted.jobs]
    return [
        paper.facts
        for paper in papers
        if isinstance(paper, WordedPaper) and isinstance(paper.facts, ControlFacts)
    ]


def test_each_passing_stands_on_the_sheet_with_hands_and_time(
    desk: Desk, clock: SetClock, dossier: DossierId
) -> None:
    (first,) = sheets(desk.act(dossier, HandOver(UNIT, "Phạm Văn Nhận")))
    went_at = clock()
    clock.move(hours=3)
    (second,) = sheets(desk.act(dossier, RESULT))
    clock.move(minutes=5)
    (third,) = sheets(desk.act(dossier, CorrectResult("Sai ngày", "BB 1", Leader("Lê Văn Mẫu"))))
    clock.move(days=3)
    (fourth,) = sheets(desk.act(dossier, RESULT))

    assert [len(one.steps) for one in (first, second, third, fourth)] == [1, 2, 3, 4]
    assert fourth.steps[:3] == third.steps
    there, back, again, late = fourth.steps
    unit = f"{UNIT} (Phạm Văn Nhận)"
    assert (there.receiver, there.at, there.standing) == (unit, went_at, "")
    assert there.giver.endswith(f"({HERE})")
    assert there.note.endswith("/BG")
    assert (back.giver, back.receiver, back.standing) == (unit, there.giver, EARLY)
    assert (again.receiver, again.note) == (unit, "Trả lại để sửa kết quả")
    assert (late.giver, late.standing) == (unit, LATE)


def test_a_supplement_between_makes_no_passing(
    desk: Desk, clock: SetClock, dossier: DossierId
) -> None:
    desk.act(dossier, HandOver(UNIT))
    desk.act(dossier, AskSupplement("Thiếu", (PaperWanted("Giấy chứng sinh"),)))
    clock.move(hours=1)
    desk.act(dossier, TakeSupplement((PaperReceived("Giấy chứng sinh", 1, 0, 0),)))

    (sheet,) = sheets(desk.act(dossier, RESULT))

    assert [step.receiver for step in sheet.steps[:1]] == [UNIT]
    assert len(sheet.steps) == 2


def test_a_dossier_that_never_left_the_desk_has_no_sheet(desk: Desk, dossier: DossierId) -> None:
    assert sheets(desk.act(dossier, RESULT)) == []


def test_results_that_come_as_a_list_are_signed_for_on_the_list(
    desk: Desk, clock: SetClock, dossier: DossierId
) -> None:
    other = desk.receive(asked(clock)).dossier_id
    handed = desk.act_all((dossier, other), HandOver(UNIT))

    back = desk.act_all((dossier, other), RESULT)

    assert [len(sheets(one)) for one in handed] == [1, 1]
    assert [len(sheets(one)) for one in back] == [0, 0]
    assert len(back[0].jobs) == 1


@pytest.mark.parametrize(
    ("late_by", "standing"),
    [
        (timedelta(days=-1), EARLY),
        (timedelta(hours=-1), ON_TIME),
        (timedelta(), ON_TIME),
        (timedelta(seconds=1), LATE),
    ],
)
def test_on_time_is_the_day_that_was_promised_until_the_hour(
    late_by: timedelta, standing: str
) -> None:
    assert standing_of(DUE + late_by, DUE) == standing
    assert standing_of(DUE + late_by, None) == ""
