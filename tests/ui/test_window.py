"""The window around the pages: shown at once, every page by one key, faults told in one place."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget

from counter.errors import ClockWrong, NoReader, PortalSilent, PrinterOutOfPaper, StoreDamaged
from counter.finding import Filter
from counter.forms import ReceiptPaper
from counter.hall import QueueTicket
from counter.ports import (
    CardRead,
    CardTextRead,
    CodeScanned,
    DossiersSettled,
    PrinterState,
    ReadersChanged,
    SyncState,
)
from counter.work import Check, CheckState, MessageLine, SyncStanding
from tests.ui.citizens import AUTHENTIC, THU, reading
from tests.ui.conftest import CONTROL, Office, StallMeter
from tests.ui.fake_desk import INFO, MORNING
from tests.ui.test_receive_journey import BIRTH, receive
from ui.officer.places import DEVICES, DOSSIERS, HELP, PORTAL, QUEUE, RECEIVE
from ui.officer.receive.page import ReceivePage
from ui.officer.window import OfficerWindow
from ui.parts.badge import Badge
from ui.parts.keys import KeyButton

KEY = Qt.Key
HOUSE = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("key", "page"),
    [
        (KEY.Key_F1, HELP),
        (KEY.Key_F2, RECEIVE),
        (KEY.Key_F3, QUEUE),
        (KEY.Key_F4, DOSSIERS),
        (KEY.Key_F6, PORTAL),
        (KEY.Key_F7, DEVICES),
    ],
)
def test_every_page_has_its_key(office: Office, key: Qt.Key, page: int) -> None:
    office.press(key)

    assert office.window.frame.shown == page


def test_a_card_is_read_and_letters_typed_before_the_desk_is_open(closed_office: Office) -> None:
    office = closed_office
    office.window.on_card(CardTextRead(THU, None))
    office.find("procedure_search").setFocus()
    office.type("hoa giai")

    office.open()

    assert office.text("person_name") == "Nguyễn Văn Thử"
    first = office.window.receive.procedure.first()
    assert first is not None
    assert "Hòa giải" in first.short_name


def test_nothing_empty_stands_on_a_page_while_the_desk_is_opened(closed_office: Office) -> None:
    seen = [badge for badge in closed_office.window.findChildren(Badge) if badge.isVisible()]

    assert seen
    assert [badge.objectName() for badge in seen if not badge.text] == []


def test_a_desk_that_cannot_be_opened_says_why_and_what_to_do(closed_office: Office) -> None:
    closed_office.window.desk_failed(StoreDamaged())

    assert "Dữ liệu của quầy bị hỏng." in closed_office.window.notice.text
    assert "gọi ngay bộ phận hỗ trợ" in closed_office.window.notice.text
    assert "Quầy chưa mở được" in closed_office.text("office")


def test_the_demonstration_wears_its_band(office: Office) -> None:
    assert office.find("band").isVisible()
    assert "không có giá trị" in office.text("band")


def test_the_status_line_tells_in_words_how_everything_is(office: Office) -> None:
    office.window.on_card(ReadersChanged((), NoReader()))
    office.window.on_paper(PrinterState("receipts", "Canon", PrinterOutOfPaper()))
    office.window.on_sync(SyncState(False, 7, MORNING, 2, MORNING, PortalSilent()))

    assert "Chưa có đầu đọc thẻ" in office.text("status_reader")
    assert "hết giấy" in office.text("status_printer")
    assert "mất liên lạc" in office.text("status_portal")
    assert office.text("status_unsent") == "Chờ gửi: 7 từ 09:12 25/11 · bị trả lại: 2"


def test_a_portal_that_answers_is_never_called_out_of_reach(office: Office) -> None:
    office.window.on_sync(SyncState(True, 0, None, 0, MORNING, ClockWrong(minutes=5)))

    assert office.text("status_portal") == "Cổng: có điều cần xem"


def test_a_state_leads_to_the_page_that_explains_it(office: Office) -> None:
    office.bot.mouseClick(office.find("status_unsent"), Qt.MouseButton.LeftButton)
    portal = office.window.frame.shown
    office.bot.mouseClick(office.find("status_reader"), Qt.MouseButton.LeftButton)

    assert (portal, office.window.frame.shown) == (PORTAL, DEVICES)


def test_the_next_number_is_called_from_any_page(office: Office) -> None:
    office.desk.waiting += [
        QueueTicket("A012", "Hộ tịch", None, MORNING),
        QueueTicket("B007", "Chứng thực", "Người cao tuổi", MORNING),
    ]
    office.press(KEY.Key_F4)

    office.press(KEY.Key_F8)
    office.settle()

    assert office.text("strip_current") == "A012"
    assert office.text("strip_waiting") == "1 người chờ"


def test_nobody_waiting_is_said_and_not_a_fault(office: Office) -> None:
    office.press(KEY.Key_F8)
    office.settle()

    assert "Không có ai đang chờ" in office.window.notice.text


def test_a_number_is_given_out_at_the_desk_and_printed(office: Office) -> None:
    office.press(KEY.Key_F3)

    office.press(KEY.Key_L, CONTROL)
    office.settle()

    assert [ticket.number for ticket in office.desk.waiting] == ["A001"]
    assert [job.name for job in office.hands.jobs] == ["A001_ticket"]
    assert "Đã cấp số A001, trước có 0 người." in office.everything_shown()


def test_a_scanned_receipt_opens_its_dossier(office: Office) -> None:
    receive(office)
    code = office.desk.lines[0].code

    office.window.on_code(CodeScanned(code))
    office.settle()
    office.bot.waitUntil(lambda: office.text("detail_code") == code)

    assert office.window.frame.shown == DOSSIERS


def test_a_dossier_is_found_without_accents_and_printed_again(office: Office) -> None:
    receive(office)
    printed = len(office.hands.jobs)
    office.press(KEY.Key_F4)
    office.type("nguyen van thu")
    office.bot.waitUntil(lambda: office.text("detail_code") == office.desk.lines[0].code)

    office.press(KEY.Key_P, CONTROL)
    office.settle()

    papers = [job.paper for job in office.hands.jobs[printed:]]
    assert [isinstance(paper, ReceiptPaper) and paper.reprint for paper in papers] == [True]


def test_the_number_stays_masked_among_the_dossiers(office: Office) -> None:
    receive(office)
    office.press(KEY.Key_F10)
    office.settle()
    office.press(KEY.Key_F4)
    office.settle()
    office.bot.waitUntil(lambda: office.text("detail_code") == office.desk.lines[0].code)

    assert "001••••••345" in office.everything_shown()
    assert "001099012345" not in office.everything_shown()


def test_what_the_portal_gave_back_is_shown_with_its_reason_and_sent_again(
    office: Office,
) -> None:
    office.desk.unsent.append(
        MessageLine(
            dossier_code="H55.242-261125-0051",
            kind="dossier.received",
            written_at=MORNING,
            standing=SyncStanding.PARKED,
            attempts=1,
            next_at=None,
            trouble="portal.refused_message",
        )
    )
    office.press(KEY.Key_F6)
    office.settle()
    table = office.find("messages")
    table.setFocus()
    office.press(KEY.Key_Down)

    office.bot.mouseClick(office.find("send_again"), Qt.MouseButton.LeftButton)
    office.settle()

    assert [message.standing for message in office.desk.unsent] == [SyncStanding.WAITING]
    assert office.hands.sent == 1


def test_the_check_up_says_what_is_wrong_and_what_to_do(office: Office) -> None:
    office.hands.found = (
        Check("reader", CheckState.OK, "ACS ACR1252"),
        Check("printer.receipts", CheckState.FAILED, "Canon", PrinterOutOfPaper()),
    )
    office.press(KEY.Key_F7)

    office.press(KEY.Key_K, CONTROL)
    office.settle()

    shown = office.everything_shown()
    for words in ("Đầu đọc thẻ", "Tốt", "Máy in giấy tiếp nhận", "Hỏng", "Máy in hết giấy."):
        assert words in shown


def test_news_from_the_portal_fills_the_list_again(office: Office) -> None:
    receive(office)
    line = office.desk.lines[0]
    office.press(KEY.Key_F4)
    office.settle()

    office.window.on_sync(DossiersSettled((line.id,)))
    office.settle()

    assert office.text("detail_code") == line.code


def test_the_window_opens_as_large_as_it_was_left(office: Office) -> None:
    office.window.resize(1210, 700)
    office.window.close()

    again = OfficerWindow(office.bridge, office.hands.as_hands(), demo=False, version="0.1.0")
    office.bot.addWidget(again)

    assert again.height() == 700


def test_a_scanner_that_types_is_heard_whatever_field_has_the_keyboard(office: Office) -> None:
    office.find("procedure_search").setFocus()

    office.press(KEY.Key_F12)
    office.type("001099012345")
    office.press(KEY.Key_Return)

    assert office.hands.secrets[0] is not None
    assert office.text("procedure_search") == ""
    assert office.find("procedure_search").hasFocus() or office.find("card_digits").hasFocus()
    assert office.find("scan_field").isHidden() or not office.find("scan_field").isVisible()


def test_a_scanner_that_sends_no_enter_is_heard_after_a_pause(office: Office) -> None:
    receive(office)
    code = office.desk.lines[0].code

    office.press(KEY.Key_F12)
    office.type(code)

    office.bot.waitUntil(lambda: office.window.frame.shown == DOSSIERS)


def test_escape_gives_the_keyboard_back(office: Office) -> None:
    office.find("procedure_search").setFocus()

    office.press(KEY.Key_F12)
    office.press(KEY.Key_Escape)

    assert office.find("procedure_search").hasFocus()


def test_every_key_stands_on_the_help_page(office: Office) -> None:
    keys = {shortcut.key().toString() for shortcut in office.window.findChildren(QShortcut)}
    pages = (office.window.help, office.window.more_talk.page)
    told = "\n".join(label.text() for page in pages for label in page.findChildren(QLabel))

    assert [key for key in sorted(keys) if key not in told] == []


def test_every_key_shown_on_a_button_works(office: Office) -> None:
    keys = {shortcut.key().toString() for shortcut in office.window.findChildren(QShortcut)}
    shown = {
        label.text()
        for button in office.window.findChildren(KeyButton)
        for label in button.findChildren(QLabel)
    }

    assert shown - keys == set()


def test_closing_the_window_with_a_form_half_filled_asks_first(office: Office) -> None:
    office.window.on_card(CardTextRead(THU, None))

    QGuiApplication.sendEvent(office.window.windowHandle(), QEvent(QEvent.Type.Close))
    stay = office.window.findChild(QPushButton, "question_stay")
    assert stay is not None
    stay.click()

    assert office.window.isVisible()
    assert office.text("person_name") == "Nguyễn Văn Thử"


def test_what_can_be_typed_into_or_pressed_has_a_name_to_be_read_aloud(office: Office) -> None:
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for kind in (QLineEdit, QSpinBox, QPushButton)
        for widget in office.window.findChildren(kind)
        if not (widget.accessibleName() or getattr(widget, "text", str)())
        and not widget.objectName().startswith("qt_")
    ]

    assert nameless == []


@pytest.mark.parametrize(
    "made_first",
    [
        pytest.param(lambda receive: receive.papers, id="papers"),
        pytest.param(lambda receive: receive.identity.manual, id="person"),
    ],
)
def test_tab_walks_the_form_in_the_order_of_the_paper(
    office: Office, made_first: Callable[[ReceivePage], QWidget]
) -> None:
    made_first(office.window.receive)
    office.press(KEY.Key_N, CONTROL)
    office.choose(BIRTH)
    office.find("manual_name").setFocus()
    walked = []
    for _ in range(20):
        here = QApplication.focusWidget()
        assert here is not None
        walked.append(here.objectName())
        office.press(KEY.Key_Tab)

    wanted = [
        "manual_name",
        "manual_number",
        "manual_born",
        "manual_address",
        "manual_sex",
        "papers",
        "phone",
        "email",
        "note",
        "sets",
    ]
    assert [name for name in walked if name in wanted] == wanted


def visit_and_look_around(office: Office) -> None:
    office.window.on_card(CardTextRead(THU, None))
    office.choose(BIRTH)
    office.press(KEY.Key_E, CONTROL)
    office.settle()
    office.press(KEY.Key_F9)
    office.settle()
    for key in (KEY.Key_F3, KEY.Key_F4, KEY.Key_F6, KEY.Key_F7, KEY.Key_F2):
        office.press(key)
        office.settle()
    office.press(KEY.Key_F10)
    office.settle()


def test_the_window_never_stands_still_while_the_desk_is_slow(office: Office) -> None:
    visit_and_look_around(office)  # pages that are only made now take their time once
    office.desk.slow_s = 0.25
    meter = StallMeter()

    visit_and_look_around(office)
    meter.stop()

    assert len(office.desk.lines) == 2
    assert meter.longest_s < office.desk.slow_s


def test_the_desk_is_asked_on_its_own_thread_only(office: Office) -> None:
    receive(office)

    assert {name.rstrip("0123456789_") for name in office.desk.threads} == {"counter"}


def test_showing_the_window_needs_no_slow_library() -> None:
    slow = ("sqlalchemy", "requests", "reportlab", "pydantic", "cryptography", "alembic", "PIL")
    program = (
        "import sys, ui.app, ui.officer.window, ui.demo_panel;"
        f"print([name for name in {slow!r} if name in sys.modules])"
    )

    told = subprocess.run(
        [sys.executable, "-c", program], cwd=HOUSE, capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "[]"


def test_a_person_shown_leaves_the_keyboard_to_the_procedure(office: Office) -> None:
    office.window.on_card(CardTextRead(THU, None))
    named = [QApplication.focusWidget()]
    office.window.on_card(CardRead(reading(THU, authenticity=AUTHENTIC)))
    named.append(QApplication.focusWidget())

    assert [widget.objectName() for widget in named if isinstance(widget, QWidget)] == [
        "procedure_search",
        "procedure_search",
    ]


def test_no_part_of_the_window_ever_flashes_as_a_window_of_its_own(
    closed_office: Office, windows_shown: list[QWidget]
) -> None:
    hands = closed_office.hands.as_hands()
    window = OfficerWindow(closed_office.bridge, hands, demo=True, version="test")
    closed_office.bot.addWidget(window)
    window.prepare()
    closed_office.bot.waitUntil(lambda: "page" in vars(window.devices_talk))

    assert windows_shown == []


def test_the_list_is_narrowed_by_state_procedure_and_due_date(office: Office) -> None:
    office.window.show_page(DOSSIERS)
    office.window.dossiers_talk.refresh()
    office.settle()
    narrow = office.window.dossiers.narrow

    narrow.state.setCurrentIndex(1)
    narrow.procedure.setCurrentIndex(narrow.procedure.findData("1.001193"))
    narrow.due.setCurrentIndex(1)
    office.settle()
    chosen = office.desk.narrowed[-1]
    empty = office.everything_shown()
    office.bot.mouseClick(narrow.all, Qt.MouseButton.LeftButton)
    office.settle()

    assert chosen == Filter((2, 4), "1.001193", due_until=MORNING)
    assert "Không có hồ sơ nào như đang lọc" in empty
    assert office.desk.narrowed[-1] == Filter()


def test_a_scanned_code_is_looked_for_among_all_dossiers(office: Office) -> None:
    office.window.dossiers.narrow.state.setCurrentIndex(3)

    office.window.dossiers.look_up("H55.242-261125-0001")
    office.settle()

    assert office.desk.narrowed[-1] == Filter()


def test_a_desk_that_came_from_another_computer_says_what_must_not_be_done(
    closed_office: Office,
) -> None:
    closed_office.window.desk_opened(closed_office.desk, replace(INFO, is_moved=True))

    assert closed_office.window.notice.isVisible()
    assert "chép từ máy khác" in closed_office.window.notice.text
    assert "Máy cũ không được mở quầy này nữa" in closed_office.everything_shown()
