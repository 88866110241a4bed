"""Twenty clients at once: no number twice, no hole, no ticket called by two counters."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from counter.office import calling, tickets
from counter.office.office import Office
from counter.office.tables import SeriesRow
from counter.office.tickets import Place, Wanted
from counter.values import local_day, uuid7
from tests.counter.office.load import call_rest, faults_of, open_office, run_clients
from tests.postgres import Server

CLIENTS = 20


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path, made_file: Path) -> tuple[str, str]:
    """URL and path of an empty office database; one of them is empty."""
    if request.param == "sqlite":
        path = tmp_path / "office.db"
        path.write_bytes(made_file.read_bytes())
        return "", str(path)
    server: Server = request.getfixturevalue("postgres")
    return server.new_database(request.getfixturevalue("made_database")), ""


def at_once(address: tuple[str, str], *, clients: int, acts: int) -> list[str]:
    done = run_clients(*address, clients=clients, acts=acts, pace_s=0)
    taken = [number for one in done for number in one.taken]
    called = [number for one in done for number in one.called]
    with closing(open_office(*address)) as office:
        called += call_rest(office)
        faults = faults_of(office, taken, called)
    if sorted(called) != sorted(taken):
        faults.append("not everybody was called")
    if len(taken) != clients * acts:
        faults.append("not everybody got a number")
    return faults


@pytest.mark.slow
def test_clients_at_once_share_neither_number_nor_call(address: tuple[str, str]) -> None:
    assert at_once(address, clients=4, acts=25) == []


@pytest.mark.prove
@pytest.mark.timeout(3600)
def test_twenty_clients_and_ten_thousand_tickets(address: tuple[str, str]) -> None:
    assert at_once(address, clients=CLIENTS, acts=500) == []


def test_the_harness_sees_holes_doubles_and_lost_numbers(office: Office) -> None:
    moment = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
    with office.writing() as session:
        session.add(SeriesRow(day=local_day(moment), letter="A", last=1))
        session.flush()
        wanted = Wanted(id=uuid7(moment), services=("A",), given_by="K")
        row = tickets.take(session, wanted, moment)
        for counter in ("Quầy 1", "Quầy 2"):
            calling.note_call(session, row, Place(counter), moment)

    faults = faults_of(office, ["A002", "A002", "A003"], ["A002"])

    assert len(faults) == 4
