"""Emptying a layout to the last byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shiboken6 import Shiboken

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout


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
