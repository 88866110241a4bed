"""The main job, played from the keyboard: who, what, which papers, one key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from counter.acts import ActKind, Collect
from counter.cards import Can, CardSecrets, Verdict
from counter.errors import CardPulled, DiskFull, PrinterOutOfPaper, ReaderGone, WrongCan
from counter.forms import ReceiptPaper
from counter.hall import QueueTicket
from counter.ports import (
    CardFailed,
    CardOpening,
    CardPlaced,
    CardQrScanned,
    CardRead,
    CardRemoved,
    CardTextRead,
    Outcome,
    PaperFailed,
    PaperMade,
    ReadersChanged,
)
from counter.values import CitizenNumber
from counter.work import IdentitySource
from tests.ui.citizens import AUTHENTIC, BIRTH_CONFLICT, FORGED, THU, THU_QR, reading
from tests.ui.conftest import CONTROL, Office
from tests.ui.fake_desk import MORNING

KEY = Qt.Key
MEDIATION = "hoa giai"
BIRTH = "khai sinh"


def lay_card(office: Office) -> None:
    """Lay the card down and read it to the end."""
    window = office.window
    window.on_card(CardPlaced("reader"))
    window.on_card(CardOpening(0.2))
    window.on_card(CardTextRead(THU, None))
    window.on_card(CardRead(reading(THU, authenticity=AUTHENTIC)))


def receive(office: Office) -> None:
    """Receive a birth registration for the card's owner, from the keyboard."""
    lay_card(office)
    office.choose(BIRTH)
    office.press(KEY.Key_E, CONTROL)
    office.settle()
    office.press(KEY.Key_F9)
    office.settle()


def take_fee(office: Office) -> QPushButton:
    found = office.find("take_fee")
    assert isinstance(found, QPushButton)
    return found


def test_the_fee_is_taken_where_the_dossier_was_received(office: Office) -> None:
    lay_card(office)
    office.choose("ban sao")
    office.press(KEY.Key_E, CONTROL)
    office.settle()
    office.press(KEY.Key_F9)
    office.settle()
    office.desk.can = (ActKind.COLLECT,)

    assert take_fee(office).isVisible()
    office.press(KEY.Key_F11)
    office.settle()
    assert office.window.is_acting
    office.press(KEY.Key_Return, CONTROL)
    office.settle()

    [(dossier, act)] = office.desk.acted
    assert (dossier, type(act)) == (office.desk.lines[0].id, Collect)
    assert not take_fee(office).isVisible()
    assert office.text("received_code") == office.desk.lines[0].code
    assert office.desk.read == []


def test_who_may_not_take_money_is_told_who_does(office: Office) -> None:
    lay_card(office)
    office.choose("ban sao")
    office.press(KEY.Key_E, CONTROL)
    office.settle()
    office.press(KEY.Key_F9)
    office.settle()
    office.desk.can = ()

    office.press(KEY.Key_F11)
    office.settle()

    assert "thủ quỹ" in office.window.notice.text
    assert take_fee(office).isVisible()


def test_what_is_free_offers_no_till(office: Office) -> None:
    receive(office)

    assert not take_fee(office).isVisible()


def test_the_page_says_what_the_data_is_for_before_anything_is_received(office: Office) -> None:
    purpose = office.find("purpose")

    assert purpose.isVisible()
    assert "chỉ dùng giải quyết hồ sơ này" in office.text("purpose")
    assert "91/2025/QH15" in purpose.accessibleDescription()


def test_a_dossier_is_received_with_card_and_keyboard_alone(office: Office) -> None:
    office.window.on_card(ReadersChanged(("reader",)))
    office.type("012345")
    office.bot.waitUntil(lambda: bool(office.hands.secrets))
    lay_card(office)
    office.choose(BIRTH)
    office.press(KEY.Key_Space)
    office.press(KEY.Key_Down)
    office.press(KEY.Key_Space)
    office.settle()
    office.press(KEY.Key_F9)
    office.settle()

    assert office.hands.secrets == [CardSecrets(can=Can("012345")), None]
    [asked] = office.desk.received
    assert asked.applicant.number == THU.id_number
    assert asked.applicant.source is IdentitySource.CHIP
    assert asked.applicant.verdict is Verdict.AUTHENTIC
    assert [paper.position for paper in asked.papers] == [0, 1]
    assert asked.noticed_at == MORNING
    assert office.text("received_code") == office.desk.lines[0].code
    assert [job.copies for job in office.hands.jobs] == [2, 1]
    assert office.hands.woken == 1


