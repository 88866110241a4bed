"""A choice of a declaration, picked from the keyboard without accents."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from counter.declaring import load_forms
from ui.officer.receive.declaration_fields import AnswerChoice, field_for

FORMS = Path(__file__).parents[2] / "resources" / "procedures" / "forms"


@pytest.fixture
def ethnicity(qtbot: QtBot) -> AnswerChoice:
    form = load_forms(FORMS)["1.001193"]
    field = field_for(next(q for q in form.questions if q.key == "child_ethnicity"))
    assert isinstance(field, AnswerChoice)
    qtbot.addWidget(field)
    return field


@pytest.mark.parametrize(
    ("typed", "picked"),
    [
        ("k", "Kinh"),
        ("kh", "Khơ-me"),
        ("khomu", "Khơ-mú"),
        ("tay", "Tày"),
        ("tha", "Thái"),
        ("tho", "Thổ"),
        ("ede", "Ê-đê"),
        ("DAO", "Dao"),
        ("hm", "Hmông"),
        ("aaa", ""),
    ],
)
def test_a_few_letters_without_accents_pick_a_choice(
    qtbot: QtBot, ethnicity: AnswerChoice, typed: str, picked: str
) -> None:
    with qtbot.assertNotEmitted(ethnicity.entered):
        qtbot.keyClicks(ethnicity, typed)

    assert ethnicity.value == picked


def test_the_same_letter_again_goes_on_to_the_next(qtbot: QtBot, ethnicity: AnswerChoice) -> None:
    seen = []
    for _ in range(4):
        qtbot.keyClicks(ethnicity, "m")
        seen.append(ethnicity.value)

    assert seen == ["Mường", "Mnông", "Mạ", "Mảng"]


def test_arrows_begin_the_letters_anew(qtbot: QtBot, ethnicity: AnswerChoice) -> None:
    qtbot.keyClicks(ethnicity, "t")
    qtbot.keyClick(ethnicity, Qt.Key.Key_Up)
    qtbot.keyClicks(ethnicity, "h")

    assert ethnicity.value == "Hoa"


@pytest.mark.parametrize(("then", "picked"), [("n", "Nùng"), ("m", "Mnông")])
def test_a_letter_typed_after_a_pause_begins_anew(
    qtbot: QtBot, ethnicity: AnswerChoice, then: str, picked: str
) -> None:
    pause = ethnicity.findChild(QTimer)
    assert pause is not None

    with qtbot.waitSignal(pause.timeout):
        qtbot.keyClicks(ethnicity, "m")
    qtbot.keyClicks(ethnicity, then)

    assert ethnicity.value == picked
