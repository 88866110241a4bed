"""The supervisor's page of the audit chain, from the keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QComboBox, QLineEdit

from counter.auditing import AuditAsked
from tests.ui.conftest import KEYS, Office


def open_page(office: Office) -> None:
    office.window.open_further("audit")
    office.settle()


def shown(office: Office) -> list[str]:
    model = office.window.further("audit").page.table.model()  # type: ignore[attr-defined]
    return [str(model.data(model.index(0, column))) for column in range(model.columnCount())]


def put(office: Office, name: str, text: str) -> None:
    line = office.find(name)
    assert isinstance(line, QLineEdit)
    line.setText(text)
    office.bot.keyClick(line, KEYS.Key_Return)
    office.settle()


def test_the_newest_entries_are_shown_with_names_and_words(office: Office) -> None:
    open_page(office)

    assert shown(office) == [
        "1.204",
        "09:12 25/11/2026",
        "Đỗ Văn Thử (cb-0007)",
        "Xem hồ sơ",
        "H55.242-261125-0001",
        "",
    ]
    assert "còn nguyên" in office.find("audit_chain").accessibleName()


def test_conditions_are_asked_together(office: Office) -> None:
    open_page(office)
    act = office.find("audit_action")
    assert isinstance(act, QComboBox)
    act.setCurrentIndex(act.findData("dossier.read"))

    put(office, "audit_dossier", "H55.242-261125-0001")
    put(office, "audit_day", "25/11/2026")

    assert office.desk.audited[-1] == AuditAsked(
        dossier="H55.242-261125-0001", day=date(2026, 11, 25), action="dossier.read"
    )
    assert act.currentText() == "Xem hồ sơ"


def test_a_day_that_is_none_is_said_and_asks_nothing(office: Office) -> None:
    open_page(office)
    before = len(office.desk.audited)

    put(office, "audit_day", "31/02/2026")

    assert len(office.desk.audited) == before
    assert "Ngày chưa đúng" in office.find("audit_chain").accessibleName()


def test_a_broken_chain_says_where_and_what_to_do(office: Office) -> None:
    office.desk.audit_view = replace(office.desk.audit_view, broken=("7: is gone",), lines=())

    open_page(office)

    told = office.find("audit_chain").accessibleName()
    assert "đứt ở 1 chỗ (số 7)" in told
    assert "giữ nguyên máy" in told
    assert "Không có việc nào như vậy" in office.everything_shown()


def test_a_detail_is_said_in_words(office: Office) -> None:
    open_page(office)
    model = office.window.further("audit").page.table.model()  # type: ignore[attr-defined]

    details = [model.data(model.index(row, 5)) for row in range(model.rowCount())]

    assert (
        details
        == ["", "Được tiếp nhận", "Được tiếp nhận", "sau truong", "Tiếp nhận, Thu phí"] + [""] * 2
    )
