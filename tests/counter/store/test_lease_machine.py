"""The numbers of one desk under restarts, midnights and lost answers, by a machine that tries all.

The portal lends blocks that never overlap. Whatever happens, no number is used twice, none of
another day is minted, and a lost answer never costs a second block. Five mistakes that real
programs made are built in on purpose, and each of them is found.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy import select, update

from counter.store import leases
from counter.store.leases import Lease, LeaseRequest
from counter.store.store import Store
from counter.store.tables import LeaseRow
from counter.values import DossierCode, local_day

AGENCY = "H55.242"
NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)


@cache
def _empty() -> bytes:
    """Return a new database whole, so that each life need not make its tables anew."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "desk.db"
        Store(place, bytes(32)).close()
        return place.read_bytes()


class Portal:
    """Lends blocks of each day, one block for each key."""

    def __init__(self) -> None:
        self.high: dict[Any, int] = {}
        self.lent: dict[UUID, Lease] = {}

    def lend(self, request: LeaseRequest) -> Lease:
        if request.key in self.lent:
            return self.lent[request.key]
        return self.lend_anew(request)

    def lend_anew(self, request: LeaseRequest) -> Lease:
        first = self.high.get(request.day, 0) + 1
        last = first + request.count - 1
        self.high[request.day] = last
        lease = Lease(
            id=UUID(int=10_000 + len(self.lent) + sum(self.high.values())),
            agency=AGENCY,
            day=request.day,
            first=first,
            last=last,
            width=4,
            prefix=f"{AGENCY}-{request.day:%y%m%d}-",
            expires_at=NOON + timedelta(days=60),
        )
        self.lent[request.key] = lease
        return lease


class Desk(RuleBasedStateMachine):
    """One desk with a real database; its clock, its crashes and its line are the machine's."""

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.portal = Portal()
        self.moment = NOON
        self.used: list[str] = []
        self.keys = 0
        self.open()

    def open(self) -> None:
        place = Path(self.place.name) / "desk.db"
        if not place.exists():
            place.write_bytes(_empty())
        self.store = Store(place, bytes(32))

    def teardown(self) -> None:
        self.store.close()
        self.place.cleanup()

    @rule(count=st.integers(1, 3), is_lost=st.booleans())
    def ask(self, count: int, is_lost: bool) -> None:
        today = local_day(self.moment)
        with self.store.reading() as session:
            waiting = leases.open_requests(session, today)
        if not waiting:
            self.keys += 1
            with self.store.writing() as session:
                leases.ask_for(
                    session,
                    key=UUID(int=self.keys),
                    agency=AGENCY,
                    day=today,
                    count=count,
                    moment=self.moment,
                )
            with self.store.reading() as session:
                waiting = leases.open_requests(session, today)
        for request in waiting:
            lent = self.lend(request)
            if not is_lost:
                with self.store.writing() as session:
                    leases.grant(session, request, lent)
        blocks = len({(lease.day, lease.first) for lease in self.portal.lent.values()})
        assert sum(self.portal.high.values()) <= 3 * blocks, "a lost answer cost a second block"
        assert blocks == len(self.portal.lent)

    def lend(self, request: LeaseRequest) -> Lease:
        return self.portal.lend(request)

    @rule(is_kept=st.booleans())
    def receive(self, is_kept: bool) -> None:
        code = self.take(is_kept=is_kept)
        if code is not None and is_kept:
            assert code.text not in self.used, f"{code} is used twice"
            assert code.day == local_day(self.moment), f"{code} is of another day"
            owned = [
                lease
                for lease in self.portal.lent.values()
                if lease.day == code.day and lease.first <= code.serial <= lease.last
            ]
            assert owned, f"{code} was never lent"
            self.used.append(code.text)
            self.count()

    def take(self, *, is_kept: bool) -> DossierCode | None:
        code = None
        try:
            with self.store.writing() as session:
                code = leases.take_code(session, AGENCY, self.moment)
                if not is_kept:
                    raise KeyError
        except KeyError:
            return None
        return code

    @rule(hours=st.sampled_from([1, 9, 24]))
    def wait(self, hours: int) -> None:
        self.moment += timedelta(hours=hours)

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.open()

    def count(self) -> None:
        """Every number of the day up to the last used is used, or was never lent."""
        serials: dict[Any, list[int]] = {}
        for text in self.used:
            code = DossierCode(text)
            serials.setdefault(code.day, []).append(code.serial)
        for day, taken in serials.items():
            granted = self._granted(day)
            assert sorted(taken) == granted[: len(taken)], f"a number of {day} was passed over"

    def _granted(self, day: Any) -> list[int]:
        with self.store.reading() as session:
            rows = session.execute(
                select(LeaseRow.first, LeaseRow.last).where(LeaseRow.day == day)
            ).all()
        return sorted(n for first, last in rows for n in range(first, last + 1))


class GrantsAgain(Desk):
    """The portal makes a new block for a key it knows, and the one before it is lost."""

    def lend(self, request: LeaseRequest) -> Lease:
        return self.portal.lend_anew(request)


class ClockDecides(Desk):
    """The code's day is the machine's clock and not the lease's."""

    def take(self, *, is_kept: bool) -> DossierCode | None:
        code = super().take(is_kept=is_kept)
        behind = local_day(self.moment - timedelta(hours=9))
        return (
            None if code is None else DossierCode.of(agency=AGENCY, day=behind, serial=code.serial)
        )


class InMemory(Desk):
    """How far the block is used is known only until the program ends."""

    def open(self) -> None:
        super().open()
        with self.store.writing() as session:
            session.execute(update(LeaseRow).values(next=LeaseRow.first))


class Yesterdays(Desk):
    """What is left of yesterday's block is used up today."""

    def take(self, *, is_kept: bool) -> DossierCode | None:
        now = self.moment
        for back in (1, 0):
            self.moment = now - timedelta(days=back)
            code = super().take(is_kept=is_kept)
            self.moment = now
            if code is not None:
                return code
        return None


class Apart(Desk):
    """The number is taken in a transaction of its own, before the dossier's."""

    def take(self, *, is_kept: bool) -> DossierCode | None:
        code = super().take(is_kept=True)
        return code if is_kept else None


def run(machine: type[Desk], examples: int, steps: int = 25) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_number_is_used_twice_or_on_another_day_whatever_happens() -> None:
    run(Desk, 6)


@pytest.mark.prove
def test_five_thousand_lives_of_a_desks_numbers() -> None:
    run(Desk, 5000)


@pytest.mark.parametrize("bug", [InMemory, Apart])
def test_the_machine_finds_a_mistake(bug: type[Desk]) -> None:
    with pytest.raises(AssertionError):
        run(bug, 60)


@pytest.mark.prove
@pytest.mark.parametrize("bug", [GrantsAgain, ClockDecides, Yesterdays])
def test_the_machine_finds_every_other_mistake_built_in_on_purpose(bug: type[Desk]) -> None:
    with pytest.raises(AssertionError):
        run(bug, 2000)
