"""A form that grows while it is open stays whole on its screen, its buttons above all."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

TITLE = 40
"""Height of a title bar, which a form does not know before it is shown; in pixels."""


def fit(form: QWidget, width: int) -> None:
    """Give *form* this *width* and the height it asks for, as far as its screen has room.

    What does not fit under a title bar is for *form* to scroll; its buttons are always there.
    """
    room = form.screen().availableGeometry()
    form.setFixedWidth(min(width, room.width()))
    rows = form.layout()
    wanted = rows.totalHeightForWidth(form.width()) if rows is not None else -1
    if wanted < 0:  # nothing in it wraps
        wanted = form.sizeHint().height()
    form.resize(form.width(), min(wanted, room.height() - TITLE))


class OnScreen(QObject):
    """Moves *form* up and to the left when it has grown over the edge; it keeps its size."""

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._form = form
        form.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self._form.isVisible():
            self._keep()
        return False

    def _keep(self) -> None:
        room, here = self._form.screen().availableGeometry(), self._form.frameGeometry()
        left = max(room.left(), min(here.left(), room.right() - here.width() + 1))
        top = max(room.top(), min(here.top(), room.bottom() - here.height() + 1))
        if (left, top) != (here.left(), here.top()):
            self._form.move(left, top)
