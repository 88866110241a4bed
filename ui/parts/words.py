"""Labels by their role in the look, and the tone a widget speaks in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

_SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
"""The signs Qt reads as markup; the library for it brings a table of 2,000 others."""


def words(text: str = "", role: str = "", *, tone: str = "", wrap: bool = False) -> QLabel:
    """Return a label in the look of *role*: ``title``, ``caption``, ``value``, ``key`` ...

    Its text is plain, whatever it holds: nothing a card or a citizen gives is read as markup.
    """
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setProperty("tone", tone)
    if role in {"step", "key"}:
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    if wrap:
        label.setWordWrap(True)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return label


def tip(text: str) -> str:
    """Return *text* so that a tool tip or a question of Qt shows it as it is.

    Those have no switch for it: what looks like markup is drawn as such, pictures of files too.
    """
    if "<" not in text and "&lt;" not in text:
        return text
    return f"<qt>{text.translate(_SIGNS)}</qt>".replace("\n", "<br>")


def frame(role: str) -> QFrame:
    """Return an empty frame in the look of *role*: ``card``, ``sunken``, ``line`` ..."""
    made = QFrame()
    made.setProperty("role", role)
    return made


def set_look(widget: QWidget, **properties: str) -> None:
    """Change properties that the look depends on, such as ``tone``, and show it at once."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
