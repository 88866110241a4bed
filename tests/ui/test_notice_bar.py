"""A notice goes by itself when it was read, and never before."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter.errors import PrinterOutOfPaper, StoreDamaged
from tests.ui.conftest import Office
from ui.officer.places import DOSSIERS
from ui.parts.notice import NoticeBar


def shown_notice(qtbot: QtBot, tone: str) -> NoticeBar:
    """Return a notice that stands in an open window."""
    notice = NoticeBar()
    qtbot.addWidget(notice)
    notice.say(tone, "Đã lưu.")
    qtbot.waitExposed(notice)
    return notice


def touch(notice: NoticeBar) -> None:
    """Press a key in the window, as the window system brings it."""
    handle = notice.window().windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_A)


def test_what_is_good_to_know_goes_once_it_was_read_and_the_hand_rests(
    qtbot: QtBot, dressed: QApplication
) -> None:
    notice = shown_notice(qtbot, "good")

    touch(notice)
    qtbot.waitUntil(lambda: notice._is_read, timeout=10_000)
    touch(notice)

    assert notice.text == "Đã lưu."
    qtbot.waitUntil(lambda: notice.text == "")


def test_a_notice_waits_for_whoever_comes_back_to_the_desk(
    qtbot: QtBot, dressed: QApplication
) -> None:
    notice = shown_notice(qtbot, "good")

    notice.move_on()
    waits = not notice._reading.isActive()
    touch(notice)

    assert waits
    assert notice.text == "Đã lưu."
    qtbot.waitUntil(lambda: notice.text == "", timeout=10_000)


@pytest.mark.parametrize("tone", ["warn", "bad"])
def test_a_trouble_stays_until_the_officer_turns_to_something_else(
    qtbot: QtBot, dressed: QApplication, tone: str
) -> None:
    notice = shown_notice(qtbot, tone)
    touch(notice)
    qtbot.waitUntil(lambda: notice._is_read, timeout=10_000)
    touch(notice)
    stays = not notice._pause.isActive()

    notice.move_on()

    assert stays
    assert notice.text == ""


def test_what_goes_on_stays_until_it_is_closed_by_hand(qtbot: QtBot, dressed: QApplication) -> None:
    notice = shown_notice(qtbot, "info")
    notice.hold()
    touch(notice)
    qtbot.waitUntil(lambda: notice._is_read, timeout=10_000)

    touch(notice)
    notice.move_on()

    assert notice.text == "Đã lưu."
    assert not notice._pause.isActive()
    notice.clear()
    assert notice.text == ""


def test_a_new_notice_is_read_anew(qtbot: QtBot, dressed: QApplication) -> None:
    notice = shown_notice(qtbot, "good")
    touch(notice)
    qtbot.waitUntil(lambda: notice._is_read, timeout=10_000)
    touch(notice)

    notice.say("good", "Đã in.")

    assert not notice._pause.isActive()
    notice.move_on()
    assert notice.text == "Đã in."


def test_a_trouble_told_on_one_page_is_not_carried_to_every_other(office: Office) -> None:
    office.window.notice.complain(PrinterOutOfPaper())
    office.window.notice._on_read()

    office.window.show_page(DOSSIERS)

    assert office.window.notice.text == ""


def test_that_the_desk_did_not_open_is_told_on_every_page(closed_office: Office) -> None:
    closed_office.window.desk_failed(StoreDamaged())
    closed_office.window.notice._on_read()

    closed_office.window.show_page(DOSSIERS)

    assert "Dữ liệu của quầy bị hỏng." in closed_office.window.notice.text
