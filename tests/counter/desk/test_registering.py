"""The registers of some days as facts, files and papers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from counter.certify import CertifyAsked, Document
from counter.desk.desk import Desk
from counter.errors import DaysReversed
from counter.papers.form import Form
from counter.values import DossierId, uuid7
from counter.wording import WordedPaper
from tests.counter.desk.conftest import SetClock, asked, person

TODAY = date(2026, 11, 25)


def certify(desk: Desk, clock: SetClock) -> None:
    documents = (Document("Bằng tốt nghiệp", 3, 2), Document("=Học bạ", 1, 1))
    wanted = CertifyAsked(DossierId(uuid7(clock())), person(), documents, clock(), "B001")
    desk.certifying().certify(wanted)


def test_the_book_of_copies_becomes_a_file_whose_texts_are_texts(
    desk: Desk, clock: SetClock, tmp_path: Path
) -> None:
    certify(desk, clock)
    facts = desk.registers().certified(TODAY, TODAY)

    count = desk.registers().write(facts, tmp_path / "so.xlsx")

    rows = list(load_workbook(tmp_path / "so.xlsx").active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert count == 2
    assert rows[1][:4] == ("1", "25/11/2026", "Nguyễn Thị Mẫu", "Bằng tốt nghiệp")
    assert rows[1][5:8] == (2, 3, 10_000)
    assert rows[2][3] == "=Học bạ"


def test_both_registers_become_papers(desk: Desk, clock: SetClock) -> None:
    certify(desk, clock)
    registers = desk.registers()

    jobs = [
        registers.job(facts)
        for facts in (registers.dossiers(TODAY, TODAY), registers.certified(TODAY, TODAY))
    ]

    forms = [job.paper.wording.form for job in jobs if isinstance(job.paper, WordedPaper)]
    assert forms == [Form.REGISTER, Form.CERTIFIED_BOOK]


def test_the_register_lists_what_was_received_and_where_it_stands(
    desk: Desk, clock: SetClock
) -> None:
    received = desk.receive(asked(clock))

    (line,) = desk.registers().dossiers(TODAY, TODAY).lines

    assert (line.code, line.applicant) == (received.code, "Nguyễn Thị Mẫu")


def test_days_that_run_backwards_are_refused(desk: Desk) -> None:
    with pytest.raises(DaysReversed):
        desk.registers().certified(TODAY, TODAY.replace(day=1))
