"""A sign of life for whoever watches a screen that nobody sits at: a file that is touched."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from pathlib import Path

    from ui.bridge import Bridge

log = logging.getLogger(__name__)

EVERY_MS = 5_000


class Alive(QObject):
    """Touches *path* every five seconds, by way of both threads that a citizen waits for.

    The turn begins in the loop that paints and is written on the ``counter`` thread: when either
    hangs, the file grows old.
    """

    def __init__(self, path: Path, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path, self._bridge = path, bridge
        self._failed = False
        self._turns = QTimer(self)
        self._turns.setInterval(EVERY_MS)
        self._turns.timeout.connect(self.tell)
        self._turns.start()

    @Slot()
    def tell(self) -> None:
        """Give a sign of life."""
        self._bridge.ask(self._touch, self._told, self._not_told)

    def _touch(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch()

    def _told(self, _none: None) -> None:
        self._failed = False

    def _not_told(self, error: BaseException) -> None:
        if not self._failed:  # once, not every five seconds
            log.warning("no sign of life can be given: %s", type(error).__name__)
        self._failed = True
