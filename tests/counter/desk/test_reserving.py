"""While the shared office database is away numbers go on, and afterwards everybody is counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from counter.desk import calls, queueing, reserving, waiting_hall
from counter.desk.context import Hall
from counter.desk.opening import open_hall
from counter.errors import NoReserve, QueueAway
from counter.folder import DataFolder
from counter.office import office as office_module
from counter.office import tickets
from counter.ports import Outcome
from counter.values import CitizenNumber, local_day
from tests.counter.desk.conftest import RESOURCES, SetClock, opening_in
from tests.postgres import Server

CITIZEN = CitizenNumber("001199012345")


class House:
    """A kiosk and a counter on two computers, and the server between them."""

    def __init__(self, server: Server, folder: Path, clock: SetClock, stack: ExitStack) -> None:
        self.server = server
        url = server.new_database()
        self._folder, self._clock, self._stack = folder, clock, stack
        self.kiosk = self._place("K01", "Máy lấy số", url)
        self.counter = self._place("Q01", "Quầy 1", url)

    def _place(self, desk: str, name: str, url: str) -> Hall:
        text = (RESOURCES / "demo" / "site.toml").read_text(encoding="utf-8")
        text = text.replace("H55.242-Q01", f"H55.242-{desk}").replace('"Quầy 1"', f'"{name}"')
        path = self._folder / f"{desk}.toml"
        path.write_text(f'{text}\n[office_database]\nurl = "{url}"\n', encoding="utf-8")
        opening = opening_in(DataFolder(self._folder / desk), self._clock)
        return self._stack.enter_context(open_hall(replace(opening, settings_path=path)))


@pytest.fixture(scope="module")
def mortal() -> Iterator[Server]:
    """A server that may be killed."""
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def house(
    mortal: Server, tmp_path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    monkeypatch.setattr(office_module, "AWAY_S", 0.0)
    if not mortal.is_running:
        mortal.start()
    with ExitStack() as stack:
        yield House(mortal, tmp_path, clock, stack)


def numbers_in(hall: Hall, clock: SetClock) -> dict[str, str]:
    with hall.office.reading() as session:
        return {
            tickets.number_of(row): row.state
            for letter in "AZY"
            for number in range(1, 9)
            if (row := tickets.find(session, local_day(clock()), f"{letter}{number:03}"))
        }


def test_numbers_go_on_in_own_letters_and_everything_is_told_afterwards(
    house: House, clock: SetClock
) -> None:
    queueing.take_ticket(house.kiosk, "A", None)
    calls.queue(house.counter, "Quầy 1")
    house.server.kill()

    away = [queueing.take_ticket(house.kiosk, "A", "NCT") for _ in range(2)]
    at_desk = queueing.take_ticket(house.counter, "A", None)
    with pytest.raises(QueueAway):
        calls.call_next(house.counter, "Quầy 1")
    typed = [calls.call_number(house.counter, "Quầy 1", t.number) for t in (away[0], at_desk)]
    view = calls.queue(house.counter, "Quầy 1")
    house.server.start()
    told_first = reserving.keep_in_touch(house.counter)
    told_then = reserving.keep_in_touch(house.kiosk)

    assert [t.number for t in away] == ["Z001", "Z002"]
    assert (at_desk.number, at_desk.is_reserve) == ("Y001", True)
    assert [t.number for t in typed] == ["Z001", "Y001"]
    assert view.reserve is not None
    assert (view.reserve.is_away, view.reserve.letter) == (True, "Y")
    assert told_first is not None
    assert told_then is not None
    assert (told_first.tickets, told_first.calls) == (1, 1)
    assert (told_then.tickets, told_then.calls) == (2, 1)
    assert numbers_in(house.kiosk, clock) == {
        "A001": "waiting",
        "Z001": "served",
        "Z002": "waiting",
        "Y001": "served",
    }
    assert reserving.keep_in_touch(house.kiosk) is None


def test_telling_twice_changes_nothing(
    house: House, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    queueing.services(house.kiosk)
    reserving.keep_in_touch(house.kiosk)
    house.server.kill()
    queueing.take_ticket(house.kiosk, "A", None)
    house.server.start()

    with monkeypatch.context() as cut:
        cut.setattr("counter.office.reserve.forget", lambda *_a: None)
        first = reserving.keep_in_touch(house.kiosk)
    again = reserving.keep_in_touch(house.kiosk)

    assert first is not None
    assert again is not None
    assert (first.tickets, again.tickets) == (1, 0)
    assert numbers_in(house.kiosk, clock) == {"Z001": "waiting"}


def test_a_number_taken_while_the_way_was_cut_is_void_and_accounted_for(
    house: House, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    reserving.keep_in_touch(house.kiosk)
    real = house.kiosk.office.writing

    def cut_after_commit() -> object:
        class Cut:
            def __enter__(self) -> object:
                self.inner = real()
                return self.inner.__enter__()

            def __exit__(self, *why: object) -> None:
                self.inner.__exit__(None, None, None)
                raise QueueAway

        return Cut()

    with monkeypatch.context() as cut:
        cut.setattr(house.kiosk.office, "writing", cut_after_commit)
        promised = queueing.take_ticket(house.kiosk, "A", None)
    told = reserving.keep_in_touch(house.kiosk)

    assert promised.number == "Z001"
    assert told is not None
    assert (told.tickets, told.voided) == (1, 1)
    assert numbers_in(house.kiosk, clock) == {"A001": "void", "Z001": "waiting"}


def test_a_place_that_never_reached_the_office_has_no_letter(house: House) -> None:
    house.server.kill()

    with pytest.raises(NoReserve):
        queueing.take_ticket(house.kiosk, "A", None)


def test_the_kiosk_finds_a_citizen_s_numbers_and_keeps_the_number_to_itself(house: House) -> None:
    queueing.take_ticket(house.kiosk, "A", None, citizen=CITIZEN)
    queueing.take_ticket(house.kiosk, "B", None, citizen=CITIZEN)

    found = queueing.tickets_of(house.kiosk, CITIZEN)

    assert [t.number for t in found] == ["A001", "B001"]
    assert CITIZEN.digits not in repr(found)


def test_the_board_shows_what_other_computers_call(house: House) -> None:
    queueing.take_ticket(house.kiosk, "A", None)
    before = waiting_hall.hall_mark(house.kiosk)
    calls.call_next(house.counter, "Quầy 1")

    state = waiting_hall.hall_state(house.kiosk)

    assert waiting_hall.hall_mark(house.kiosk) > before
    assert [(c.number, c.counter) for c in state.calls] == [("A001", "Quầy 1")]


def test_a_number_told_meanwhile_is_given_back_and_noted_where_it_is_now(
    house: House, clock: SetClock
) -> None:
    reserving.keep_in_touch(house.kiosk)
    house.server.kill()
    given, kept = (queueing.take_ticket(house.kiosk, "A", None) for _ in range(2))
    house.server.start()
    reserving.keep_in_touch(house.kiosk)
    house.server.kill()
    other = queueing.take_ticket(house.kiosk, "A", None)
    house.server.start()

    queueing.give_back(house.kiosk, given)
    queueing.note_paper(house.kiosk, kept, Outcome.PRINTED)
    reserving.keep_in_touch(house.kiosk)

    assert [given.number, kept.number, other.number] == ["Z001", "Z002", "Z003"]
    assert numbers_in(house.kiosk, clock) == {
        "Z001": "void",
        "Z002": "waiting",
        "Z003": "waiting",
    }
    with house.kiosk.office.reading() as session:
        row = tickets.find(session, local_day(clock()), kept.number)
        assert row is not None
        assert row.paper == Outcome.PRINTED
