"""Forms, menus, lists and tool tips that stand over the pages: none stays over the cover."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

NAMES_NOBODY = "names_nobody"
"""Property of a window that says nothing of anybody, and may stand before the cover."""


class OverPages:
    """Tells which windows belong to the pages, and takes them off the screen.

    Args:
        pages: What the cover hides; out of the window while it does.
        cover: What hides them; its own menus stay.
    """

    def __init__(self, pages: QWidget, cover: QWidget) -> None:
        self._pages, self._cover = pages, cover

    def close(self) -> None:
        """Close every such window; what was typed there is given up."""
        QToolTip.hideText()
        # A list that completes what is typed belongs to nobody; of popups only one is on top.
        while (popup := QApplication.activePopupWidget()) is not None and popup.isVisible():
            popup.hide()
        for shown in QApplication.topLevelWidgets():
            if shown.isVisible() and self._holds(shown):
                shown.close()

    def keep_off(self, shown: QWidget) -> None:
        """Take a window off that is being shown while the cover stands, before it is painted.

        An answer that was long on its way may open one, or a key that a menu still heard.
        """
        if self._holds(shown) and not shown.property(NAMES_NOBODY):
            shown.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            QTimer.singleShot(0, shown, partial(_give_up, shown))

    def _holds(self, shown: QWidget) -> bool:
        """Tell whether *shown* is a window over the pages; the demonstration's levers are none."""
        if not shown.isWindow() or shown.windowType() is Qt.WindowType.Tool:
            return False
        window = self._cover.window()
        owner = shown.parentWidget() or shown.focusProxy()
        while owner is not None:
            if owner is self._cover:
                return False
            if owner is self._pages or owner is window:
                return True
            owner = owner.parentWidget()
        return False


def _give_up(shown: QWidget) -> None:
    shown.close()
    shown.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)  # a menu is shown again
