"""Counts the seconds in which nobody touches, and says when to ask and when to begin anew."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

SECOND_MS = 1000


class Quiet(QObject):
    """A clock that every touch sets back.

    Signals:
        asked: Whether anybody is there: the seconds left as int.
        ended: Nothing; the visit is over.
    """

    asked = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._quiet_s = 0
        self._ask_s = 0
        self._end_s: int | None = None
        self._second = QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self.tick)
        self._second.start()

    def rest(self) -> None:
        """Count nothing: there is nothing to end."""
        self._quiet_s, self._end_s = 0, None

    def watch(self, *, ask_s: int, warn_s: int) -> None:
        """Ask after *ask_s* quiet seconds, and end *warn_s* later."""
        self._quiet_s, self._ask_s, self._end_s = 0, ask_s, ask_s + warn_s

    def end_after(self, seconds: int) -> None:
        """End without a question: what is shown is done with."""
        self._quiet_s, self._ask_s, self._end_s = 0, seconds, seconds

    def touched(self) -> None:
        """Begin to count again."""
        self._quiet_s = 0

    @Slot()
    def tick(self) -> None:
        """Count one second without a touch."""
        if self._end_s is None:
            return
        self._quiet_s += 1
        if self._quiet_s >= self._end_s:
            self.rest()
            self.ended.emit()
        elif self._quiet_s >= self._ask_s:
            self.asked.emit(self._end_s - self._quiet_s)
