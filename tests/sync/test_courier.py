from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from counter.errors import ClientTooOld, DiskFull, PortalRefusedDesk, PortalSilent
from counter.ports import DossiersSettled, SyncEvent, SyncState
from counter.store import leases
from counter.store.store import Store
from counter.values import local_day
from sync import courier as courier_module
from sync.courier import Courier
from sync.portal import Access, Portal
from tests.conftest import ExpectedLog
from tests.sync.small_portal import (
    AGENCY,
    DESK,
    MORNING,
    Clock,
    Hasty,
    SmallPortal,
    note_event,
    receive,
)

PATIENCE_S = 60.0


class Listener:
    """Keeps what the courier tells, and waits for it."""

    def __init__(self) -> None:
        self.events: list[SyncEvent] = []
        self._came = threading.Condition()

    def __call__(self, event: SyncEvent) -> None:
        with self._came:
            self.events.append(event)
            self._came.notify_all()

    @property
    def states(self) -> list[SyncState]:
        return [event for event in self.events if isinstance(event, SyncState)]

    def wait_for(self, holds: Callable[[SyncState], bool]) -> SyncState:
        with self._came:
            found = self._came.wait_for(
                lambda: next((state for state in reversed(self.states) if holds(state)), None),
                PATIENCE_S,
            )
        assert found is not None, f"never told; last: {self.events[-1:]}"
        return found


class FailsOnce:
    """Gives a portal, but not the first time."""

    def __init__(self, error: Exception, portal: Portal) -> None:
        self._errors = [error]
        self._portal = portal

    def __call__(self) -> Portal:
        if self._errors:
            raise self._errors.pop()
        return self._portal


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk's sync, and somebody who listens to it."""

    store: Store
    courier: Courier
    listener: Listener


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def desk(store: Store, courier: Courier, listener: Listener) -> Desk:
    return Desk(store, courier, listener)


def test_a_round_delivers_and_says_so(
    store: Store, server: SmallPortal, courier: Courier, clock: Clock
) -> None:
    receive(store, clock())

    report = courier.run_once()

    assert (report.sent, report.waiting, report.reached, report.idle) == (1, 0, True, True)


def test_a_round_without_a_portal_leaves_everything_where_it_is(
    store: Store, server: SmallPortal, courier: Courier, clock: Clock
) -> None:
    receive(store, clock())
    server.faults.append("hang up")

    report = courier.run_once()

    assert (report.sent, report.waiting, report.idle) == (0, 1, False)
    assert report.oldest_waiting_at == MORNING


def test_until_idle_goes_on_until_the_outbox_is_empty(
    store: Store, server: SmallPortal, courier: Courier, clock: Clock
) -> None:
    for _ in range(3):
        receive(store, clock())
    server.faults += ["hang up", "503"]

    report = courier.run_until_idle(timeout_s=60)

    assert (report.sent, report.waiting, report.idle) == (3, 0, True)


def test_what_stands_behind_a_parked_message_does_not_keep_the_command_waiting(
    store: Store, server: SmallPortal, courier: Courier, clock: Clock
) -> None:
    dossier = receive(store, clock())
    note_event(store, dossier, 1, clock())
    server.verdicts[str(dossier)] = (422, "validation")

    report = courier.run_until_idle(timeout_s=60)

    assert (report.parked, report.waiting, report.idle) == (1, 1, True)


def test_until_idle_gives_up_when_its_time_is_over(
    store: Store, server: SmallPortal, courier: Courier, clock: Clock
) -> None:
    receive(store, clock())
    server.faults += ["hang up"] * 100

    report = courier.run_until_idle(timeout_s=0.1)

    assert not report.idle
    assert report.waiting == 1


def test_the_thread_delivers_at_once_when_it_is_woken(
    store: Store, server: SmallPortal, courier: Courier, clock: Clock, listener: Listener
) -> None:
    courier.start(listener)
    listener.wait_for(lambda state: state.reachable is True)

    dossier = receive(store, clock())
    courier.wake()
    state = listener.wait_for(lambda state: state.reachable is True and bool(server.arrivals))

    assert state.unsent == 0
    assert DossiersSettled((dossier,)) in listener.events


