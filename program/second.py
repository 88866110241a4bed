"""Puts the citizen's screen of a counter where the settings name it, and takes it away with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from program.screens import named

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen

    from counter.desk.context import Context
    from ui.officer.window import OfficerWindow
    from ui.second.window import SecondScreen


class SecondPlace(QObject):
    """Keeps *window* on the screen called *name*, and nowhere else.

    A screen that is pulled out would leave its windows to the officer's; the citizen's is hidden
    instead, and comes back with the screen.
    """

    def __init__(self, window: SecondScreen, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._name = window, name
        self._screen: QScreen | None = None
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)  # noqa: S101 - windows have one
        application.screenAdded.connect(self.settle)
        application.screenRemoved.connect(self._removed)
        self.settle()

    def settle(self, _added: QScreen | None = None) -> None:
        """Show it where it belongs, if that is there."""
        screen = named(self._name)
        if screen is None or screen is self._screen:
            return
        self._screen = screen
        self._window.setScreen(screen)
        self._window.setGeometry(screen.geometry())
        self._window.showFullScreen()

    def _removed(self, screen: QScreen) -> None:
        if screen is self._screen:
            self._screen = None
            self._window.rest()
            self._window.hide()


def open_second(context: Context, window: OfficerWindow, *, demo: bool) -> SecondScreen | None:
    """Open the citizen's screen of this counter; None where the settings name none."""
    settings = context.settings.settings
    if not settings.desk.citizen_screen:
        return None
    from counter.desk.queueing import center_name
    from counter.desk.rating import rate
    from ui.second.window import SecondScreen

    screen = SecondScreen(center_name(settings), settings.desk.name, mouse_may_answer=demo)
    window.second.attach(screen, lambda code, score: rate(context, code, score))
    SecondPlace(screen, settings.desk.citizen_screen, window)
    return screen
