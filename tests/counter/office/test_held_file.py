"""A file that another program holds: everybody gets in at last, or hears that it is held."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from counter.database import _copy_beside
from counter.errors import StoreBusy
from counter.office import file as file_room
from counter.office import tickets
from counter.office.file import connect
from counter.office.office import Office
from counter.office.tickets import Wanted
from counter.values import uuid7

MOMENT = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path, made_file: Path) -> Path:
    found = tmp_path / "office.db"
    found.write_bytes(made_file.read_bytes())
    return found


@pytest.fixture
def office(path: Path) -> Iterator[Office]:
    with closing(Office(path)) as opened:
        yield opened


@pytest.fixture
def holder(path: Path) -> Iterator[Any]:
    """Another program in the middle of a writing transaction."""
    other = connect(path)
    with closing(other):
        other.execute("BEGIN IMMEDIATE")
        yield other


def take(office: Office) -> str:
    with office.writing() as session:
        wanted = Wanted(id=uuid7(MOMENT), services=("A",), given_by="K")
        return tickets.number_of(tickets.take(session, wanted, MOMENT))


def test_a_number_waits_until_the_other_program_is_done(office: Office, holder: Any) -> None:
    done = threading.Timer(0.2, holder.execute, ["COMMIT"])
    done.start()

    number = take(office)

    done.join()
    assert number == "A001"


def test_a_file_held_too_long_is_said_to_be_held(
    office: Office, holder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_room, "BUSY_MS", 50)

    with pytest.raises(StoreBusy):
        take(office)

    holder.execute("COMMIT")
    assert take(office) == "A001"


def test_reading_waits_for_nobody(office: Office, holder: Any) -> None:
    with office.reading() as session:
        found = tickets.find(session, MOMENT.date(), "A001")

    assert found is None
    assert holder.in_transaction


def test_the_copy_before_a_step_is_whole_while_another_program_reads_an_older_moment(
    office: Office, path: Path
) -> None:
    path.with_name("office.db.before-0001").write_bytes(b"left over")
    take(office)
    with closing(connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM ticket").fetchone()
        take(office)

        _copy_beside(office, "0001")

    with closing(connect(path.with_name("office.db.before-0001"))) as copy:
        numbers = [number for (number,) in copy.execute("SELECT number FROM ticket ORDER BY row")]
        (sound,) = copy.execute("PRAGMA integrity_check").fetchone()
    assert (numbers, sound) == ([1, 2], "ok")
    assert not path.with_name("office.db.before-0001.part").exists()
