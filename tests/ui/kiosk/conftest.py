"""A kiosk with a hall of lists behind it, touched as a finger does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from counter.ports import CardRead
from tests.ui import citizens
from tests.ui.fake_hall import FakeHall, FakeKioskHands, rooms_of
from ui.bridge import Bridge
from ui.kiosk.measures import Measures
from ui.kiosk.window import KioskWindow

DOTS_PER_MM = 100 / 25.4
"""Of a 15.6 inch screen with 1366x768 dots, the smallest kiosk there is."""


class Kiosk:
    """One kiosk and what a citizen sees of it."""

    def __init__(self, bot: QtBot, window: KioskWindow, bridges: tuple[Bridge, ...]) -> None:
        self.bot = bot
        self.window = window
        self.hall = FakeHall()
        self.hands = FakeKioskHands()
        self.bridges = bridges

    def open(self, *, staffed: bool = False, may_close: bool = True) -> None:
        """Begin to serve."""
        self.window.opened(rooms_of(self.hall, staffed=staffed, may_close=may_close))
        self.settle()

    def settle(self) -> None:
        """Wait until everything that was asked is answered and old pages are gone."""
        for _ in range(3):
            for bridge in self.bridges:
                answered: list[object] = []
                bridge.ask(object, answered.append, answered.append)
                self.bot.waitUntil(lambda heard=answered: bool(heard))  # type: ignore[misc]
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def buttons(self) -> list[QAbstractButton]:
        """Return every button that can be touched now."""
        return [b for b in self.window.findChildren(QAbstractButton) if b.isVisible()]

    def touch(self, name: str) -> None:
        """Touch a button by its name."""
        found = [button for button in self.buttons() if button.objectName() == name]
        assert found, f"there is no {name}"
        QTest.mouseClick(found[-1], Qt.MouseButton.LeftButton)
        self.settle()

    def said(self, name: str) -> str:
        """Return what the line called *name* says."""
        found = [line for line in self.window.findChildren(QLabel, name) if line.isVisible()]
        assert found, f"there is no {name}"
        return found[-1].text()

    def type(self, digits: str) -> None:
        """Touch digits on the pad."""
        for digit in digits:
            self.touch(f"digit-{digit}")

    def read_card(self) -> None:
        """Type the six digits of an invented citizen and let the chip be read."""
        self.touch("card")
        self.type(citizens.THU.id_number.last_six)
        proven = citizens.reading(citizens.THU, authenticity=citizens.AUTHENTIC)
        self.window.on_card(CardRead(proven))
        self.settle()

    def everything_shown(self) -> str:
        """Return all words of the window, those in hidden widgets too."""
        told = [label.text() for label in self.window.findChildren(QLabel)]
        told += [button.text() for button in self.window.findChildren(QAbstractButton)]
        told += [widget.accessibleName() for widget in self.window.findChildren(QWidget)]
        return "\n".join(told)


@pytest.fixture
def closed_kiosk(qtbot: QtBot, dressed: QApplication) -> Iterator[Kiosk]:
    """A kiosk whose hall is still being opened, 1366x768."""
    with closing(Bridge()) as bridge, closing(Bridge(thread="sync")) as portal:
        hands = FakeKioskHands()
        window = KioskWindow(bridge, portal, hands.as_hands())
        window.measure(Measures(DOTS_PER_MM))
        window.resize(1366, 768)
        window.quiet._second.stop()  # tests count the seconds themselves
        qtbot.addWidget(window)
        window.show()
        made = Kiosk(qtbot, window, (bridge, portal))
        made.hands = hands
        yield made
        window.begin_anew()
        window.release()


@pytest.fixture
def kiosk(closed_kiosk: Kiosk) -> Kiosk:
    """A kiosk that serves."""
    closed_kiosk.open()
    return closed_kiosk
