"""Whoever signs in with a password that an administrator has set chooses another first of all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counter.ports import CardRead
from tests.ui.conftest import Office
from tests.ui.fake_chair import PASSWORD, FakeChair, go, sit_down, type_in
from tests.ui.test_sign_in import OWN, words_in_reach
from ui.officer.chair_state import Chair

CHOSEN = "khói bếp chiều mưa"


def begin(office: Office, chair: FakeChair) -> None:
    """Sign in with the password that somebody else has set."""
    chair.is_initial = True
    sit_down(office)


def test_the_own_password_is_asked_for_before_anything_else(
    locked: Callable[[Chair], Office],
    chair: FakeChair,
) -> None:
    office = locked(Chair.EMPTY)

    begin(office, chair)

    assert office.window.is_locked
    assert office.find("own_password").hasFocus()
    assert not office.find("password").isVisible()
    assert PASSWORD not in words_in_reach(office)
    assert office.window.findChild(QWidget, "procedure_search") is None


def test_the_desk_opens_with_the_own_password_and_keeps_none(
    locked: Callable[[Chair], Office],
    chair: FakeChair,
) -> None:
    office = locked(Chair.EMPTY)
    begin(office, chair)

    office.type(CHOSEN)
    office.press(Qt.Key.Key_Tab)
    office.type(CHOSEN)
    office.press(Qt.Key.Key_Return)
    office.settle()

    assert chair.asked == [("cb-0007", PASSWORD), ("cb-0007", PASSWORD, CHOSEN)]
    assert not office.window.is_locked
    assert not {PASSWORD, CHOSEN} & set(words_in_reach(office).split("\n"))
    assert office.window.chair._waiting is None


def test_two_that_differ_are_not_asked_and_an_easy_one_is_typed_again(
    locked: Callable[[Chair], Office],
    chair: FakeChair,
) -> None:
    office = locked(Chair.EMPTY)
    begin(office, chair)
    type_in(office, own_password=CHOSEN, password_again=CHOSEN + ".")
    go(office)
    asked = len(chair.asked)
    chair.weak = ("12345678",)
    type_in(office, own_password="12345678", password_again="12345678")

    go(office)

    assert asked == 1
    assert "dễ đoán" in office.window.chair.cover.notice.text
    assert (office.text("own_password"), office.text("password_again")) == ("", "")
    type_in(office, own_password=CHOSEN, password_again=CHOSEN)
    go(office)
    assert not office.window.is_locked


def test_the_card_is_asked_for_after_the_own_password_was_chosen(
    locked: Callable[[Chair], Office],
    chair: FakeChair,
) -> None:
    office = locked(Chair.EMPTY)
    chair.own = OWN
    begin(office, chair)
    type_in(office, own_password=CHOSEN, password_again=CHOSEN)
    go(office)
    assert office.window.is_locked

    office.window.on_card(CardRead(OWN))
    office.settle()

    assert chair.asked[-1] == ("cb-0007", PASSWORD, CHOSEN)
    assert chair.cards[-1] is OWN
    assert not office.window.is_locked


def test_escape_and_a_pause_forget_what_was_typed(
    locked: Callable[[Chair], Office],
    chair: FakeChair,
) -> None:
    office = locked(Chair.EMPTY)
    for leave in ("escape", "pause"):
        begin(office, chair)
        type_in(office, own_password=CHOSEN)
        if leave == "escape":
            office.bot.keyClick(office.find("own_password"), Qt.Key.Key_Escape)
        else:
            office.window.chair._half_way.start(1)
        office.bot.waitUntil(lambda: office.find("password").isVisible())

        assert office.text("own_password") == ""
        assert office.window.is_locked
        assert office.window.chair._waiting is None
