"""Emptying a layout to the last byte, and the way of the Tab key through what stands in one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout


def tab_through(*fields: QWidget) -> None:
    """Let the Tab key go through *fields* as they are read, whichever was made first."""
    for here, after in pairwise(fields):
        QWidget.setTabOrder(here, after)


def tab_last_to(part: QWidget) -> None:
    """Let the Tab key come to *part* after what was made last in its window.

    Qt puts what is made later behind all that is there. *part* must take the Tab key, by itself or
    for the field it hands the keyboard on to.
    """
    last = part.window().previousInFocusChain()
    while last is not None and not last.focusPolicy() & Qt.FocusPolicy.TabFocus:
        last = last.previousInFocusChain()
    if last is not None and not part.isAncestorOf(last):
        QWidget.setTabOrder(last, part)


def empty(layout: QLayout) -> None:
    """Take everything out of *layout*: its widgets go, and so do the items that held them.

    What ``takeAt`` gives away is freed by nobody; ``removeWidget`` frees the item itself.
    """
    while (item := layout.itemAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        elif (taken := layout.takeAt(0)) is not None:
            Shiboken.delete(taken)
