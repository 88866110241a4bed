"""When what had the keyboard disappears, the keyboard stays on the page.

Qt hands it to whatever comes next, which after a form is the rail: the next Enter or space would
leave the page.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QStackedWidget, QWidget
from shiboken6 import Shiboken


class KeptFocus(QObject):
    """Gives the keyboard to the nearest list or field of the page that is shown."""

    def __init__(self, pages: QStackedWidget) -> None:
        super().__init__(pages)
        self._pages = pages
        self._last: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        page = self._pages.currentWidget()
        if now is None or page is None or now.window() is not self._pages.window():
            return
        if self._has_gone(page) and self._was_passed_to(now, page):
            now = self._nearest(page) or now
            self._last = now
            now.setFocus()
        elif page.isAncestorOf(now):
            self._last = now

    def _has_gone(self, page: QWidget) -> bool:
        """Tell whether the page lost what had the keyboard, and nobody took it elsewhere."""
        last = self._last
        if last is None:
            return False
        if not Shiboken.isValid(last):
            return True
        return page.isAncestorOf(last) and not (last.isVisible() and last.isEnabled())

    def _was_passed_to(self, now: QWidget, page: QWidget) -> bool:
        """Tell whether *now* just comes next; where the page chose it, it keeps the keyboard."""
        last = self._last
        if not page.isAncestorOf(now):
            return True
        if last is None or not Shiboken.isValid(last):
            return False
        after = last.nextInFocusChain()
        while after is not None and after is not last and not _takes_keys(after):
            after = after.nextInFocusChain()
        return after is now

    def _nearest(self, page: QWidget) -> QWidget | None:
        last = self._last
        around = last.parentWidget() if last is not None and Shiboken.isValid(last) else page
        while around is not None:
            for kind in (QAbstractItemView, QLineEdit):
                for found in around.findChildren(kind):
                    if _takes_keys(found):
                        return found
            around = None if around is page else around.parentWidget()
        return None


def _takes_keys(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and widget.isVisible() and widget.isEnabled()
