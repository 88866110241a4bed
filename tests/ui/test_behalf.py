"""Somebody brings another's dossier: who, by what right, and what names a person without a card."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from counter.acts import Relation
from counter.parties import DocumentKind
from tests.counter.test_parties import CODE
from tests.ui.conftest import CONTROL, Office
from tests.ui.test_receive_journey import lay_card
from ui.officer.receive.behalf_form import BehalfForm

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
BIRTH = "khai sinh"


@pytest.fixture
def form(office: Office) -> BehalfForm:
    """The form, opened with its key while a card lies here."""
    lay_card(office)
    office.choose(BIRTH)
    office.press(KEY.Key_N, CONTROL | SHIFT)
    office.settle()
    found = office.window.findChild(BehalfForm)
    assert found is not None
    return found


def field(form: QWidget, name: str) -> QLineEdit:
    found = form.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def pick(form: QWidget, name: str, data: object) -> None:
    box = form.findChild(QComboBox, name)
    assert box is not None, name
    box.setCurrentIndex(box.findData(data))


def to_window(office: Office) -> None:
    """Give the keyboard back to the window after a form."""
    office.window.activateWindow()
    office.bot.waitUntil(office.window.isActiveWindow)
    office.find("papers").setFocus()


def receive(office: Office) -> None:
    to_window(office)
    office.press(KEY.Key_E, CONTROL)
    office.settle()
    office.press(KEY.Key_F9)
    office.settle()


def test_an_authorised_person_brings_anothers_dossier(office: Office, form: BehalfForm) -> None:
    field(form, "behalf_name").setText("Trần Thị Cụ")
    field(form, "behalf_number").setText("001130000111")
    pick(form, "behalf_relation", Relation.AUTHORISED)
    field(form, "behalf_authorisation").setText("Số 12 ngày 20/11/2026")
    form.go()
    office.settle()
    told = office.text("behalf")
    receive(office)

    [asked] = office.desk.received
    assert told == "Nộp thay: Trần Thị Cụ – Người được ủy quyền"
    assert asked.applicant.full_name == "Trần Thị Cụ"
    assert asked.submitter is not None
    assert asked.submitter.person.full_name == "Nguyễn Văn Thử"
    assert asked.submitter.authorisation == "Số 12 ngày 20/11/2026"


def test_without_the_paper_nobody_is_authorised(office: Office, form: BehalfForm) -> None:
    field(form, "behalf_name").setText("Trần Thị Cụ")
    pick(form, "behalf_relation", Relation.AUTHORISED)
    form.go()

    assert form.isVisible()
    assert office.window.receive.behalf.owner is None


def test_an_organisation_is_named_by_its_tax_code(office: Office, form: BehalfForm) -> None:
    form.kind.setCurrentIndex(1)
    field(form, "behalf_organisation").setText("Công ty TNHH Thử Nghiệm")
    field(form, "behalf_tax_code").setText(CODE)
    pick(form, "behalf_relation", Relation.OTHER)
    form.go()
    receive(office)

    [asked] = office.desk.received
    assert asked.applicant.organisation is not None
    assert asked.applicant.organisation.tax_code.text == CODE


def test_a_tax_code_typed_wrong_is_marked_and_nothing_taken(
    office: Office, form: BehalfForm
) -> None:
    form.kind.setCurrentIndex(1)
    field(form, "behalf_organisation").setText("Công ty TNHH Thử Nghiệm")
    field(form, "behalf_tax_code").setText("0100000000")
    form.go()

    assert form.isVisible()
    assert field(form, "behalf_tax_code").property("wrong") == "true"
    assert not office.find("behalf").isVisible()


def test_the_dossier_can_be_the_persons_own_again(office: Office, form: BehalfForm) -> None:
    field(form, "behalf_name").setText("Trần Thị Cụ")
    pick(form, "behalf_relation", Relation.RELATIVE)
    form.go()
    office.settle()
    to_window(office)
    office.press(KEY.Key_N, CONTROL | SHIFT)
    office.settle()
    again = [f for f in office.window.findChildren(BehalfForm) if f.isVisible()][-1]
    office.bot.mouseClick(again.findChild(QWidget, "behalf_end"), Qt.MouseButton.LeftButton)
    receive(office)

    [asked] = office.desk.received
    assert (asked.applicant.full_name, asked.submitter) == ("Nguyễn Văn Thử", None)


def test_a_foreigner_is_typed_with_the_passport(office: Office) -> None:
    office.press(KEY.Key_N, CONTROL)
    office.type("KHACH THU")
    pick(office.window, "manual_document_kind", DocumentKind.PASSPORT)
    field(office.window, "manual_document_number").setText("c1234567")
    field(office.window, "manual_nationality").setText("la")
    office.choose(BIRTH)
    receive(office)

    [asked] = office.desk.received
    assert asked.applicant.document is not None
    assert asked.applicant.document.number == "C1234567"
    assert asked.applicant.nationality == "LA"


def test_the_next_visit_brings_nobodys_dossier(office: Office, form: BehalfForm) -> None:
    field(form, "behalf_name").setText("Trần Thị Cụ")
    pick(form, "behalf_relation", Relation.RELATIVE)
    form.go()
    receive(office)
    office.press(KEY.Key_F10)
    office.settle()

    assert not office.find("behalf").isVisible()
    assert office.text("behalf") == ""
    assert office.window.receive.behalf.owner is None
