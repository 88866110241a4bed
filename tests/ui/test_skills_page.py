"""A supervisor says what each counter serves, with the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox

from counter.errors import NotAllowed
from counter.hall import CounterAsked
from tests.ui.conftest import ALT, CONTROL, KEYS, Office
from ui.officer.skills_page import SkillsPage


@pytest.fixture
def assigning(closed_office: Office) -> Office:
    closed_office.open()
    closed_office.window.open_further("skills")
    closed_office.settle()
    return closed_office


def box(office: Office, name: str) -> QCheckBox:
    found = office.find(name)
    assert isinstance(found, QCheckBox)
    return found


def test_the_chosen_counter_shows_its_own_fields(assigning: Office) -> None:
    assigning.press(KEYS.Key_Down)

    assert assigning.text("skills_named") == "Quầy 2"
    assert [box(assigning, f"skills_{letter}").isChecked() for letter in "ABC"] == [
        True,
        True,
        False,
    ]
    assert box(assigning, "skills_open").isChecked()


def test_fields_are_ticked_and_kept_with_the_keyboard(assigning: Office) -> None:
    assigning.press(KEYS.Key_Down)
    box(assigning, "skills_C").setFocus()
    assigning.press(KEYS.Key_Space)
    assigning.press(KEYS.Key_S, CONTROL)
    assigning.settle()

    assert assigning.desk.counter.assigned == [CounterAsked("Quầy 2", "ABC", is_open=True)]
    assert "Đã ghi cho Quầy 2" in assigning.text("skills_told")


def test_a_counter_is_closed_and_said_to_be(assigning: Office) -> None:
    box(assigning, "skills_open").setFocus()
    assigning.press(KEYS.Key_Space)
    assigning.press(KEYS.Key_S, CONTROL)
    assigning.settle()

    page = assigning.window.further("skills").page
    assert isinstance(page, SkillsPage)
    assert page.chosen is not None
    assert not page.chosen.is_open
    assert "Quầy 1 tạm nghỉ" in assigning.text("skills_told")


def test_a_counter_that_serves_nothing_is_not_kept(assigning: Office) -> None:
    for found in assigning.window.further("skills").page.findChildren(QCheckBox):
        found.setChecked(False)
    assigning.press(KEYS.Key_S, CONTROL)
    assigning.settle()

    assert assigning.desk.counter.assigned == []
    assert "Hãy chọn ít nhất một lĩnh vực" in assigning.text("skills_told")


def test_one_key_ticks_every_field(assigning: Office) -> None:
    assigning.press(KEYS.Key_Down)
    assigning.press(KEYS.Key_A, ALT)
    assigning.press(KEYS.Key_S, CONTROL)
    assigning.settle()

    assert len(assigning.desk.counter.assigned[0].services) == len(assigning.desk.services())


def test_who_may_not_is_told_so(closed_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise NotAllowed

    closed_office.open()
    monkeypatch.setattr(closed_office.desk, "counters", refuse)

    closed_office.window.open_further("skills")
    closed_office.settle()

    assert closed_office.text("skills_told")
    assert not closed_office.find("skills_keep").isEnabled()
