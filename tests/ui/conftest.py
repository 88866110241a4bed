"""One officer's window with a desk that needs no database behind it."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.fake_chair import FakeChair
from tests.ui.fake_desk import INFO, FakeDesk
from tests.ui.fake_hands import FakeHands
from ui import theme
from ui.app import load_fonts
from ui.bridge import Bridge
from ui.officer.chair_state import Chair
from ui.officer.window import OfficerWindow

KEYS = Qt.Key
SCHEDULED = Path("/proc/thread-self/schedstat")
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Office:
    """A window, the desk behind it and the hands beside it, worked from the keyboard."""

    def __init__(
        self, bot: QtBot, window: OfficerWindow, desk: FakeDesk, hands: FakeHands, bridge: Bridge
    ) -> None:
        self.bot = bot
        self.window = window
        self.desk = desk
        self.hands = hands
        self.bridge = bridge

    def open(self) -> None:
        """Open the desk behind the window and wait until the page is filled."""
        self.window.desk_opened(self.desk, INFO)
        self.settle()

    def settle(self) -> None:
        """Wait until everything that was asked is answered, and what follows from it."""
        for _ in range(3):
            answered: list[object] = []
            self.bridge.ask(object, answered.append, answered.append)
            self.bot.waitUntil(lambda heard=answered: bool(heard))  # type: ignore[misc]

    def find(self, name: str) -> QWidget:
        """Return the widget called *name*."""
        found = self.window.findChild(QWidget, name)
        assert isinstance(found, QWidget), f"there is no {name}"
        return found

    def text(self, name: str) -> str:
        """Return what the widget called *name* says."""
        found = self.find(name)
        if isinstance(found, QLabel | QLineEdit):
            return found.text()
        return found.accessibleName()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press one key where the keyboard is."""
        here = QApplication.focusWidget() or self.window
        self.bot.keyClick(here, key, modifier or Qt.KeyboardModifier.NoModifier)

    def type(self, text: str) -> None:
        """Type *text* where the keyboard is; Vietnamese letters come from an input method."""
        here = QApplication.focusWidget()
        assert here is not None, "nothing has the keyboard"
        if text.isascii():
            self.bot.keyClicks(here, text)
            return
        composed = QInputMethodEvent("", [])
        composed.setCommitString(text)
        QApplication.sendEvent(here, composed)

    def choose(self, words: str) -> None:
        """Find a procedure by *words* and take the first."""
        self.find("procedure_search").setFocus()
        self.type(words)
        self.settle()
        self.press(KEYS.Key_Return)
        self.settle()

    def everything_shown(self) -> str:
        """Return all words of the window, those in hidden widgets too."""
        labels = [label.text() for label in self.window.findChildren(QLabel)]
        fields = [field.text() for field in self.window.findChildren(QLineEdit)]
        named = [widget.accessibleName() for widget in self.window.findChildren(QWidget)]
        return "\n".join(labels + fields + named)


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application in the program's fonts and colours."""
    load_fonts()
    theme.apply(qapp)
    theme.dress(qapp)
    return qapp


@pytest.fixture
def bridge(dressed: QApplication) -> Iterator[Bridge]:
    """The crossing between threads."""
    with closing(Bridge()) as made:
        yield made


@pytest.fixture
def closed_office(qtbot: QtBot, bridge: Bridge) -> Office:
    """A window whose desk is still being opened."""
    hands = FakeHands()
    window = OfficerWindow(bridge, hands.as_hands(), demo=True, version="0.1.0")
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return Office(qtbot, window, FakeDesk(), hands, bridge)


@pytest.fixture
def office(closed_office: Office) -> Office:
    """A window with an open desk."""
    closed_office.open()
    return closed_office


@pytest.fixture
def chair() -> FakeChair:
    """Who may sit down."""
    return FakeChair()


@pytest.fixture
def locked(qtbot: QtBot, bridge: Bridge, chair: FakeChair) -> Iterator[Callable[[Chair], Office]]:
    """Open a window whose chair is empty."""
    hands = FakeHands()
    given = replace(hands.as_hands(), chair=chair.hands())
    window = OfficerWindow(bridge, given, demo=False, version="test")
    qtbot.addWidget(window)
    desk = FakeDesk()
    office = Office(qtbot, window, desk, hands, bridge)

    def open_it(state: Chair) -> Office:
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.desk_opened(desk, replace(INFO, chair=state))
        office.settle()
        return office

    yield open_it
    window.close()


def _robbed_s() -> float:
    """Return how long this thread was ready to run but had to wait for a processor."""
    try:
        return int(SCHEDULED.read_text(encoding="ascii").split()[1]) / 1e9
    except OSError:
        return 0.0


class StallMeter:
    """Measures how long the event loop did not turn: a heartbeat every five milliseconds.

    Time in which other programs had the processor is left out where the system tells it, and what
    earlier tests left in memory is out of the way of collections meanwhile.
    """

    def __init__(self) -> None:
        gc.collect()
        gc.freeze()
        self.longest_s = 0.0
        self._last = time.perf_counter() - _robbed_s()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        self._beat()
        self._timer.stop()
        gc.unfreeze()

    def _beat(self) -> None:
        moment = time.perf_counter() - _robbed_s()
        self.longest_s = max(self.longest_s, moment - self._last)
        self._last = moment


@pytest.fixture
def on_main() -> Callable[[], bool]:
    """Tell whether the caller is on the main thread."""
    return lambda: threading.current_thread() is threading.main_thread()


class WindowsShown(QObject):
    """Notes every window that is shown while it watches."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched)
        return False


@pytest.fixture
def windows_shown() -> Iterator[list[QWidget]]:
    """Every window shown from here on."""
    watch = WindowsShown()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(watch)
    yield watch.seen
    application.removeEventFilter(watch)
