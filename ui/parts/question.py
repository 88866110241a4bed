"""A question with two answers, of which the safe one has the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QMessageBox, QWidget

from ui.parts.words import tip


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, what it would mean, and the words of both answers."""

    what: str
    meaning: str
    go: str
    stay: str


def ask(parent: QWidget, question: Question, go: Callable[[], object]) -> None:
    """Ask without stopping anything; *go* is called only when that button is pressed.

    Enter and Escape stay.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(tip(question.what))
    box.setInformativeText(tip(question.meaning))
    leave = box.addButton(question.go, QMessageBox.ButtonRole.DestructiveRole)
    leave.setObjectName("question_go")
    stay = box.addButton(question.stay, QMessageBox.ButtonRole.RejectRole)
    stay.setObjectName("question_stay")
    box.setDefaultButton(stay)
    leave.clicked.connect(go)
    box.finished.connect(box.deleteLater)
    box.open()
