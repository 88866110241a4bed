"""What an officer does with the number that stands here, from the keyboard and by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDateTimeEdit, QMenu, QPushButton

from counter.hall import CounterAsked, HelpAsked, QueueTicket, Reserve
from tests.ui.conftest import CONTROL, Office
from tests.ui.fake_desk import MORNING

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def serving(office: Office) -> Office:
    """An office at whose counter A012 stands."""
    office.desk.waiting += [QueueTicket("A012", "Hộ tịch", None, MORNING, row=7)]
    office.press(KEY.Key_F3)
    office.press(KEY.Key_F8)
    office.settle()
    return office


def menu_of(office: Office) -> QMenu:
    office.settle()
    found = office.window.findChild(QMenu, "pass_menu")
    assert isinstance(found, QMenu)
    return found


@pytest.mark.parametrize(
    ("words", "passed"),
    [
        ("B   Chứng thực", (7, "B", None, None)),
        ("Quầy 3   (C)", (7, None, "Quầy 3", None)),
        ("Trần Thị Bình, hôm nay ở Quầy 2", (7, None, None, "CB-002")),
        ("CB-004, hôm nay ở Quầy 4", (7, None, None, "CB-004")),
    ],
)
def test_a_number_is_passed_on_to_a_field_a_counter_or_an_officer(
    serving: Office, words: str, passed: tuple[int, str | None, str | None, str | None]
) -> None:
    serving.press(KEY.Key_F8, CONTROL | SHIFT)
    menu = menu_of(serving)

    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()
    serving.settle()

    assert serving.desk.counter.passed == [passed]
    assert "Đã chuyển số A012" in serving.window.notice.text
    assert serving.text("strip_current") == "—"


def test_a_counter_that_rests_is_offered_to_nobody(serving: Office) -> None:
    serving.desk.assign_counter(CounterAsked("Quầy 2", "AB", is_open=False))

    serving.press(KEY.Key_F8, CONTROL | SHIFT)
    menu = menu_of(serving)

    offered = [action.text() for action in menu.actions()]
    menu.close()
    assert any("Quầy 3" in words for words in offered)
    assert not any("Quầy 2" in words for words in offered)


def test_nobody_here_means_nothing_to_pass_on(office: Office) -> None:
    office.press(KEY.Key_F8, CONTROL | SHIFT)
    office.settle()

    assert office.window.findChild(QMenu, "pass_menu") is None


def test_a_visit_ends_without_calling_the_next(serving: Office) -> None:
    serving.desk.waiting += [QueueTicket("A013", "Hộ tịch", None, MORNING)]

    serving.press(KEY.Key_F8, ALT)
    serving.settle()

    assert serving.desk.current is None
    assert [t.number for t in serving.desk.waiting] == ["A013"]
    assert serving.text("strip_current") == "—"


def test_a_booked_time_has_a_code_to_write_down(office: Office) -> None:
    office.press(KEY.Key_F3)
    field = office.find("booked_at")
    assert isinstance(field, QDateTimeEdit)
    office.settle()

    office.press(KEY.Key_H, CONTROL | SHIFT)
    office.settle()

    ((service, begins_at),) = office.desk.counter.booked
    assert service == "A"
    assert begins_at.utcoffset() == timedelta(hours=7)
    assert f"{begins_at:%H:%M}" == "08:30"
    assert "Mã hẹn 0123CFGH" in office.text("taken")


def test_a_call_for_help_is_seen_without_asking_and_answered_once(office: Office) -> None:
    office.window.hall.look()
    office.settle()
    office.desk.counter.helps = [HelpAsked(3, "Máy lấy số 1", MORNING)]
    office.window.hall.look()
    office.settle()
    told = office.text("help_told")
    is_seen = not office.find("help_bar").isHidden()

    office.press(KEY.Key_H, ALT)
    office.settle()

    assert is_seen
    assert "Máy lấy số 1" in told
    assert office.desk.counter.answered == [3]
    assert office.find("help_bar").isHidden()


def test_buttons_wait_until_somebody_stands_here(office: Office) -> None:
    office.press(KEY.Key_F3)
    buttons = [office.find(name) for name in ("pass_on", "finish", "hold")]

    assert all(isinstance(button, QPushButton) for button in buttons)
    assert not any(button.isEnabled() for button in buttons)


def test_a_damaged_queue_says_so_and_begins_anew_at_a_press(office: Office) -> None:
    office.desk.counter.reserve = Reserve(is_away=True, letter="Z", untold=2, is_damaged=True)
    office.press(KEY.Key_F3)
    office.press(KEY.Key_F8)  # the queue is asked again
    office.settle()
    told = office.text("away")

    renew = office.find("renew_queue")
    assert isinstance(renew, QPushButton)
    renew.click()
    office.settle()

    assert "office.db" in told
    assert office.desk.data().queues_renewed == 1
    assert "Đã làm lại hàng đợi" in office.window.notice.text


def test_a_queue_that_is_only_away_offers_nothing_to_renew(office: Office) -> None:
    office.desk.counter.reserve = Reserve(is_away=True, letter="Z", untold=2)
    office.press(KEY.Key_F3)
    office.press(KEY.Key_F8)
    office.settle()

    assert "Mất liên lạc" in office.text("away")
    assert "office.db" not in office.text("away")
    assert office.find("renew_queue").isHidden()
