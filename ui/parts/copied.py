"""What was copied in this program leaves the clipboard when the officer leaves the desk."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QClipboard, QGuiApplication


class Copied(QObject):
    """Notices what is copied here; what another program copied is left alone.

    Qt's own ``ownsClipboard`` does not do: a clipboard manager takes every copied text over.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ours: set[QClipboard.Mode] = set()
        QGuiApplication.clipboard().changed.connect(self._on_changed)

    def forget(self) -> None:
        """Empty the clipboard, and the marked text of X11, where they hold what was copied here."""
        for mode in tuple(self._ours):
            QGuiApplication.clipboard().clear(mode)
        self._ours.clear()

    @Slot(QClipboard.Mode)
    def _on_changed(self, mode: QClipboard.Mode) -> None:
        if QGuiApplication.focusWindow() is not None:
            self._ours.add(mode)
        else:
            self._ours.discard(mode)
