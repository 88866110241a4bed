"""The cashier's step from the keyboard: cash with its change, and a code that is no money yet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from counter.acts import ActKind, Collect
from counter.errors import OnlyCash
from counter.payments import Odd, PaymentState
from counter.ports import SyncState
from counter.values import Dong
from tests.ui.conftest import CONTROL, KEYS, Office
from tests.ui.test_act_forms import at_dossiers, begin
from ui.officer.acts.code_panel import CodePicture
from ui.officer.acts.collect_form import CollectForm
from ui.parts.badge import Badge
from ui.second.shown import ToPay
from ui.second.window import SecondScreen

__all__ = ["at_dossiers"]

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def cashier(at_dossiers: Office) -> Office:
    """An office whose dossier owes 8.000 đ, with the cashier's step open."""
    at_dossiers.desk.owed = Dong(8000)
    begin(at_dossiers, ActKind.COLLECT)
    return at_dossiers


def form(office: Office) -> CollectForm:
    found = office.window.dossiers_talk.acts.form
    assert isinstance(found, CollectForm)
    return found


def say(office: Office) -> str:
    badge = office.find("collect_state")
    assert isinstance(badge, Badge)
    return badge.text if badge.isVisible() else ""


def give(office: Office, text: str) -> str:
    """Type what the citizen gives; return the change that is shown."""
    field = office.find("cash_paid")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    office.type(text)
    return office.text("cash_change")


def cash_button(office: Office) -> QPushButton:
    found = office.find("act_go")
    assert isinstance(found, QPushButton)
    return found


def ask_code(office: Office) -> None:
    """Ask for a code with its key, and let the portal give it."""
    office.press(KEYS.Key_Q, CONTROL | SHIFT)
    office.settle()


def hear(office: Office) -> None:
    """Let the window hear that something about payments is new."""
    office.window.dossiers_talk.payments.settle()
    office.settle()


def collected(office: Office) -> list[Collect]:
    return [act for _, act in office.desk.acted if isinstance(act, Collect)]


def reach(office: Office, *, reachable: bool) -> None:
    office.window.on_sync(SyncState(reachable, 0, None, 0, None, None))
    office.settle()


def test_cash_is_taken_by_keyboard_alone_and_its_change_is_shown(cashier: Office) -> None:
    change = give(cashier, "50000")
    cashier.press(KEYS.Key_Return, CONTROL)
    cashier.settle()

    assert change == "42.000 đ"
    assert collected(cashier) == [Collect()]
    assert cashier.window.dossiers_talk.acts.form is None


def test_too_little_is_not_taken(cashier: Office) -> None:
    change = give(cashier, "5000")
    cashier.press(KEYS.Key_Return, CONTROL)
    cashier.settle()

    assert (change, collected(cashier)) == ("—", [])
    assert "3.000 đ" in say(cashier)


def test_change_that_no_note_can_pay_is_said(cashier: Office) -> None:
    change = give(cashier, "8.150")

    assert change == "150 đ"
    assert "200 đ" in say(cashier)


def test_what_is_no_sum_is_said(cashier: Office) -> None:
    change = give(cashier, "5,5")

    assert (change, cash_button(cashier).isEnabled()) == ("—", False)


def test_a_code_waits_for_the_portal_and_takes_nothing(cashier: Office) -> None:
    ask_code(cashier)
    before = say(cashier)
    cashier.desk.transfers.answer()
    hear(cashier)

    picture = cashier.find("payment_code")
    assert isinstance(picture, CodePicture)
    assert len(picture.rows) >= 21
    assert "Đang xin mã" in before
    assert "chưa phải là đã trả" in say(cashier)
    assert collected(cashier) == []
    assert cashier.hands.woken > 0


def test_money_that_came_closes_the_form_and_prints_the_receipt(cashier: Office) -> None:
    ask_code(cashier)
    cashier.desk.transfers.answer()
    hear(cashier)
    cashier.desk.transfers.pay()
    hear(cashier)
    cashier.settle()

    assert cashier.window.dossiers_talk.acts.form is None
    assert len(collected(cashier)) == 1
    assert "8.000 đ" in cashier.everything_shown()


@pytest.mark.parametrize(
    ("odd", "word"), [(Odd.TWICE, "hoàn tiền"), (Odd.SHORT, "còn thiếu"), (Odd.OVER, "phần thừa")]
)
def test_money_that_is_not_the_fee_is_said_as_work(cashier: Office, odd: Odd, word: str) -> None:
    ask_code(cashier)
    cashier.desk.transfers.answer()
    cashier.desk.transfers.pay(Dong(5000), odd)
    hear(cashier)

    assert word in cashier.everything_shown()
    assert collected(cashier) == []


