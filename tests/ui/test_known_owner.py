"""A dossier that is open opens its owner's card: nobody types what the desk knows already."""

from __future__ import annotations

from counter.cards import Can, CardSecrets
from counter.errors import UnknownDossier, WrongCan
from counter.hall import QueueTicket
from counter.ports import CardFailed, CardPlaced, CardQrScanned, CardRead, CardTextRead, CodeScanned
from tests.ui.citizens import AUTHENTIC, THU, THU_QR, reading
from tests.ui.conftest import CONTROL, KEYS, Office
from tests.ui.fake_desk import MORNING

NUMBER = THU.id_number
OWNERS = CardSecrets(can=Can.of(NUMBER), told=NUMBER)
BIRTH = "1.001193"


def received(office: Office) -> str:
    """Receive a dossier of the card's owner, end the visit and return its code."""
    office.window.on_card(CardTextRead(THU, None))
    office.window.on_card(CardRead(reading(THU, authenticity=AUTHENTIC)))
    office.choose(BIRTH)
    office.press(KEYS.Key_E, CONTROL)
    office.settle()
    office.press(KEYS.Key_F9)
    office.settle()
    office.press(KEYS.Key_F10)
    office.settle()
    office.hands.secrets.clear()
    return office.desk.lines[0].code


def scan(office: Office, code: str) -> None:
    office.window.on_code(CodeScanned(code))
    office.settle()


def test_a_scanned_dossier_opens_its_owners_card_without_typing(office: Office) -> None:
    code = received(office)

    scan(office, code)

    assert office.hands.secrets == [OWNERS]
    assert NUMBER.digits not in office.everything_shown()
    assert NUMBER.last_six not in office.text("card_state")


def test_guidance_that_is_scanned_again_opens_its_persons_card(office: Office) -> None:
    office.press(KEYS.Key_N, CONTROL)
    office.find("manual_name").setFocus()
    office.type("Nguyen Thi Mau")
    office.find("manual_number").setFocus()
    office.type(NUMBER.digits)
    office.choose(BIRTH)
    office.press(KEYS.Key_U, CONTROL)
    office.settle()
    office.press(KEYS.Key_Return, CONTROL)
    office.settle()

    scan(office, "12/2026-Q01/HDHS")

    assert office.hands.secrets[-1] == OWNERS
    assert "Đã mở lại phiếu" in office.window.notice.text


def test_a_ticket_taken_for_a_dossier_opens_its_owners_card(office: Office) -> None:
    code = received(office)
    ticket = QueueTicket("A007", "Chứng thực", None, MORNING, row=7, subject=code)

    office.window.reception.visit_begun(ticket)
    office.settle()

    assert office.hands.secrets == [OWNERS]


def test_a_ticket_of_a_booking_expects_nobody(office: Office) -> None:
    ticket = QueueTicket("A007", "Chứng thực", None, MORNING, row=7, subject="DL-0001")

    office.window.reception.visit_begun(ticket)
    office.settle()

    assert office.hands.secrets == []
    assert UnknownDossier.code not in office.window.notice.text
    assert not office.window.notice.text


def test_browsing_dossiers_tries_no_card(office: Office) -> None:
    received(office)

    office.press(KEYS.Key_F4)
    office.settle()

    assert office.hands.secrets == []


def test_what_was_scanned_from_the_card_counts_more_than_the_dossier(office: Office) -> None:
    code = received(office)
    office.window.on_code(CardQrScanned(THU_QR))

    scan(office, code)

    assert office.hands.secrets == [CardSecrets(can=Can.of(NUMBER), told=THU_QR)]


def test_the_next_number_called_is_somebody_else(office: Office) -> None:
    scan(office, received(office))

    office.window.reception.called(QueueTicket("A008", "Chứng thực", None, MORNING, row=8))

    assert office.hands.secrets == [OWNERS, None]


def test_anothers_card_is_noticed_in_words_that_blame_no_typing(office: Office) -> None:
    scan(office, received(office))
    office.window.on_card(CardPlaced("reader"))

    office.window.on_card(CardFailed(WrongCan()))

    assert "không phải của người trong hồ sơ đang mở" in office.window.notice.text
    assert "Gõ sáu số cuối" in office.text("card_state")
    assert office.find("card_wrong").isHidden()
