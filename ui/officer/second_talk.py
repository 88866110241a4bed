"""The screen that faces the citizen, joined with what happens at the counter.

Where there is no such screen, nothing here does anything.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ui.second.shown import Resting, Served, ToPay

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ui.bridge import Bridge
    from ui.second.window import SecondScreen

log = logging.getLogger(__name__)


class SecondTalk(QObject):
    """Tells the screen what to show, and hands on an answer without looking at it."""

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._screen: SecondScreen | None = None
        self._rate: Callable[[str, int], None] | None = None
        self._number = ""

    def attach(self, screen: SecondScreen, rate: Callable[[str, int], None]) -> None:
        """Use *screen* from now on; *rate* keeps an answer, on the ``counter`` thread."""
        self._screen, self._rate = screen, rate
        screen.rated.connect(self._on_rated)

    @property
    def is_there(self) -> bool:
        """Whether a citizen sees such a screen, so that a code to pay by may be shown on it."""
        return self._screen is not None and self._screen.isVisible()

    def called(self, number: str) -> None:
        """Show which number is called here."""
        self._number = number
        if self._screen is not None and isinstance(self._screen.shown, Resting):
            self._screen.show_this(Resting(number))

    def received(self, code: str, due_at: datetime | None) -> None:
        """Show what was received, and ask how it was."""
        if self._screen is not None:
            self._screen.show_this(Served(code, due_at))

    def returned(self, code: str) -> None:
        """Show that a result was given back, and ask how it was."""
        if self._screen is not None:
            self._screen.show_this(Served(code, returned=True))

    def pay(self, wanted: ToPay) -> None:
        """Show a code to pay by until ``rest`` or something else is shown."""
        if self._screen is not None:
            self._screen.show_this(wanted)

    @Slot()
    def rest(self) -> None:
        """Forget what was shown: the next citizen is nobody's business."""
        if self._screen is not None:
            self._screen.rest()

    @Slot(object)
    def _on_rated(self, answer: tuple[str, int]) -> None:
        """Keep an answer; whether it could be kept is said to nobody at this counter."""
        rate = self._rate
        if rate is not None:
            code, score = answer
            self._bridge.ask(lambda: rate(code, score), _kept, _lost)


def _kept(_none: None) -> None:
    """The citizen was thanked when the finger lifted."""


def _lost(error: BaseException) -> None:
    """Leave a trace without the dossier, and none on the officer's screen."""
    log.info("an answer about the service was not kept: %s", type(error).__name__)
