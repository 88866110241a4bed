"""Nobody in the chair: the window is covered, and whoever sits down is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from counter.cards import CardSecrets
from counter.errors import AccountClosed, NotSignedIn, WrongPassword
from counter.ports import CardRead
from counter.work import DeskWork
from tests.ui.citizens import AUTHENTIC, THU, TON_NU, reading
from tests.ui.conftest import Office
from tests.ui.fake_chair import PASSWORD, FakeChair, go, sit_down, type_in
from ui.officer.chair_state import Chair
from ui.second.shown import Resting
from ui.second.window import SecondScreen


def test_an_empty_chair_covers_everything(locked: Callable[[Chair], Office]) -> None:
    office = locked(Chair.EMPTY)

    assert office.window.is_locked
    assert office.window.findChild(QWidget, "procedure_search") is None
    assert office.find("account").isVisible()
    assert not office.find("first_name").isVisible()


def test_who_signs_in_is_named_and_finds_the_desk_ready(
    locked: Callable[[Chair], Office], chair: FakeChair
) -> None:
    office = locked(Chair.EMPTY)
    type_in(office, account=" CB-0007", password=PASSWORD)

    go(office)

    assert chair.asked == [("cb-0007", PASSWORD)]
    assert not office.window.is_locked
    assert "Đỗ Văn Thử" in office.everything_shown()
    assert PASSWORD not in office.everything_shown()


@pytest.mark.parametrize("refusal", [WrongPassword(), AccountClosed(seconds=31)])
def test_a_refusal_is_said_and_the_password_forgotten(
    locked: Callable[[Chair], Office], chair: FakeChair, refusal: Exception
) -> None:
    office = locked(Chair.EMPTY)
    chair.refusal = refusal
    type_in(office, account="cb-0007", password=PASSWORD)

    go(office)

    assert office.window.is_locked
    assert office.window.chair.cover.notice.isVisible()
    assert office.text("account") == "cb-0007"
    assert office.text("password") == ""


def test_whoever_comes_next_types_the_name_over_the_last_one(
    locked: Callable[[Chair], Office], chair: FakeChair
) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    office.window.leave_chair()
    office.settle()

    office.type("cb-0009")
    office.press(Qt.Key.Key_Return)
    office.type(PASSWORD)
    office.press(Qt.Key.Key_Return)
    office.settle()

    assert chair.asked[-1] == ("cb-0009", PASSWORD)


def test_enter_on_the_button_signs_in(locked: Callable[[Chair], Office], chair: FakeChair) -> None:
    office = locked(Chair.EMPTY)
    type_in(office, account="cb-0007", password=PASSWORD)
    office.find("sign_in").setFocus()

    office.press(Qt.Key.Key_Return)
    office.settle()

    assert chair.asked == [("cb-0007", PASSWORD)]


def test_a_closed_account_counts_the_seconds_and_says_when_it_is_over(
    locked: Callable[[Chair], Office], chair: FakeChair
) -> None:
    office = locked(Chair.EMPTY)
    cover = office.window.chair.cover
    assert cover._second.interval() == 1000
    cover._second.setInterval(3_600_000)  # the test tells the seconds, however busy the machine is
    chair.refusal = AccountClosed(seconds=2)
    type_in(office, account="cb-0007", password="sai")
    go(office)

    assert cover._second.isActive()
    assert "2 giây" in cover.notice.text
    cover._second.timeout.emit()
    assert "1 giây" in cover.notice.text
    cover._second.timeout.emit()
    assert "Đã thử lại được" in cover.notice.text
    assert not cover._second.isActive()


def test_what_was_said_meanwhile_is_not_covered_by_the_seconds(
    locked: Callable[[Chair], Office], chair: FakeChair
) -> None:
    office = locked(Chair.EMPTY)
    chair.refusal = AccountClosed(seconds=30)
    type_in(office, account="cb-0007", password="sai")
    go(office)
    cover = office.window.chair.cover

    cover.notice.clear()
    cover._on_second()

    assert cover.notice.text == ""
    assert not cover._second.isActive()


def test_a_new_desk_asks_for_its_administrator_and_the_password_twice(
    locked: Callable[[Chair], Office], chair: FakeChair
) -> None:
    office = locked(Chair.NEW)
    type_in(
        office,
        first_name="Lý Thị Mẫu",
        account="truong",
        password=PASSWORD,
        password_again="khác",
    )
    go(office)
    assert chair.asked == []

    type_in(office, password_again=PASSWORD)
    go(office)

    assert chair.asked == [("truong", "Lý Thị Mẫu", PASSWORD)]
    assert not office.window.is_locked


def test_a_key_leaves_the_chair_for_somebody_else(
    locked: Callable[[Chair], Office], chair: FakeChair
) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)

    office.press(
        Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    office.settle()

    assert office.window.is_locked
    assert chair.left == [False]


def test_a_pause_locks_the_screen_and_a_key_puts_it_off(
    locked: Callable[[Chair], Office], chair: FakeChair
) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    idle = office.window.chair.idle
    assert idle.pause_ms == 5 * 60 * 1000
    begun = idle.clocks()

    idle.clocks = later(begun, 200, 200)
    office.press(Qt.Key.Key_Shift)
    idle.clocks = later(begun, 499, 499)
    assert not idle.check()
    idle.clocks = later(begun, 501, 501)
    office.bot.waitUntil(lambda: office.window.is_locked)
    office.settle()

    assert chair.left == [True]


def later(begun: tuple[int, int], of_day: int, of_run: int) -> Callable[[], tuple[int, int]]:
    """Return clocks that have gone on by so many seconds: the time of day, the computer's run."""
    return lambda: (begun[0] + of_day * 1000, begun[1] + of_run * 1000)


