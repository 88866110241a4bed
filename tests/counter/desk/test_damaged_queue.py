"""While the queue's file is damaged numbers go on from the reserve, and dossiers are received."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from counter.desk import calls, queueing, reserving
from counter.desk.desk import Desk
from counter.desk.opening import Opening, open_desk, open_hall
from counter.errors import NoReserve, QueueDamaged
from counter.folder import DataFolder
from counter.kiosk import PaperKind
from counter.office import tickets
from counter.ports import Outcome, PaperMade
from counter.values import CitizenNumber, local_day
from counter.work import Change
from tests.counter.desk.conftest import RESOURCES, SetClock, asked
from tests.counter.office.test_renewing import spoil_table

HERE = "Quầy 1"


def damage(folder: DataFolder) -> bytes:
    """Put something else in the place of the queue's file, and return it."""
    for kept in files_of_the_queue(folder):
        kept.unlink()
    rubbish = Random(7).randbytes(9_000)
    folder.office.write_bytes(rubbish)
    return rubbish


def damage_at_work(folder: DataFolder) -> None:
    for kept in files_of_the_queue(folder):
        kept.write_bytes(Random(8).randbytes(kept.stat().st_size))


def files_of_the_queue(folder: DataFolder) -> list[Path]:
    return list(folder.root.glob("office.db*"))


def test_dossiers_are_received_while_the_file_of_the_queue_is_damaged(
    opening: Opening, clock: SetClock
) -> None:
    rubbish = damage(opening.folder)

    with open_desk(opening) as context:
        desk = Desk(context)
        received = desk.receive(asked(clock))
        noted = desk.note_paper(PaperMade(received.jobs[0].id, Outcome.TRAY, "tray/receipt.pdf"))

    assert noted is Change.PAPER
    assert received.ticket is None
    assert opening.folder.office.read_bytes() == rubbish


def test_a_file_damaged_at_work_holds_up_no_dossier(opening: Opening, clock: SetClock) -> None:
    with open_desk(opening) as context:
        desk = Desk(context)
        queueing.take_ticket(context.hall, "A", None)
        damage_at_work(opening.folder)
        with pytest.raises(QueueDamaged):
            calls.call_next(context.hall, HERE)
        received = desk.receive(asked(clock))
        noted = desk.note_paper(PaperMade(received.jobs[0].id, Outcome.TRAY, "tray/receipt.pdf"))

    assert noted is Change.PAPER
    assert received.ticket is None


def test_numbers_go_on_in_the_own_letter_while_the_file_is_damaged(opening: Opening) -> None:
    with open_desk(opening) as context:
        before = queueing.take_ticket(context.hall, "A", None)
        damage_at_work(opening.folder)
        taken = [queueing.take_ticket(context.hall, "A", None) for _ in range(2)]
        queueing.note_paper(context.hall, taken[0], Outcome.TRAY)
        typed = calls.call_number(context.hall, HERE, taken[0].number)
        view = calls.queue(context.hall, HERE)

    assert before.number == "A001"
    assert [(one.number, one.is_reserve) for one in taken] == [("Z001", True), ("Z002", True)]
    assert typed.number == "Z001"
    assert view.reserve is not None
    assert (view.reserve.is_away, view.reserve.is_damaged, view.reserve.letter) == (True, True, "Z")


def test_a_file_of_which_one_page_is_damaged_goes_on_and_is_known_to_be(opening: Opening) -> None:
    with open_desk(opening) as context:
        queueing.take_ticket(context.hall, "A", None)
    spoil_table(opening.folder.office, "series")
    with open_desk(opening) as context:
        before = calls.queue(context.hall, HERE)
        taken = queueing.take_ticket(context.hall, "A", None)
        after = calls.queue(context.hall, HERE)

    assert before.reserve is None
    assert taken.number == "Z001"
    assert after.reserve is not None
    assert (after.reserve.is_away, after.reserve.is_damaged) == (False, True)
    assert [ticket.number for ticket in after.waiting] == ["A001", "Z001"]


def test_a_file_damaged_before_it_gave_a_letter_stops_no_numbers(opening: Opening) -> None:
    damage(opening.folder)

    with open_hall(opening) as hall:
        taken = queueing.take_ticket(hall, "A", None)

    assert (taken.number, taken.is_reserve) == ("Z001", True)


def test_the_kiosk_answers_while_the_file_is_damaged(opening: Opening) -> None:
    damage(opening.folder)

    with open_hall(opening) as hall:
        services = queueing.services(hall)
        own = queueing.tickets_of(hall, CitizenNumber("001199012345"))
        looked = queueing.look_at(hall, f"A001-{local_day(hall.clock()):%y%m%d}")

    assert {service.waiting for service in services} == {0}
    assert own == ()
    assert looked.kind is PaperKind.TICKET


def test_a_place_at_another_folders_damaged_file_takes_no_letter_by_itself(
    opening: Opening, tmp_path: Path
) -> None:
    shared = tmp_path / "shared.db"
    shared.write_bytes(Random(9).randbytes(9_000))
    text = (RESOURCES / "demo" / "site.toml").read_text(encoding="utf-8")
    path = tmp_path / "shared.toml"
    path.write_text(f'{text}\n[office_database]\nurl = "sqlite:///{shared}"\n', encoding="utf-8")

    with open_hall(replace(opening, settings_path=path)) as hall, pytest.raises(NoReserve):
        queueing.take_ticket(hall, "A", None)


def test_what_was_given_out_meanwhile_is_told_to_a_file_that_is_new(
    opening: Opening, clock: SetClock
) -> None:
    rubbish = damage(opening.folder)
    aside = opening.folder.root / "kept-aside.db"

    with open_desk(opening) as context:
        meanwhile = [queueing.take_ticket(context.hall, "A", None) for _ in range(2)]
        calls.call_number(context.hall, HERE, "Z001")
        received = Desk(context).receive(asked(clock))
        Desk(context).note_paper(PaperMade(received.jobs[0].id, Outcome.TRAY, "tray/receipt.pdf"))
        opening.folder.office.rename(aside)
        told = reserving.keep_in_touch(context.hall)
        with context.hall.office.reading() as session:
            states = [
                tickets.get_number(session, local_day(clock()), one.number).state
                for one in meanwhile
            ]
        known = queueing.look_at(context.hall, received.code)

    assert told is not None
    assert (told.tickets, told.calls) == (2, 1)
    assert states == ["served", "waiting"]
    assert known.service == "A"
    assert aside.read_bytes() == rubbish
