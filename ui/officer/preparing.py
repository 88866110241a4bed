"""Makes ahead, between two turns of the window, the pages that only appear later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.officer.window import OfficerWindow


def prepare(window: OfficerWindow) -> None:
    """Make one page of *window* now and one at each following turn, so that no key waits long."""
    pieces: Iterator[Callable[[], QWidget]] = iter(
        (
            lambda: window.receive.identity.person,
            lambda: window.receive.papers,
            lambda: window.receive.received,
            lambda: window.receive.identity.manual,
            lambda: window.dossiers,
            lambda: window.portal,
            lambda: window.queue,
            lambda: window.devices,
        )
    )

    def go_on() -> None:
        piece = next(pieces, None)
        if piece is not None:
            piece()
            QTimer.singleShot(0, window, go_on)

    go_on()