def test_the_window_shows_what_was_received_before_the_courier_sets_out(
    store: Store, server: SmallPortal, courier: Courier, clock: Clock, listener: Listener
) -> None:
    courier.start(listener)
    listener.wait_for(lambda state: state.reachable is True)
    receive(store, clock())
    begun = time.monotonic()
    courier.wake()
    listener.wait_for(lambda _state: bool(server.arrivals))
    after_s = time.monotonic() - begun

    assert after_s >= courier_module.WINDOW_FIRST_S


def test_the_desk_works_with_the_portal_off_and_delivers_by_itself_when_it_is_back(
    store: Store, server: SmallPortal, courier: Courier, clock: Clock, listener: Listener
) -> None:
    server.spoiled = "/"
    server.faults += ["hang up"] * 2
    dossier = receive(store, clock())

    courier.start(listener)
    away = listener.wait_for(lambda state: state.reachable is False)
    back = listener.wait_for(lambda state: state.reachable is True and state.unsent == 0)

    assert (away.unsent, away.oldest_unsent_at) == (1, MORNING)
    assert isinstance(away.error, PortalSilent)
    assert back.error is None
    assert server.arrivals == [str(dossier)]


def test_waking_does_not_hammer_a_portal_that_asked_to_be_left_alone(
    store: Store, server: SmallPortal, courier: Courier, clock: Clock, listener: Listener
) -> None:
    server.spoiled = "/capabilities"
    server.faults.append("429")
    courier.start(listener)
    listener.wait_for(lambda state: state.reachable is False)

    for _ in range(20):
        courier.wake()

    assert server.asked("/capabilities") == 1


def test_an_officer_may_ask_for_a_try_at_once(
    store: Store, server: SmallPortal, courier: Courier, clock: Clock, listener: Listener
) -> None:
    server.spoiled = "/capabilities"
    server.faults.append("429")
    courier.start(listener)
    listener.wait_for(lambda state: state.reachable is False)

    courier.try_now()

    listener.wait_for(lambda state: state.reachable is True)


@pytest.mark.parametrize(
    ("fault", "error"), [("403 revoked", PortalRefusedDesk), ("403 too old", ClientTooOld)]
)
def test_a_desk_that_is_turned_away_stops_sending_and_loses_nothing(
    server: SmallPortal, desk: Desk, fault: str, error: type
) -> None:
    receive(desk.store, MORNING)
    server.faults.append(fault)

    desk.courier.start(desk.listener)
    state = desk.listener.wait_for(lambda state: state.error is not None)
    desk.courier.wake()
    desk.courier.stop()

    assert isinstance(state.error, error)
    assert (state.unsent, state.parked, state.reachable) == (1, 0, True)
    assert server.asked("/dossiers/bulk") == 1


def test_a_newer_program_being_wanted_is_told_while_work_goes_on(
    store: Store, server: SmallPortal, courier: Courier, clock: Clock, listener: Listener
) -> None:
    server.min_client = "0.10.0"
    receive(store, clock())

    courier.start(listener)
    state = listener.wait_for(lambda state: state.reachable is True and state.unsent == 0)
    state = listener.wait_for(lambda state: state.error is not None)

    assert isinstance(state.error, ClientTooOld)
    assert len(server.arrivals) == 1


def test_parked_and_contested_messages_are_counted_for_the_officer(
    store: Store, server: SmallPortal, courier: Courier, clock: Clock
) -> None:
    parked, contested = receive(store, clock()), receive(store, clock())
    server.verdicts = {str(parked): (422, "validation"), str(contested): (409, "code-taken")}

    report = courier.run_once()

    assert (report.parked, report.conflicts, report.idle) == (1, 1, True)


