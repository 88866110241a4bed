"""Working time of the office and the due dates that follow from it.

Rules (Civil Code 2015, articles 147 and 148; DOMAIN facts in docs/sources.md): the day of receipt
is not counted; a day that ends on a day off rolls to the next working day; reception outside the
office's sessions counts from the next session; a make-up Saturday is a full working day; a
suspension keeps the remaining working minutes. Holidays are data of each year, official or
expected.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from counter.datafiles import checked, in_file, read_toml
from counter.errors import BadData, DueDateNeeded
from counter.values import VIETNAM

WORKING_DAY = "WORKING_DAY"
DAY = "DAY"
HOUR = "HOUR"
SAME_DAY = "SAME_DAY_CUTOFF_15H"
OTHER = "OTHER"
CUT_OFF = time(15)

OFFICE = "office.toml"
SATURDAY = 5

_Session = tuple[time, time]

SAME_CLOCK_TIME = "same_clock_time"
END_OF_DAY = "end_of_day"


@dataclass(frozen=True, slots=True)
class DueDate:
    """When a result is promised.

    Attributes:
        at: Aware, in Vietnamese time.
        estimated: A day between is only expected to be off; the yearly notice may change it.
    """

    at: datetime
    estimated: bool


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The office's sessions and the years' days off.

    Attributes:
        sessions: Beginning and end of each session of a working day, in order.
        off: Days off that are no weekend's.
        make_up: Saturdays worked for a day off elsewhere.
        expected: Days of either kind not confirmed by the year's notice.
        years: Years whose days are known at all.
        revision: Names the data a due date was computed with.
    """

    sessions: tuple[tuple[time, time], ...]
    off: frozenset[date]
    make_up: frozenset[date]
    expected: frozenset[date]
    years: frozenset[int]
    revision: str

    @property
    def minutes_a_day(self) -> int:
        """Working minutes of one full day: all sessions together."""
        return sum(_minutes(begin, end) for begin, end in self.sessions)

    def is_working_day(self, day: date) -> bool:
        """Tell whether *day* counts as a working day for deadlines."""
        return day in self.make_up or (day.weekday() < SATURDAY and day not in self.off)

    def next_working_day(self, day: date, count: int = 1) -> date:
        """Return the *count*-th working day after *day*."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_working_day(day)
        return day

    def effective(self, moment: datetime) -> datetime:
        """Return *moment* when it lies in a session, else the beginning of the next one."""
        return next(begin for begin, _end in self._spans(moment))

    def closing(self, day: date) -> datetime:
        """Return the end of the last session of *day*."""
        return datetime.combine(day, self.sessions[-1][1], VIETNAM)

    def after_minutes(self, moment: datetime, minutes: int) -> datetime:
        """Return the moment *minutes* of working time after *moment*."""
        for begin, end in self._spans(moment):
            there = int((end - begin).total_seconds() // 60)
            if minutes <= there:
                return begin + timedelta(minutes=minutes)
            minutes -= there
        raise AssertionError  # pragma: no cover - the spans never end

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Return the working minutes between two moments, 0 when *end* is not later."""
        total = 0
        for begin, close in self._spans(start):
            if begin >= end:
                return total
            total += int((min(close, end) - begin).total_seconds() // 60)
        raise AssertionError  # pragma: no cover - the spans never end

    def is_expected(self, start: date, end: date) -> bool:
        """Tell whether a day of that span is only expected, or its year is not known at all."""
        unknown = any(year not in self.years for year in range(start.year, end.year + 1))
        return unknown or any(start <= day <= end for day in self.expected)

    def _spans(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the rest of the session *moment* lies in, then every later session."""
        moment = moment.astimezone(VIETNAM)
        day = moment.date()
        while True:
            if self.is_working_day(day):
                for begin, end in self.sessions:
                    opens = datetime.combine(day, begin, VIETNAM)
                    closes = datetime.combine(day, end, VIETNAM)
                    if moment < closes:
                        yield max(moment, opens), closes
            day += timedelta(days=1)


def due_date(
    calendar: WorkCalendar, received: datetime, quantity: float, unit: str, rule: str
) -> DueDate:
    """Return when the result is due.

    Args:
        received: When the complete dossier was received, aware.
        quantity: How many of *unit*; fractions of a working day are fractions of its minutes, to
            the nearest minute; a begun calendar day counts whole.
        unit: ``WORKING_DAY``, ``DAY``, ``HOUR`` or ``SAME_DAY_CUTOFF_15H``.
        rule: ``same_clock_time``, or ``end_of_day``: at the end of the last session.

    Raises:
        DueDateNeeded: The unit is ``OTHER`` or unknown; the officer gives the day.
    """
    start = calendar.effective(received).replace(microsecond=0)  # as the portal is told it
    if unit == WORKING_DAY:
        whole = int(quantity)
        day = calendar.next_working_day(start.date(), whole) if whole else start.date()
        at = datetime.combine(day, start.time(), VIETNAM)
        part = round((quantity - whole) * calendar.minutes_a_day)
        if part:
            at = calendar.after_minutes(at, part)
        if rule == END_OF_DAY:
            at = calendar.closing(at.date())
    elif unit == DAY:
        day = start.date() + timedelta(days=math.ceil(quantity))
        if not calendar.is_working_day(day):
            day = calendar.next_working_day(day)
        at = calendar.closing(day)
    elif unit == HOUR:
        at = calendar.after_minutes(start, round(quantity * 60))
    elif unit == SAME_DAY:
        day = start.date() if start.time() < CUT_OFF else calendar.next_working_day(start.date())
        at = calendar.closing(day)
    else:
        raise DueDateNeeded
    return DueDate(at, calendar.is_expected(start.date(), at.date()))


@dataclass(frozen=True, slots=True)
class ToldDay:
    """A day that differs from its weekday, as the portal's calendar tells it.

    Attributes:
        is_off: Nobody works; else it is a Saturday or Sunday worked for a day off elsewhere.
        expected: The year's notice has not confirmed it.
    """

    day: date
    is_off: bool
    expected: bool


def with_days(calendar: WorkCalendar, told: Iterable[ToldDay]) -> WorkCalendar:
    """Return *calendar* with the days that were told; of each day the last word holds."""
    off, make_up = set(calendar.off), set(calendar.make_up)
    expected = set(calendar.expected)
    days = sorted(told, key=lambda one: one.day)
    for one in days:
        for kind in (off, make_up, expected):
            kind.discard(one.day)
        (off if one.is_off else make_up).add(one.day)
        if one.expected:
            expected.add(one.day)
    changed = (frozenset(off), frozenset(make_up), frozenset(expected))
    if changed == (calendar.off, calendar.make_up, calendar.expected):
        return calendar
    digest = sha256(repr([calendar.revision, days]).encode()).hexdigest()[:8]
    return replace(
        calendar,
        off=changed[0],
        make_up=changed[1],
        expected=changed[2],
        revision=f"{calendar.revision.partition('-')[0]}-{digest}",
    )


def due_after_suspension(
    calendar: WorkCalendar,
    *,
    due: datetime,
    suspended_at: datetime,
    resumed_at: datetime,
    rule: str = SAME_CLOCK_TIME,
) -> DueDate:
    """Return the new due date when the clock stood still: the remaining minutes are kept.

    Whole working minutes count. A dossier suspended after it was due is due at once when it is
    resumed. The new date is never before the old one: closing time and the next opening are the
    same working minute, and the later of both stands.
    """
    remaining = calendar.minutes_between(suspended_at, due)
    start = calendar.effective(resumed_at).replace(microsecond=0)
    at = max(calendar.after_minutes(start, remaining), due.astimezone(VIETNAM))
    if rule == END_OF_DAY:
        at = calendar.closing(at.date())
    return DueDate(at, calendar.is_expected(start.date(), at.date()))


def load_calendar(folder: Path) -> WorkCalendar:
    """Read ``office.toml`` and one file for each year from *folder*.

    Raises:
        BadData: A file cannot be read, or has mistakes; each line names file and key.
    """
    office = folder / OFFICE
    wrong: list[str] = []
    years: list[_Year] = []
    sessions: tuple[_Session, ...] = ()
    try:
        sessions = checked(_Office, read_toml(office), in_file(OFFICE)).sessions
    except BadData as error:
        wrong += error.mistakes
    for path in sorted(folder.glob("[0-9]*.toml")):
        try:
            years.append(checked(_Year, read_toml(path), in_file(path.name)))
        except BadData as error:
            wrong += error.mistakes
    if not wrong and not years:
        wrong.append(f"{folder.name}: chưa có lịch của năm nào")
    if wrong:
        raise BadData(tuple(wrong))
    off = {entry.day: entry for year in years for entry in year.off}
    make_up = {entry.day: entry for year in years for entry in year.make_up}
    expected = {day for days in (off, make_up) for day, entry in days.items() if entry.expected}
    return WorkCalendar(
        sessions=sessions,
        off=frozenset(off),
        make_up=frozenset(make_up),
        expected=frozenset(expected),
        years=frozenset(year.year for year in years),
        revision=_revision(sessions, years),
    )


@dataclass(frozen=True, slots=True)
class _Office:
    sessions: tuple[_Session, ...]

    def __post_init__(self) -> None:
        clock = [moment for session in self.sessions for moment in session]
        if not clock or any(earlier >= later for earlier, later in pairwise(clock)):
            message = "các buổi làm việc phải nối tiếp nhau từ sáng đến chiều"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    name: str = ""
    expected: bool = False


@dataclass(frozen=True, slots=True)
class _Year:
    year: int
    off: tuple[_Day, ...]
    make_up: tuple[_Day, ...] = ()

    def __post_init__(self) -> None:
        days = [entry.day for entry in (*self.off, *self.make_up)]
        for day in days:
            if day.year != self.year:
                message = f"{day} không thuộc năm {self.year}"
                raise ValueError(message)
            if days.count(day) > 1:
                message = f"{day} được ghi hai lần"
                raise ValueError(message)
        for entry in self.make_up:
            if entry.day.weekday() < SATURDAY:
                message = f"{entry.day} không phải thứ Bảy, Chủ nhật nên không làm bù được"
                raise ValueError(message)


def _revision(sessions: tuple[_Session, ...], years: list[_Year]) -> str:
    """Name the data by what it says: two calendars that differ are never called the same."""
    told = json.dumps([sessions, [asdict(year) for year in years]], default=str)
    return f"{max(year.year for year in years)}-{sha256(told.encode()).hexdigest()[:8]}"


def _minutes(begin: time, end: time) -> int:
    return (end.hour - begin.hour) * 60 + end.minute - begin.minute
