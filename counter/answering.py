"""Answers to a declaration: whether each fits its question, and how the whole of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import assert_never

from counter.declaring import Answer, DeclarationForm, Declared, Kind, Origin, Question
from counter.errors import BadDate, DeclarationOpen, DeclarationWrong
from counter.values import PartialDate

MOST_DIGITS = 15
"""Longest number that is asked for, in digits."""

_IDENTITY = r"[0-9]{12}|[0-9]{9}|(?=[0-9A-Z]*[A-Z])(?=[0-9A-Z]*[0-9])[0-9A-Z]{5,20}"
"""A citizen number, an old card's, or a passport's: letters and digits."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A declaration as it stands on the page: what the desk filled in, and what was typed over it.

    Attributes:
        typed: What the officer answered; it stays when card or earlier dossiers tell more.
    """

    declared: Declared
    typed: tuple[Answer, ...] = ()

    @property
    def form(self) -> DeclarationForm:
        """The form that is answered."""
        return self.declared.form

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers as they stand, in the form's order.

        What only follows from a question that is left open is left open with it.
        """
        typed = {answer.key: answer for answer in self.typed}
        stand = tuple(typed.get(answer.key, answer) for answer in self.declared.answers)
        idle = {q.key for q in idle_questions(self.form, stand)} - set(typed)
        return tuple(Answer(a.key, "", Origin.UNKNOWN) if a.key in idle else a for a in stand)

    @property
    def open(self) -> tuple[Question, ...]:
        """What must be answered and is not, and what is answered with what cannot be one."""
        asked = {*unanswered(self.form, self.answers), *unfit(self.form, self.answers)}
        return tuple(question for question in self.form.questions if question.key in asked)

    def said(self, key: str, value: str) -> Draft:
        """Return the draft after the officer answered one question."""
        others = tuple(answer for answer in self.typed if answer.key != key)
        return replace(self, typed=(*others, Answer(key, value, Origin.TYPED)))

    def refilled(self, declared: Declared) -> Draft:
        """Return the draft after the desk learned more; what was typed for this form stays."""
        same = declared.form.code == self.form.code
        return Draft(declared, self.typed if same else ())


class Standing(Enum):
    """How the declaration of a visit stands."""

    NOT_ASKED = auto()
    """The procedure has none, or does not demand the one it has."""
    WHOLE = auto()
    ON_PAPER = auto()
    """The citizen brought it filled in."""
    OPEN = auto()


def standing(draft: Draft | None, on_paper: bool | None) -> Standing:
    """Return how a declaration stands.

    What was begun on screen is finished there, or taken back.

    Args:
        on_paper: Whether the checklist's declaration lies on the desk; None when the checklist
            demands none.
    """
    if draft is None:
        return Standing.NOT_ASKED
    if not draft.open:
        return Standing.WHOLE
    if draft.typed or on_paper is False:
        return Standing.OPEN
    return Standing.ON_PAPER if on_paper else Standing.NOT_ASKED


def fits(question: Question, value: str) -> bool:
    """Tell whether *value* can be an answer; none at all always can."""
    if not value:
        return True
    match question.kind:
        case Kind.DAY:
            return _is_day(value)
        case Kind.NUMBER | Kind.MONEY:
            return value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS
        case Kind.IDENTITY:
            return _is_identity(value)
        case Kind.CHOICE:
            return value in question.choices
        case Kind.NAME:
            return not any(c.isdigit() for c in value)
        case Kind.TEXT | Kind.ADDRESS:
            return True
        case _ as never:
            assert_never(never)


def _is_identity(value: str) -> bool:
    number = re.sub(r"[\s.]", "", value)
    return re.fullmatch(_IDENTITY, number, re.ASCII | re.IGNORECASE) is not None


def _is_day(value: str) -> bool:
    try:
        PartialDate.parse(value)
    except BadDate:
        return False
    return True


def unfit(form: DeclarationForm, answers: Iterable[Answer]) -> tuple[str, ...]:
    """Return the keys of the questions whose answer cannot be one, in the form's order."""
    given = {answer.key: answer.value.strip() for answer in answers}
    return tuple(q.key for q in form.questions if not fits(q, given.get(q.key, "")))


def check(form: DeclarationForm, answers: Iterable[Answer]) -> None:
    """Let only a whole declaration pass.

    Raises:
        DeclarationOpen: Something that must be answered is not.
        DeclarationWrong: An answer cannot be one: no such day, no number, none of the choices.
    """
    given = tuple(answers)
    titles = {question.key: question.title for question in form.questions}
    open_ones = unanswered(form, given)
    if open_ones:
        raise DeclarationOpen(question=titles[open_ones[0]])
    wrong = unfit(form, given)
    if wrong:
        raise DeclarationWrong(question=titles[wrong[0]])


def unanswered(form: DeclarationForm, answers: Iterable[Answer]) -> tuple[str, ...]:
    """Return the keys of the questions that must be answered and are not."""
    stand = tuple(answers)
    given = {answer.key for answer in stand if answer.value.strip()}
    given |= {question.key for question in idle_questions(form, stand)}
    return tuple(q.key for q in form.questions if q.required and q.key not in given)


def idle_questions(form: DeclarationForm, answers: Iterable[Answer]) -> tuple[Question, ...]:
    """Return the questions that are not asked as long as the one they follow is left open."""
    given = {answer.key for answer in answers if answer.value.strip()}
    return tuple(q for q in form.questions if q.lead and q.lead not in given)
