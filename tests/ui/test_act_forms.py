"""What an officer does to a dossier after its reception, worked from the keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox

from counter.acts import (
    Act,
    ActKind,
    AskPayment,
    AskSupplement,
    Confirmation,
    Confirmer,
    Correct,
    CorrectReturn,
    HandOver,
    Leader,
    Relation,
    ReturnResult,
    SettleReceipt,
    SignLetter,
    TakeSupplement,
    Void,
)
from counter.cards import Can, CardSecrets
from counter.errors import SlipMissing, WrongPassword
from counter.ports import CardQrScanned, CardTextRead
from counter.values import CitizenNumber, Dong, uuid7
from counter.work import Applicant, IdentitySource, PaperBrought, PaperReceived, ReceptionAsked
from tests.ui.citizens import THU, THU_QR, TON_NU
from tests.ui.conftest import CONTROL, KEYS, Office
from ui.officer.places import DOSSIERS, RECEIVE

BIRTH = "1.001193"
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def at_dossiers(office: Office) -> Office:
    """An office whose only dossier is shown."""
    office.desk.receive(
        ReceptionAsked(
            dossier_id=uuid7(office.desk.moment),  # type: ignore[arg-type]
            applicant=Applicant(
                full_name=THU.full_name,
                number=THU.id_number,
                birth_date=None,
                sex=None,
                address=None,
                phone=None,
                email=None,
                source=IdentitySource.MANUAL,
                verdict=None,
            ),
            procedure_code=BIRTH,
            papers=(PaperBrought(0, 1, 0, 0), PaperBrought(1, 1, 0, 0)),
            noticed_at=office.desk.moment,
        )
    )
    office.press(KEYS.Key_F4)
    office.window.dossiers.search()
    office.settle()
    return office


def begin(office: Office, kind: ActKind) -> None:
    """Choose one act of the dossier that is shown."""
    office.desk.can = (kind,)
    office.window.dossiers.search()
    office.settle()
    office.settle()
    office.press(KEYS.Key_Return, CONTROL)
    office.settle()
    assert office.window.is_acting


def fill(office: Office, name: str, text: str) -> None:
    field = office.find(name)
    field.setFocus()
    if isinstance(field, QLineEdit):
        field.selectAll()
    office.type(text)


def go(office: Office) -> Act:
    """Press the key that does the act, and return what the desk was asked."""
    office.press(KEYS.Key_Return, CONTROL)
    office.settle()
    return office.desk.acted[-1][1]


def test_the_next_act_is_one_key_away_and_the_others_are_in_the_menu(at_dossiers: Office) -> None:
    menu = at_dossiers.window.dossiers.detail.acts

    assert menu.possible is not None
    assert menu.next.text() == "Bàn giao cho đơn vị"
    assert menu.more.isVisible()


def test_the_enter_key_by_the_digits_does_the_act_too(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.HAND_OVER)
    fill(at_dossiers, "act_receiver", "Pham Van Mau")

    at_dossiers.press(KEYS.Key_Enter, CONTROL | Qt.KeyboardModifier.KeypadModifier)
    at_dossiers.settle()

    assert isinstance(at_dossiers.desk.acted[-1][1], HandOver)


def test_papers_go_to_a_unit_that_is_offered(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.HAND_OVER)
    fill(at_dossiers, "act_receiver", "Pham Van Mau")

    assert go(at_dossiers) == HandOver("Công chức Tư pháp - hộ tịch", "Pham Van Mau")
    assert not at_dossiers.window.is_acting
    assert "H55.242" in at_dossiers.window.notice.text


def test_a_supplement_says_which_papers_and_what_is_wrong_with_them(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.ASK_SUPPLEMENT)
    fill(at_dossiers, "wanted_note_1", "thieu dau")
    fill(at_dossiers, "wanted_other", "Giay khac")
    fill(at_dossiers, "act_respond_by", "30/11/2026")

    act = go(at_dossiers)

    assert isinstance(act, AskSupplement)
    assert [(paper.name, paper.note) for paper in act.papers] == [
        ("Giấy chứng sinh", "thieu dau"),
        ("Giay khac", ""),
    ]
    assert act.reason == "Thành phần hồ sơ chưa đủ theo quy định của thủ tục"
    assert act.respond_by == date(2026, 11, 30)


def test_a_day_that_does_not_exist_is_said_and_nothing_is_asked(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.DRAFT_APOLOGY)
    fill(at_dossiers, "act_due_on", "31/02/2027")

    at_dossiers.press(KEYS.Key_Return, CONTROL)
    at_dossiers.settle()

    assert at_dossiers.desk.acted == []
    assert at_dossiers.window.is_acting


def test_what_was_asked_for_is_counted_when_it_comes(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.TAKE_SUPPLEMENT)

    assert go(at_dossiers) == TakeSupplement((PaperReceived("Giấy chứng sinh", 1, 0, 0),))


def test_the_applicants_own_card_opens_without_typing_and_is_the_comparison(
    at_dossiers: Office,
) -> None:
    begin(at_dossiers, ActKind.RETURN_RESULT)
    assert at_dossiers.hands.secrets[-1] == CardSecrets(
        can=Can.of(THU.id_number), told=THU.id_number
    )

    at_dossiers.window.on_card(CardTextRead(THU, None))
    at_dossiers.find("return_signed").setFocus()
    at_dossiers.press(KEYS.Key_Space)

    act = go(at_dossiers)
    assert act == ReturnResult(
        receiver=THU.full_name,
        relation=Relation.SELF,
        last4=THU.id_number.digits[-4:],
        identity_checked=True,
        slip_collected=True,
        signed=True,
    )
    assert at_dossiers.hands.secrets[-1] is None


def test_another_persons_card_asks_for_the_authorisation(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.RETURN_RESULT)
    at_dossiers.window.on_card(CardTextRead(TON_NU, None))
    at_dossiers.type("UQ 24/11")
    for name in ("return_undertaking", "return_signed"):
        at_dossiers.find(name).setFocus()
        at_dossiers.press(KEYS.Key_Space)

    act = go(at_dossiers)

    assert isinstance(act, ReturnResult)
    assert (act.receiver, act.relation) == (TON_NU.full_name, Relation.AUTHORISED)
    assert (act.authorisation, act.slip_collected, act.undertaking) == ("UQ 24/11", False, True)


def test_the_receiver_of_a_result_is_put_right_in_what_was_noted(at_dossiers: Office) -> None:
    noted = ReturnResult("Trần Văn Sai", Relation.AUTHORISED, "1111", True, True, True)
    at_dossiers.desk.returned = replace(noted, authorisation="UQ 1")
    begin(at_dossiers, ActKind.CORRECT_RETURN)
    hidden = at_dossiers.find("return_signed").isHidden()
    fill(at_dossiers, "return_receiver", "Le Van Dung")
    fill(at_dossiers, "act_leader", "Le Van Mau")

    act = go(at_dossiers)

    assert hidden
    assert isinstance(act, CorrectReturn)
    assert (act.given.receiver, act.given.relation) == ("Le Van Dung", Relation.AUTHORISED)
    assert (act.given.last4, act.given.authorisation) == ("1111", "UQ 1")
    assert act.leader == Leader("Le Van Mau")


def test_the_qr_of_a_card_fills_the_form_but_compares_nothing(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.RETURN_RESULT)

    at_dossiers.window.on_code(CardQrScanned(THU_QR))

    act = go(at_dossiers)
    assert isinstance(act, ReturnResult)
    assert (act.receiver, act.identity_checked) == (THU_QR.full_name, False)


def test_a_refusal_stands_in_the_form_and_what_was_typed_stays(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.SIGN_LETTER)
    fill(at_dossiers, "act_leader", "Le Van Mau")
    fill(at_dossiers, "act_number", "15/PXL")
    at_dossiers.desk.failing = SlipMissing()
    at_dossiers.press(KEYS.Key_Return, CONTROL)
    at_dossiers.settle()
    shown = at_dossiers.everything_shown()

    assert at_dossiers.window.is_acting
    assert "Chưa thu lại giấy tiếp nhận." in shown
    assert go(at_dossiers) == SignLetter(Leader("Le Van Mau"), "15/PXL")


def test_escape_leaves_the_form_and_does_nothing(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.WITHDRAW)

    at_dossiers.press(KEYS.Key_Escape)
    at_dossiers.settle()

    assert not at_dossiers.window.is_acting
    assert at_dossiers.desk.acted == []


@pytest.mark.parametrize("kind", ActKind)
def test_each_form_asks_the_desk_for_its_own_act(at_dossiers: Office, kind: ActKind) -> None:
    begin(at_dossiers, kind)
    if kind is ActKind.DRAFT_APOLOGY:
        fill(at_dossiers, "act_due_on", "10/12/2026")

    assert go(at_dossiers).kind is kind


def test_a_mis_keyed_person_is_put_right_field_by_field(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.CORRECT)
    fill(at_dossiers, "correct_name", "Ton Nu Thu")
    count = at_dossiers.find("correct_paper_1_2")
    assert isinstance(count, QSpinBox)
    count.setValue(3)
    fill(at_dossiers, "act_leader", "Le Van Mau")

    act = go(at_dossiers)

    assert isinstance(act, Correct)
    assert act.person.full_name == "Ton Nu Thu"
    assert act.papers is not None
    assert [(p.originals, p.certified) for p in act.papers][1] == (1, 3)
    assert act.person.number == THU.id_number
    assert act.reason == "Nhập sai thông tin so với giấy tờ của người nộp"


def test_a_number_put_right_is_typed_whole_and_its_old_middle_stays_hidden(
    at_dossiers: Office,
) -> None:
    begin(at_dossiers, ActKind.CORRECT)
    field = at_dossiers.find("correct_number")
    assert isinstance(field, QLineEdit)
    assert field.text() == THU.id_number.masked
    fill(at_dossiers, "correct_number", "046150000321")
    fill(at_dossiers, "act_leader", "Le Van Mau")

    act = go(at_dossiers)

    assert isinstance(act, Correct)
    assert act.person.number == CitizenNumber("046150000321")


@pytest.mark.parametrize(
    ("typed", "kept"), [("", "0912345678"), ("0987 654 321", "0987654321")], ids=["kept", "new"]
)
def test_a_telephone_put_right_is_typed_whole_and_its_old_middle_stays_hidden(
    at_dossiers: Office, typed: str, kept: str
) -> None:
    ((code, view),) = at_dossiers.desk.views.items()
    applicant = replace(view.applicant, phone="0912345678")
    at_dossiers.desk.views[code] = replace(view, applicant=applicant)
    begin(at_dossiers, ActKind.CORRECT)
    field = at_dossiers.find("correct_phone")
    assert isinstance(field, QLineEdit)
    assert field.text() == "091••••••678"
    fill(at_dossiers, "correct_phone" if typed else "correct_address", typed or "Thon 2")
    fill(at_dossiers, "act_leader", "Le Van Mau")

    act = go(at_dossiers)

    assert isinstance(act, Correct)
    assert act.person.phone == kept


def test_a_wrong_field_is_marked_and_nothing_is_asked(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.CORRECT)
    fill(at_dossiers, "correct_number", "12")

    at_dossiers.press(KEYS.Key_Return, CONTROL)
    at_dossiers.settle()

    assert at_dossiers.desk.acted == []
    assert at_dossiers.find("correct_number").property("wrong") == "true"


def test_the_leader_signs_in_beside_the_officer(at_dossiers: Office) -> None:
    at_dossiers.desk.confirmers = (Confirmer("lanh-dao", "Phạm Thị Mẫu"),)
    begin(at_dossiers, ActKind.VOID)
    fill(at_dossiers, "act_password", "gio mua dong bac")

    act = go(at_dossiers)

    assert isinstance(act, Void)
    assert act.leader == Leader("Phạm Thị Mẫu")
    assert at_dossiers.desk.confirmed == [Confirmation("lanh-dao", "gio mua dong bac")]


def test_a_refused_password_is_forgotten_and_typed_anew(at_dossiers: Office) -> None:
    at_dossiers.desk.confirmers = (Confirmer("lanh-dao", "Phạm Thị Mẫu"),)
    begin(at_dossiers, ActKind.VOID)
    fill(at_dossiers, "act_password", "sai")
    at_dossiers.desk.failing = WrongPassword()

    at_dossiers.press(KEYS.Key_Return, CONTROL)
    at_dossiers.settle()

    assert at_dossiers.window.is_acting
    assert at_dossiers.text("act_password") == ""
    assert at_dossiers.find("act_password").hasFocus()


def test_a_refused_legal_receipt_is_said_to_be_settled_elsewhere(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.SETTLE_RECEIPT)

    assert go(at_dossiers) == SettleReceipt("Đã hủy biên lai ở hệ thống biên lai điện tử")


def test_a_refused_legal_receipt_is_asked_for_once_more(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.SETTLE_RECEIPT)
    at_dossiers.find("act_again").setFocus()
    at_dossiers.press(KEYS.Key_Space)
    act = go(at_dossiers)

    assert isinstance(act, SettleReceipt)
    assert act.again


def test_what_must_be_paid_first_is_shown_before_it_is_asked_for(at_dossiers: Office) -> None:
    at_dossiers.desk.owed = Dong(8000)
    begin(at_dossiers, ActKind.ASK_PAYMENT)
    shown = at_dossiers.everything_shown()

    assert go(at_dossiers) == AskPayment()
    assert "8.000 đ" in shown


def test_the_receipt_for_money_is_printed_again_where_there_is_one(at_dossiers: Office) -> None:
    office = at_dossiers
    button = office.find("receipt_again")
    hidden = button.isVisible()
    office.press(KEYS.Key_R, CONTROL | SHIFT)
    office.desk.views = {
        code: replace(view, receipts=("3/2026-Q01/PT", "9/2026-Q01/PT"))
        for code, view in office.desk.views.items()
    }
    office.window.dossiers.search()
    office.settle()
    office.settle()
    office.press(KEYS.Key_R, CONTROL | SHIFT)
    office.settle()

    assert (hidden, office.desk.till.printed) == (False, ["9/2026-Q01/PT"])


def test_a_voided_dossier_is_received_anew_with_the_person_filled_in(at_dossiers: Office) -> None:
    office = at_dossiers
    begin(office, ActKind.VOID)
    fill(office, "act_leader", "Le Van Mau")
    office.find("act_again").setFocus()
    office.press(KEYS.Key_Space)

    act = go(office)
    office.settle()

    assert isinstance(act, Void)
    assert office.window.frame.shown == RECEIVE
    assert office.window.receive.identity.typed().full_name == THU.full_name
    assert office.window.receive.procedure.procedure is None


def test_a_voided_dossier_is_not_received_anew_unless_it_is_asked(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.VOID)
    fill(at_dossiers, "act_leader", "Le Van Mau")

    go(at_dossiers)

    assert at_dossiers.window.frame.shown == DOSSIERS
    assert at_dossiers.desk.visits().kept() == ()


def test_who_brought_it_is_corrected_in_the_same_form(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.CORRECT)
    relation = at_dossiers.find("correct_relation")
    assert isinstance(relation, QComboBox)
    locked = at_dossiers.find("correct_by_name").isEnabled()
    relation.setCurrentIndex(relation.findData(Relation.RELATIVE))
    fill(at_dossiers, "correct_by_name", "Tran Van Mau")
    fill(at_dossiers, "act_leader", "Le Van Mau")

    act = go(at_dossiers)

    assert (locked, isinstance(act, Correct)) == (False, True)
    assert isinstance(act, Correct)
    assert act.brought is not None
    assert act.brought.submitter is not None
    assert act.brought.submitter.person.full_name == "Tran Van Mau"
    assert act.brought.submitter.relation is Relation.RELATIVE


def test_an_authorised_person_is_not_corrected_in_without_the_paper(at_dossiers: Office) -> None:
    begin(at_dossiers, ActKind.CORRECT)
    relation = at_dossiers.find("correct_relation")
    assert isinstance(relation, QComboBox)
    relation.setCurrentIndex(relation.findData(Relation.AUTHORISED))
    fill(at_dossiers, "correct_by_name", "Tran Van Mau")

    at_dossiers.press(KEYS.Key_Return, CONTROL)
    at_dossiers.settle()

    assert at_dossiers.desk.acted == []
