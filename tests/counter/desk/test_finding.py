"""Dossiers found by what an officer has at hand."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from counter.acts import HandOver, TakeResult
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.dossier import Status
from counter.finding import Filter
from counter.store.dossiers import find_row, lines
from counter.values import CitizenNumber, fold
from tests.counter.desk.conftest import SetClock, asked, lend, person

NAMES = ("Nguyễn Thị Hòa", "Đặng Văn Nghiêng", "Hoàng A Thử", "Nguyễn Văn Hoá")


@pytest.fixture
def codes(desk: Desk, context: Context, clock: SetClock) -> dict[str, str]:
    """A code for each name; the first has a provisional one."""
    found = {}
    for number, name in enumerate(NAMES):
        if number == 1:
            lend(context, 51, 60)
        citizen = CitizenNumber(f"00119901234{number}")
        somebody = replace(person(name), number=citizen, phone=f"091200000{number}")
        found[name] = desk.receive(asked(clock, applicant=somebody)).code
    return found


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("nguyen", {NAMES[0], NAMES[3]}),
        ("NGUYỄN THỊ HOÀ", {NAMES[0]}),
        ("Nguyễn Thị Hòa", {NAMES[0]}),
        (unicodedata.normalize("NFD", "Nguyễn Văn Hóa"), {NAMES[3]}),
        ("hoa", {NAMES[0], NAMES[2], NAMES[3]}),
        ("đặng", {NAMES[1]}),
        ("dang v n", {NAMES[1]}),
        ("nghieng", {NAMES[1]}),
        ("van nguyen", {NAMES[3]}),
        ("0052", {NAMES[2]}),
        ("52", {NAMES[2]}),
        ("261125-0051", {NAMES[1]}),
        ("-0053", {NAMES[3]}),
        ("h55.242-261125-0051", {NAMES[1]}),
        ("H55.242-26", {NAMES[1], NAMES[2], NAMES[3]}),
        ("TAM", set()),
        ("TAM-Q01-261125-0001", {NAMES[0]}),
        ("261125", set(NAMES)),
        ("001199012342", {NAMES[2]}),
        ("001 199 012 342", {NAMES[2]}),
        ("001199012", set(NAMES)),
        ("0912000003", {NAMES[3]}),
        ("khong co ai", set()),
        ('" OR * NEAR(', set()),
        ("---", set()),
        ("991399", set()),
        ("", set(NAMES)),
    ],
)
def test_a_dossier_is_found_by_what_is_at_hand(
    desk: Desk, codes: dict[str, str], typed: str, names: set[str]
) -> None:
    assert {line.applicant_name for line in desk.find_dossiers(typed)} == names


def test_the_newest_come_first_and_no_more_than_asked_for(
    desk: Desk, codes: dict[str, str]
) -> None:
    found = desk.find_dossiers("nguyen", limit=1)

    assert [line.applicant_name for line in found] == [NAMES[3]]


def test_a_name_that_was_corrected_is_found_and_the_old_one_is_not(
    desk: Desk, context: Context, codes: dict[str, str]
) -> None:
    wrong = desk.find_dossiers("hoang a thu")[0]
    with context.store.writing() as session:
        row = find_row(session, wrong.id)
        assert row is not None
        row.applicant_name, row.applicant_folded = "Y Ước", fold("Y Ước")

    assert [line.code for line in desk.find_dossiers("uoc")] == [wrong.code]
    assert desk.find_dossiers("hoang") == ()


def test_a_list_is_narrowed_by_state_procedure_and_due_date(
    desk: Desk, context: Context, codes: dict[str, str]
) -> None:
    first, second = desk.find_dossiers("nguyen")
    desk.act(first.id, HandOver("Công chức Tư pháp - hộ tịch"))
    desk.act(second.id, TakeResult("Giấy khai sinh", shelf="A1"))

    with context.store.reading() as session:
        at_work = lines(session, "nguyen", 9, Filter(statuses=(Status.IN_PROCESS,)))
        done = lines(session, "", 9, Filter(statuses=(Status.DONE,)))
        other = lines(session, "nguyen", 9, Filter(procedure_code="2.000635"))
        early = lines(session, "", 9, Filter(due_before=date(2026, 11, 25)))
        late = lines(session, "", 9, Filter(due_before=date(2027, 1, 31)))

    assert [line.id for line in at_work] == [first.id]
    assert [(line.id, line.shelf) for line in done] == [(second.id, "A1")]
    assert (other, early, len(late)) == ((), (), 4)
