"""A draft keeps what was typed while more is told, and a declaration stands one of four ways."""

from __future__ import annotations

import pytest

from counter.answering import Draft, Standing, standing
from counter.declaring import (
    Answer,
    DeclarationForm,
    Declared,
    Kind,
    Origin,
    Question,
    fill,
)

FORM = DeclarationForm(
    code="1.000001",
    title="Tờ khai mẫu",
    questions=(
        Question(key="name", title="Tên", group="A", kind=Kind.NAME, required=True),
        Question(key="day", title="Ngày", group="A", kind=Kind.DAY, required=False),
    ),
)
DRAFT = Draft(Declared(FORM, fill(FORM, {})))
WHOLE = DRAFT.said("name", "Lê Văn Bé")


def test_what_was_typed_stays_while_more_is_told() -> None:
    told = Declared(FORM, (Answer("name", "Khác", Origin.CHIP), Answer("day", "1950", Origin.CHIP)))

    answers = {a.key: (a.value, a.origin) for a in WHOLE.refilled(told).answers}

    assert answers == {"name": ("Lê Văn Bé", Origin.TYPED), "day": ("1950", Origin.CHIP)}


def test_another_form_begins_with_nothing_typed() -> None:
    other = DeclarationForm(code="1.000002", title="Khác", questions=FORM.questions)

    assert WHOLE.refilled(Declared(other, fill(other, {}))).typed == ()


def test_the_last_answer_to_a_question_counts() -> None:
    again = WHOLE.said("name", "Lê Văn Bé Hai")

    assert [answer.value for answer in again.typed] == ["Lê Văn Bé Hai"]


def test_what_cannot_be_an_answer_is_open_though_it_need_not_be_answered() -> None:
    assert [question.key for question in WHOLE.said("day", "31/02/2026").open] == ["day"]


@pytest.mark.parametrize(
    ("draft", "on_paper", "stands"),
    [
        (None, None, Standing.NOT_ASKED),
        (None, False, Standing.NOT_ASKED),
        (DRAFT, None, Standing.NOT_ASKED),
        (DRAFT, False, Standing.OPEN),
        (DRAFT, True, Standing.ON_PAPER),
        (WHOLE, None, Standing.WHOLE),
        (WHOLE, False, Standing.WHOLE),
        (WHOLE, True, Standing.WHOLE),
        (DRAFT.said("day", "1950"), None, Standing.OPEN),
        (DRAFT.said("day", "1950"), True, Standing.OPEN),
    ],
)
def test_a_declaration_stands_one_of_four_ways(
    draft: Draft | None, on_paper: bool | None, stands: Standing
) -> None:
    assert standing(draft, on_paper) is stands


def test_of_a_father_who_is_not_named_nothing_is_asked_or_printed() -> None:
    form = DeclarationForm(
        code="1.000001",
        title="Tờ khai mẫu",
        questions=(
            Question(key="father", title="Cha", group="A", kind=Kind.NAME, required=False),
            Question(
                key="nationality",
                title="Quốc tịch",
                group="A",
                kind=Kind.TEXT,
                required=True,
                default="Việt Nam",
                lead="father",
            ),
            Question(
                key="born", title="Sinh", group="A", kind=Kind.DAY, required=True, lead="father"
            ),
        ),
    )
    nobody = Draft(Declared(form, fill(form, {})))
    named = nobody.said("father", "Lê Văn Thử")

    assert (nobody.open, [answer.value for answer in nobody.answers]) == ((), ["", "", ""])
    assert [question.key for question in named.open] == ["born"]
    assert [answer.value for answer in named.answers] == ["Lê Văn Thử", "Việt Nam", ""]
