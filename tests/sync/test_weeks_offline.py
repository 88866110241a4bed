"""Ten working days without a network: every dossier has its official code, and all arrive once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from counter.desk import checking
from counter.desk.opening import Opening, open_desk
from counter.desk.rehearsal import rehearse
from counter.folder import DataFolder
from counter.store import leases
from counter.store.dossiers import get_by_code
from counter.values import VIETNAM, local_day, now
from sync.courier import Courier
from sync.portal import Access, Portal
from sync.sandbox.process import SECRET, SandboxProcess
from sync.serials import FEWEST
from tests.sync.small_portal import Hasty

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
NAMES = RESOURCES / "demo" / "names.toml"
DESK = "H55.242-Q01"
DAYS = 10
AHEAD = 14
"""Calendar days that the sandbox portal lends for; around Tết they hold fewer working days."""


class Calendar:
    """The desk's clock: it goes from one working day to the next when it is told."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        return now() + self._ahead

    def go_to(self, day: date) -> None:
        """Let it be eight in the morning of *day*."""
        self._ahead = datetime.combine(day, time(8), VIETNAM).astimezone(UTC) - now()


class Desk:
    """One desk that is opened anew every morning."""

    def __init__(self, folder: Path, sandbox: SandboxProcess) -> None:
        self.clock = Calendar()
        self._sandbox = sandbox
        self.opening = Opening(
            folder=DataFolder(folder / "data"),
            settings_path=RESOURCES / "demo" / "site.toml",
            training=True,
            resources=RESOURCES,
            clock=self.clock,
            portal_url=sandbox.url,
        )

    def ahead(self) -> list[date]:
        """Return the working days that numbers are lent for, today not counted."""
        with open_desk(self.opening) as context:
            today = local_day(self.clock())
            days = [today + timedelta(days=n) for n in range(1, AHEAD + 1)]
            return [day for day in days if context.calendar.is_working_day(day)][:DAYS]

    def work(self, dossiers: int, seed: int) -> list[str]:
        """Open, receive, close; return the codes."""
        with open_desk(self.opening) as context:
            return rehearse(context, dossiers=dossiers, seed=seed, names=NAMES)

    def work_on(self, day: date, dossiers: int, seed: int) -> list[str]:
        """Let it be *day*, and work."""
        self.clock.go_to(day)
        return self.work(dossiers, seed)

    def sync(self) -> None:
        with open_desk(self.opening) as context:
            access = Access(url=self._sandbox.url, desk_id=DESK, secret=SECRET, version="0.1.0")
            courier = Courier(
                context.store,
                lambda: Portal(access, clock=self.clock),
                agency="H55.242",
                version="0.1.0",
                clock=self.clock,
                is_working=context.calendar.is_working_day,
                chance=Hasty(),
            )
            report = courier.run_until_idle(timeout_s=600)
            courier.close()
        assert report.idle, report


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[SandboxProcess]:
    with SandboxProcess(tmp_path / "sandbox", desks={DESK: SECRET}) as running:
        yield running


@pytest.mark.parametrize(
    "busy", [6, pytest.param(300, marks=[pytest.mark.prove, pytest.mark.timeout(0)])]
)
def test_ten_days_without_a_network_lose_nothing_and_need_no_provisional_code(
    tmp_path: Path, sandbox: SandboxProcess, busy: int
) -> None:
    desk = Desk(tmp_path, sandbox)
    desk.sync()
    before = desk.work(busy, seed=0)
    desk.sync()

    days = desk.ahead()
    offline = {day: desk.work_on(day, busy, seed) for seed, day in enumerate(days, 1)}
    desk.sync()

    for day, codes in offline.items():
        assert {code.split("-")[1] for code in codes} == {day.strftime("%y%m%d")}
        assert not any(code.startswith("TAM-") for code in codes)
    there = Counter(str(dossier["code"]) for dossier in sandbox.dossiers())
    assert {code for codes in offline.values() for code in codes} <= set(there)
    assert set(there.values()) == {1}
    assert len(there) == len(before) + busy * len(days)
    with open_desk(desk.opening) as context:
        assert checking.verify(context) == ()


def test_a_provisional_code_finds_its_dossier_for_ever(
    tmp_path: Path, sandbox: SandboxProcess
) -> None:
    desk = Desk(tmp_path, sandbox)
    (provisional,) = desk.work(1, seed=1)
    desk.sync()
    for seed, day in enumerate(desk.ahead()[:3], 2):
        desk.work_on(day, 1, seed)
    desk.sync()

    with open_desk(desk.opening) as context, context.store.reading() as session:
        found = get_by_code(session, provisional)

    assert provisional.startswith("TAM-")
    assert found.code in {dossier["code"] for dossier in sandbox.dossiers()}


def test_a_desk_whose_numbers_ran_out_is_lent_twice_what_it_received(
    tmp_path: Path, sandbox: SandboxProcess
) -> None:
    desk = Desk(tmp_path, sandbox)
    desk.sync()
    codes = desk.work(FEWEST + 10, seed=1)
    desk.sync()
    first, *_ = desk.ahead()

    with open_desk(desk.opening) as context, context.store.reading() as session:
        left = leases.left(session, "H55.242", [first], desk.clock())

    assert sum(code.startswith("TAM-") for code in codes) == 10
    assert left[first] >= 2 * len(codes)


def test_a_desk_without_numbers_for_the_day_never_takes_another_days(
    tmp_path: Path, sandbox: SandboxProcess
) -> None:
    desk = Desk(tmp_path, sandbox)
    desk.sync()
    beyond = local_day(desk.clock()) + timedelta(days=AHEAD + 10)

    (code,) = desk.work_on(beyond, 1, seed=9)

    with open_desk(desk.opening) as context, context.store.reading() as session:
        assert leases.left(session, "H55.242", [beyond], desk.clock()) == {beyond: 0}
    assert code == f"TAM-Q01-{beyond:%y%m%d}-0001"
