"""Marks sentences for the translators where they stand, and says them in the screen's language."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

CONTEXT = "texts"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said to a person when something went wrong.

    Attributes:
        what: What happened, one sentence.
        advice: What to do now, one sentence or two.
    """

    what: str
    advice: str


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark *text* for the translators' tools, which know this name, and return it as it is."""
    return text


def said(text: str) -> str:
    """Return *text*, a sentence that was marked, in the language of the screen."""
    return QCoreApplication.translate(CONTEXT, text)