@pytest.mark.parametrize(("of_day", "of_run"), [(3600, 10), (-7200, 301), (3600, 3600)])
def test_the_time_asleep_counts_and_the_first_key_after_it_only_locks(
    locked: Callable[[Chair], Office], chair: FakeChair, of_day: int, of_run: int
) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    idle = office.window.chair.idle
    screen = SecondScreen("Trung tâm", "Quầy 2")
    office.bot.addWidget(screen)
    office.window.second.attach(screen, lambda _code, _score: None)
    office.window.second.received("H55-1", None)
    assert screen.shown != Resting()
    idle.clocks = later(idle.clocks(), of_day, of_run)

    office.press(Qt.Key.Key_Shift)
    office.settle()

    assert office.window.is_locked
    assert chair.left == [True]
    assert screen.shown == Resting()


def words_in_reach(office: Office) -> str:
    """Return every word of the window and of whatever else is on the screen."""
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    widgets = [office.window, *office.window.findChildren(QWidget), *shown]
    widgets += [child for one in shown for child in one.findChildren(QWidget)]
    told = [one.text() for one in widgets if isinstance(one, QLabel | QLineEdit | QPushButton)]
    return "\n".join([*told, *(one.accessibleName() for one in widgets)])


def test_something_that_lies_on_a_key_is_no_hand(locked: Callable[[Chair], Office]) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    idle = office.window.chair.idle
    begun = idle.clocks()

    def held() -> None:
        shift = Qt.Key.Key_Shift
        none = Qt.KeyboardModifier.NoModifier
        again = QKeyEvent(QEvent.Type.KeyPress, shift, none, "", True)
        QApplication.sendEvent(office.window, again)

    idle.clocks = later(begun, 200, 200)
    held()
    idle.clocks = later(begun, 301, 301)
    held()
    office.settle()

    assert office.window.is_locked


def test_a_locked_screen_has_no_word_of_anybody_in_reach(
    locked: Callable[[Chair], Office],
) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    office.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    type_in(office, manual_name="Nguyễn Văn Thử", manual_number="001099012345")
    office.window.open_further("people")
    office.settle()
    button = office.find("people_make")
    assert isinstance(button, QPushButton)
    button.click()
    type_in(office, people_name="Công Tằng Tôn Nữ Thử")
    before = words_in_reach(office)

    office.window.leave_chair()
    office.settle()

    after = words_in_reach(office)
    secret = ("Nguyễn Văn Thử", "001099012345", "Công Tằng", "Đỗ Văn Thử")
    assert all(one in before for one in secret)
    assert not [one for one in secret if one in after]
    assert not [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, QDialog) and one.isVisible()
    ]


