"""The catalogue page through the window: read, curated, compared, undone, by keyboard."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton

from counter.procedures import Fee, FeeKind
from counter.values import Dong
from tests.ui.conftest import CONTROL, KEYS, Office
from ui.officer.catalogue.edit_form import EditForm
from ui.officer.catalogue.page import CataloguePage
from ui.officer.catalogue.proposals_form import ProposalsForm

ALT = Qt.KeyboardModifier.AltModifier
BIRTH = "1.001193"


def open_page(office: Office, words: str = "khai sinh") -> CataloguePage:
    office.open()
    office.window.open_further("catalogue")
    page = office.window.further("catalogue").page
    assert isinstance(page, CataloguePage)
    office.settle()
    office.type(words)
    office.settle()
    return page


def form(office: Office) -> EditForm:
    found = office.window.findChild(EditForm, "catalogue_form")
    assert isinstance(found, EditForm)
    return found


def field(office: Office, name: str) -> QLineEdit:
    found = form(office).findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def versions(office: Office) -> int:
    return len(office.desk.books.versions(BIRTH))


def test_a_procedure_is_found_by_a_few_letters_and_read_whole(closed_office: Office) -> None:
    page = open_page(closed_office)

    shown = closed_office.everything_shown()

    assert page.reading.version is not None
    assert page.reading.version.procedure.code == BIRTH
    assert "Giấy chứng sinh" in shown
    assert "chưa nhập mức của tỉnh" in shown
    assert "Luật Hộ tịch 60/2014/QH13" in shown


def test_an_edit_becomes_a_version_from_tomorrow_without_the_mouse(closed_office: Office) -> None:
    office = closed_office
    open_page(office)

    office.press(KEYS.Key_S, CONTROL)
    office.bot.waitUntil(form(office).isActiveWindow)
    field(office, "edit_fee_1").setText("8.000")
    office.press(KEYS.Key_Return, CONTROL)
    office.settle()

    newest = office.desk.books.versions(BIRTH)[0].procedure
    assert newest.fees[1].amount == Dong(8000)
    assert newest.effective_from.isoformat() == "2026-11-26"
    assert versions(office) == 2


def test_a_fee_is_added_with_kind_unit_exemptions_and_price_online(closed_office: Office) -> None:
    office = closed_office
    open_page(office)
    office.press(KEYS.Key_S, CONTROL)
    known = len(office.desk.books.versions(BIRTH)[0].procedure.fees)
    for name, text in (
        ("_name", "Cấp bản sao trích lục"),
        ("", "8.000"),
        ("_per", "bản"),
        ("_exempt", "hộ nghèo; người khuyết tật"),
        ("_online", "50"),
    ):
        field(office, f"edit_fee_{known}{name}").setText(text)
    form(office)._fees[known].kind.setCurrentIndex(1)

    form(office).go()
    office.settle()

    added = office.desk.books.versions(BIRTH)[0].procedure.fees[-1]
    assert added == Fee(
        code="KHOAN-1",
        name="Cấp bản sao trích lục",
        kind=FeeKind.SERVICE_FEE,
        amount=Dong(8000),
        per="bản",
        exemptions=("hộ nghèo", "người khuyết tật"),
        online_percent=50,
    )


@pytest.mark.parametrize(
    ("typed", "amount", "is_free"), [("0", Dong(0), True), ("", None, False)], ids=["0", "empty"]
)
def test_only_a_typed_zero_is_free(
    closed_office: Office, typed: str, amount: Dong | None, is_free: bool
) -> None:
    office = closed_office
    open_page(office)
    office.press(KEYS.Key_S, CONTROL)
    known = len(office.desk.books.versions(BIRTH)[0].procedure.fees)
    field(office, f"edit_fee_{known}_name").setText("Khoản mới")
    field(office, f"edit_fee_{known}").setText(typed)

    form(office).go()
    office.settle()

    added = office.desk.books.versions(BIRTH)[0].procedure.fees[-1]
    assert (added.amount, added.free) == (amount, is_free)


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [("", "5000", "phải có tên"), ("_online", "nửa giá", "số từ 0 đến 100")],
    ids=["no name", "no number"],
)
def test_a_fee_that_is_no_fee_is_refused_and_stays_typed(
    closed_office: Office, name: str, typed: str, told: str
) -> None:
    office = closed_office
    open_page(office)
    office.press(KEYS.Key_S, CONTROL)
    known = len(office.desk.books.versions(BIRTH)[0].procedure.fees)
    field(office, f"edit_fee_{known}_name").setText("Khoản mới" if name else "")
    field(office, f"edit_fee_{known}{name}").setText(typed)

    form(office).go()
    office.settle()

    assert told in office.everything_shown()
    assert versions(office) == 1


def test_a_paper_without_a_count_is_refused_and_what_was_typed_stays(
    closed_office: Office,
) -> None:
    office = closed_office
    open_page(office)
    office.press(KEYS.Key_S, CONTROL)
    dialog = form(office)
    dialog._papers[1].counts[0].setValue(0)

    dialog.go()
    office.settle()

    assert dialog.isVisible()
    assert "số bản phải từ 1 đến 99" in office.everything_shown()
    assert versions(office) == 1


def test_a_version_is_put_up_and_its_notice_printed(closed_office: Office) -> None:
    office = closed_office
    open_page(office)

    office.press(KEYS.Key_P, ALT)
    office.settle()

    assert [job.name for job in office.hands.jobs] == [f"{BIRTH}_notice"]
    assert "Đã công khai lúc" in office.everything_shown()


def test_what_is_found_is_printed_as_a_list(closed_office: Office) -> None:
    office = closed_office
    open_page(office)

    office.press(KEYS.Key_L, ALT)
    office.settle()

    assert office.desk.books.lists == ["khai sinh"]
    assert [job.name for job in office.hands.jobs] == ["catalogue"]


def test_undoing_asks_first_and_brings_the_earlier_version_back(closed_office: Office) -> None:
    office = closed_office
    page = open_page(office)
    office.desk.books.curate(office.desk.books.versions(BIRTH)[0].procedure, date(2026, 11, 26))
    page.picked.emit(BIRTH)
    office.settle()
    page.reading.show_versions(office.desk.books.versions(BIRTH), 0)

    page.undo()
    assert versions(office) == 2
    go = office.window.findChild(QPushButton, "question_go")
    assert isinstance(go, QPushButton)
    go.click()
    office.settle()

    assert versions(office) == 1


def test_of_an_official_catalogue_only_what_is_ticked_is_taken_in(
    closed_office: Office, tmp_path: Path
) -> None:
    office = closed_office
    page = open_page(office)
    path = tmp_path / "lay-thu-tuc.json"
    time = {"THOIGIANGIAIQUYET": "5", "DONVITINH": "Ngày làm việc", "PHILEPHI": []}
    entry = {
        "MATTHC": BIRTH,
        "TENTTHC": "Đăng ký khai sinh",
        "CACHTHUCTHUCHIEN": [{"KENH": "1", "THOIGIAN": [time]}],
        "THANHPHANHOSO": [{"TRUONGHOP": "", "GIAYTO": [{"TENGIAYTO": "Giấy tờ lạ"}]}],
    }
    path.write_text(json.dumps([entry]), encoding="utf-8")

    page.import_asked.emit(str(path))
    office.settle()
    shown = office.window.findChild(ProposalsForm, "proposals_form")
    assert isinstance(shown, ProposalsForm)
    ticks = {box.objectName(): box.isChecked() for box in shown.findChildren(QCheckBox)}
    shown.go()
    office.settle()

    newest = office.desk.books.versions(BIRTH)[0].procedure
    assert ticks == {f"take_{BIRTH}_papers": False, f"take_{BIRTH}_term": True}
    assert newest.term.quantity == 5
    assert "Giấy tờ lạ" not in [paper.name for paper in newest.papers]
