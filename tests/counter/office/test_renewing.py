"""A damaged file of the queue is replaced: no number comes twice, whoever is at work meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from counter.errors import NoReserve, QueueDamaged, QueueSound
from counter.office import bookings, calling, ratings, renewing, reserve, tickets
from counter.office.file import connect, following, newest
from counter.office.office import Office
from counter.office.tables import TicketRow
from counter.office.tickets import Place, Wanted
from counter.values import local_day, uuid7

MOMENT = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
TODAY = local_day(MOMENT)
TOMORROW = MOMENT + timedelta(days=1)
HERE = Place("Quầy 1", "H00.1-Q01-CB1")
FIELDS = "ABCDE"
PAGE = 4096


@pytest.fixture
def office(tmp_path: Path, made_file: Path) -> Iterator[Office]:
    path = tmp_path / "office.db"
    path.write_bytes(made_file.read_bytes())
    with closing(Office(path)) as opened:
        yield opened


def take(office: Office, moment: datetime = MOMENT) -> str:
    with office.writing() as session:
        wanted = Wanted(id=uuid7(moment), services=("A",), given_by="K")
        return tickets.number_of(tickets.take(session, wanted, moment))


def fill(office: Office) -> None:
    """Give a morning to the queue, and fold it into the file."""
    with office.writing() as session:
        reserve.enrol(session, desk_id="Q01", counter="Quầy 1", services="", fields=FIELDS)
        bookings.expect(session, "H55.242-261125-0001", "A", None)
        ratings.rate(session, "A001-261124", "A", score=5, reasons="", day=TODAY)
    for _ in range(3):
        take(office)
    with office.writing() as session:
        calling.call_next(session, HERE, MOMENT)
    office.close()


def spoil_table(path: Path, name: str) -> None:
    """Make the first page of a table or an index rubbish, in a file that nobody has open."""
    with closing(connect(path)) as driver:
        asked = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        ((page,),) = driver.execute(asked, (name,)).fetchall()
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = Random(page).randbytes(PAGE)
    path.write_bytes(content)


def spoil(office: Office, name: str) -> None:
    assert office.home is not None
    office.close()
    spoil_table(newest(office.home), name)


def spoil_all(office: Office) -> bytes:
    assert office.home is not None
    path = newest(office.home)
    office.close()
    path.write_bytes(Random(3).randbytes(9_000))
    return path.read_bytes()


def renew(office: Office, moment: datetime = MOMENT) -> renewing.Renewed:
    return renewing.renew(office, used=FIELDS, moment=moment)


def states(office: Office) -> dict[str, str]:
    with office.reading() as session:
        rows = session.query(TicketRow).all()
        return {tickets.number_of(row): row.state for row in rows}


def test_no_number_of_today_comes_twice_and_tomorrow_each_field_has_its_letter(
    office: Office,
) -> None:
    fill(office)
    rubbish = spoil_all(office)

    done = renew(office)
    given = [take(office), take(office), take(office, TOMORROW)]

    assert done == renewing.Renewed(
        "office.db", "office-2.db", "F", tuple(names[0] for names in renewing.TOGETHER)
    )
    assert given == ["F001", "F002", "A001"]
    assert office.home is not None
    assert office.home.read_bytes() == rubbish


def test_what_can_be_read_of_the_damaged_file_is_kept(office: Office) -> None:
    fill(office)
    spoil(office, "rating")

    done = renew(office)

    assert done.lost == ("rating",)
    assert states(office) == {"A001": "called", "A002": "waiting", "A003": "waiting"}
    with office.writing() as session:
        assert reserve.letter_of(session, "Q01") == "Z"
        assert bookings.arrive(session, "H55.242-261125-0001", MOMENT).service == "A"
    assert take(office) == "F001"


def test_a_spoilt_index_loses_nothing(office: Office) -> None:
    fill(office)
    spoil(office, "ix_ticket_day_state_service")
    with pytest.raises(QueueDamaged):
        take(office)

    done = renew(office)

    assert done.lost == ()
    assert list(states(office)) == ["A001", "A002", "A003"]


def test_numbers_that_cannot_be_read_are_lost_together_and_bookings_stay(office: Office) -> None:
    fill(office)
    spoil(office, "errand")

    done = renew(office)

    assert done.lost == ("series",)
    assert states(office) == {}
    with office.writing() as session:
        assert bookings.arrive(session, "H55.242-261125-0001", MOMENT).service == "A"


def test_a_number_on_paper_is_called_by_typing_it(office: Office) -> None:
    fill(office)
    spoil_all(office)
    renew(office)

    with office.writing() as session:
        renewing.take_up(session, "A002", given_by="Q01", fields=FIELDS, moment=MOMENT)
        called = calling.call_number(session, "A002", HERE, MOMENT)

    assert (called.number, called.state, called.service) == ("A002", "called", "A")


@pytest.mark.parametrize("number", ["F007", "Z001", "A1", "nothing"])
def test_a_number_that_may_still_be_given_or_told_is_not_taken_up(
    office: Office, number: str
) -> None:
    fill(office)
    spoil(office, "ticket")
    renew(office)

    with office.writing() as session:
        renewing.take_up(session, number, given_by="Q01", fields=FIELDS, moment=MOMENT)

    assert states(office) == {}


def test_a_sound_queue_takes_up_no_number(office: Office) -> None:
    with office.writing() as session:
        renewing.take_up(session, "A002", given_by="Q01", fields=FIELDS, moment=MOMENT)

    assert states(office) == {}


def test_a_second_damage_of_the_day_has_another_letter(office: Office) -> None:
    fill(office)
    given = [take(office)]
    for _ in range(3):
        spoil_all(office)
        renew(office)
        given += [take(office), take(office)]

    assert len(set(given)) == len(given)
    assert office.path is not None
    assert office.path.name == "office-4.db"


def test_what_is_still_seen_of_an_earlier_letter_repeats_none_later(office: Office) -> None:
    fill(office)
    spoil_all(office)
    given = [renew(office).letter]
    spoil(office, "rating")  # the letter can be read
    given.append(renew(office).letter)
    for _ in range(3):
        spoil_all(office)  # it cannot
        given.append(renew(office).letter)

    assert given == ["F", "J", "R", "S", "T"]


def test_a_sound_file_is_not_replaced(office: Office) -> None:
    fill(office)

    with pytest.raises(QueueSound):
        renew(office)

    assert office.home is not None
    assert newest(office.home) == office.home


def test_without_a_free_letter_nothing_is_replaced(office: Office) -> None:
    spoil_all(office)

    with pytest.raises(NoReserve):
        renewing.renew(office, used=renewing.LETTERS, moment=MOMENT)

    assert office.home is not None
    assert newest(office.home) == office.home


def test_every_program_goes_on_with_the_new_file(office: Office, tmp_path: Path) -> None:
    fill(office)
    with closing(Office(tmp_path / "office.db")) as kiosk:
        take(kiosk)
        spoil(kiosk, "rating")
        renew(office)

        given = [take(kiosk), take(office), take(kiosk)]

    assert given == ["F001", "F002", "F003"]


def test_who_waited_for_the_damaged_file_begins_in_the_new_one(
    office: Office, tmp_path: Path
) -> None:
    fill(office)
    path = tmp_path / "office.db"
    with closing(Office(path)) as kiosk, closing(connect(path)) as holder:
        take(kiosk)
        holder.execute("BEGIN IMMEDIATE")
        given: list[str] = []
        waiting = threading.Thread(target=lambda: given.append(take(kiosk)))
        waiting.start()
        threading.Event().wait(0.3)  # any moment of its waiting will do
        with closing(Office(tmp_path / "made.db")) as made:
            take(made)
        (tmp_path / "made.db").rename(following(path))
        holder.execute("ROLLBACK")
        waiting.join()
        after = take(office)

    assert given == ["A002"], "the second of the new file, not the fifth of the damaged one"
    assert after == "A003"


class Killed(BaseException):
    """What a program that is killed raises no longer."""


def killed(*_words: object, **_more: object) -> None:
    raise Killed


@pytest.mark.parametrize("moment", ["_keep", "fold_log", "rename", "sync_folder"])
def test_killed_at_any_moment_the_queue_is_damaged_as_before_or_new(
    office: Office, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    fill(office)
    before = take(office)
    rubbish = spoil_all(office)
    with monkeypatch.context() as at_work:
        at_work.setattr(
            renewing, "remove_file", lambda _part: None
        )  # a dead program tidies nothing
        if moment == "rename":
            at_work.setattr(Path, "rename", killed)
        else:
            at_work.setattr(renewing, moment, killed)
        with pytest.raises(Killed):
            renew(office)

    assert office.home is not None
    if moment == "sync_folder":
        with pytest.raises(QueueSound):
            renew(office)
    else:
        assert renew(office).file == "office-2.db"
    assert office.home.read_bytes() == rubbish
    assert [before, take(office)] == ["A004", "F001"]
    assert not list(office.home.parent.glob("*.part"))