def test_text_stands_on_the_screen_before_the_photo(office: Office) -> None:
    office.window.on_card(CardTextRead(THU, None))

    assert office.text("person_name") == "Nguyễn Văn Thử"
    assert office.text("person_number") == "001 099 012 345"
    assert "Đang đọc" in office.text("verdict")


def test_the_verdict_is_said_in_words(office: Office) -> None:
    office.window.on_card(CardTextRead(THU, None))

    office.window.on_card(CardRead(reading(THU)))

    assert office.text("verdict") == "Chưa xác minh đủ: chưa đối chiếu được nơi cấp"


def test_sources_that_disagree_are_shown_with_both_values(office: Office) -> None:
    office.window.on_card(CardRead(reading(THU, conflicts=(BIRTH_CONFLICT,))))

    assert office.text("conflicts") == (
        "Ngày sinh không khớp: chip ghi 31/01/1999; dòng chữ máy đọc ghi 30/01/1999"
    )


def test_nothing_is_received_on_a_forged_card(office: Office) -> None:
    office.window.on_card(CardRead(reading(THU, authenticity=FORGED)))
    office.choose(BIRTH)
    office.press(KEY.Key_E, CONTROL)
    office.settle()

    office.press(KEY.Key_F9)
    office.settle()

    assert office.desk.received == []
    assert "dấu hiệu giả" in office.text("lacking")


def test_the_qr_of_the_card_names_the_person_and_opens_the_chip(office: Office) -> None:
    office.window.on_code(CardQrScanned(THU_QR))
    office.choose(BIRTH)
    office.press(KEY.Key_E, CONTROL)
    office.settle()
    office.press(KEY.Key_F9)
    office.settle()

    secrets = office.hands.secrets[0]
    assert secrets is not None
    assert secrets.can == Can("012345")
    assert office.desk.received[0].applicant.source is IdentitySource.QR
    assert office.desk.received[0].applicant.verdict is None


def test_without_a_card_the_person_is_typed_and_marked_as_unproven(office: Office) -> None:
    office.press(KEY.Key_N, CONTROL)
    office.type("Trần Thị Mẫu")
    office.press(KEY.Key_Tab)
    office.type("001199000111")
    office.press(KEY.Key_Tab)
    office.type("1950")
    office.choose(BIRTH)
    office.press(KEY.Key_E, CONTROL)
    office.settle()
    office.press(KEY.Key_F9)
    office.settle()

    [asked] = office.desk.received
    assert asked.applicant.source is IdentitySource.MANUAL
    assert asked.applicant.full_name == "Trần Thị Mẫu"
    assert asked.applicant.birth_date is not None
    assert asked.applicant.birth_date.iso == "1950"
    assert "CHƯA XÁC THỰC" in office.everything_shown()


def test_a_number_typed_wrong_is_marked_and_keeps_everything(office: Office) -> None:
    office.press(KEY.Key_N, CONTROL)
    office.type("Trần Thị Mẫu")
    office.press(KEY.Key_Tab)
    office.type("00119900011")
    office.choose(BIRTH)
    office.press(KEY.Key_E, CONTROL)
    office.settle()

    office.press(KEY.Key_F9)
    office.settle()

    assert office.desk.received == []
    assert "12 chữ số" in office.window.notice.text
    assert office.find("manual_number").hasFocus()
    assert office.text("manual_name") == "Trần Thị Mẫu"


def test_pressing_twice_receives_one_dossier(office: Office) -> None:
    lay_card(office)
    office.choose(BIRTH)
    office.press(KEY.Key_E, CONTROL)
    office.settle()

    office.press(KEY.Key_F9)
    office.press(KEY.Key_F9)
    office.settle()

    assert office.desk.receive_calls == 1
    assert len(office.desk.lines) == 1


