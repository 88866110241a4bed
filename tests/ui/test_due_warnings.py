"""Warnings before and at the due time: at the foot always, over the page once for each dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from counter.errors import NotAllowed
from tests.ui.conftest import Office
from tests.ui.fake_desk import LEAD
from tests.ui.test_day_pages import three
from ui.officer.places import TODAY

__all__ = ["three"]


def due_in(office: Office, *times: timedelta) -> None:
    office.desk.lines[:] = [
        replace(line, due_at=office.desk.moment + left)
        for line, left in zip(office.desk.lines, times, strict=True)
    ]


def look(office: Office) -> str:
    """Let the clock be looked at; return what is said over the page, and close it."""
    office.window.due_talk.look()
    office.settle()
    told = office.window.notice.text
    office.window.notice.clear()
    return told


@pytest.fixture
def watched(office: Office, three: tuple[str, ...]) -> Office:
    """Three dossiers that are far from due, looked at once."""
    due_in(office, LEAD * 2, LEAD * 20, LEAD * 21)
    look(office)
    return office


def test_a_dossier_is_told_once_when_it_is_near_and_once_when_it_is_late(
    watched: Office, three: tuple[str, ...]
) -> None:
    said = []
    for hours in (0, 3, 0.5, 2, 0.5):
        watched.desk.moment += timedelta(hours=hours)
        said.append(look(watched))

    assert said[0] == ""
    assert f"Sắp đến giờ hẹn trả hồ sơ {three[0]}" in said[1]
    assert said[2] == ""
    assert f"Đã quá giờ hẹn trả hồ sơ {three[0]}" in said[3]
    assert said[4] == ""


def test_the_foot_says_how_many_and_leads_to_the_morning_page(watched: Office) -> None:
    calm = watched.text("status_due")
    due_in(watched, -LEAD, LEAD / 2, LEAD / 3)
    look(watched)
    pressing = watched.text("status_due")
    watched.bot.mouseClick(watched.find("status_due"), Qt.MouseButton.LeftButton)

    assert calm == "Hẹn trả: không gấp"
    assert pressing == "Hẹn trả: 1 quá hạn · 2 sắp đến"
    assert watched.window.frame.shown == TODAY


def test_what_stands_over_the_page_is_not_covered(watched: Office) -> None:
    watched.window.notice.say("bad", "Máy in hết giấy.")
    due_in(watched, -LEAD, LEAD, LEAD)
    watched.window.due_talk.look()
    watched.settle()

    assert watched.window.notice.text == "Máy in hết giấy."
    assert "1 quá hạn" in watched.text("status_due")


def test_several_at_once_are_one_sentence(watched: Office, three: tuple[str, ...]) -> None:
    due_in(watched, LEAD, LEAD / 2, LEAD / 3)

    assert f"hồ sơ {three[2]}" in (said := look(watched))
    assert "và 2 hồ sơ khác" in said


def test_the_clock_is_looked_at_by_itself(watched: Office) -> None:
    watched.window.due_talk._turns.setInterval(10)
    due_in(watched, -LEAD, LEAD * 2, LEAD * 2)

    watched.bot.waitUntil(lambda: "1 quá hạn" in watched.text("status_due"))


def test_who_may_not_read_dossiers_is_told_nothing(watched: Office) -> None:
    watched.desk.failing = NotAllowed()

    assert look(watched) == ""
