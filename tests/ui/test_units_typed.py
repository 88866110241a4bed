"""Addresses are typed by a few letters of the commune; where one lies today is said or chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from counter.ports import CardTextRead
from tests.ui.citizens import THU
from tests.ui.conftest import CONTROL, Office

KEY = Qt.Key
BA_DINH = "Phường Ba Đình, Thành phố Hà Nội"
BIRTH = "khai sinh"


def line(office: Office, name: str) -> QLineEdit:
    found = office.find(name)
    assert isinstance(found, QLineEdit)
    return found


def take_first(field: QLineEdit) -> None:
    """Take the first commune that is offered, as Enter in the list does."""
    completer = field.findChild(QCompleter)
    assert completer is not None
    assert completer.completionCount() > 0
    completer.setCurrentRow(0)
    completer.activated.emit(completer.currentCompletion())


@pytest.fixture
def typed_by_hand(office: Office) -> Office:
    office.press(KEY.Key_N, CONTROL)
    office.type("TRAN THI MAU")
    office.find("manual_address").setFocus()
    return office


def test_an_address_ends_with_the_commune_that_a_few_letters_find(typed_by_hand: Office) -> None:
    typed_by_hand.type("So 5, ba dinh")
    typed_by_hand.settle()
    take_first(line(typed_by_hand, "manual_address"))
    typed_by_hand.settle()

    field = line(typed_by_hand, "manual_address")
    assert field.text() == f"So 5, {BA_DINH}"
    assert field.cursorPosition() == len(field.text())
    assert typed_by_hand.text("unit_told") == f"Nay thuộc: {BA_DINH}"


def test_nothing_is_offered_for_a_single_letter(typed_by_hand: Office) -> None:
    typed_by_hand.type("b")
    typed_by_hand.settle()

    assert line(typed_by_hand, "manual_address").findChild(QCompleter) is None


def test_a_declaration_offers_communes_too(office: Office) -> None:
    office.choose(BIRTH)
    office.press(KEY.Key_J, CONTROL)
    office.find("declared_child_birth_place").setFocus()
    office.type("ba dinh")
    office.settle()
    take_first(line(office, "declared_child_birth_place"))
    office.settle()

    assert office.window.receive.declaring.answer("child_birth_place") == BA_DINH


def test_an_address_of_today_is_placed_by_itself(office: Office) -> None:
    office.window.on_card(CardTextRead(replace(THU, place_of_residence=f"Số 5, {BA_DINH}"), None))
    office.settle()

    assert office.text("unit_told") == f"Nay thuộc: {BA_DINH}"
    assert not office.find("unit_today").isVisible()


def test_where_no_table_knows_the_officer_chooses_and_the_portal_is_told(office: Office) -> None:
    old = "Thôn Đông, Xã Cũ, Huyện Mẫu, Tỉnh Ví Dụ"
    office.window.on_card(CardTextRead(replace(THU, place_of_residence=old), None))
    office.settle()
    asked_for = office.find("unit_today").isVisible()
    office.find("unit_today").setFocus()
    office.type("ba dinh")
    office.settle()
    take_first(line(office, "unit_today"))
    office.choose(BIRTH)
    office.press(KEY.Key_E, CONTROL)
    office.settle()
    office.press(KEY.Key_F9)
    office.settle()

    [asked] = office.desk.received
    assert asked_for
    assert asked.applicant.address == old
    assert asked.unit_code == "00004"


def test_the_next_visit_knows_no_commune_of_the_last(office: Office) -> None:
    office.window.on_card(CardTextRead(THU, None))
    office.settle()
    office.window.receive.begin_next()
    office.settle()

    assert not office.find("unit_told").isVisible()
    assert office.window.receive.identity.unit.code == ""