def test_a_full_disk_loses_nothing_that_was_typed(office: Office) -> None:
    lay_card(office)
    office.choose(BIRTH)
    office.press(KEY.Key_E, CONTROL)
    office.find("phone").setFocus()
    office.type("0912345678")
    office.settle()
    office.desk.failing = DiskFull()

    office.press(KEY.Key_F9)
    office.settle()
    notice = office.window.notice.text
    office.press(KEY.Key_F9)
    office.settle()

    assert "Ổ đĩa đã đầy" in notice
    assert office.text("phone") == "0912345678"
    assert office.desk.received[0].applicant.phone == "0912345678"
    assert len(office.desk.lines) == 1


def test_missing_papers_get_the_keyboard_instead_of_a_dossier(office: Office) -> None:
    lay_card(office)
    office.choose(BIRTH)
    office.find("phone").setFocus()

    office.press(KEY.Key_F9)
    office.settle()

    assert office.desk.received == []
    assert office.find("papers").hasFocus()
    assert "giấy tờ bắt buộc" in office.text("lacking")


def test_wrong_digits_are_told_where_they_are_typed(office: Office) -> None:
    office.window.on_card(CardPlaced("reader"))
    office.type("999999")
    office.bot.waitUntil(lambda: bool(office.hands.secrets))

    office.window.on_card(CardFailed(WrongCan()))

    assert "Sáu số vừa nhập không mở được thẻ này." in office.text("card_wrong")
    assert office.find("card_digits").hasFocus()
    office.type("012345")
    office.bot.waitUntil(lambda: len(office.hands.secrets) == 2)


def test_a_card_pulled_out_half_way_leaves_name_and_form(office: Office) -> None:
    office.choose(BIRTH)
    office.window.on_card(CardTextRead(THU, None))

    office.window.on_card(CardFailed(CardPulled()))
    office.window.on_card(CardRemoved("reader"))

    assert "khi chưa đọc xong" in office.window.notice.text
    assert office.text("person_name") == "Nguyễn Văn Thử"
    assert office.text("procedure_name") == "Đăng ký khai sinh"


def test_a_reader_unplugged_is_told_and_loses_nothing(office: Office) -> None:
    office.press(KEY.Key_N, CONTROL)
    office.type("Trần Thị Mẫu")

    office.window.on_card(CardFailed(ReaderGone()))
    office.window.on_card(ReadersChanged((), ReaderGone()))

    assert "rút khỏi máy" in office.text("status_reader")
    assert office.text("manual_name") == "Trần Thị Mẫu"


def test_a_printer_without_paper_is_told_and_the_paper_asked_for_again(office: Office) -> None:
    receive(office)
    receipt, ticket = office.hands.jobs
    for job in (receipt, ticket):
        office.window.on_paper(PaperFailed(job.id, PrinterOutOfPaper()))
    told = office.text(f"paper_{receipt.id}"), office.window.notice.text

    office.press(KEY.Key_P, CONTROL)
    office.settle()
    again = office.hands.jobs[2:]
    for job in again:
        office.window.on_paper(PaperMade(job.id, Outcome.PRINTED, ""))
    office.settle()

    assert all("Máy in hết giấy." in words for words in told)
    assert ticket in again
    receipts = [job.paper for job in again if isinstance(job.paper, ReceiptPaper)]
    assert [paper.reprint for paper in receipts] == [True]
    assert office.window.receive.received.papers == (
        "Giấy tiếp nhận (in lại): Đã in",
        "Phiếu số thứ tự: Đã in",
    )
    assert office.window.notice.text == ""


def test_what_became_of_a_paper_is_noted_by_the_desk(office: Office) -> None:
    receive(office)
    receipt = office.hands.jobs[0]

    office.window.on_paper(PaperMade(receipt.id, Outcome.TRAY, "receipt.pdf"))
    office.settle()

    assert [made.outcome for made in office.desk.noted] == [Outcome.TRAY]
    assert office.text(f"paper_{receipt.id}") == "Giấy tiếp nhận: Đã lưu vào khay giấy"


