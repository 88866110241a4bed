"""A scanner that types like a keyboard; fingers have no keyboard at the kiosk."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

PAUSE_MS = 140
"""Quiet time after which a code is whole: two times the longest gap between a scanner's keys."""

SHORTEST = 4
LONGEST = 4096


class ScannerKeys(QObject):
    """Collects what is typed without a pause; shorter bursts are nobody's and dropped.

    Signals:
        scanned: The text of a code as str.
    """

    scanned = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._take)

    def hear(self, text: str) -> None:
        """Take what one key gave."""
        if text in {"\r", "\n"}:
            self._take()
        elif text.isprintable() and text and len(self._text) < LONGEST:
            self._text += text
            self._pause.start()

    def forget(self) -> None:
        """Drop what was collected."""
        self._pause.stop()
        self._text = ""

    @Slot()
    def _take(self) -> None:
        text, self._text = self._text, ""
        self._pause.stop()
        if len(text) >= SHORTEST:
            self.scanned.emit(text)
