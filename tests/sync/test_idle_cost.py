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

MINUTES = 18
"""Long enough for a new token, which makes the dearest minute."""

FEW_MINUTES = 9
MOST_REQUESTS = 4
MOST_BYTES = 4 * 1024
TOKEN = "t" * 600
"""As long as a signed token with the claims of one desk is."""


@dataclass
class Meter:
    """The simulated clock, and what passed the line in each of its minutes."""

    minutes: int = MINUTES
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

    meter: Meter

    def recv_into(self, *args: Any, **more: Any) -> int:
        count = super().recv_into(*args, **more)
        self.meter.bytes[self.meter.minute] += count
        return count

    def sendall(self, data: Any, *more: Any) -> None:
        self.meter.bytes[self.meter.minute] += len(data)
        super().sendall(data, *more)


class Stillness(threading.Event):
    """Stands where the portal waits for news: none comes, and the wait is over at once."""

    def __init__(self, meter: Meter) -> None:
        super().__init__()
        self._meter = meter

    def wait(self, timeout: float | None = None) -> bool:
        self._meter.seconds += timeout or 0.0
        return False


class Noted(list[Any]):
    """Requests as they come, each counted in its minute."""

    def __init__(self, meter: Meter) -> None:
        super().__init__()
        self._meter = meter

    def append(self, request: Any) -> None:
        self._meter.requests[self._meter.minute] += 1
        super().append(request)


class MeteredPortal(SmallPortal):
    """The small portal with its line on the meter."""

    def __init__(self, meter: Meter) -> None:
        super().__init__()
        self.meter = meter
        self.stirred = Stillness(meter)
        self.requests = Noted(meter)
        self.wait_seconds = 30
        self.token = TOKEN

    def get_request(self) -> tuple[socket.socket, Any]:
        plain, address = super().get_request()
        line = Metered(fileno=plain.detach())
        line.meter = self.meter
        return line, address


class SimulatedCourier(Courier):
    """The courier whose rests move the simulated clock, until its minutes are over."""

    meter: Meter

    def _rest(self, pause_s: float) -> None:
        self.meter.seconds += max(0.0, pause_s)
        if self.meter.seconds > self.meter.minutes * 60:
            self._stopping.set()


@pytest.fixture
def meter() -> Meter:
    return Meter()


@pytest.fixture
def server(meter: Meter) -> Iterator[MeteredPortal]:
    portal = MeteredPortal(meter)
    portal.thread.start()
    yield portal
    portal.going.set()
    portal.shutdown()
    portal.server_close()
    portal.thread.join()


def spend_its_minutes(store: Store, server: MeteredPortal, meter: Meter) -> None:
    access = Access(url=server.url, desk_id=DESK, secret=SECRET, version="0.1.0")
    courier = SimulatedCourier(
        store,
        lambda: Portal(access, clock=meter.now, monotonic=meter.monotonic),
        agency=AGENCY,
        version="0.1.0",
        clock=meter.now,
        chance=Random(7),
        monotonic=meter.monotonic,
    )
    courier.meter = meter
    courier._run()


def test_an_idle_desk_costs_four_requests_and_four_kilobytes_a_minute_at_most(
    store: Store, server: MeteredPortal, meter: Meter
) -> None:
    spend_its_minutes(store, server, meter)

    minutes = range(1, MINUTES)  # the first one brings home what a desk needs to begin
    tokens = [request for request in server.requests if "token" in request[1]]
    assert len(tokens) == 2
    assert all(2 <= meter.requests[minute] <= MOST_REQUESTS for minute in minutes)
    assert max(meter.bytes[minute] for minute in minutes) <= MOST_BYTES
    assert sum(meter.bytes[minute] for minute in minutes) > 0


def test_a_desk_that_asks_again_what_it_just_heard_is_found_out(
    store: Store, server: MeteredPortal, meter: Meter, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = Feed.fetch

    def forgetful(feed: Feed, go_on: Any) -> None:
        feed._heard_all = False
        fetch(feed, go_on)

    monkeypatch.setattr(Feed, "fetch", forgetful)
    meter.minutes = FEW_MINUTES

    spend_its_minutes(store, server, meter)

    assert max(meter.requests[minute] for minute in range(1, FEW_MINUTES)) > MOST_REQUESTS


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
