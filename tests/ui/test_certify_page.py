"""Certified copies from card to signature and back, without leaving the keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from counter.certify import Document
from counter.ports import CardTextRead
from tests.ui.citizens import THU
from tests.ui.conftest import CONTROL, KEYS, Office
from ui.officer.certify_page import CertifyPage

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def copying(closed_office: Office) -> Office:
    closed_office.open()
    closed_office.window.open_further("certify")
    closed_office.settle()
    return closed_office


def page(office: Office) -> CertifyPage:
    found = office.window.further("certify").page
    assert isinstance(found, CertifyPage)
    return found


def type_document(office: Office, name: str, pages: str, copies: str) -> None:
    for text in (name, pages, copies):
        office.type(text)
        office.press(KEYS.Key_Return)
    office.settle()


def test_card_documents_and_one_key_are_all_it_takes(copying: Office) -> None:
    copying.window.on_card(CardTextRead(THU, None))
    copying.settle()

    type_document(copying, "Giấy khai sinh", "2", "5")
    type_document(copying, "Bằng tốt nghiệp", "3", "1")
    shown = copying.text("copies_total")
    copying.press(KEYS.Key_S, CONTROL)
    copying.settle()

    (asked,) = copying.desk.copies.asked
    assert asked.applicant.full_name == THU.full_name
    assert asked.applicant.number == THU.id_number
    assert asked.documents == (
        Document("Giấy khai sinh", 2, 5),
        Document("Bằng tốt nghiệp", 3, 1),
    )
    assert shown == "25.000 đ"
    assert len(copying.hands.jobs) == 2
    assert page(copying).documents() == ()
    assert not copying.window.receive.identity.is_from_card


def test_somebody_without_a_card_is_named_by_hand(copying: Office) -> None:
    copying.type("nguyen van khong the")
    copying.press(KEYS.Key_Return)
    type_document(copying, "Học bạ", "10", "1")
    copying.press(KEYS.Key_S, CONTROL)
    copying.settle()

    (asked,) = copying.desk.copies.asked
    assert asked.applicant.full_name.lower() == "nguyen van khong the"
    assert asked.applicant.number is None


def test_what_lacks_gets_the_keyboard_and_nothing_is_asked(copying: Office) -> None:
    copying.press(KEYS.Key_S, CONTROL)
    copying.settle()

    assert copying.desk.copies.asked == []
    assert "Còn thiếu họ tên" in copying.everything_shown()


def test_the_list_is_signed_called_by_its_number_and_given_out(copying: Office) -> None:
    copying.window.on_card(CardTextRead(THU, None))
    copying.settle()
    type_document(copying, "Học bạ", "1", "1")
    copying.press(KEYS.Key_S, CONTROL)
    copying.settle()
    signer = copying.find("copies_signer")
    signer.setFocus()
    copying.type("Lê Văn Mẫu")

    copying.press(KEYS.Key_S, CONTROL | SHIFT)
    copying.settle()
    signed = [one.signed for one in copying.desk.copies.waiting]
    copying.press(KEYS.Key_O, CONTROL)
    copying.settle()
    refused = copying.desk.copies.given == []
    compared = copying.find("copies_compared")
    assert isinstance(compared, QCheckBox)
    compared.setChecked(True)
    copying.press(KEYS.Key_O, CONTROL)
    copying.settle()

    assert signed == [True]
    assert refused
    assert len(copying.desk.copies.given) == 1
    assert not compared.isChecked()


def test_who_gives_copies_with_a_receipt_affirms_that_it_was_taken_back(copying: Office) -> None:
    copying.window.on_card(CardTextRead(THU, None))
    copying.settle()
    type_document(copying, "Học bạ", "1", "1")
    copying.press(KEYS.Key_S, CONTROL)
    copying.settle()
    compared = copying.find("copies_compared")
    assert isinstance(compared, QCheckBox)
    before = compared.text()
    compared.setChecked(True)
    work = copying.desk.copies

    work.waiting = [replace(one, signed=True, has_slip=True) for one in work.waiting]
    page(copying).show_in_hand(copying.desk.copies.in_hand())

    assert "giấy tiếp nhận" not in before
    assert "giấy tiếp nhận" in compared.text()
    assert not compared.isChecked()
    assert compared.sizeHint().width() <= compared.width()


def test_signing_without_a_name_is_refused_with_words(copying: Office) -> None:
    copying.window.on_card(CardTextRead(THU, None))
    copying.settle()
    type_document(copying, "Học bạ", "1", "1")
    copying.press(KEYS.Key_S, CONTROL)
    copying.settle()

    copying.press(KEYS.Key_S, CONTROL | SHIFT)
    copying.settle()

    assert [one.signed for one in copying.desk.copies.waiting] == [False]


def test_a_visit_that_is_begun_on_the_first_page_is_not_thrown_away(copying: Office) -> None:
    copying.press(KEYS.Key_F2)
    copying.window.on_card(CardTextRead(THU, None))
    copying.settle()
    copying.choose("khai sinh")
    copying.window.open_further("certify")
    copying.settle()
    type_document(copying, "Học bạ", "1", "1")
    copying.press(KEYS.Key_S, CONTROL)
    copying.settle()

    assert copying.window.receive.procedure.procedure is not None
    assert copying.window.receive.identity.is_from_card
