"""Somebody at a kiosk waits for a person: seen from every page until an officer goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import written
from ui.icons import Drawing
from ui.parts.badge import ICONS, INKS
from ui.parts.keys import KeyButton
from ui.parts.words import frame, set_look, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from counter.hall import HelpAsked

KEY = "Alt+H"
"""Not with Ctrl: in a line that is typed in, Ctrl+H takes a letter back."""


class HelpBar(QWidget):
    """One call for help at a time, the longest first; hidden when there is none.

    Signals:
        going: The row of the call as int; this officer goes there.
    """

    going = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help_bar")
        self._row: int | None = None
        ground = frame("notice")
        set_look(ground, tone="warn")
        self._told = words(role="strong", wrap=True)
        self._told.setObjectName("help_told")
        go = KeyButton(self.tr("Tôi đến giúp"), KEY, sign="person")
        go.setObjectName("go_and_help")
        go.clicked.connect(self.go)
        around = QVBoxLayout(self)
        around.setContentsMargins(14, 8, 14, 0)
        around.addWidget(ground)
        row = QHBoxLayout(ground)
        row.setContentsMargins(14, 4, 8, 4)
        row.setSpacing(12)
        row.addWidget(Drawing(ICONS["warn"], INKS["warn"], 22))
        row.addWidget(self._told, 1)
        row.addWidget(go)
        self.hide()

    def show_calls(self, calls: Sequence[HelpAsked]) -> None:
        """Show the longest of these calls, and how many more there are."""
        self._row = calls[0].row if calls else None
        if calls:
            told = self.tr("Người dân ở máy lấy số gọi người giúp (%1, lúc %2).")
            told = told.replace("%1", calls[0].place)
            told = told.replace("%2", written.clock(calls[0].at))
            if len(calls) > 1:
                more = self.tr("Còn %1 chỗ nữa đang chờ.").replace("%1", str(len(calls) - 1))
                told = f"{told} {more}"
            self._told.setText(told)
            self.setAccessibleName(told)
        self.setVisible(bool(calls))

    @Slot()
    def go(self) -> None:
        """Say that this officer goes there."""
        if self._row is not None:
            self.going.emit(self._row)
