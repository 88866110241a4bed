"""One person brings several dossiers: collected on the page, received with one key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from counter.errors import DiskFull
from counter.forms import TicketPaper
from counter.papers.desk import ManyFacts
from counter.wording import WordedPaper
from tests.ui.conftest import CONTROL, Office
from tests.ui.test_receive_journey import lay_card

KEY = Qt.Key
PROCEDURES = ("khai sinh", "xac nhan tinh trang", "thuong tru")


def prepare(office: Office, words: str) -> None:
    office.choose(words)
    office.press(KEY.Key_E, CONTROL)
    office.settle()


@pytest.fixture
def two_waiting(office: Office) -> Office:
    """Two dossiers that wait, and the third on the page."""
    lay_card(office)
    for words in PROCEDURES[:2]:
        prepare(office, words)
        office.press(KEY.Key_F9, CONTROL)
        office.settle()
    prepare(office, PROCEDURES[2])
    return office


def test_three_dossiers_are_received_with_one_key_one_ticket_one_receipt(
    two_waiting: Office,
) -> None:
    two_waiting.press(KEY.Key_F9)
    two_waiting.settle()

    asked = two_waiting.desk.received
    assert [one.procedure_code for one in asked] == ["1.001193", "1.004873", "1.004222"]
    assert len({one.dossier_id for one in asked}) == 3
    assert {one.applicant.full_name for one in asked} == {"Nguyễn Văn Thử"}
    papers = [job.paper for job in two_waiting.hands.jobs]
    worded = [paper for paper in papers if isinstance(paper, WordedPaper)]
    assert [type(paper.facts) for paper in worded] == [ManyFacts]
    assert sum(isinstance(paper, TicketPaper) for paper in papers) == 1
    assert two_waiting.text("received_code") == "3 hồ sơ"


def test_the_receipt_of_all_is_printed_again_with_its_mark(two_waiting: Office) -> None:
    two_waiting.press(KEY.Key_F9)
    two_waiting.settle()
    two_waiting.press(KEY.Key_P, CONTROL)
    two_waiting.settle()

    paper = two_waiting.hands.jobs[-1].paper
    assert isinstance(paper, WordedPaper)
    assert isinstance(paper.facts, ManyFacts)
    assert paper.reprint


def test_the_key_says_how_many_it_receives(two_waiting: Office) -> None:
    button = two_waiting.find("receive")
    assert isinstance(button, QPushButton)

    assert button.text() == "Tiếp nhận 3 hồ sơ"
    assert two_waiting.text("basket_title") == "Hồ sơ trong lượt này: 2"


def test_one_that_waits_can_be_taken_out_again(two_waiting: Office) -> None:
    two_waiting.bot.mouseClick(two_waiting.find("basket_out_0"), Qt.MouseButton.LeftButton)
    two_waiting.press(KEY.Key_F9)
    two_waiting.settle()

    assert [one.procedure_code for one in two_waiting.desk.received] == ["1.004873", "1.004222"]


def test_what_waits_is_received_without_a_further_one(office: Office) -> None:
    lay_card(office)
    for words in PROCEDURES[:2]:
        prepare(office, words)
        office.press(KEY.Key_F9, CONTROL)
        office.settle()

    office.press(KEY.Key_F9)
    office.settle()

    assert len(office.desk.received) == 2


def test_a_dossier_that_is_not_whole_does_not_wait(office: Office) -> None:
    lay_card(office)
    office.choose(PROCEDURES[0])
    office.press(KEY.Key_F9, CONTROL)

    assert office.window.receive.summary.waiting == ()


def test_a_full_disk_loses_none_that_waits(two_waiting: Office) -> None:
    two_waiting.desk.failing = DiskFull()
    two_waiting.press(KEY.Key_F9)
    two_waiting.settle()

    assert len(two_waiting.window.receive.summary.waiting) == 2
    assert two_waiting.window.receive.procedure.procedure is not None


def test_the_next_visit_begins_with_none(two_waiting: Office) -> None:
    two_waiting.press(KEY.Key_F9)
    two_waiting.settle()
    two_waiting.press(KEY.Key_F10)
    two_waiting.settle()

    assert two_waiting.window.receive.summary.waiting == ()
