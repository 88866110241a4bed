"""Whose cards are believed is seen and changed in the window, never by accident."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton

from counter.cards import IssuerEntry, IssuerKind, RejectedEntry
from counter.errors import BadTrustFile
from tests.ui.conftest import CONTROL, KEYS, Office
from tests.ui.fake_desk import MORNING
from ui.officer.trust_page import TrustPage

ENTRY = IssuerEntry(
    sha256="ab" * 32,
    subject="Common Name: Mẫu 001, Organization: Cơ quan, phòng thử, Country: VN",
    country="VN",
    not_before=MORNING,
    not_after=MORNING + timedelta(days=3000),
    source="goc.cer",
    kind=IssuerKind.CSCA,
)
LIST = replace(ENTRY, sha256="cd" * 32, kind=IssuerKind.CRL, not_after=None)


def page_of(office: Office) -> TrustPage:
    page = office.window.further("trust").page
    assert isinstance(page, TrustPage)
    return page


def open_page(office: Office, *entries: IssuerEntry) -> None:
    office.hands.trusted.entries = list(entries)
    office.press(KEYS.Key_I, CONTROL)
    office.settle()


def choose(office: Office, path: str) -> None:
    office.press(KEYS.Key_O, CONTROL)
    dialog = office.find("trust_file")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(path)
    dialog.close()
    office.settle()


def shown(office: Office) -> list[str]:
    model = page_of(office).table.model()
    return [str(model.data(model.index(0, column))) for column in range(model.columnCount())]


def test_a_desk_that_trusts_nobody_says_what_to_do(office: Office) -> None:
    open_page(office)

    assert not page_of(office).table.isVisible()
    assert "Ctrl+O" in office.everything_shown()
    assert office.find("trust_import").hasFocus()


def test_every_issuer_is_listed_with_its_fingerprint(office: Office) -> None:
    open_page(office, ENTRY, LIST)

    assert shown(office)[:3] == ["Mẫu 001 · Cơ quan, phòng thử", "VN", "Chứng thư gốc"]
    assert shown(office)[-2:] == ["goc.cer", "ab" * 6]


def test_a_file_is_taken_in_on_the_counters_thread(office: Office) -> None:
    open_page(office)
    office.hands.trusted.brought = (ENTRY,)

    choose(office, "/media/goc.cer")

    assert office.hands.trusted.files == [Path("/media/goc.cer")]
    assert {name.partition("_")[0] for name in office.hands.trusted.threads} == {"counter"}
    assert shown(office)[4] == "goc.cer"
    assert "Đã thêm 1 mục" in office.find("trust_outcome").accessibleName()


def test_what_a_file_brings_that_is_not_taken_is_named_with_its_reason(office: Office) -> None:
    open_page(office)
    refused = [RejectedEntry(f"Common Name: Ký {n}", "not_an_issuer") for n in range(5)]
    office.hands.trusted.rejected = tuple(refused)

    choose(office, "/media/danh-sach.ml")

    told = office.find("trust_outcome").accessibleName()
    assert "Ký 0: không phải chứng thư của nơi cấp" in told
    assert "và 2 mục khác" in told


def test_a_file_that_was_changed_is_complained_about_and_changes_nothing(office: Office) -> None:
    open_page(office, ENTRY)
    office.hands.trusted.failing = BadTrustFile()

    choose(office, "/media/hong.ml")

    assert "không chứa chứng thư" in office.window.notice.text
    assert office.hands.trusted.entries == [ENTRY]
    assert office.find("trust_import").isEnabled()


def test_dropping_an_issuer_is_asked_twice_and_enter_keeps_it(office: Office) -> None:
    open_page(office, ENTRY)
    page_of(office).table.selectRow(0)

    office.press(KEYS.Key_Delete)
    stay = office.find("question_stay")
    office.bot.keyClick(stay, KEYS.Key_Return)
    office.settle()

    assert office.hands.trusted.entries == [ENTRY]


def test_a_confirmed_issuer_is_dropped(office: Office) -> None:
    open_page(office, ENTRY)
    page_of(office).table.selectRow(0)

    office.press(KEYS.Key_Delete)
    go = office.find("question_go")
    assert isinstance(go, QPushButton)
    go.click()
    office.settle()

    assert office.hands.trusted.entries == []
    assert not office.find("trust_remove").isEnabled()


def test_the_page_is_left_to_the_devices_it_was_opened_from(office: Office) -> None:
    open_page(office, ENTRY)

    office.press(KEYS.Key_F7)

    assert office.window.frame.pages.currentWidget() is office.window.devices


def test_another_pages_delete_key_drops_no_issuer(office: Office) -> None:
    open_page(office, ENTRY)
    page_of(office).table.selectRow(0)
    office.press(KEYS.Key_F4)
    office.settle()

    office.press(KEYS.Key_Delete)

    assert not office.window.findChildren(QPushButton, "question_go")


def test_a_missing_revocation_list_is_told_calmly(office: Office) -> None:
    open_page(office, ENTRY)

    gap = office.find("trust_gap")

    assert gap.isVisible()
    assert "danh sách thu hồi của 1 nơi cấp" in gap.accessibleName()


def test_a_revocation_list_past_its_day_is_told(office: Office) -> None:
    open_page(office, ENTRY, replace(LIST, not_after=MORNING - timedelta(seconds=1)))

    assert "1 danh sách thu hồi đã quá ngày" in office.find("trust_gap").accessibleName()


def test_with_every_list_up_to_date_nothing_is_told_of_them(office: Office) -> None:
    open_page(office, ENTRY, replace(LIST, not_after=MORNING))

    assert not office.find("trust_gap").isVisible()
