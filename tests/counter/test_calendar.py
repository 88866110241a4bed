"""Due dates as the law counts them; the sample cases and what must hold for every case."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.calendar import (
    HOUR,
    SAME_CLOCK_TIME,
    WORKING_DAY,
    WorkCalendar,
    due_after_suspension,
    due_date,
    load_calendar,
)
from counter.errors import DueDateNeeded
from counter.values import VIETNAM

HOUSE = Path(__file__).parents[2]
RULES = {"clock": SAME_CLOCK_TIME, "eod": "end_of_day"}


@cache
def calendar() -> WorkCalendar:
    return load_calendar(HOUSE / "resources" / "calendars")


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
