"""The foot of a form: leave everything as it was, or go."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton

from ui.parts.on_screen import OnScreen


def foot(form: QDialog, stay: QPushButton, go: QPushButton) -> QHBoxLayout:
    """Return *stay* and *go* side by side at the right; *stay*, like Escape, leaves *form*.

    Enter never means *stay*. However *form* grows, they stay on the screen.
    """
    OnScreen(form)
    stay.setAutoDefault(False)
    stay.clicked.connect(form.reject)
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addStretch(1)
    row.addWidget(stay)
    row.addWidget(go)
    return row