def test_the_code_stands_on_the_citizens_screen_only_while_it_can_be_paid(
    cashier: Office, qtbot: QtBot
) -> None:
    screen = SecondScreen("UBND xã Thử Nghiệm", "Quầy 1")
    qtbot.addWidget(screen)
    cashier.window.second.attach(screen, lambda _code, _score: None)
    screen.show()
    ask_code(cashier)
    cashier.desk.transfers.answer()
    hear(cashier)
    shown = screen.shown
    cashier.desk.transfers.close(PaymentState.EXPIRED)
    hear(cashier)

    assert isinstance(shown, ToPay)
    assert (shown.amount, shown.picture.width()) == (8000, shown.picture.height())
    assert not isinstance(screen.shown, ToPay)


def test_cash_instead_takes_the_code_back_first(cashier: Office) -> None:
    ask_code(cashier)
    cashier.desk.transfers.answer()
    hear(cashier)
    cashier.press(KEYS.Key_Return, CONTROL)
    cashier.settle()
    waiting = (cashier.desk.transfers.last.state, collected(cashier))
    enabled = cash_button(cashier).isEnabled()
    cashier.desk.transfers.close(PaymentState.CANCELLED)
    hear(cashier)
    cashier.press(KEYS.Key_Return, CONTROL)
    cashier.settle()

    assert waiting == (PaymentState.DROPPING, [])
    assert not enabled
    assert collected(cashier) == [Collect()]


def test_without_a_network_cash_is_offered_at_once(cashier: Office) -> None:
    reach(cashier, reachable=False)
    ask_code(cashier)

    told = say(cashier)
    cashier.press(KEYS.Key_Return, CONTROL)
    cashier.settle()

    assert "mất mạng" in told
    assert collected(cashier) == [Collect()]


def test_a_code_that_was_shown_before_the_network_went_is_asked_about(cashier: Office) -> None:
    ask_code(cashier)
    cashier.desk.transfers.answer()
    hear(cashier)
    cashier.press(KEYS.Key_Return, CONTROL)
    cashier.settle()
    reach(cashier, reachable=False)
    cashier.press(KEYS.Key_Return, CONTROL)
    (box,) = cashier.window.findChildren(QMessageBox)
    go = box.findChild(QAbstractButton, "question_go")
    assert go is not None
    before = collected(cashier)
    go.click()
    cashier.settle()

    assert before == []
    assert collected(cashier) == [Collect(unheard=True)]


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (PaymentState.EXPIRED, "hết hạn"),
        (PaymentState.CANCELLED, "đã hủy"),
        (PaymentState.REFUSED, "không nhận"),
    ],
)
def test_a_code_that_ended_makes_room_for_another(
    cashier: Office, state: PaymentState, word: str
) -> None:
    ask_code(cashier)
    cashier.desk.transfers.answer()
    hear(cashier)
    cashier.desk.transfers.close(state, '{"type": "validation"}')
    hear(cashier)
    told = say(cashier)
    first = cashier.desk.transfers.last.id
    ask_code(cashier)

    assert word in told
    assert cashier.desk.transfers.last.id != first


def test_a_refusal_of_the_desk_is_said_in_the_form(cashier: Office) -> None:
    cashier.desk.transfers.failing = OnlyCash()

    ask_code(cashier)

    assert "Hãy thu tiền mặt" in say(cashier)
    assert form(cashier).isVisible()


def test_everything_has_a_name_for_those_who_do_not_see(cashier: Office) -> None:
    fields = form(cashier).findChildren(QLineEdit)
    picture = form(cashier).findChild(QWidget, "payment_code")

    assert picture is not None
    assert picture.accessibleName()
    assert [field.objectName() for field in fields if not field.accessibleName()] == []


def test_the_code_is_printed_with_its_key_while_it_can_be_paid(cashier: Office) -> None:
    cashier.press(KEYS.Key_P, CONTROL)  # there is no code yet
    ask_code(cashier)
    cashier.desk.transfers.answer()
    hear(cashier)

    cashier.press(KEYS.Key_P, CONTROL)
    cashier.settle()

    assert cashier.desk.transfers.printed == [cashier.desk.transfers.last.id]
    assert cashier.hands.jobs[-1].name == "to_pay"
    assert "phiếu thu" in say(cashier)
    assert collected(cashier) == []


def test_what_was_given_before_the_code_is_no_cash_once_the_code_is_dropped(
    cashier: Office,
) -> None:
    give(cashier, "5000")
    ask_code(cashier)
    waiting = cash_button(cashier).isEnabled()
    cashier.desk.transfers.answer()
    hear(cashier)
    cashier.press(KEYS.Key_Return, CONTROL)
    cashier.settle()
    cashier.desk.transfers.close(PaymentState.CANCELLED)
    hear(cashier)

    assert not waiting
    assert cashier.text("cash_paid") == ""
    assert cashier.find("cash_paid").hasFocus()
    assert collected(cashier) == []


def test_a_form_that_grows_with_its_code_keeps_its_buttons_on_the_screen(cashier: Office) -> None:
    opened = form(cashier)
    room = opened.screen().availableGeometry()
    opened.move(room.left(), room.bottom() - opened.height())
    ask_code(cashier)
    cashier.desk.transfers.answer()
    hear(cashier)

    cashier.bot.waitUntil(lambda: opened.frameGeometry().bottom() <= room.bottom())
    assert opened.height() > 500
