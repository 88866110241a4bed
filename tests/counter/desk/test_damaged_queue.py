"""A damaged file of the queue stops the queue and nothing else."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from counter.desk import queueing
from counter.desk.desk import Desk
from counter.desk.opening import Opening, open_desk
from counter.errors import QueueDamaged
from counter.folder import DataFolder
from counter.ports import Outcome, PaperMade
from counter.work import Change
from tests.counter.desk.conftest import SetClock, asked


def damage(folder: DataFolder) -> bytes:
    """Put something else in the place of the queue's file, and return it."""
    for kept in files_of_the_queue(folder):
        kept.unlink()
    rubbish = Random(7).randbytes(9_000)
    folder.office.write_bytes(rubbish)
    return rubbish


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
        for kept in files_of_the_queue(opening.folder):
            kept.write_bytes(Random(8).randbytes(kept.stat().st_size))
        with pytest.raises(QueueDamaged):
            queueing.take_ticket(context.hall, "A", None)
        received = desk.receive(asked(clock))
        noted = desk.note_paper(PaperMade(received.jobs[0].id, Outcome.TRAY, "tray/receipt.pdf"))

    assert noted is Change.PAPER
    assert received.ticket is None


def test_whoever_asks_for_a_number_hears_that_the_queue_is_damaged(opening: Opening) -> None:
    damage(opening.folder)

    with open_desk(opening) as context, pytest.raises(QueueDamaged):
        queueing.take_ticket(context.hall, "A", None)


def test_once_the_damaged_file_is_moved_away_numbers_begin_anew(opening: Opening) -> None:
    rubbish = damage(opening.folder)
    aside = opening.folder.root / "kept-aside.db"

    with open_desk(opening) as context:
        with pytest.raises(QueueDamaged):
            queueing.services(context.hall)
        opening.folder.office.rename(aside)
        taken = queueing.take_ticket(context.hall, "A", None)

    assert taken.number == "A001"
    assert aside.read_bytes() == rubbish
