"""Whoever sits at the desk changes the own password with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from counter.errors import WrongPassword
from tests.ui.conftest import CONTROL, KEYS, Office
from tests.ui.fake_desk import INFO, FakeDesk
from tests.ui.fake_hands import FakeHands
from ui.bridge import Bridge
from ui.officer.chair_state import Chair, ChairHands
from ui.officer.own_password_page import OwnPasswordPage
from ui.officer.places import TODAY
from ui.officer.window import OfficerWindow

OLD, NEW = "bến sông vắng khách", "ruộng bậc thang vàng"


class Asked:
    """What the window asked of the desk, and how the desk refuses it."""

    def __init__(self) -> None:
        self.passwords: list[tuple[str, str]] = []
        self.refusal: Exception | None = None

    def change(self, old: str, new: str) -> None:
        self.passwords.append((old, new))
        if self.refusal is not None:
            raise self.refusal


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def office(qtbot: QtBot, bridge: Bridge, asked: Asked) -> Iterator[Office]:
    """A real desk's window with its page of the own password open."""
    hands = FakeHands()
    chair = ChairHands(
        lambda _asked: "Đỗ Văn Thử",
        lambda _account, name, _password: name,
        lambda _paused: None,
        asked.change,
    )
    window = OfficerWindow(
        bridge, replace(hands.as_hands(), chair=chair), demo=False, version="test"
    )
    qtbot.addWidget(window)
    office = Office(qtbot, window, FakeDesk(), hands, bridge)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.desk_opened(office.desk, replace(INFO, training=False))
    window.open_further("own_password")
    office.settle()
    yield office
    window.close()


def typed(office: Office, *lines: str) -> None:
    """Type into the fields one after the other, the keyboard going on by Tab."""
    for number, text in enumerate(lines):
        if number:
            office.press(KEYS.Key_Tab)
        office.type(text)
    office.press(KEYS.Key_S, CONTROL)
    office.settle()


def told(office: Office) -> str:
    page = office.window.further("own_password").page
    assert isinstance(page, OwnPasswordPage)
    return page.notice.text


def left(office: Office) -> list[str]:
    lines = [office.find(f"own_password_{name}") for name in ("old", "new", "again")]
    return [line.text() for line in lines if isinstance(line, QLineEdit)]


def test_the_password_is_changed_with_the_keyboard_alone(office: Office, asked: Asked) -> None:
    typed(office, OLD, NEW, NEW)

    assert asked.passwords == [(OLD, NEW)]
    assert "Đã đổi mật khẩu" in told(office)
    assert left(office) == ["", "", ""]


def test_a_wrong_old_password_is_told_and_nothing_typed_stays(office: Office, asked: Asked) -> None:
    asked.refusal = WrongPassword()

    typed(office, OLD, NEW, NEW)

    assert "chưa đúng" in told(office)
    assert left(office) == ["", "", ""]
    assert office.find("own_password_old").hasFocus()


@pytest.mark.parametrize(
    ("new", "again", "words"),
    [(NEW, NEW + " ", "chưa giống nhau"), (OLD, OLD, "phải khác"), (NEW, "", "")],
)
def test_what_does_not_fit_together_is_not_asked(
    office: Office, asked: Asked, new: str, again: str, words: str
) -> None:
    typed(office, OLD, new, again)

    assert asked.passwords == []
    assert words in told(office)


def test_who_opens_the_page_next_finds_it_empty(office: Office) -> None:
    office.type(OLD)
    office.window.open_further("own_password")
    office.settle()

    assert left(office) == ["", "", ""]


def lock(office: Office) -> None:
    office.window.chair.show_chair(Chair.EMPTY)


def another_page(office: Office) -> None:
    office.window.show_page(TODAY)


@pytest.mark.parametrize("leave", [lock, another_page])
def test_what_was_typed_is_gone_when_nobody_sees_the_page(
    office: Office, leave: Callable[[Office], None]
) -> None:
    office.type(OLD)
    lines = office.window.further("own_password").page.findChildren(QLineEdit)
    before = [line.text() for line in lines]

    leave(office)
    office.settle()

    assert before == [OLD, "", ""]
    assert [line.text() for line in lines] == ["", "", ""]


def test_the_demonstration_says_that_it_has_no_accounts(closed_office: Office) -> None:
    closed_office.open()
    closed_office.window.open_further("own_password")
    closed_office.settle()

    assert "không có tài khoản" in told(closed_office)
    assert not closed_office.find("own_password_go").isEnabled()
