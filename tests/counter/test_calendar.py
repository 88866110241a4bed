"""Due dates as the law counts them; the sample cases and what must hold for every case."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.calendar import (
    DAY,
    END_OF_DAY,
    HOUR,
    SAME_CLOCK_TIME,
    SAME_DAY,
    WORKING_DAY,
    WorkCalendar,
    due_after_suspension,
    due_date,
    load_calendar,
)
from counter.errors import BadData, DueDateNeeded
from counter.values import VIETNAM

HOUSE = Path(__file__).parents[2]
CALENDARS = HOUSE / "resources" / "calendars"
RULES = {"clock": SAME_CLOCK_TIME, "eod": "end_of_day"}


@cache
def calendar() -> WorkCalendar:
    return load_calendar(CALENDARS)


def samples(kind: str) -> list[dict[str, Any]]:
    path = HOUSE.parent / "shared" / "domain" / "deadline_vectors.json"
    if not path.exists():
        pytest.skip("../shared/domain/deadline_vectors.json is absent")
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))[kind]
    return found


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def test_every_sample_due_date_is_the_one_expected() -> None:
    expected = {s["id"]: local(s["expected_due"]) for s in samples("due")}

    found = {
        s["id"]: due_date(
            calendar(), local(s["received"]), s["qty"], s["unit"], RULES[s["end_rule"]]
        ).at
        for s in samples("due")
    }

    assert found == expected


def test_every_sample_suspension_keeps_the_minutes_that_were_left() -> None:
    expected = {
        s["id"]: (s["remaining_working_minutes"], local(s["expected_new_due"]))
        for s in samples("suspension")
    }

    found = {
        s["id"]: (
            calendar().minutes_between(local(s["suspended_at"]), local(s["first_due"])),
            due_after_suspension(
                calendar(),
                due=local(s["first_due"]),
                suspended_at=local(s["suspended_at"]),
                resumed_at=local(s["resumed_at"]),
            ).at,
        )
        for s in samples("suspension")
    }

    assert found == expected


def test_a_limit_the_law_leaves_open_is_asked_of_the_officer() -> None:
    with pytest.raises(DueDateNeeded):
        due_date(calendar(), local("2026-11-25T09:00"), 1, "OTHER", SAME_CLOCK_TIME)


def test_a_due_date_over_an_expected_holiday_says_so() -> None:
    sure = due_date(calendar(), local("2026-11-25T09:00"), 1, WORKING_DAY, SAME_CLOCK_TIME)
    over_new_year = due_date(calendar(), local("2027-01-28T09:00"), 10, WORKING_DAY, "end_of_day")
    unknown_year = due_date(calendar(), local("2027-12-30T09:00"), 5, WORKING_DAY, "end_of_day")

    assert (sure.estimated, over_new_year.estimated, unknown_year.estimated) == (False, True, True)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=VIETNAM, microsecond=0, second=0)
)


@given(MOMENTS, st.integers(1, 60))
def test_a_due_date_lies_later_and_on_a_working_day(received: datetime, days: int) -> None:
    due = due_date(calendar(), received, days, WORKING_DAY, SAME_CLOCK_TIME)

    assert due.at > received
    assert calendar().is_working_day(due.at.date())


@given(MOMENTS, st.integers(0, 5000))
def test_working_minutes_added_are_the_minutes_between(received: datetime, minutes: int) -> None:
    start = calendar().effective(received)

    assert calendar().minutes_between(start, calendar().after_minutes(start, minutes)) == minutes


@given(MOMENTS, st.integers(0, 200), st.integers(0, 100))
def test_received_later_is_never_due_earlier(received: datetime, hours: int, later: int) -> None:
    first = due_date(calendar(), received, hours, HOUR, SAME_CLOCK_TIME)
    second = due_date(calendar(), received + timedelta(minutes=later), hours, HOUR, SAME_CLOCK_TIME)

    assert first.at <= second.at


UNITS = st.sampled_from([WORKING_DAY, DAY, HOUR, SAME_DAY])
END_RULES = st.sampled_from([SAME_CLOCK_TIME, END_OF_DAY])
QUANTITIES = st.integers(0, 160).map(lambda quarters: quarters / 4)


@given(MOMENTS, QUANTITIES, UNITS, END_RULES)
def test_every_due_date_lies_in_working_time_and_not_before_reception(
    received: datetime, quantity: float, unit: str, rule: str
) -> None:
    due = due_date(calendar(), received, quantity, unit, rule).at

    clock = due.time().replace(tzinfo=None)
    assert due >= received
    assert calendar().is_working_day(due.date())
    assert any(begin <= clock <= end for begin, end in calendar().sessions)


@given(MOMENTS, QUANTITIES, UNITS, END_RULES, st.integers(0, 20_000))
def test_whoever_comes_later_is_never_promised_an_earlier_result(
    received: datetime, quantity: float, unit: str, rule: str, later: int
) -> None:
    first = due_date(calendar(), received, quantity, unit, rule)
    second = due_date(calendar(), received + timedelta(minutes=later), quantity, unit, rule)

    assert first.at <= second.at


@given(MOMENTS, QUANTITIES, st.sampled_from([WORKING_DAY, DAY, HOUR]), END_RULES)
def test_more_time_is_never_due_earlier(
    received: datetime, quantity: float, unit: str, rule: str
) -> None:
    less = due_date(calendar(), received, quantity, unit, rule)
    more = due_date(calendar(), received, quantity + 0.25, unit, rule)

    assert less.at <= more.at


@given(MOMENTS, st.integers(1, 30), st.integers(0, 20_000), st.integers(0, 40_000))
def test_a_suspension_leaves_exactly_the_working_minutes_that_were_left(
    received: datetime, days: int, until: int, away: int
) -> None:
    due = due_date(calendar(), received, days, WORKING_DAY, SAME_CLOCK_TIME).at
    suspended = received + timedelta(minutes=until)
    resumed = suspended + timedelta(minutes=away)

    new = due_after_suspension(calendar(), due=due, suspended_at=suspended, resumed_at=resumed).at

    left = calendar().minutes_between(suspended, due)
    assert calendar().minutes_between(resumed, new) == left
    assert new >= max(resumed, due)


@given(MOMENTS, st.integers(1, 20), st.integers(0, 3_000))
def test_a_suspension_of_no_time_changes_no_due_date(
    received: datetime, days: int, until: int
) -> None:
    due = due_date(calendar(), received, days, WORKING_DAY, SAME_CLOCK_TIME).at
    moment = calendar().effective(received + timedelta(minutes=min(until, days * 400)))

    new = due_after_suspension(calendar(), due=due, suspended_at=moment, resumed_at=moment).at

    assert new == due


def test_due_at_the_end_of_the_day_stays_so_after_a_suspension() -> None:
    new = due_after_suspension(
        calendar(),
        due=local("2026-11-16T17:30"),
        suspended_at=local("2026-11-12T10:00"),
        resumed_at=local("2026-11-18T15:00"),
        rule=END_OF_DAY,
    )

    assert new.at == local("2026-11-23T17:30")


@pytest.mark.parametrize(
    ("received", "quantity", "unit", "due"),
    [
        ("2026-11-18T14:00", 0.5, WORKING_DAY, "2026-11-19T08:00"),
        ("2026-01-09T15:00", 1, WORKING_DAY, "2026-01-10T15:00"),
        ("2026-11-18T09:00", 10, DAY, "2026-11-30T17:30"),
        ("2026-11-21T09:00", 5, DAY, "2026-11-30T17:30"),
        ("2026-11-20T18:00", 5, DAY, "2026-11-30T17:30"),
        ("2026-11-20T09:00", 5, DAY, "2026-11-25T17:30"),
        ("2026-11-18T12:00", 1, HOUR, "2026-11-18T14:30"),
        ("2026-11-18T15:00", 0, SAME_DAY, "2026-11-19T17:30"),
        ("2026-11-18T18:00", 0, SAME_DAY, "2026-11-19T17:30"),
        ("2026-11-21T09:00", 0, SAME_DAY, "2026-11-23T17:30"),
        ("2026-08-22T09:00", 0, SAME_DAY, "2026-08-22T17:30"),
    ],
)
def test_a_day_is_counted_as_the_law_counts_it(
    received: str, quantity: float, unit: str, due: str
) -> None:
    assert due_date(calendar(), local(received), quantity, unit, SAME_CLOCK_TIME).at == local(due)


def test_the_days_off_and_made_up_are_those_that_were_announced(shared: Path) -> None:
    path = shared / "domain" / "vn_work_calendar_2024_2027.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    days = {
        key: {date.fromisoformat(entry["date"]): entry for entry in known[key]}
        for key in ("days_off", "make_up_working_days")
    }

    assert calendar().off == set(days["days_off"])
    assert calendar().make_up == set(days["make_up_working_days"])
    assert calendar().expected == {
        day
        for key in days
        for day, entry in days[key].items()
        if entry.get("status", "official") != "official"
    }


def test_a_calendar_is_named_by_what_it_says(tmp_path: Path) -> None:
    for path in CALENDARS.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    same = load_calendar(tmp_path)
    (tmp_path / "office.toml").write_text('sessions = [["08:00", "12:00"]]', encoding="utf-8")

    assert same.revision == calendar().revision
    assert load_calendar(tmp_path).revision != calendar().revision
    assert len(calendar().revision) <= 40


@pytest.mark.parametrize(
    ("file", "text", "mistake"),
    [
        ("2028.toml", "year = 2028", "2028.toml: off: thiếu mục này"),
        ("2028.toml", 'year = 2028\noff = [{ day = "Tết" }]', "off.1.day: phải là ngày"),
        ("2028.toml", "year = 2028\noff = [{ day = 2027-01-01 }]", "2027-01-01 không thuộc năm"),
        (
            "2028.toml",
            "year = 2028\noff = [{ day = 2028-01-01 }, { day = 2028-01-01 }]",
            "2028-01-01 được ghi hai lần",
        ),
        (
            "2028.toml",
            "year = 2028\noff = []\nmake_up = [{ day = 2028-01-03 }]",
            "2028-01-03 không phải thứ Bảy",
        ),
        ("office.toml", "sessions = []", "office.toml: các buổi làm việc phải nối tiếp"),
        ("office.toml", 'sessions = [["11:30", "07:30"]]', "các buổi làm việc phải nối tiếp"),
        ("office.toml", 'sessions = [["sáng", "11:30"]]', "sessions.1.1: phải là giờ"),
        ("office.toml", "sessions = [", "office.toml: không đúng cú pháp TOML"),
    ],
)
def test_a_mistake_in_a_calendar_is_named(
    tmp_path: Path, file: str, text: str, mistake: str
) -> None:
    for path in CALENDARS.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / file).write_text(text, encoding="utf-8")

    with pytest.raises(BadData) as caught:
        load_calendar(tmp_path)

    assert any(mistake in line for line in caught.value.mistakes)


def test_without_any_year_there_is_no_calendar(tmp_path: Path) -> None:
    (tmp_path / "office.toml").write_bytes((CALENDARS / "office.toml").read_bytes())

    with pytest.raises(BadData):
        load_calendar(tmp_path)


def test_counting_day_by_day_gives_the_same_as_the_calendar() -> None:
    starts = [date(2026, month, day) for month, day in product(range(1, 13), (1, 9, 20, 28))]

    counted = {start: _by_hand(start, 7) for start in starts}

    assert counted == {start: calendar().next_working_day(start, 7) for start in starts}


def _by_hand(day: date, count: int) -> date:
    """Walk the days one by one with the year's own lists."""
    holidays, worked = calendar().off, calendar().make_up
    days = (day + timedelta(days=step) for step in range(1, 60))
    working = [d for d in days if d in worked or (d.isoweekday() <= 5 and d not in holidays)]
    return working[count - 1]


def test_a_due_date_is_kept_to_the_second_as_the_portal_is_told_it() -> None:
    received = local("2026-11-25T09:00").replace(microsecond=681_630)

    due = due_date(calendar(), received, 1, WORKING_DAY, SAME_CLOCK_TIME)

    assert due.at == local("2026-11-26T09:00")