def copy_a_number(office: Office) -> str:
    """Type a number, mark it and copy it as an officer does; return what the clipboard holds."""
    sit_down(office)
    office.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    type_in(office, manual_number="024166903318")
    field = office.find("manual_number")
    assert isinstance(field, QLineEdit)
    field.selectAll()
    field.copy()
    return QGuiApplication.clipboard().text()


def test_a_copied_number_leaves_the_clipboard_when_the_screen_is_locked(
    locked: Callable[[Chair], Office],
) -> None:
    office = locked(Chair.EMPTY)
    copied = copy_a_number(office)

    office.window.leave_chair()
    office.settle()

    assert (copied, QGuiApplication.clipboard().text()) == ("024166903318", "")


def test_a_copied_number_leaves_the_clipboard_when_the_window_is_closed(
    locked: Callable[[Chair], Office],
) -> None:
    office = locked(Chair.EMPTY)
    copied = copy_a_number(office)

    office.window.close()

    assert (copied, QGuiApplication.clipboard().text()) == ("024166903318", "")


def test_what_another_program_copied_stays_in_the_clipboard(
    locked: Callable[[Chair], Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    office = locked(Chair.EMPTY)
    copy_a_number(office)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(QGuiApplication, "focusWindow", lambda: None)
        QGuiApplication.clipboard().setText("lời của chương trình khác")

    office.window.leave_chair()
    office.settle()

    assert QGuiApplication.clipboard().text() == "lời của chương trình khác"
    QGuiApplication.clipboard().clear()


def test_whoever_comes_back_finds_the_work_as_it_was(locked: Callable[[Chair], Office]) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    office.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    type_in(office, manual_name="Nguyễn Văn Thử")
    office.window.leave_chair()
    office.settle()

    sit_down(office)

    assert office.text("manual_name") == "Nguyễn Văn Thử"
    office.press(Qt.Key.Key_F4)
    office.settle()
    assert office.window.dossiers.isVisible()


def test_what_was_refused_behind_the_cover_is_no_complaint_to_who_sits_down(
    locked: Callable[[Chair], Office],
) -> None:
    def nobody_sits(desk: DeskWork) -> None:
        raise NotSignedIn

    office = locked(Chair.EMPTY)
    office.window._asking.ask(nobody_sits, lambda _none: None)
    office.settle()

    sit_down(office)

    assert not office.window.notice.isVisible()


def test_who_sits_down_has_the_keyboard_where_the_work_begins(
    locked: Callable[[Chair], Office],
) -> None:
    office = locked(Chair.EMPTY)

    sit_down(office)

    here = QApplication.focusWidget()
    assert here is not None
    assert office.window.receive.isAncestorOf(here)


def test_another_officer_does_not_find_the_page_somebody_else_had_open(
    locked: Callable[[Chair], Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    office = locked(Chair.EMPTY)
    sit_down(office)
    office.window.open_further("audit")
    office.settle()
    theirs = office.window.more_talk.talk("audit").page
    office.window.leave_chair()
    office.settle()
    sit_down(office)
    assert theirs.isVisible()
    office.window.leave_chair()
    office.settle()
    monkeypatch.setattr(FakeChair, "name", "Tạ Thị Thử")

    sit_down(office)

    assert not Shiboken.isValid(theirs)
    assert office.window.receive.isVisible()


def test_keys_do_nothing_behind_the_cover(locked: Callable[[Chair], Office]) -> None:
    office = locked(Chair.EMPTY)
    before = office.window.frame.shown

    office.press(Qt.Key.Key_F4)
    office.settle()

    assert office.window.frame.shown == before


def test_a_desk_whose_chair_is_taken_shows_no_cover(
    qtbot: QtBot, locked: Callable[[Chair], Office]
) -> None:
    office = locked(Chair.TAKEN)

    assert not office.window.is_locked
    assert office.find("procedure_search").isVisible()


OWN = reading(THU, authenticity=AUTHENTIC)


def ask_for_card(office: Office, chair: FakeChair) -> None:
    chair.own = OWN
    sit_down(office)
    assert office.window.is_locked
    office.bot.keyClicks(office.find("own_card_digits"), "012345", delay=100)
    office.bot.waitUntil(lambda: office.hands.secrets[-1:] not in ([], [None]))


def test_after_the_password_the_own_card_is_asked_for_and_another_refused(
    locked: Callable[[Chair], Office], chair: FakeChair
) -> None:
    office = locked(Chair.EMPTY)
    ask_for_card(office, chair)
    secrets = office.hands.secrets[-1]
    assert isinstance(secrets, CardSecrets)
    assert secrets.can is not None
    assert secrets.can.digits == "012345"

    office.window.on_card(CardRead(reading(TON_NU, authenticity=AUTHENTIC)))
    office.settle()
    still = office.window.is_locked
    assert still
    assert "quản trị" in office.text("own_card_told")
    office.window.on_card(CardRead(OWN))
    office.settle()

    assert not office.window.is_locked
    assert office.hands.secrets[-1] is None
    assert office.window.receive.identity.is_empty()


def test_a_card_is_not_read_before_the_password_was_right(
    locked: Callable[[Chair], Office], chair: FakeChair
) -> None:
    office = locked(Chair.EMPTY)
    chair.own = OWN

    office.window.on_card(CardRead(OWN))
    office.settle()

    assert office.window.is_locked
    assert chair.asked == []


def test_escape_and_a_pause_forget_the_password_that_waits_for_a_card(
    locked: Callable[[Chair], Office], chair: FakeChair
) -> None:
    office = locked(Chair.EMPTY)
    for leave in ("escape", "pause"):
        ask_for_card(office, chair)
        if leave == "escape":
            office.bot.keyClick(office.find("own_card_digits"), Qt.Key.Key_Escape)
        else:
            office.window.chair._half_way.start(1)
        office.bot.waitUntil(lambda: office.find("password").isVisible())
        office.window.on_card(CardRead(OWN))
        office.settle()

        assert office.window.is_locked
        assert OWN not in chair.cards


def test_a_closed_account_leads_back_to_the_password(
    locked: Callable[[Chair], Office], chair: FakeChair
) -> None:
    office = locked(Chair.EMPTY)
    ask_for_card(office, chair)
    chair.refusal = AccountClosed(seconds=30)

    office.window.on_card(CardRead(OWN))
    office.settle()

    assert office.find("password").isVisible()
    assert "30" in office.window.chair.cover.notice.text


class FromOutside(QCloseEvent):
    """What Alt+F4 or the machine's own going down sends."""

    def spontaneous(self) -> bool:
        return True


def close_from_outside(office: Office) -> bool:
    """Close the window; return whether it goes."""
    event = FromOutside()
    office.window.closeEvent(event)
    office.settle()
    return event.isAccepted()


def begin_a_visit(office: Office) -> None:
    sit_down(office)
    office.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    type_in(office, manual_name="Nguyễn Văn Thử", manual_number="001099012345")
    assert office.window.receive.is_begun


def test_closing_a_locked_window_asks_nobody_and_throws_no_visit_away(
    locked: Callable[[Chair], Office],
) -> None:
    office = locked(Chair.EMPTY)
    begin_a_visit(office)
    office.window.leave_chair()
    office.settle()

    goes = close_from_outside(office)

    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]
    assert not [one for one in dialogs if one.isVisible()]
    assert goes
    assert office.window.receive.is_begun


def test_closing_an_open_window_asks_about_the_visit(locked: Callable[[Chair], Office]) -> None:
    office = locked(Chair.EMPTY)
    begin_a_visit(office)

    goes = close_from_outside(office)

    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]
    assert not goes
    assert [one for one in dialogs if one.isVisible()]
