"""What a desk where nothing happens costs its portal, counted on the wire over simulated time.

The clock stands while nobody waits: each wait, at the portal or before the next round, moves it.
"""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from counter.store.store import Store
from sync.backoff import listen_s
from sync.courier import LISTEN_S, Courier
from sync.feed import Feed
from sync.portal import Access, Portal
from tests.sync.small_portal import AGENCY, DESK, MORNING, SECRET, SmallPortal

MINUTES = 30
MOST_REQUESTS = 4
MOST_BYTES = 4 * 1024
TOKEN = "t" * 600
"""As long as a signed token with the claims of one desk is."""


@dataclass
class HalfHour:
    """The simulated clock, and what passed the line in each of its minutes."""

    seconds: float = 0.0
    requests: Counter[int] = field(default_factory=Counter)
    bytes: Counter[int] = field(default_factory=Counter)

    def now(self) -> datetime:
        return MORNING + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    @property
    def minute(self) -> int:
        return int(self.seconds // 60)


class Metered(socket.socket):
    """A connection that counts what passes it, both ways."""

    hour: HalfHour

    def recv_into(self, *args: Any, **more: Any) -> int:
        count = super().recv_into(*args, **more)
        self.hour.bytes[self.hour.minute] += count
        return count

    def sendall(self, data: Any, *more: Any) -> None:
        self.hour.bytes[self.hour.minute] += len(data)
        super().sendall(data, *more)


class Stillness(threading.Event):
    """Stands where the portal waits for news: none comes, and the wait is over at once."""

    def __init__(self, hour: HalfHour) -> None:
        super().__init__()
        self._hour = hour

    def wait(self, timeout: float | None = None) -> bool:
        self._hour.seconds += timeout or 0.0
        return False


class Noted(list[Any]):
    """Requests as they come, each counted in its minute."""

    def __init__(self, hour: HalfHour) -> None:
        super().__init__()
        self._hour = hour

    def append(self, request: Any) -> None:
        self._hour.requests[self._hour.minute] += 1
        super().append(request)


class MeteredPortal(SmallPortal):
    """The small portal with its line on the meter."""

    def __init__(self, hour: HalfHour) -> None:
        super().__init__()
        self.hour = hour
        self.stirred = Stillness(hour)
        self.requests = Noted(hour)
        self.wait_seconds = 30
        self.token = TOKEN

    def get_request(self) -> tuple[socket.socket, Any]:
        plain, address = super().get_request()
        line = Metered(fileno=plain.detach())
        line.hour = self.hour
        return line, address


class SimulatedCourier(Courier):
    """The courier whose rests move the simulated clock, until the half hour is over."""

    hour: HalfHour

    def _rest(self, pause_s: float) -> None:
        self.hour.seconds += max(0.0, pause_s)
        if self.hour.seconds > MINUTES * 60:
            self._stopping.set()


@pytest.fixture
def hour() -> HalfHour:
    return HalfHour()


@pytest.fixture
def server(hour: HalfHour) -> Iterator[MeteredPortal]:
    portal = MeteredPortal(hour)
    portal.thread.start()
    yield portal
    portal.going.set()
    portal.shutdown()
    portal.server_close()
    portal.thread.join()


def spend_half_an_hour(store: Store, server: MeteredPortal, hour: HalfHour) -> None:
    access = Access(url=server.url, desk_id=DESK, secret=SECRET, version="0.1.0")
    courier = SimulatedCourier(
        store,
        lambda: Portal(access, clock=hour.now, monotonic=hour.monotonic),
        agency=AGENCY,
        version="0.1.0",
        clock=hour.now,
        chance=Random(7),
        monotonic=hour.monotonic,
    )
    courier.hour = hour
    courier._run()


def test_an_idle_desk_costs_four_requests_and_four_kilobytes_a_minute_at_most(
    store: Store, server: MeteredPortal, hour: HalfHour
) -> None:
    spend_half_an_hour(store, server, hour)

    minutes = range(1, MINUTES)  # the first one brings home what a desk needs to begin
    assert all(2 <= hour.requests[minute] <= MOST_REQUESTS for minute in minutes)
    assert max(hour.bytes[minute] for minute in minutes) <= MOST_BYTES
    assert sum(hour.bytes[minute] for minute in minutes) > 0


def test_a_desk_that_asks_again_what_it_just_heard_is_found_out(
    store: Store, server: MeteredPortal, hour: HalfHour, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = Feed.fetch

    def forgetful(feed: Feed, go_on: Any) -> None:
        feed._heard_all = False
        fetch(feed, go_on)

    monkeypatch.setattr(Feed, "fetch", forgetful)

    spend_half_an_hour(store, server, hour)

    assert max(hour.requests[minute] for minute in range(1, MINUTES)) > MOST_REQUESTS


def test_desks_that_began_in_one_second_listen_at_different_times_soon() -> None:
    chance = Random(3)
    desks = 2_000
    ends = Counter[int]()
    for _ in range(desks):
        at = 0.0
        while at < 1_800:
            at += listen_s(LISTEN_S, chance)
        ends[int(at)] += 1

    assert max(ends.values()) <= 3 * desks / LISTEN_S
