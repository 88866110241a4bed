"""One citizen after the other: nothing of the one before is left, and nobody finds a way out."""

from __future__ import annotations

import ast
import gc
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter.cards import QrText
from counter.errors import CardPulled, DeskError, QueueAway
from counter.ports import CardFailed, CardQrScanned, CardRead
from counter.values import CitizenNumber
from tests.alive import seen_in_memory
from tests.conftest import ExpectedLog
from tests.ui import citizens
from tests.ui.fake_hall import DOSSIERS
from tests.ui.kiosk.conftest import Kiosk
from ui.kiosk.card_talk import CardTalk
from ui.kiosk.pages import CitizenPage, DossiersPage, HomePage
from ui.kiosk.stage import IN_FRONT_MS, Stage

NAME = "Hoàng Thị Rất Riêng"
NUMBER = "087150706915"
"""Its last six digits stand in no other test, whose name would hold them in memory."""


def someone() -> object:
    """Return an invented citizen's card, made anew so that no test keeps its texts."""
    text = replace(
        citizens.THU, full_name="".join(list(NAME)), id_number=CitizenNumber("".join(list(NUMBER)))
    )
    return citizens.reading(text, authenticity=citizens.AUTHENTIC)


def qr_of_someone() -> QrText:
    """Return what the code on that citizen's card says."""
    number = CitizenNumber("".join(list(NUMBER)))
    return replace(citizens.THU_QR, full_name="".join(list(NAME)), id_number=number)


def visit(kiosk: Kiosk) -> None:
    """Let one citizen show a card and be greeted."""
    kiosk.hall.dossiers = DOSSIERS
    kiosk.touch("card")
    kiosk.type(NUMBER[-6:])
    kiosk.window.on_card(CardRead(someone()))  # type: ignore[arg-type]  # made above
    kiosk.settle()
    assert NAME in kiosk.said("title")


def see_dossiers(kiosk: Kiosk) -> None:
    visit(kiosk)
    kiosk.touch("dossiers")
    kiosk.touch(f"choice-{DOSSIERS[0].code}")


def take_number(kiosk: Kiosk) -> None:
    visit(kiosk)
    kiosk.touch("take")
    kiosk.touch("choice-A")
    assert kiosk.said("number").startswith("A")


def rate_service(kiosk: Kiosk) -> None:
    visit(kiosk)
    kiosk.touch("rate")


def pull_card(kiosk: Kiosk) -> None:
    """Scan the card's code, lay the card and take it away before it is read."""
    kiosk.window.on_code(CardQrScanned(qr_of_someone()))
    kiosk.window.on_card(CardFailed(CardPulled()))
    kiosk.settle()
    kiosk.touch("large_text")
    kiosk.touch("language")


JOURNEYS = [see_dossiers, take_number, rate_service, pull_card]


def leave_by_key(kiosk: Kiosk) -> None:
    kiosk.touch("home")


def leave_in_silence(kiosk: Kiosk) -> None:
    """Go away; nobody touches until the kiosk begins anew."""
    for _ in range(75):
        kiosk.window.quiet.tick()
    kiosk.settle()


def is_parsed(holder: object) -> bool:
    """Tell whether it is a piece of this file's own text, as other tests parse it."""
    return isinstance(holder, ast.AST) or (isinstance(holder, dict) and "col_offset" in holder)


def holders(kiosk: Kiosk) -> list[str]:
    """Return the kinds of objects that hold the citizen's texts, the tests' own left out."""
    kiosk.settle()
    kiosk.hands.secrets.clear()
    kiosk.hall.taken.clear()
    kiosk.hall.own.clear()
    makers = (visit, someone, qr_of_someone)
    own = {id(globals()), *(id(function.__code__.co_consts) for function in makers)}

    def kind(holder: object) -> str | None:
        if id(holder) in own or is_parsed(holder):
            return None
        texts = [value for value in gc.get_referents(holder) if isinstance(value, str)]
        tells = any(text in {NAME, NUMBER, NUMBER[-6:]} for text in texts)
        return type(holder).__name__ if tells else None

    return seen_in_memory(kind)


@pytest.mark.parametrize("leave", [leave_by_key, leave_in_silence])
@pytest.mark.parametrize("journey", JOURNEYS)
def test_after_the_visit_nothing_of_the_citizen_is_in_the_window_or_in_memory(
    kiosk: Kiosk, journey: Callable[[Kiosk], None], leave: Callable[[Kiosk], None]
) -> None:
    journey(kiosk)
    during = holders(kiosk)

    leave(kiosk)

    assert during
    assert holders(kiosk) == []
    shown = kiosk.everything_shown()
    assert "Riêng" not in shown
    assert "khai sinh" not in shown
    assert QGuiApplication.clipboard().text() == ""


def keep_person(monkeypatch: pytest.MonkeyPatch) -> None:
    forget = Stage.forget

    def forget_all_but_one(stage: Stage) -> None:
        known = stage.person
        forget(stage)
        stage.setProperty("known", known)

    monkeypatch.setattr(Stage, "forget", forget_all_but_one)


def keep_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CardTalk, "forget", lambda _talk: None)


