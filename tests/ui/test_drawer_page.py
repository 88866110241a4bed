"""The cash drawer is counted and closed from the keyboard; fees are exempted on the first page."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QSpinBox

from counter.drawer import Counted, MoneyLine
from counter.procedures import Fee, FeeKind
from counter.values import Dong
from counter.work import FeeQuantity
from tests.ui.conftest import CONTROL, KEYS, Office
from tests.ui.fake_desk import MORNING, catalogue
from ui.officer.receive.fees_block import FeesBlock

SHIFT = Qt.KeyboardModifier.ShiftModifier


def a_line(amount: int, number: int = 1) -> MoneyLine:
    return MoneyLine(
        f"{number}/2026-Q01/PT",
        MORNING,
        "Nguyễn Văn Thử",
        "Chứng thực",
        Dong(amount),
        "receipt",
        "cash",
        None,
        "Lê Thị Tập Sự",
    )


def open_drawer(office: Office, *amounts: int) -> None:
    office.desk.till.lines = [a_line(amount, n) for n, amount in enumerate(amounts, 1)]
    office.open()
    office.window.open_further("drawer")
    office.settle()


def box(office: Office, note: int) -> QSpinBox:
    found = office.find(f"count_{note}")
    assert isinstance(found, QSpinBox)
    return found


def test_a_drawer_that_agrees_is_closed_with_its_sheet(closed_office: Office) -> None:
    office = closed_office
    open_drawer(office, 40_000, 8_000)
    box(office, 20_000).setValue(2)
    box(office, 2_000).setValue(4)

    office.press(KEYS.Key_S, CONTROL)
    go = office.window.findChild(QPushButton, "question_go")
    assert isinstance(go, QPushButton)
    go.click()
    office.settle()

    ((counts, remark),) = office.desk.till.closed
    assert [one for one in counts if one.count] == [
        Counted(Dong(20_000), 2),
        Counted(Dong(2_000), 4),
    ]
    assert remark == ""
    assert [job.name for job in office.hands.jobs] == ["count"]
    assert "Chưa thu khoản nào từ lần chốt trước" in office.everything_shown()


def test_a_difference_is_shown_and_refused_without_a_reason(closed_office: Office) -> None:
    office = closed_office
    open_drawer(office, 40_000)
    box(office, 20_000).setValue(1)

    office.press(KEYS.Key_S, CONTROL)
    go = office.window.findChild(QPushButton, "question_go")
    assert isinstance(go, QPushButton)
    go.click()
    office.settle()

    assert office.desk.till.closed == []
    assert "chưa ghi lý do" in office.everything_shown()
    assert "chênh −20.000 đ" in office.everything_shown()


def test_the_legal_receipt_is_typed_under_its_receipt(closed_office: Office) -> None:
    office = closed_office
    open_drawer(office, 40_000)
    office.find("official_number").setFocus()

    office.type("01BLP 7")
    office.press(KEYS.Key_Return)
    office.settle()

    assert office.desk.till.lines[0].official == "01BLP 7"


def test_an_exemption_is_chosen_once_for_every_fee_that_knows_it(office: Office) -> None:
    fees = (
        Fee("A", "Lệ phí", FeeKind.FEE, Dong(8000), exemptions=("Hộ nghèo",), online_percent=50),
        Fee("B", "Phí", FeeKind.FEE, Dong(2000)),
    )
    procedure = replace(catalogue().procedures[0], fees=fees)
    block = FeesBlock()
    office.bot.addWidget(block)
    block.show_procedure(procedure)
    before = block.quantities()
    chosen = block.findChild(QComboBox, "exemption")
    assert isinstance(chosen, QComboBox)
    chosen.setCurrentIndex(1)

    after = block.quantities()

    assert before == ()
    assert after == (FeeQuantity("A", 1, exempt_reason="Hộ nghèo"),)
    block.show_procedure(procedure)
    block.show_quantities(after)
    assert block.quantities() == after, "a visit taken up again exempts whom it exempted"


def test_the_chosen_receipt_is_printed_again_with_its_key(closed_office: Office) -> None:
    office = closed_office
    open_drawer(office, 40_000, 8_000)

    office.press(KEYS.Key_R, CONTROL | SHIFT)
    office.settle()

    assert office.desk.till.printed == ["2/2026-Q01/PT"]
    assert office.hands.jobs[-1].name == "cash-reprint"


def test_a_refund_has_no_receipt_to_print_again(closed_office: Office) -> None:
    office = closed_office
    office.desk.till.lines = [replace(a_line(-40_000), kind="refund")]
    office.open()
    office.window.open_further("drawer")
    office.settle()

    office.press(KEYS.Key_R, CONTROL | SHIFT)
    office.settle()

    assert office.desk.till.printed == []
