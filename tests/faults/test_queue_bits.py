"""A bit that flips in the queue's file is noticed or changes nothing, and repeats no number."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from counter.errors import QueueDamaged
from counter.office import bookings, calling, ratings, renewing, reserve, tickets
from counter.office import file as file_room
from counter.office.office import Office
from counter.office.tables import Base
from counter.office.tickets import Place, Wanted
from counter.values import local_day, uuid7

MOMENT = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
FIELDS = "ABCDE"
TICKETS = 60

pytestmark = pytest.mark.slow

Rows = dict[str, list[tuple[object, ...]]]


def take(office: Office, service: str = "A") -> str:
    with office.writing() as session:
        wanted = Wanted(id=uuid7(MOMENT), services=(service,), given_by="Q01")
        return tickets.number_of(tickets.take(session, wanted, MOMENT))


def morning(path: Path) -> set[str]:
    """Let the queue work for a morning; return every number it gave out."""
    here = Place("Quầy 1", "CB-1")
    with closing(Office(path)) as office:
        with office.writing() as session:
            reserve.enrol(session, desk_id="Q01", counter="Quầy 1", services="", fields=FIELDS)
        given = {take(office, FIELDS[turn % len(FIELDS)]) for turn in range(TICKETS)}
        for turn in range(TICKETS // 2):
            with office.writing() as session:
                calling.call_next(session, here, MOMENT)
                bookings.expect(session, f"H55.242-261125-{turn:04}", "A", None)
                subject = f"A{turn:03}-261124"
                ratings.rate(session, subject, "A", score=5, reasons="", day=local_day(MOMENT))
        file_room.fold_log(office.engine)
    return given


def everything(office: Office) -> Rows:
    """Return every row of every table."""
    with office.reading() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }


def read(path: Path) -> Rows | None:
    """Return what is read of a file, None when it is known to be damaged."""
    with closing(Office(path)) as office:
        try:
            return everything(office)
        except QueueDamaged:
            return None


def spoil(chance: Random, whole: bytes) -> bytes:
    """Return the file with one bit flipped, now and then with its end cut off."""
    content = bytearray(whole)
    if chance.random() < 0.1:
        del content[chance.randrange(1, len(content)) :]
        return bytes(content)
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(content)


def flip(folder: Path, *, flips: int) -> list[str]:
    """Spoil a queue *flips* times; return what passed for sound but is not, and numbers repeated.

    One that is known to be damaged is renewed, and goes on giving numbers.
    """
    folder.mkdir()
    given = morning(folder / "office.db")
    whole, before = (folder / "office.db").read_bytes(), read(folder / "office.db")
    chance, found = Random(3), []
    for number in range(flips):
        path = folder / f"flip-{number}" / "office.db"
        path.parent.mkdir()
        path.write_bytes(spoil(chance, whole))
        rows = read(path)
        if rows is not None and rows != before:
            found.append(f"flip {number} went unnoticed")
        elif rows is None:
            with closing(Office(path)) as office:
                renewing.renew(office, used=FIELDS, moment=MOMENT)
                again = {take(office), take(office, "B")} & given
            if again:
                found.append(f"flip {number} repeated {again}")
        shutil.rmtree(path.parent)
    return found


@pytest.mark.parametrize(
    "flips", [30, pytest.param(1000, marks=[pytest.mark.prove, pytest.mark.timeout(0)])]
)
def test_every_flipped_bit_of_the_queue_is_noticed_and_repeats_no_number(
    tmp_path: Path, flips: int
) -> None:
    assert flip(tmp_path / "queue", flips=flips) == []


def test_a_queue_without_digests_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The harness finds the mistake it is there for."""
    monkeypatch.setattr(file_room, "is_plain", lambda _path: True)

    assert any("unnoticed" in line for line in flip(tmp_path / "queue", flips=60))


def test_a_renewed_queue_that_goes_on_in_the_same_letter_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The harness finds the mistake it is there for."""
    monkeypatch.setattr(tickets, "letter_of", lambda _session, _day: None)

    assert any("repeated" in line for line in flip(tmp_path / "queue", flips=30))
