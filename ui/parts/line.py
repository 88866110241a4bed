"""A field of one line that shows the beginning of what the program writes into it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget


class Line(QLineEdit):
    """Begins at its beginning once it is filled, where Qt would show the end of a long text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)

    def setText(self, text: str | None, /) -> None:
        super().setText(text)
        self.setCursorPosition(0)
