"""Where a scanner that types like a keyboard may type, whatever field had the keyboard before."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.icons import Drawing
from ui.parts.words import frame, words

PAUSE_MS = 400
"""A scanner that sends no Enter is done after this time without a sign."""


class ScanBar(QWidget):
    """Opened by the key that scanners send first; closes itself and gives the keyboard back.

    Signals:
        scanned: A str: the text of the code.
    """

    scanned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: QWidget | None = None
        self._field = QLineEdit()
        self._field.setObjectName("scan_field")
        self._field.setAccessibleName(self.tr("Mã quét"))
        self._field.setPlaceholderText(self.tr("Đưa mã vào máy quét…"))
        self._field.returnPressed.connect(self._take)
        self._field.textEdited.connect(self._on_typed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._take)
        ground = frame("notice")
        ground.setProperty("tone", "info")
        row = QHBoxLayout(ground)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(12)
        row.addWidget(Drawing("qr", "primary", 22))
        row.addWidget(words(self.tr("Quét mã QR trên thẻ hoặc mã vạch hồ sơ"), "strong"))
        row.addWidget(self._field, 1)
        row.addWidget(words(self.tr("Esc để thôi"), "caption"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 0)
        column.addWidget(ground)
        self.hide()

    @Slot()
    def begin(self) -> None:
        """Take the keyboard until a code was scanned."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self._field.clear()
        self.show()
        self._field.setFocus()

    @Slot()
    def leave(self) -> None:
        """Give the keyboard back."""
        self._pause.stop()
        self._field.clear()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus()
        self.hide()

    @Slot()
    def _on_typed(self) -> None:
        self._pause.start()

    @Slot()
    def _take(self) -> None:
        text = self._field.text().strip()
        self.leave()
        if text:
            self.scanned.emit(text)
