"""The supervisor's page of the audit chain, from the keyboard."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit

from counter.auditing import AuditAsked
from tests.ui.conftest import ALT, KEYS, Office
from tests.ui.fake_audit import A_DAY
from ui.officer.audit import words as audit_words

HOUSE = Path(__file__).resolve().parents[2]


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

    assert details == [
        "",
        "Được tiếp nhận",
        "Được tiếp nhận",
        "sau truong",
        "Tiếp nhận, Thu phí",
        "sai lần 3",
        "",
    ]


WRITTEN = re.compile(
    r'"((?!desk\.(?:db|key|lock)\b|site\.|restore\.|printer\.(?:receipts|tickets)\b|'
    r'\w+\.(?:rowid|row|json|toml)\b)[a-z]+\.[a-z_]+)"'
)
"""An act as the desk's code writes it; names of files, columns and printers
left out."""


def test_every_act_that_is_noted_has_words() -> None:
    sources = [
        *(HOUSE / "counter" / "desk").rglob("*.py"),
        *(HOUSE / "counter" / "store").glob("*.py"),
    ]
    noted = {name for path in sources for name in WRITTEN.findall(path.read_text("utf-8"))}

    assert {"people.refused", "dossier.read", "catalogue.kept"} <= noted
    assert [name for name in sorted(noted) if audit_words.act(name) == name] == []


@pytest.mark.parametrize(
    ("action", "detail", "told"),
    [
        ("people.refused", "unknown 2", "không có tài khoản này, lần 2"),
        ("people.card_dropped", "lost", "Đã mất thẻ"),
        ("people.confirmed", "void", "Hủy"),
        ("drawer.closed", "150000 140000", "sổ 150.000 đ, đếm 140.000 đ"),
        ("counter.assigned", "AB open", "A, B; đang mở"),
        ("counter.assigned", "* closed", "mọi lĩnh vực; đóng"),
        ("desk.restored", "made 2026-11-24T01:00:00Z", "từ bản sao lưu lúc 08:00 24/11/2026"),
        (
            "desk.moved",
            "made 2026-11-24T01:00:00Z",
            "việc cuối ở máy cũ mà máy này biết: 08:00 24/11/2026",
        ),
        ("printer.width", "576", "576 chấm"),
        (
            "queue.renewed",
            "office.db office-2.db F series",
            "office.db hỏng, đi tiếp bằng office-2.db, số trong ngày mang chữ F",
        ),
        (
            "serials.voided",
            "H55.242-261125-0099 40",
            "đến số H55.242-261125-0099, 40 số",
        ),
        ("files.fetched", "3", "3 tệp"),
        ("file.saved", "0123456789abcdef", "0123456789ab…"),
        ("dossier.read", "read only at 2026-11-24T01:00:00Z", "lúc chỉ đọc, 08:00 24/11/2026"),
        ("receipt.bound", "0001234", "0001234"),
        ("drawer.closed", "as a later program writes it", "as a later program writes it"),
    ],
)
def test_what_the_program_notes_is_said_in_words(action: str, detail: str, told: str) -> None:
    line = replace(A_DAY.lines[0], action=action, detail=detail)

    assert told in audit_words.detail(line)


def test_the_seal_is_printed_with_one_key(office: Office) -> None:
    open_page(office)

    office.press(KEYS.Key_I, ALT)
    office.settle()

    assert [job.name for job in office.hands.jobs] == ["seal_1204"]
