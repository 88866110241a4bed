"""The frame every page but the first shares: a title, a line of help, room for actions."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.parts.words import words


class Page(QWidget):
    """A page with a head; the rest goes into ``body``."""

    def __init__(self, title: str, subtitle: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(10)
        named = QVBoxLayout()
        named.setSpacing(0)
        named.addWidget(words(title, "page-title"))
        self.subtitle = words(subtitle, "caption")
        named.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.addLayout(named, 1)
        head.addLayout(self.buttons)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self.body, 1)
