"""The whole program as main.py builds it, with its real window on an unseen screen."""

from __future__ import annotations

import gc
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counter.desk.desk import Desk
from counter.desk.opening import open_desk
from program import VERSION
from program.officer import WindowDesk
from program.rooms import Rooms, opening
from program.settled import leave_out_what_stays
from ui.app import load_fonts
from ui.bridge import Bridge
from ui.command_line import parse
from ui.officer.window import OfficerWindow
from ui.theme import apply


class StallMeter(QObject):
    """A heartbeat on the main thread; ``worst_ms`` is the longest time it did not beat."""

    def __init__(self) -> None:
        super().__init__()
        self.worst_ms = 0.0
        self._last = monotonic()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self) -> None:
        """Forget what was measured."""
        self.worst_ms = 0.0
        self._last = monotonic()

    def _beat(self) -> None:
        moment = monotonic()
        self.worst_ms = max(self.worst_ms, (moment - self._last) * 1000 - 10)
        self._last = moment


class Counter:
    """One running program: what an officer does with hand and eye."""

    def __init__(self, window: OfficerWindow, desk: WindowDesk, qtbot: QtBot) -> None:
        self.window = window
        self.desk = desk
        self._qtbot = qtbot

    @property
    def rooms(self) -> Rooms:
        """What main.py joined; there once the desk is open."""
        rooms = self.desk.rooms
        assert rooms is not None
        return rooms

    def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds."""
        self._qtbot.waitUntil(lambda: bool(holds()))

    def find(self, name: str) -> QWidget:
        """Return the widget an officer's macro would find by *name*."""
        found = self.window.findChild(QWidget, name)
        assert isinstance(found, QWidget), name
        return found

    def type_into(self, name: str, text: str) -> None:
        """Type into a field, as fingers or a scanner do; letters with accents come composed."""
        field = self.find(name)
        field.setFocus()
        if text.isascii():
            QTest.keyClicks(field, text)
        else:
            composed = QInputMethodEvent()
            composed.setCommitString(text)
            QApplication.sendEvent(field, composed)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press a key wherever the keyboard is."""
        where = self.window.focusWidget() or self.window
        QTest.keyClick(where, key, modifier or Qt.KeyboardModifier.NoModifier)

    def begin(self, account: str, name: str, password: str) -> None:
        """Make the first account of a desk and sit down with it."""
        self.until(lambda: self.find("first_name").isVisible())
        for field, text in (
            ("first_name", name),
            ("account", account),
            ("password", password),
            ("password_again", password),
        ):
            self.type_into(field, text)
        self._qtbot.mouseClick(self.find("sign_in"), Qt.MouseButton.LeftButton)
        self.until(lambda: not self.window.is_locked)

    def choose(self, letters: str, code: str) -> None:
        """Find a procedure by *letters* and take the first, which must be *code*."""
        panel = self.window.receive.procedure
        panel.field.setFocus()
        self.type_into("procedure_search", letters)
        self.until(lambda: (first := panel.first()) is not None and first.code == code)
        self.press(Qt.Key.Key_Return)
        self.until(lambda: self.window.receive.has_plan)

    def tick_demanded(self) -> None:
        """Tick every paper that is demanded, with its key."""
        self.find("papers").setFocus()
        self.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    def receive(self) -> str:
        """Press the key that receives, and return the code that is shown."""
        summary = self.window.receive.summary
        self.until(summary.button.isEnabled)
        self.press(Qt.Key.Key_F9)
        self.until(lambda: self.window.receive.is_done)
        return self.window.receive.received.code

    def numbers_there(self) -> bool:
        """Tell whether the portal has lent dossier numbers for today."""
        return self.desk_work.serials().left_today > 0

    @property
    def desk_work(self) -> Desk:
        """The desk, asked from the test's own thread."""
        return Desk(self.rooms.context)

    def tray(self) -> list[Path]:
        """Return the papers that lie whole in the tray, receipts before tickets."""
        found = self.rooms.context.hall.folder.tray.rglob("*")
        papers = (p for p in found if p.is_file() and p.suffix != ".part")
        return sorted(papers, key=lambda paper: (paper.suffix != ".pdf", paper.name))


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration desk that was set up once and is copied for each journey."""
    root = tmp_path_factory.mktemp("demo") / "desk"
    with open_desk(opening(parse(["--data", str(root), "--demo"], VERSION))):
        return root


@contextmanager
def running(arguments: list[str], qtbot: QtBot) -> Iterator[Counter]:
    """Run the program with *arguments* until the block ends, as main.py does."""
    parsed = parse(arguments, VERSION)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    load_fonts()
    apply(app)
    with ExitStack() as house:
        bridge = house.enter_context(closing(Bridge()))
        desk = WindowDesk(parsed, bridge)
        window = OfficerWindow(bridge, desk.hands(), demo=parsed.demo, version="test")
        desk.serve(window)
        house.callback(desk.close)
        house.callback(window.close)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        bridge.ask(desk.open, desk.opened, window.desk_failed)
        window.prepare()
        yield Counter(window, desk, qtbot)
        QApplication.sendPostedEvents()


@pytest.fixture
def counter(demo_folder: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Counter]:
    """The demonstration desk, open."""
    folder = tmp_path / "desk"
    shutil.copytree(demo_folder, folder)
    with running(["--data", str(folder), "--demo"], qtbot) as opened:
        opened.until(lambda: opened.window.is_open)
        opened.until(opened.numbers_there)
        yield opened


@pytest.fixture
def quick_collections() -> Iterator[None]:
    """Keep what earlier tests left in memory out of the way of collections."""
    leave_out_what_stays()
    yield
    gc.unfreeze()


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder for passing files, of this test alone."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
