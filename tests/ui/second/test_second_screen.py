"""The citizen's screen at the counter: what it shows, who may answer, and what is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from counter.errors import AlreadyRated, QueueAway
from counter.values import Dong
from tests.ui.conftest import Office
from tests.ui.fake_desk import MORNING
from ui.kiosk.measures import TARGET_MM, Measures
from ui.kiosk.touch import Touch
from ui.second.shown import Resting, Served, ToPay
from ui.second.window import ASKED_S, SecondScreen

CODE = "H55.242-261125-0051"
LEFT = Qt.MouseButton.LeftButton
DOTS_PER_MM = 100 / 25.4


@pytest.fixture
def screen(qtbot: QtBot, dressed: QApplication) -> SecondScreen:
    """A screen of 10 inches with 1280x800 dots."""
    made = SecondScreen("Trung tâm xã Thử Nghiệm", "Quầy 2")
    made.measure(Measures(150 / 25.4))
    made.resize(1280, 800)
    qtbot.addWidget(made)
    made.show()
    return made


def said(screen: SecondScreen) -> str:
    labels = [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]
    return "\n".join(labels)


def faces(screen: SecondScreen) -> list[QAbstractButton]:
    return [one for one in screen.findChildren(Touch) if one.isVisible()]


FINGERS: list[QPointingDevice] = []
"""The one touch device of all tests; made when the application is there."""


def touch(screen: SecondScreen, score: int) -> None:
    """Put a finger on a face and lift it."""
    if not FINGERS:
        FINGERS.append(QTest.createTouchDevice())
    button = next(one for one in faces(screen) if one.objectName() == f"choice-{score}")
    place = button.rect().center()
    finger = QTest.touchEvent(screen.windowHandle(), FINGERS[0])
    at = button.mapTo(screen, place)
    finger.press(0, at, screen.windowHandle()).commit()
    finger.release(0, at, screen.windowHandle()).commit()


def test_nobody_there_sees_the_counter_and_the_number_that_is_called(screen: SecondScreen) -> None:
    screen.show_this(Resting("A012"))

    assert "Quầy 2" in said(screen)
    assert "Đang mời số A012" in said(screen)
    assert faces(screen) == []


def test_a_finger_answers_once_and_is_thanked(screen: SecondScreen) -> None:
    answers: list[object] = []
    screen.rated.connect(answers.append)
    screen.show_this(Served(CODE, MORNING + timedelta(days=3)))
    asked = said(screen)

    touch(screen, 4)

    assert CODE in asked
    assert "Hẹn trả kết quả" in asked
    assert answers == [(CODE, 4)]
    assert "Cảm ơn ông bà" in said(screen)
    assert faces(screen) == []


def test_the_officers_mouse_answers_nothing(screen: SecondScreen) -> None:
    answers: list[object] = []
    screen.rated.connect(answers.append)
    screen.show_this(Served(CODE))

    for button in faces(screen):
        QTest.mouseClick(button, LEFT)
        QTest.mouseDClick(button, LEFT)

    assert answers == []
    assert len(faces(screen)) == 5


def test_the_demonstration_takes_a_mouse(qtbot: QtBot, dressed: QApplication) -> None:
    screen = SecondScreen("Trung tâm", "Quầy 2", mouse_may_answer=True)
    qtbot.addWidget(screen)
    screen.resize(1280, 800)
    screen.show()
    answers: list[object] = []
    screen.rated.connect(answers.append)
    screen.show_this(Served(CODE))

    QTest.mouseClick(faces(screen)[0], LEFT)

    assert answers == [(CODE, 5)]


def test_no_answer_is_no_answer(screen: SecondScreen) -> None:
    answers: list[object] = []
    screen.rated.connect(answers.append)
    screen.show_this(Served(CODE))
    left_s = screen._rest.remainingTime() / 1000

    screen._rest.timeout.emit()

    assert ASKED_S - 5 < left_s < ASKED_S + 5
    assert answers == []
    assert CODE not in said(screen)


def test_the_next_citizen_finds_nothing_of_the_one_before(screen: SecondScreen) -> None:
    screen.show_this(Served(CODE, MORNING))
    screen.rest()
    QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete

    told = [label.text() for label in screen.findChildren(QLabel)]
    assert not any(CODE in text for text in told)
    assert screen.shown == Resting()


@pytest.mark.parametrize("size", [(1280, 800), (1024, 600), (800, 1280)])
def test_faces_are_large_enough_and_show_all_their_words(
    screen: SecondScreen, size: tuple[int, int]
) -> None:
    screen.measure(Measures(DOTS_PER_MM))
    screen.resize(*size)
    screen.show_this(Served(CODE, MORNING))
    QApplication.processEvents()
    least = TARGET_MM * DOTS_PER_MM

    buttons = [one for one in faces(screen) if isinstance(one, Touch)]
    small = [one.objectName() for one in buttons if min(one.width(), one.height()) < least]
    cut = [one.objectName() for one in buttons if not one.fits]
    bottom = max(one.mapTo(screen, QPoint(0, one.height())).y() for one in buttons)

    assert len(buttons) == 5
    assert (small, cut) == ([], [])
    assert bottom <= size[1]


def test_a_code_to_pay_by_is_shown_dot_by_dot(screen: SecondScreen) -> None:
    picture = QImage(41, 41, QImage.Format.Format_Grayscale8)
    picture.fill(255)
    picture.setPixel(3, 5, 0)

    screen.show_this(ToPay(Dong(18_000), picture, CODE))

    label = screen.findChild(QLabel, "payment_code")
    assert isinstance(label, QLabel)
    shown = label.pixmap().toImage()
    times = shown.width() // 41
    assert shown.width() == 41 * times
    assert shown.pixelColor(3 * times + times // 2, 5 * times + times // 2).lightness() == 0
    assert shown.pixelColor(4 * times + times // 2, 5 * times + times // 2).lightness() == 255
    assert "18.000 đ" in said(screen)


ANSWERS = ("ài lòng", "Cảm ơn", "đánh giá", "Ý kiến")


class Answers:
    """Keeps answers as the office does, or fails as it may."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, int]] = []
        self.failing: Exception | None = None

    def rate(self, code: str, score: int) -> None:
        if self.failing is not None:
            raise self.failing
        self.kept.append((code, score))


def test_what_is_received_is_asked_about_and_the_officer_sees_no_answer(
    office: Office, screen: SecondScreen
) -> None:
    answers = Answers()
    office.window.second.attach(screen, answers.rate)
    office.window.second.received(CODE, None)
    before = office.window.notice.text

    touch(screen, 1)
    office.settle()

    assert answers.kept == [(CODE, 1)]
    assert office.window.notice.text == before
    assert not [word for word in ANSWERS if word in office.everything_shown()]
    assert not screen.isActiveWindow()


@pytest.mark.parametrize("error", [AlreadyRated(), QueueAway()])
def test_an_answer_that_is_lost_is_thanked_for_and_told_to_nobody(
    office: Office, screen: SecondScreen, error: Exception
) -> None:
    answers = Answers()
    answers.failing = error
    office.window.second.attach(screen, answers.rate)
    office.window.second.returned(CODE)
    before = office.window.notice.text

    touch(screen, 2)
    office.settle()

    assert "Cảm ơn ông bà" in said(screen)
    assert office.window.notice.text == before
    assert not [word for word in ANSWERS if word in office.everything_shown()]


def test_the_next_visit_clears_the_screen(office: Office, screen: SecondScreen) -> None:
    office.window.second.attach(screen, Answers().rate)
    office.window.second.received(CODE, None)

    office.window.reception.next_visit()

    assert screen.shown == Resting()
