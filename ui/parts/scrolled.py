"""A sheet that scrolls up and down where the screen is too low for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

AROUND = 24
"""So much is seen beyond what has the keyboard, in pixels."""


def scrolled(sheet: QWidget) -> QScrollArea:
    """Return *sheet* in an area as wide as its place; the keyboard passes the area itself by."""
    area = QScrollArea()
    _hold(sheet, area)
    return area


class Following(QScrollArea):
    """Holds a sheet as ``scrolled`` does, and keeps in sight whatever has the keyboard there."""

    def __init__(self, sheet: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _hold(sheet, self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        sheet = self.widget()
        if now is not None and sheet is not None and sheet.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, AROUND)


def _hold(sheet: QWidget, area: QScrollArea) -> None:
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(sheet)
