"""Where the result goes, chosen beside the due date."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox

from counter.acts import ActKind, HandToPost
from counter.returning import ReturnTo, ReturnWay
from tests.ui.conftest import CONTROL, KEYS, Office
from tests.ui.test_visit_page import park, resume
from tests.ui.test_walk_in_forms import begin
from ui.officer.places import DOSSIERS


def choose(office: Office, way: ReturnWay) -> None:
    box = office.find("return_way")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(way))


def receive(office: Office) -> ReturnTo:
    """Receive what stands on the page; return where its result goes."""
    office.press(KEYS.Key_E, CONTROL)
    office.settle()
    office.press(KEYS.Key_F9)
    office.settle()
    return office.desk.received[-1].return_to


def test_unless_said_otherwise_the_result_is_fetched_at_the_desk(office: Office) -> None:
    begin(office)
    hidden = office.find("return_address").isHidden()

    assert receive(office) == ReturnTo()
    assert hidden


def test_another_address_is_typed_only_where_the_post_brings_the_result(office: Office) -> None:
    begin(office)
    choose(office, ReturnWay.POST)
    office.find("return_address").setFocus()
    office.type("Thon 9, xa Khac")

    assert receive(office) == ReturnTo(ReturnWay.POST, address="Thon 9, xa Khac")


@pytest.mark.parametrize("way", list(ReturnWay))
def test_the_choice_is_the_next_visits_no_more(office: Office, way: ReturnWay) -> None:
    begin(office)
    choose(office, way)
    first = receive(office)
    office.window.receive.begin_next()
    office.settle()

    assert first.way is way
    assert office.window.receive.summary.returns.wish() == ReturnTo()


def test_the_choice_comes_back_with_a_visit_that_was_laid_aside(office: Office) -> None:
    begin(office)
    choose(office, ReturnWay.POST)
    office.find("return_address").setFocus()
    office.type("Thon 9")
    park(office)
    between = office.window.receive.summary.returns.wish()
    resume(office)

    wish = office.window.receive.summary.returns.wish()

    assert between == ReturnTo()
    assert wish == ReturnTo(ReturnWay.POST, address="Thon 9")


def test_whoever_hands_a_result_to_the_post_sees_where_it_goes(office: Office) -> None:
    begin(office)
    choose(office, ReturnWay.POST)
    office.find("return_address").setFocus()
    office.type("Thon 9")
    receive(office)
    office.desk.can = (ActKind.HAND_TO_POST,)
    office.window.dossiers_talk.look_up(office.desk.lines[-1].code)
    office.settle()
    office.window.show_page(DOSSIERS)
    office.press(KEYS.Key_Return, CONTROL)
    office.settle()
    told = office.text("act_post_to")
    office.find("act_receiver").setFocus()
    office.type("Pham Van Buu")
    office.press(KEYS.Key_Return, CONTROL)
    office.settle()

    assert told.endswith("Thon 9")
    assert office.desk.acted == [(office.desk.lines[-1].id, HandToPost("Pham Van Buu"))]
