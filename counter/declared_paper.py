"""A declaration as it is printed: filled in from its answers, or blank."""

from __future__ import annotations

from collections.abc import Iterable

from counter.declaring import Answer, DeclarationForm, Kind, Question
from counter.papers.desk import DeclarationFacts, DeclaredLine


def declaration(
    form: DeclarationForm, answers: Iterable[Answer], *, addressee: str, declarant: str
) -> DeclarationFacts:
    """Return the declaration to print; without answers it is blank, for people who only ask."""
    given = {answer.key: answer.value for answer in answers}
    lines: list[DeclaredLine] = []
    group = ""
    for question in form.questions:
        if question.group != group:
            group = question.group
            lines.append(DeclaredLine(group, heading=True))
        lines.append(DeclaredLine(question.title, _printed(question, given.get(question.key, ""))))
    return DeclarationFacts(
        name=form.title,
        addressee=addressee,
        basis=form.basis,
        request=form.request,
        declared=tuple(lines),
        declarant=declarant,
    )


def _printed(question: Question, value: str) -> str:
    """Write an answer as papers do: amounts with the points of their thousands."""
    if question.kind is Kind.MONEY and value.isdigit():
        return f"{int(value):,}".replace(",", ".")
    return value
