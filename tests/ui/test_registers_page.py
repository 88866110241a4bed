"""The registers are read, narrowed down, written and printed from their page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QRadioButton

from counter.papers.law import RegisterFacts
from tests.ui.conftest import KEYS, Office
from ui.officer.registers_page import RegistersPage


@pytest.fixture
def reading(closed_office: Office) -> Office:
    closed_office.open()
    closed_office.window.open_further("registers")
    closed_office.settle()
    return closed_office


def page(office: Office) -> RegistersPage:
    found = office.window.further("registers").page
    assert isinstance(found, RegistersPage)
    return found


def test_the_month_so_far_is_there_at_once(reading: Office) -> None:
    assert reading.desk.written.asked == [("dossiers", date(2026, 11, 1), date(2026, 11, 25))]
    assert page(reading).shown() is not None


def test_the_other_register_is_one_key_away(reading: Office) -> None:
    copies = reading.find("register_of_copies")
    assert isinstance(copies, QRadioButton)

    copies.click()
    reading.settle()

    assert reading.desk.written.asked[-1][0] == "certified"
    assert "phí 48.000 đ" in reading.everything_shown()


def test_a_day_that_is_none_is_said_and_nothing_asked(reading: Office) -> None:
    first = reading.find("register_first")
    assert isinstance(first, QLineEdit)
    first.setText("31/02/2026")
    first.setFocus()

    reading.press(KEYS.Key_Return)
    reading.settle()

    assert len(reading.desk.written.asked) == 1
    assert "Hãy ghi ngày như 25/11/2026" in reading.everything_shown()


def test_what_is_written_and_printed_is_what_the_filter_left(
    reading: Office, tmp_path: Path
) -> None:
    whole = page(reading).shown()
    assert isinstance(whole, RegisterFacts)
    name = whole.lines[0].applicant
    same = sum(line.applicant == name for line in whole.lines)
    box = reading.find("register_filter")
    assert isinstance(box, QLineEdit)
    box.setText(name)

    page(reading)._on_file(str(tmp_path / "so.xlsx"))
    page(reading).print_shown()
    reading.settle()

    assert reading.desk.written.files == [(same, tmp_path / "so.xlsx")]
    assert len(reading.hands.jobs) == 1


def test_nothing_found_says_what_to_do(reading: Office) -> None:
    box = reading.find("register_filter")
    assert isinstance(box, QLineEdit)

    box.setText("không ai tên thế")

    assert not reading.find("register_file").isEnabled()
    assert "Hãy chọn ngày khác" in reading.everything_shown()


def test_the_index_of_these_days_stands_under_their_register_only(reading: Office) -> None:
    told = reading.text("register_scores")
    copies = reading.find("register_of_copies")
    assert isinstance(copies, QRadioButton)
    copies.click()
    reading.settle()

    assert "đồng bộ lên cổng 194/200 (5,82/6)" in told
    assert "đúng hạn 171/185 (18,49/20)" in told
    assert "theo lần hẹn đầu 168/186 (18,06/20)" in told
    assert "thanh toán trực tuyến 0/0 (—/6)" in told
    assert reading.find("register_scores").isHidden()


def test_the_first_due_dates_stand_beside_punctuality_in_whatever_order(reading: Office) -> None:
    scores = reading.desk.written.scores(date(2026, 11, 1), date(2026, 11, 25))

    page(reading).show_scores(replace(scores, lines=scores.lines[::-1]))

    told = reading.text("register_scores")
    assert "đúng hạn 171/185 (18,49/20) · đúng hạn tính theo lần hẹn đầu 168/186" in told
    assert told.count("theo lần hẹn đầu") == 1
