"""A copy of the queue lies in each backup: it leads to nobody, and gives back what was damaged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from counter.errors import QueueDamaged
from counter.office import bookings, copying, renewing, tickets
from counter.office.file import PLAIN, connect
from counter.office.office import Office
from counter.office.tables import DayKeyRow, ErrandRow, TicketRow
from counter.office.tickets import Wanted
from counter.values import CitizenNumber, local_day, uuid7
from tests.counter.office.test_renewing import (
    FIELDS,
    MOMENT,
    TODAY,
    fill,
    spoil,
    spoil_all,
    states,
    take,
)

KEY, OTHER = b"k" * 32, b"o" * 32
CITIZEN = CitizenNumber("001199012345")


@pytest.fixture
def office(tmp_path: Path, made_file: Path) -> Iterator[Office]:
    path = tmp_path / "office.db"
    path.write_bytes(made_file.read_bytes())
    with closing(Office(path)) as opened:
        yield opened


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "queue-copy.db"


def come_with_a_card(office: Office) -> bytes:
    """Let a citizen take a number with the card; return the key of the day."""
    with office.writing() as session:
        person = tickets.person_of(session, TODAY, CITIZEN)
        wanted = Wanted(id=uuid7(MOMENT), services=("A",), given_by="K", person=person)
        tickets.take(session, wanted, MOMENT)
        return session.scalars(select(DayKeyRow.key)).one()


def test_the_copy_holds_the_queue_and_nothing_that_leads_to_a_person(
    office: Office, copy: Path
) -> None:
    fill(office)
    come_with_a_card(office)

    copying.write_copy(office, copy, KEY)

    with copying.open_copy(copy, KEY).connect() as connection:
        numbers = connection.scalars(select(TicketRow.number)).all()
        keys = connection.scalars(select(DayKeyRow.key)).all()
        people = connection.scalars(select(ErrandRow.person).distinct()).all()
    assert (numbers, keys, people) == ([1, 2, 3, 4], [], [None])
    with office.reading() as session:
        assert tickets.find_person(session, TODAY, CITIZEN) is not None, "at work it is still known"
    assert not list(copy.parent.glob("queue-copy.db.part*"))


def test_only_the_desks_key_reads_the_copy(office: Office, copy: Path) -> None:
    fill(office)
    copying.write_copy(office, copy, KEY)

    with copying.open_copy(copy, OTHER).connect() as connection, pytest.raises(DBAPIError):
        connection.execute(select(TicketRow.row))
    with closing(connect(copy)) as driver, pytest.raises(Exception, match="not a database"):
        driver.execute("SELECT * FROM ticket")


@pytest.mark.parametrize("lost", ["rating", "ix_ticket_day_state_service"])
def test_a_damaged_queue_takes_no_good_copys_place(office: Office, copy: Path, lost: str) -> None:
    fill(office)
    copying.write_copy(office, copy, KEY)
    good = copy.read_bytes()
    spoil(office, lost)

    with pytest.raises(QueueDamaged):
        copying.write_copy(office, copy, KEY)

    assert copy.read_bytes() == good


def test_a_file_without_digests_is_not_copied(tmp_path: Path, copy: Path) -> None:
    path = tmp_path / "plain.db"
    path.write_bytes(PLAIN)
    with closing(Office(path)) as office, pytest.raises(QueueDamaged):
        copying.write_copy(office, copy, KEY)

    assert not copy.exists()


def test_what_cannot_be_read_any_more_comes_from_the_copy(office: Office, copy: Path) -> None:
    yesterday = MOMENT - timedelta(days=1)
    take(office, yesterday)
    fill(office)
    copying.write_copy(office, copy, KEY)
    with office.writing() as session:
        bookings.expect(session, "H55.242-261125-0002", "B", None)
    spoil_all(office)

    reads = copying.open_copy(copy, KEY)
    done = renewing.renew(office, used=FIELDS, moment=MOMENT, copy=reads)

    assert done.copied == ("place", "series", "booking", "rating")
    with office.reading() as session:
        days = set(session.scalars(select(TicketRow.day)))
        assert bookings.arrive(session, "H55.242-261125-0001", MOMENT).service == "A"
    assert days == {local_day(yesterday)}, "who waits today is asked for the paper"
    assert take(office) == "F001"


def test_what_can_be_read_is_not_taken_from_the_copy(office: Office, copy: Path) -> None:
    fill(office)
    copying.write_copy(office, copy, KEY)
    take(office)
    spoil(office, "rating")

    reads = copying.open_copy(copy, KEY)
    done = renewing.renew(office, used=FIELDS, moment=MOMENT, copy=reads)

    assert (done.lost, done.copied) == (("rating",), ("rating",))
    assert list(states(office)) == ["A001", "A002", "A003", "A004"]


def test_a_spoilt_copy_is_as_none(office: Office, copy: Path) -> None:
    fill(office)
    copying.write_copy(office, copy, KEY)
    copy.write_bytes(b"rubbish" * 3000)
    spoil_all(office)

    reads = copying.open_copy(copy, KEY)
    done = renewing.renew(office, used=FIELDS, moment=MOMENT, copy=reads)

    assert done.copied == ()
    assert take(office) == "F001"
