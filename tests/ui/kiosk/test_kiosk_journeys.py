"""What citizens do alone at the kiosk, touch by touch."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from counter.cards import Can
from counter.errors import (
    CardPulled,
    CardSilent,
    PortalSilent,
    PrinterOutOfPaper,
    QueueAway,
    WrongCan,
)
from counter.forms import TicketPaper
from counter.hall import OwnTicket
from counter.ports import (
    CardFailed,
    CardQrScanned,
    CardRead,
    CodeScanned,
    Outcome,
    PaperFailed,
    PaperMade,
    PrinterState,
)
from devices.codes import read_code
from tests.ui import citizens
from tests.ui.fake_hall import BOOKING, DOSSIERS, NOTICE
from tests.ui.kiosk.conftest import Kiosk
from ui.kiosk.pages import CitizenPage, RatePage, ServicesPage, TakenPage

QR = "001099012345|012345678|Nguyễn Văn Thử|31011999|Nam|Thôn Đông, Xã Thử|10052021"


def area(kiosk: Kiosk, name: str) -> int:
    """Return how large a button is, in pixels."""
    button = next(b for b in kiosk.buttons() if b.objectName() == name)
    return button.width() * button.height()


def test_the_largest_button_gives_a_number_without_a_card(kiosk: Kiosk) -> None:
    sizes = {b.objectName(): b.width() * b.height() for b in kiosk.buttons()}

    kiosk.touch("take")
    kiosk.touch("choice-B")

    assert max(sizes, key=lambda name: sizes[name]) == "take"
    assert kiosk.hall.taken == [("B", None, None)]
    assert kiosk.said("number") == "B012"
    assert len(kiosk.hands.jobs) == 1


def test_help_stands_beside_the_largest_button(kiosk: Kiosk) -> None:
    place = {b.objectName(): b.geometry() for b in kiosk.buttons()}

    assert place["help"].top() == place["take"].top()
    assert place["help"].left() > place["take"].right()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_becomes_of_personal_data_is_read_page_by_page(kiosk: Kiosk, language: str) -> None:
    if language == "en":
        kiosk.touch("language")
    kiosk.touch("notice")
    read = [(kiosk.said("title"), kiosk.said("caption"))]
    while any(button.objectName() == "page_on" for button in kiosk.buttons()):
        kiosk.touch("page_on")
        read.append((kiosk.said("title"), kiosk.said("caption")))
    kiosk.touch("page_back")
    again = kiosk.said("title")
    kiosk.touch("page_on")
    kiosk.touch("done")

    told = [part.in_language(language) for part in NOTICE.part]
    assert [answer for _, answer in read] == [answer for _, answer in told]
    assert again == read[-2][0]
    assert any(button.objectName() == "notice" for button in kiosk.buttons())


def test_a_person_is_called_aloud(kiosk: Kiosk) -> None:
    kiosk.touch("help")

    assert kiosk.hands.speaker.said[-1].clips == ("chime", "kiosk.helper")
    assert kiosk.said("title") == "Đã gọi người giúp"
    assert kiosk.hall.helps == 1


def test_the_ticket_says_when_its_paper_is_there(kiosk: Kiosk) -> None:
    kiosk.touch("take")
    kiosk.touch("choice-A")
    before = kiosk.said("paper")

    kiosk.window.on_paper(PaperMade(kiosk.hands.jobs[0].id, Outcome.PRINTED, "in"))

    assert before == "Đang in phiếu…"
    assert kiosk.said("paper").startswith("Lấy phiếu")


def test_paper_that_failed_leaves_the_number_on_the_screen_and_says_it(kiosk: Kiosk) -> None:
    kiosk.touch("take")
    kiosk.touch("choice-A")

    kiosk.window.on_paper(PaperFailed(kiosk.hands.jobs[0].id, PrinterOutOfPaper()))

    assert kiosk.said("number") == "A012"
    assert "nhớ" in kiosk.said("paper")
    told = kiosk.hands.speaker.said[-1].clips
    assert told == (
        "kiosk.taken",
        "sign.A",
        "sign.0",
        "sign.1",
        "sign.2",
        "kiosk.taken-screen",
    )


def test_a_ticket_that_did_not_come_out_is_printed_again_and_marked(kiosk: Kiosk) -> None:
    kiosk.touch("take")
    kiosk.touch("choice-A")
    first = kiosk.hands.jobs[0]
    kiosk.window.on_paper(PaperFailed(first.id, PrinterOutOfPaper()))

    kiosk.touch("print_again")
    kiosk.window.on_paper(PaperFailed(first.id, PrinterOutOfPaper()))  # told late, of the first
    again = kiosk.hands.jobs[1]
    before = kiosk.said("paper")
    kiosk.window.on_paper(PaperMade(again.id, Outcome.PRINTED, "in"))

    assert isinstance(again.paper, TicketPaper)
    assert (again.paper.number, again.paper.reprint) == ("A012", True)
    assert before == "Đang in phiếu…"
    assert kiosk.said("paper").startswith("Lấy phiếu")
    assert "print_again" not in {button.objectName() for button in kiosk.buttons()}
    assert len(kiosk.hall.taken) == 1


def test_a_printer_that_is_still_dead_prints_nothing_again(kiosk: Kiosk) -> None:
    kiosk.touch("take")
    kiosk.touch("choice-A")
    kiosk.window.on_paper(PaperFailed(kiosk.hands.jobs[0].id, PrinterOutOfPaper()))
    kiosk.hands.paper_fault = PrinterOutOfPaper()

    kiosk.touch("print_again")

    assert len(kiosk.hands.jobs) == 1
    assert "nhớ" in kiosk.said("paper")


def test_where_nobody_knows_whether_it_printed_both_are_said(kiosk: Kiosk) -> None:
    kiosk.touch("take")
    kiosk.touch("choice-A")

    kiosk.window.on_paper(PaperMade(kiosk.hands.jobs[0].id, Outcome.UNKNOWN, "in"))

    assert kiosk.said("paper") == "Lấy phiếu ở khe giấy. Không thấy phiếu thì xin nhớ số này."
    assert "print_again" in {button.objectName() for button in kiosk.buttons()}


def test_nobody_prints_the_ticket_of_who_stood_here_before(kiosk: Kiosk) -> None:
    kiosk.touch("take")
    kiosk.touch("choice-A")
    job = kiosk.hands.jobs[0]
    kiosk.touch("done")

    kiosk.window.on_paper(PaperFailed(job.id, PrinterOutOfPaper()))

    assert "print_again" not in {button.objectName() for button in kiosk.buttons()}


def test_a_dead_printer_is_told_before_the_number_and_gets_no_paper_to_make(kiosk: Kiosk) -> None:
    kiosk.window.on_paper(PrinterState("tickets", "in", PrinterOutOfPaper()))
    told = kiosk.said("caption")
    kiosk.hands.paper_fault = PrinterOutOfPaper()

    kiosk.touch("take")
    kiosk.touch("choice-A")

    assert told == "Máy đang không in được. Số sẽ hiện trên màn hình."
    assert kiosk.hands.jobs == []
    assert "nhớ" in kiosk.said("paper")


def test_six_digits_open_the_card_and_greet_by_name(kiosk: Kiosk) -> None:
    kiosk.touch("card")
    kiosk.type("012345")
    expected = kiosk.hands.secrets[-1]
    kiosk.window.on_card(CardRead(citizens.reading(citizens.THU)))
    kiosk.settle()

    assert expected is not None
    assert expected.can == Can("012345")
    assert kiosk.said("title") == "Xin chào Nguyễn Văn Thử"


def test_wrong_digits_lead_back_to_the_pad_with_words(kiosk: Kiosk) -> None:
    kiosk.touch("card")
    kiosk.type("999999")

    kiosk.window.on_card(CardFailed(WrongCan()))
    kiosk.settle()

    assert kiosk.said("caption").startswith("Sáu số chưa đúng")
    assert kiosk.said("digits").count("_") == 6


def test_a_silent_chip_offers_another_try_and_a_number_without_card(kiosk: Kiosk) -> None:
    kiosk.touch("card")
    kiosk.type("012345")

    kiosk.window.on_card(CardFailed(CardSilent()))
    kiosk.settle()

    assert {"card", "take"} <= {b.objectName() for b in kiosk.buttons()}


def test_a_card_pulled_too_soon_is_laid_back_without_the_digits_again(kiosk: Kiosk) -> None:
    kiosk.touch("card")
    kiosk.type("012345")
    asked = kiosk.hands.secrets[-1]
    kiosk.window.on_card(CardFailed(CardPulled()))
    kiosk.settle()
    told = kiosk.said("title")
    again = kiosk.hands.secrets[-1]

    kiosk.window.on_card(CardRead(citizens.reading(citizens.THU)))
    kiosk.settle()

    assert told == "Thẻ được lấy ra sớm quá"
    assert again == asked
    assert kiosk.said("title") == "Xin chào Nguyễn Văn Thử"


def test_the_six_digits_are_forgotten_with_the_visit(kiosk: Kiosk) -> None:
    kiosk.touch("card")
    kiosk.type("012345")
    kiosk.touch("home")

    kiosk.window.on_card(CardFailed(CardPulled()))
    kiosk.settle()

    assert kiosk.hands.secrets[-1] is None
    assert "Thẻ được lấy ra" not in kiosk.everything_shown()


def test_the_code_on_the_card_opens_it_too(kiosk: Kiosk) -> None:
    event = read_code(QR)

    kiosk.window.on_code(event)

    assert isinstance(event, CardQrScanned)
    expected = kiosk.hands.secrets[-1]
    assert expected is not None
    assert expected.can == Can.of(event.qr.id_number)


def test_a_scanner_that_types_is_heard_and_a_single_key_is_not(kiosk: Kiosk) -> None:
    QTest.keyClick(kiosk.window, Qt.Key.Key_A)
    kiosk.bot.waitUntil(lambda: not kiosk.window._keys._text)
    QTest.keyClicks(kiosk.window, BOOKING)
    QTest.keyClick(kiosk.window, Qt.Key.Key_Return)
    kiosk.settle()

    assert kiosk.said("number") == "A012"


def test_a_forged_card_opens_nothing_of_anybody(kiosk: Kiosk) -> None:
    kiosk.touch("card")
    kiosk.type("012345")
    forged = replace(citizens.reading(citizens.THU), authenticity=citizens.FORGED)

    kiosk.window.on_card(CardRead(forged))
    kiosk.settle()

    assert kiosk.window.findChild(CitizenPage) is None
    assert "Thử" not in kiosk.everything_shown()


@pytest.mark.parametrize("wish", ["dossiers", "rate"])
def test_a_chip_of_anybodys_making_opens_no_dossier(kiosk: Kiosk, wish: str) -> None:
    kiosk.hall.dossiers = DOSSIERS
    kiosk.touch("card")
    kiosk.type("012345")
    kiosk.window.on_card(CardRead(citizens.reading(citizens.THU, authenticity=citizens.UNVERIFIED)))
    kiosk.settle()
    greeted = kiosk.said("title")

    kiosk.touch(wish)

    assert greeted == "Xin chào Nguyễn Văn Thử"
    assert all(dossier.code not in kiosk.everything_shown() for dossier in DOSSIERS)
    assert all(dossier.procedure_name not in kiosk.everything_shown() for dossier in DOSSIERS)
    assert "giấy hẹn" in kiosk.everything_shown()


def test_somebody_with_a_number_is_told_it_and_gets_no_second(kiosk: Kiosk) -> None:
    kiosk.read_card()
    kiosk.touch("take")
    kiosk.touch("choice-A")
    kiosk.touch("home")

    kiosk.read_card()
    told = kiosk.said("caption")
    kiosk.touch("take")
    kiosk.touch("choice-A")

    assert "A012" in told
    assert len(kiosk.hall.taken) == 1
    assert kiosk.said("title") == "Ông bà đã có số cho việc này"


def test_own_dossiers_are_asked_of_the_portal(kiosk: Kiosk) -> None:
    kiosk.hall.dossiers = DOSSIERS
    kiosk.read_card()

    kiosk.touch("dossiers")

    assert "Đang xử lý, hẹn trả 27/11/2026" in kiosk.everything_shown()


def test_a_silent_portal_is_said_and_leads_to_a_number(kiosk: Kiosk) -> None:
    kiosk.hall.silent = PortalSilent()
    kiosk.read_card()

    kiosk.touch("dossiers")

    assert kiosk.said("title") == "Chưa hỏi được cổng dịch vụ công"
    assert "take" in {b.objectName() for b in kiosk.buttons()}


def test_own_dossiers_need_the_chip_and_not_only_the_printed_code(kiosk: Kiosk) -> None:
    kiosk.window.on_code(read_code(QR))
    kiosk.settle()

    assert "dossiers" not in {b.objectName() for b in kiosk.buttons()}


def test_a_finished_dossier_is_rated_with_one_touch(kiosk: Kiosk) -> None:
    kiosk.hall.dossiers = DOSSIERS
    kiosk.read_card()
    kiosk.touch("dossiers")
    kiosk.touch("choice-H55.242-261010-0012")

    kiosk.touch("choice-4")

    assert kiosk.hall.ratings == {"H55.242-261010-0012": 4}
    assert kiosk.said("title") == "Cảm ơn ông bà"


def test_a_dossier_that_is_not_returned_takes_a_number_for_itself(kiosk: Kiosk) -> None:
    kiosk.hall.dossiers = DOSSIERS
    kiosk.read_card()
    kiosk.touch("dossiers")
    kiosk.touch(f"choice-{DOSSIERS[0].code}")
    told = kiosk.said("caption")

    kiosk.touch("take")

    assert DOSSIERS[0].code in told
    assert [service for service, _person, _priority in kiosk.hall.taken] == ["A"]


def test_a_ticket_is_rated_by_its_code_once(kiosk: Kiosk) -> None:
    for _ in range(2):
        kiosk.window.on_code(CodeScanned("A012-261125"))
        kiosk.settle()
        kiosk.touch("choice-2")

    assert kiosk.hall.ratings == {"A012-261125": 2}
    assert kiosk.said("title") == "Lần phục vụ này đã được đánh giá"


def test_whoever_walks_away_from_the_question_has_given_no_answer(kiosk: Kiosk) -> None:
    kiosk.window.on_code(CodeScanned("A012-261125"))
    kiosk.settle()
    asked = kiosk.window.findChild(RatePage) is not None

    for _ in range(90):
        kiosk.window.quiet.tick()

    assert asked
    assert kiosk.hall.ratings == {}


def test_a_booking_gets_its_number_at_once(kiosk: Kiosk) -> None:
    kiosk.window.on_code(CodeScanned(BOOKING))
    kiosk.settle()

    assert kiosk.window.findChild(TakenPage) is not None


def test_when_no_number_can_be_given_a_person_is_offered(kiosk: Kiosk) -> None:
    kiosk.hall.failing = QueueAway()
    kiosk.touch("take")

    kiosk.touch("choice-A")

    assert kiosk.said("title") == "Chưa lấy được số"
    assert "help_now" in {b.objectName() for b in kiosk.buttons()}


def test_the_page_is_read_aloud_in_its_language(kiosk: Kiosk) -> None:
    kiosk.touch("read_aloud")
    kiosk.touch("language")
    kiosk.touch("read_aloud")

    told = [(a.clips, a.language) for a in kiosk.hands.speaker.said]
    assert told == [(("kiosk.home",), "vi"), (("kiosk.home",), "en")]


def test_english_holds_for_this_citizen_only(kiosk: Kiosk) -> None:
    kiosk.touch("language")
    kiosk.touch("take")
    english = kiosk.said("title")

    kiosk.touch("home")
    kiosk.touch("take")

    assert english == "What have you come for?"
    assert kiosk.said("title") == "Ông bà cần làm việc gì?"


def test_an_officer_at_the_door_gives_a_number_with_a_reason(closed_kiosk: Kiosk) -> None:
    closed_kiosk.open(staffed=True)
    closed_kiosk.touch("priority")
    closed_kiosk.touch("choice-NCT")

    closed_kiosk.touch("choice-A")
    closed_kiosk.touch("choice-A")

    assert closed_kiosk.hall.taken == [("A", None, "NCT"), ("A", None, None)]
    assert closed_kiosk.said("caption") == "Số vừa cấp: A013"


def test_services_are_shown_in_plain_words(kiosk: Kiosk) -> None:
    kiosk.touch("take")

    assert kiosk.window.findChild(ServicesPage) is not None
    assert "Khai sinh, khai tử" in kiosk.everything_shown()


def test_the_printer_is_asked_before_the_number_and_one_touch_more_takes_no_second(
    kiosk: Kiosk,
) -> None:
    kiosk.hands.printer_waits = []
    kiosk.touch("take")
    kiosk.touch("choice-A")
    kiosk.touch("choice-A")
    before = list(kiosk.hall.taken)

    for heard in kiosk.hands.printer_waits:
        heard(PrinterOutOfPaper())
    kiosk.settle()

    assert before == []
    assert len(kiosk.hall.taken) == 1
    assert kiosk.hands.jobs == []
    assert "nhớ" in kiosk.said("paper")


def test_a_receipt_shows_how_its_dossier_stands_and_takes_a_number_for_it(kiosk: Kiosk) -> None:
    kiosk.hall.dossiers = DOSSIERS
    kiosk.hall.receipts = {DOSSIERS[0].code: "A"}
    kiosk.window.on_code(CodeScanned(DOSSIERS[0].code))
    kiosk.settle()
    title, caption = kiosk.said("title"), kiosk.said("caption")

    kiosk.touch("take")

    assert title == "Đăng ký khai sinh"
    assert "Đang xử lý, hẹn trả 27/11/2026" in caption
    assert kiosk.hall.taken == [("A", None, None)]


def test_a_receipt_is_rated_although_the_portal_is_silent(kiosk: Kiosk) -> None:
    kiosk.hall.silent = PortalSilent()
    kiosk.hall.receipts = {DOSSIERS[0].code: "A"}
    kiosk.window.on_code(CodeScanned(DOSSIERS[0].code))
    kiosk.settle()
    told = kiosk.said("title")

    kiosk.touch("rate")
    kiosk.touch("choice-5")

    assert told == "Chưa hỏi được cổng dịch vụ công"
    assert kiosk.hall.ratings == {DOSSIERS[0].code: 5}


def test_whoever_asked_to_rate_and_scans_a_receipt_is_asked_at_once(kiosk: Kiosk) -> None:
    kiosk.hall.receipts = {DOSSIERS[0].code: "A"}
    kiosk.touch("rate")

    kiosk.window.on_code(CodeScanned(DOSSIERS[0].code))
    kiosk.settle()

    assert kiosk.window.findChild(RatePage) is not None


def test_whoever_was_laid_aside_says_at_the_kiosk_that_they_are_back(kiosk: Kiosk) -> None:
    kiosk.hall.live["A012-261125"] = OwnTicket(7, "A012", "Hộ tịch", "held", "Quầy 2", None)
    kiosk.window.on_code(CodeScanned("A012-261125"))
    kiosk.settle()

    kiosk.touch("come_back")

    assert kiosk.hall.back == [7]
    assert kiosk.said("title") == "Quầy đã biết ông bà quay lại"


def test_a_called_number_is_sent_to_its_counter(kiosk: Kiosk) -> None:
    kiosk.hall.live["A012-261125"] = OwnTicket(7, "A012", "Hộ tịch", "called", "Quầy 2", None)

    kiosk.window.on_code(CodeScanned("A012-261125"))
    kiosk.settle()

    assert kiosk.said("caption") == "Mời ông bà đến Quầy 2 ngay."


def test_a_code_nobody_knows_is_said_and_a_person_offered(kiosk: Kiosk) -> None:
    kiosk.window.on_code(CodeScanned("8934567890123"))
    kiosk.settle()

    assert kiosk.said("title") == "Máy không nhận ra mã này"
    assert "help_now" in {b.objectName() for b in kiosk.buttons()}


def test_when_no_counter_hears_of_it_the_citizen_is_sent_to_one(kiosk: Kiosk) -> None:
    kiosk.hall.silent = QueueAway()

    kiosk.touch("help")

    assert kiosk.said("title") == "Chưa báo được tới các quầy"


def tap_again(kiosk: Kiosk, button: QAbstractButton) -> None:
    """Tap the second time of two: what Qt tells the bare window first, and then the button."""
    here = QPointF(button.rect().center())
    there = QPointF(button.mapToGlobal(button.rect().center()))
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    def event(kind: QEvent.Type) -> QMouseEvent:
        return QMouseEvent(kind, here, there, left, left, none)

    bare = kiosk.window.windowHandle()
    assert not kiosk.window.eventFilter(bare, event(QEvent.Type.MouseButtonPress))
    QApplication.sendEvent(button, event(QEvent.Type.MouseButtonDblClick))
    QApplication.sendEvent(button, event(QEvent.Type.MouseButtonRelease))


def test_a_double_tap_on_the_largest_button_takes_no_number_of_what_lies_beneath(
    kiosk: Kiosk,
) -> None:
    kiosk.touch("take")
    beneath = next(b for b in kiosk.buttons() if b.objectName() == "choice-D")

    tap_again(kiosk, beneath)
    kiosk.settle()

    assert kiosk.hall.taken == []
    kiosk.touch("choice-D")
    assert len(kiosk.hall.taken) == 1


def test_a_digit_tapped_twice_counts_twice(kiosk: Kiosk) -> None:
    kiosk.touch("card")
    kiosk.touch("digit-1")

    tap_again(kiosk, next(b for b in kiosk.buttons() if b.objectName() == "digit-1"))

    assert kiosk.said("digits").split() == ["1", "1", "_", "_", "_", "_"]
