"""A state in three signs: a colour, an icon and words."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.icons import Drawing
from ui.parts.words import set_look, words

ICONS = {"good": "good", "warn": "warn", "bad": "bad", "info": "info", "muted": "info"}
INKS = {"good": "good", "warn": "warn", "bad": "bad", "info": "primary", "muted": "muted"}


class Badge(QFrame):
    """Shows one state; ``tone`` is ``good``, ``warn``, ``bad``, ``info`` or ``muted``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "badge")
        self._icon = Drawing("info", "primary", 18)
        self._words = words(role="value", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 12, 5)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def say(self, tone: str, text: str, *, icon: str = "") -> None:
        """Show *text* in *tone*, with the tone's own icon unless another is named."""
        set_look(self, tone=tone)
        self._icon.draw(icon or ICONS[tone], INKS[tone])
        self._words.setText(text)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """What it says now."""
        return self._words.text()