@pytest.mark.parametrize(
    ("spoil", "journey"), [(keep_person, see_dossiers), (keep_digits, pull_card)]
)
def test_a_kiosk_that_keeps_a_citizen_on_purpose_is_found_out(
    kiosk: Kiosk,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[pytest.MonkeyPatch], None],
    journey: Callable[[Kiosk], None],
) -> None:
    spoil(monkeypatch)
    journey(kiosk)

    leave_by_key(kiosk)

    assert holders(kiosk) != []


def test_the_full_number_is_never_on_the_screen(kiosk: Kiosk) -> None:
    seen = [kiosk.everything_shown()]
    kiosk.touch("card")
    kiosk.type(NUMBER[-6:-1])
    seen.append(kiosk.everything_shown())
    kiosk.touch("home")
    visit(kiosk)
    seen.append(kiosk.everything_shown())

    assert all(NUMBER not in words for words in seen)
    assert all(NUMBER[:6] not in words for words in seen)


def test_a_late_answer_of_the_portal_is_for_nobody(kiosk: Kiosk) -> None:
    kiosk.hall.dossiers = DOSSIERS
    kiosk.read_card()
    kiosk.hall.gate.clear()
    button = next(b for b in kiosk.buttons() if b.objectName() == "dossiers")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    kiosk.window.begin_anew()
    kiosk.hall.gate.set()
    kiosk.settle()

    assert kiosk.window.findChild(DossiersPage) is None
    assert kiosk.window.findChild(HomePage) is not None


def test_a_card_read_after_the_visit_ended_greets_nobody(kiosk: Kiosk) -> None:
    kiosk.touch("card")
    kiosk.type("012345")
    kiosk.touch("home")

    kiosk.window.on_card(CardRead(citizens.reading(citizens.THU)))
    kiosk.settle()

    assert kiosk.window.findChild(CitizenPage) is None
    assert kiosk.hands.secrets[-1] is None


def test_after_a_minute_it_asks_counts_down_and_begins_anew(kiosk: Kiosk) -> None:
    kiosk.read_card()
    for _ in range(60):
        kiosk.window.quiet.tick()
    kiosk.settle()
    counted = kiosk.said("seconds_left")
    for _ in range(15):
        kiosk.window.quiet.tick()
    kiosk.settle()

    assert counted == "15"
    assert kiosk.window.findChild(HomePage) is not None
    assert kiosk.window.findChild(CitizenPage) is None


def test_one_touch_brings_the_page_back(kiosk: Kiosk) -> None:
    kiosk.read_card()
    for _ in range(70):
        kiosk.window.quiet.tick()
    kiosk.settle()

    kiosk.touch("still_here")
    for _ in range(59):
        kiosk.window.quiet.tick()
    kiosk.settle()

    assert kiosk.said("title") == "Xin chào Nguyễn Văn Thử"


def test_large_letters_and_english_end_with_the_visit(kiosk: Kiosk) -> None:
    kiosk.touch("large_text")
    kiosk.touch("language")

    for _ in range(75):
        kiosk.window.quiet.tick()
    kiosk.settle()

    assert {b.text() for b in kiosk.buttons()} >= {"Chữ to", "English"}


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Escape, Qt.Key.Key_F4, Qt.Key.Key_Q, Qt.Key.Key_Menu, Qt.Key.Key_Tab]
)
def test_no_key_leads_out(closed_kiosk: Kiosk, key: Qt.Key) -> None:
    closed_kiosk.open(may_close=False)
    for modifier in (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier):
        QTest.keyClick(closed_kiosk.window, key, modifier)

    event = QCloseEvent()
    QCoreApplication.sendEvent(closed_kiosk.window, event)

    assert not event.isAccepted()
    assert closed_kiosk.window.isVisible()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [closed_kiosk.window]


def test_a_window_that_something_hid_comes_back(closed_kiosk: Kiosk) -> None:
    window = closed_kiosk.window
    closed_kiosk.open(may_close=False)

    window.showMinimized()
    closed_kiosk.bot.waitUntil(lambda: not window.isMinimized())
    window.hide()
    closed_kiosk.bot.waitUntil(window.isVisible)


def test_in_the_demonstration_the_window_may_be_put_away(kiosk: Kiosk) -> None:
    kiosk.window.showMinimized()
    kiosk.bot.wait(2 * IN_FRONT_MS)

    assert kiosk.window.isMinimized()


@pytest.mark.parametrize("silent", [None, QueueAway()], ids=["given-back", "office-away"])
def test_a_number_that_comes_after_the_visit_ended_is_given_back(
    kiosk: Kiosk, expected_log: ExpectedLog, silent: DeskError | None
) -> None:
    if silent is not None:
        expected_log.expect("stays in the queue: queue.away")
    kiosk.hall.silent = silent
    kiosk.touch("take")
    kiosk.hall.gate.clear()
    button = next(b for b in kiosk.buttons() if b.objectName() == "choice-A")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    kiosk.window.begin_anew()
    kiosk.hall.gate.set()
    kiosk.settle()

    assert len(kiosk.hall.taken) == 1
    assert kiosk.hall.given_back == ([] if silent else ["A012"])
    assert kiosk.hands.jobs == []
    assert kiosk.window.findChild(HomePage) is not None


def test_a_number_that_its_citizen_hears_is_kept(kiosk: Kiosk) -> None:
    kiosk.touch("take")
    kiosk.touch("choice-A")

    assert (len(kiosk.hall.taken), kiosk.hall.given_back) == (1, [])
