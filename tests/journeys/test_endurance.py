"""A desk that works all day keeps its size and its answer, whatever comes and goes around it.

One visit after the other through the real window, with the simulated chip, printer and portal:
reader, paper and network go away and come back meanwhile. Memory is asked of the allocators, so
that what C++ keeps is counted too, and what they keep for later is not.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import linear_regression, quantiles
from time import monotonic

import psutil  # type: ignore[import-untyped]  # has no types
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from program.levers import levers_of
from tests.journeys.conftest import Counter, StallMeter
from tests.journeys.memory_in_use import bytes_in_use
from ui.demo_panel import DemoLevers

BIRTH = "1.001193"
DAY = 300
"""Visits of a busy eight hours."""

VISIT_BEATS = 20 * 100
"""The heartbeats, one each 10 ms, of the fastest visit of an officer made of flesh."""

MOST_STALL_MS, LONGEST_STALL_MS = 16.0, 100.0
"""For 99 beats of a hundred, and for each (docs/benchmarks.md)."""

MOST_GROWTH_KB = 5.0
"""For each dossier (docs/benchmarks.md)."""

ROOMS = {"counter", "devices", "program", "sync", "ui"}
MOST_OBJECTS = 8.0
"""Objects of our own more for each visit: the lists on the pages grow by a line each."""


@dataclass
class Worn:
    """What was seen after some visits: bytes, own objects, widgets, open files."""

    visits: list[int] = field(default_factory=list)
    held_kb: list[float] = field(default_factory=list)
    objects: list[float] = field(default_factory=list)
    widgets: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    nones: list[int] = field(default_factory=list)

    def look(self, visit: int) -> None:
        """Note how the program stands."""
        gc.collect()
        process = psutil.Process()
        self.visits.append(visit)
        self.held_kb.append(bytes_in_use() / 1024 if sys.platform == "linux" else 0)
        own = (str(type(one).__module__).split(".")[0] in ROOMS for one in gc.get_objects())
        self.objects.append(sum(own))
        self.widgets.append(len(QApplication.allWidgets()))
        self.files.append(process.num_fds() if sys.platform != "win32" else process.num_handles())
        self.nones.append(sys.getrefcount(None))

    def slope(self, values: list[float]) -> float:
        """Return how much is added for each visit, in the second half."""
        half = len(self.visits) // 2
        return linear_regression(self.visits[half:], values[half:]).slope

    def wear(self) -> list[str]:
        """Return what grows."""
        half = len(self.visits) // 2
        grows = []
        if self.slope(self.objects) > MOST_OBJECTS:
            grows.append(f"{self.slope(self.objects):.0f} objects a visit")
        if self.widgets[-1] > self.widgets[half]:
            grows.append(f"{self.widgets[-1] - self.widgets[half]} widgets")
        if self.files[-1] > self.files[half] + 4:
            grows.append(f"{self.files[-1] - self.files[half]} open files")
        if self.nones[-1] < self.nones[half] - 1000:
            grows.append("references to None are lost")
        return grows


class Steady(StallMeter):
    """Keeps every gap, for the share of long ones; those of the proof's own looks left out."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps_ms: list[float] = []

    def _beat(self) -> None:
        before = self._last
        super()._beat()
        self.gaps_ms.append(max(0.0, (self._last - before) * 1000 - 10))

    def leave_out(self) -> None:
        """Count from now on; what took the time before was no work of the desk."""
        self._last = monotonic()


def visits(counter: Counter, number: int) -> Iterator[int]:
    """Receive one dossier after the other; yield after each, counted from 1."""
    rooms = counter.rooms
    levers = levers_of(rooms, counter.desk)
    for visit in range(1, number + 1):
        weather(levers, visit)
        place = visit % len(levers.citizens)
        levers.lay_card(place)
        counter.type_into("card_digits", levers.citizens[place].last_six)
        counter.until(lambda: "Đã đọc xong" in counter.window.receive.identity.waiting.text)
        counter.choose("dk khai sinh", BIRTH)
        counter.tick_demanded()
        counter.receive()
        levers.lift_card()
        counter.press(Qt.Key.Key_F10)
        counter.until(lambda: not counter.window.receive.is_done)
        QApplication.sendPostedEvents()
        yield visit


def weather(levers: DemoLevers, visit: int) -> None:
    """Take reader, paper and network away and bring them back, in turn."""
    match visit % 10:
        case 3:
            levers.portal(False)
        case 5:
            levers.paper(False)
        case 7:
            levers.paper(True)
        case 8:
            levers.portal(True)
        case 9:
            levers.reader(False)
            levers.reader(True)


def work(
    counter: Counter,
    number: int,
    every: int,
    after: Callable[[int], object] = lambda _visit: None,
    looked: Callable[[], object] = lambda: None,
) -> Worn:
    worn = Worn()
    for visit in visits(counter, number):
        after(visit)
        if visit % every == 0:
            worn.look(visit)
            looked()
    return worn


def test_ten_visits_leave_no_more_behind_than_the_ten_before(counter: Counter) -> None:
    worn = work(counter, 20, every=2)

    assert worn.wear() == []


def test_a_window_that_remembers_what_it_showed_is_found_out(counter: Counter) -> None:
    kept: list[object] = []

    def remember(_visit: int) -> None:
        newest = counter.desk_work.find_dossiers("")[0]
        kept.extend(counter.desk_work.show(newest.code) for _page in range(4))

    worn = work(counter, 12, 2, remember)

    assert worn.wear() != []
    assert kept


def test_memory_that_is_kept_is_counted_to_the_kilobyte() -> None:
    if sys.platform != "linux":
        pytest.skip("needs glibc, which tells what it has given out")
    before = bytes_in_use()

    small, large = [bytes(100) for _ in range(10_000)], bytes(5_000_000)

    kept = bytes_in_use() - before
    assert 6_000_000 <= kept <= 7_000_000, (len(small), len(large))


@pytest.mark.prove
def test_a_day_of_three_hundred_visits_costs_five_kilobytes_each_and_never_stalls(
    counter: Counter,
) -> None:
    """Keys are pressed without a pause here: a visit of at least 20 seconds is over in a few.

    The beats of the missing pauses, when nothing is asked of the window, count as on time.
    """
    if sys.platform != "linux":
        pytest.skip("needs glibc, which tells what it has given out")
    meter = Steady()

    worn = work(counter, DAY, every=10, looked=meter.leave_out)

    late = sorted(meter.gaps_ms, reverse=True)
    of_the_day, of_these = late[DAY * VISIT_BEATS // 100], quantiles(late, n=100)[98]
    print(  # noqa: T201 - the figures of the proof
        f"{worn.slope(worn.held_kb):.2f} kB a visit; stall p99 {of_the_day:.1f} ms "
        f"of the day, {of_these:.1f} ms without pauses, longest {late[0]:.0f} ms; "
        f"{sum(gap > MOST_STALL_MS for gap in late)} of {len(late)} beats late; "
        f"{psutil.Process().memory_full_info().uss >> 20} MB at the end"
    )
    assert worn.wear() == []
    assert worn.slope(worn.held_kb) <= MOST_GROWTH_KB
    assert of_the_day <= MOST_STALL_MS
    assert late[0] <= LONGEST_STALL_MS