def test_a_full_disk_does_not_end_the_thread(
    store: Store, portal: Portal, clock: Clock, listener: Listener
) -> None:
    receive(store, clock())
    connect = FailsOnce(DiskFull(), portal)
    courier = Courier(store, connect, agency=AGENCY, version="0.1.0", clock=clock, chance=Hasty())

    courier.start(listener)
    full = listener.wait_for(lambda state: state.error is not None)
    listener.wait_for(lambda state: state.reachable is True and state.unsent == 0)
    courier.stop()

    assert isinstance(full.error, DiskFull)


def test_a_fault_of_the_program_itself_is_told_and_survived(
    store: Store, portal: Portal, clock: Clock, listener: Listener, expected_log: ExpectedLog
) -> None:
    expected_log.expect("fault of its own")
    connect = FailsOnce(ZeroDivisionError(), portal)
    courier = Courier(store, connect, agency=AGENCY, version="0.1.0", clock=clock, chance=Hasty())

    courier.start(listener)
    broken = listener.wait_for(lambda state: state.error is not None)
    listener.wait_for(lambda state: state.reachable is True)
    courier.stop()

    assert broken.error is not None
    assert broken.error.code == "software.fault"


def test_closing_the_program_does_not_wait_for_a_portal_that_hangs(
    store: Store, server: SmallPortal, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier_module, "STOP_S", 0.2)
    patient = Access(url=server.url, desk_id=DESK, secret="x" * 8, version="0.1.0", timeout_s=120)
    courier = Courier(
        store,
        lambda: Portal(patient, clock=clock),
        agency=AGENCY,
        version="0.1.0",
        clock=clock,
        chance=Hasty(),
    )
    server.spoiled = "/capabilities"
    server.faults.append("stall")
    courier.start(lambda event: None)
    server.stalling.wait(PATIENCE_S)
    before = time.monotonic()

    courier.stop()

    assert time.monotonic() - before < PATIENCE_S


def test_numbers_are_kept_for_today_and_the_working_days_ahead(
    store: Store, server: SmallPortal, courier: Courier, clock: Clock
) -> None:
    server.lends = True

    courier.run_once()

    today = local_day(clock())
    days = [today + timedelta(days=n) for n in range(15)]
    with store.reading() as session:
        left = leases.left(session, AGENCY, days, clock())
    open_days = [day for day in days if day.isoweekday() <= 5]
    assert left == {day: 50 if day in open_days else 0 for day in days}


def test_numbers_are_not_asked_for_again_while_enough_are_left(
    store: Store, server: SmallPortal, courier: Courier, clock: Clock
) -> None:
    server.lends = True

    courier.run_once()
    courier.run_once()

    assert server.asked("/serial-leases") == 11


@pytest.mark.parametrize("fault", ["hang up", "take it and hang up", "truncated", "500"])
def test_a_lost_answer_never_costs_a_second_block_of_numbers(
    store: Store, server: SmallPortal, courier: Courier, clock: Clock, fault: str
) -> None:
    server.lends = True
    server.spoiled = "/serial-leases"
    server.faults.append(fault)

    courier.run_once()
    courier.run_once()

    with store.reading() as session:
        left = leases.left(session, AGENCY, [local_day(clock())], clock())
    assert left == {local_day(clock()): 50}
    assert len(server.blocks) == 11


def test_a_day_without_numbers_is_not_asked_for_over_and_over(
    store: Store, server: SmallPortal, courier: Courier, clock: Clock
) -> None:
    server.lends = True
    server.spoiled = "/serial-leases"
    server.faults.append("409")

    for _ in range(3):
        courier.run_once()

    assert server.asked("/serial-leases") == 11


def test_nothing_about_a_citizen_is_written_into_the_log(
    store: Store,
    server: SmallPortal,
    courier: Courier,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    for fault in ("truncated", "other ids", "captive portal", "422", "500"):
        receive(store, clock(), name="Nguyễn Bí Mật")
        server.faults.append(fault)
        courier.run_once()

    written = "\n".join(record.getMessage() + str(record.exc_text) for record in caplog.records)

    assert written
    assert "Bí Mật" not in written
    assert "invented-token" not in written
    assert "invented-secret" not in written