def test_the_next_visit_finds_nothing_of_the_last_person(office: Office) -> None:
    receive(office)
    office.window.dossiers.show_lines(())

    office.press(KEY.Key_F10)
    office.settle()
    office.window.dossiers.show_lines(())

    shown = office.everything_shown()
    for trace in ("Nguyễn Văn Thử", "001 099 012 345", "Thôn Đông", "012345"):
        assert trace not in shown
    assert office.hands.secrets[-1] is None
    assert office.find("card_digits").hasFocus()


def test_each_visit_is_a_dossier_of_its_own(office: Office) -> None:
    receive(office)
    office.press(KEY.Key_F10)
    office.settle()
    receive(office)

    assert len({asked.dossier_id for asked in office.desk.received}) == 2


def test_leaving_a_form_half_filled_asks_first(office: Office) -> None:
    lay_card(office)

    office.press(KEY.Key_F10)

    box = office.window.findChild(QMessageBox)
    assert box is not None
    office.bot.keyClick(box, KEY.Key_Escape)
    assert office.text("person_name") == "Nguyễn Văn Thử"


def test_a_visit_that_began_with_a_ticket_keeps_its_number(office: Office) -> None:
    office.desk.waiting.append(QueueTicket("A012", "Hộ tịch", None, MORNING))
    office.press(KEY.Key_F8)
    office.settle()

    receive(office)

    assert office.desk.received[0].ticket == "A012"
    assert office.text("received_ticket") == "A012"
    assert len(office.hands.jobs) == 1


@pytest.mark.parametrize("typed", ["01/12/2026", "1-12-2026", "1.12.2026"])
def test_where_the_law_sets_no_limit_the_officer_gives_the_day(office: Office, typed: str) -> None:
    lay_card(office)
    untimed = next(p for p in office.desk.find_procedures("", 200) if p.term.unit == "OTHER")
    office.choose(untimed.code)
    office.press(KEY.Key_E, CONTROL)
    office.settle()

    office.press(KEY.Key_F9)
    assert office.find("due_on").hasFocus()
    office.type(typed)
    office.press(KEY.Key_F9)
    office.settle()

    due = office.desk.received[0].due_on
    assert due is not None
    assert due.isoformat() == "2026-12-01"


def test_a_number_of_copies_is_asked_where_a_fee_goes_by_copies(office: Office) -> None:
    lay_card(office)
    office.choose("ban sao tu ban chinh")
    office.press(KEY.Key_E, CONTROL)
    box = office.find(f"quantity_{_countable(office)}")
    box.setFocus()
    office.press(KEY.Key_Up)
    office.settle()

    assert office.text("fee") == "4.000 đ"


def test_pages_and_copies_stand_whole_on_the_lowest_screen(office: Office) -> None:
    office.window.resize(1366, 728)
    lay_card(office)
    office.choose("ban sao tu ban chinh")
    office.settle()
    fee = _countable(office)

    boxes = [office.find(f"quantity_{fee}"), office.find(f"copies_{fee}")]

    assert [box.visibleRegion().boundingRect() for box in boxes] == [box.rect() for box in boxes]


def _countable(office: Office) -> str:
    procedure = office.window.receive.procedure.procedure
    assert procedure is not None
    return next(fee.code for fee in procedure.fees if fee.per)


def test_twelve_digits_of_the_card_open_it_as_six_do(office: Office) -> None:
    office.type(CitizenNumber("001099012345").digits)

    office.bot.waitUntil(lambda: bool(office.hands.secrets))
    assert office.hands.secrets == [CardSecrets(can=Can("012345"))]


def test_what_a_citizens_data_is_for_stands_beside_the_key(office: Office) -> None:
    told = office.find("purpose")

    assert told.isVisible()
    assert "chỉ dùng giải quyết hồ sơ này" in office.text("purpose")
    assert "quyền xem và xin sửa" in told.toolTip()
