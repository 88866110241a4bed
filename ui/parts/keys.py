"""Buttons that show their key, so that the hand learns it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.icons import icon
from ui.parts.words import words

GAP = 14
"""Between the words and the key."""


class KeyButton(QPushButton):
    """A button with its words, and its key shown at the right, as keyboards name it.

    Args:
        sign: Name of an icon, empty for none.
        primary: The one thing to do here.
    """

    def __init__(
        self, text: str, key: str, *, sign: str = "", primary: bool = False, tall: bool = False
    ) -> None:
        super().__init__(text)
        key = key.replace("Return", "Enter")
        self._key = words(key, "key")
        if primary:
            self.setProperty("role", "primary")
            self._key.setProperty("on", "primary")
        if sign:
            self.setIcon(icon(sign, "on_primary" if primary else "primary", 18))
        if tall:
            self.setProperty("size", "tall")
        self._key.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("keyed", "true")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 12, 0)
        row.addStretch(1)
        row.addWidget(self._key, 0, Qt.AlignmentFlag.AlignVCenter)
        self._key.setVisible(bool(key))
        self.setToolTip(f"{text} ({key})" if key else text)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        plain = super().sizeHint()
        key = self._key.sizeHint().width() + GAP if self._key.text() else 0
        return QSize(plain.width() + key, plain.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def setEnabled(self, enabled: bool) -> None:
        super().setEnabled(enabled)
        on = "primary" if self.property("role") == "primary" else ""
        self._key.setProperty("on", on if enabled else "off")
        self._key.style().unpolish(self._key)
        self._key.style().polish(self._key)


def on_key(key: str, parent: QWidget, act: Callable[[], object]) -> QShortcut:
    """Let *key* do *act* anywhere in the window of *parent*; Enter is that by the digits too."""
    shortcut = QShortcut(QKeySequence(key), parent)
    if key.endswith("Return"):
        shortcut.setKeys([QKeySequence(key.replace("Return", "Enter")), QKeySequence(key)])
    shortcut.activated.connect(act)
    return shortcut
