"""A desk whose clock is wrong says so, and takes no number of another day's block."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from counter.errors import ClockWrong
from counter.store import leases
from counter.store.tables import OutboxRow
from counter.values import now
from sync.clocks import trouble
from sync.sandbox.process import SECRET, SandboxProcess
from tests.sync.test_desk_and_portal import Office

DAY_S = 24 * 3600


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    desks = {"H55.242-Q01": SECRET}
    with SandboxProcess(tmp_path_factory.mktemp("sandbox"), desks=desks) as running:
        yield running


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, sandbox: SandboxProcess) -> Iterator[Office]:
    found = Office(tmp_path_factory.mktemp("office") / "one", sandbox)
    found.sync()
    yield found
    found.close()


@pytest.mark.parametrize("skew_s", [None, 0.0, 119.0, -120.0])
def test_two_minutes_are_no_trouble(skew_s: float | None) -> None:
    assert trouble(skew_s) is None


@pytest.mark.parametrize("skew_s", [300.0, -300.0])
def test_more_than_two_minutes_are_told_in_minutes(skew_s: float) -> None:
    found = trouble(skew_s)

    assert found is not None
    assert found.fields["minutes"] == 5


def skews_noted(office: Office) -> list[float]:
    """Return how far the portal was ahead, in seconds, when each message was written."""
    with office.context.store.reading() as session:
        noted = session.scalars(select(OutboxRow.skew_ms).order_by(OutboxRow.seq))
        return [skew / 1000 for skew in noted if skew is not None]


def test_a_clock_wrong_by_minutes_warns_while_work_goes_on(
    office: Office, sandbox: SandboxProcess
) -> None:
    sandbox.act("clock", seconds=600)
    warned = office.sync()._error
    (code,) = office.receive(1)
    sandbox.act("clock", seconds=0)

    assert isinstance(warned, ClockWrong)
    assert skews_noted(office)[-1] == pytest.approx(600, abs=30)
    assert office.dossier(code).code == code
    assert office.sync()._error is None


def test_a_clock_wrong_by_a_day_takes_no_number_until_it_is_right_again(
    office: Office, sandbox: SandboxProcess
) -> None:
    sandbox.act("clock", seconds=DAY_S + 600)
    office.sync()
    with office.context.store.writing() as session:
        wrong = leases.take_code(session, "H55.242", now())
    sandbox.act("clock", seconds=0)

    office.sync()
    with office.context.store.writing() as session:
        right = leases.take_code(session, "H55.242", now())

    assert wrong is None
    assert right is not None
