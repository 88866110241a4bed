"""Who waits longest for the office's file is let in before those who came later."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic_ns

import pytest

from counter.errors import QueueAway
from counter.office import line as line_room
from counter.office import office as office_room
from counter.office import tickets
from counter.office.line import Line
from counter.office.office import Office
from counter.office.tickets import Wanted
from counter.values import uuid7
from tests.postgres import Server

MOMENT = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
NOT_SOON_NS = 60_000_000_000
"""Who says that it waits is waited for while a busy machine keeps the test from going on."""


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setattr(line_room, "FADES_NS", NOT_SOON_NS)
    return Line(tmp_path / "office.db")


def take(office: Office) -> str:
    with office.writing() as session:
        wanted = Wanted(id=uuid7(MOMENT), services=("A",), given_by="K")
        return tickets.number_of(tickets.take(session, wanted, MOMENT))


def test_who_began_to_wait_earlier_is_first_whoever_says_it_first(line: Line) -> None:
    now = monotonic_ns()

    said = [line.is_first(began) for began in (now - 1000, now - 500, now - 2000, now - 1000)]

    assert said == [True, False, True, False]


def test_when_the_first_has_left_the_next_is_first(line: Line) -> None:
    now = monotonic_ns()
    line.is_first(now - 1000)
    line.leave()

    assert line.is_first(now)


def test_who_has_fallen_silent_is_not_waited_for(line: Line, tmp_path: Path) -> None:
    long_ago = monotonic_ns() - NOT_SOON_NS - 1
    os.utime(tmp_path / "office.db-line", ns=(long_ago, long_ago))

    assert not line.is_waited(before_ns=monotonic_ns())


def test_where_no_line_can_be_kept_everybody_is_first(tmp_path: Path) -> None:
    nowhere = Line(tmp_path / "no folder" / "office.db")
    now = monotonic_ns()

    assert [nowhere.is_first(now), nowhere.is_first(now + 1)] == [True, True]


def test_a_dead_one_in_the_line_keeps_nobody_out(tmp_path: Path, made_file: Path) -> None:
    path = tmp_path / "office.db"
    path.write_bytes(made_file.read_bytes())
    with closing(Office(path)) as office:
        Line(path).is_first(monotonic_ns() - 1_000_000_000)

        assert take(office) == "A001"


def test_a_computer_that_falls_silent_in_a_call_holds_the_others_up_for_a_short_time_only(
    postgres: Server, made_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.new_database(made_database)
    kept = []
    with monkeypatch.context() as hasty:
        hasty.setattr(office_room, "IDLE_MS", 2000)
        silent_one = Office(None, url)

    def fall_silent_in_a_call(silent: Office, other: Office) -> None:
        with silent.writing() as session:
            tickets.take(session, Wanted(id=uuid7(MOMENT), services=("A",), given_by="K"), MOMENT)
            kept.append(take(other))

    with closing(silent_one) as silent, closing(Office(None, url)) as other:
        with pytest.raises(QueueAway):
            fall_silent_in_a_call(silent, other)

        assert [*kept, take(other)] == ["A001", "A002"]
