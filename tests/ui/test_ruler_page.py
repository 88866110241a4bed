"""The ruler is printed and the width kept from the page, with the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox

from counter.errors import BadSettings
from counter.forms import RulerPaper
from tests.ui.conftest import ALT, CONTROL, KEYS, Office


@pytest.fixture
def measuring(closed_office: Office) -> Office:
    closed_office.open()
    closed_office.window.open_further("ruler")
    closed_office.settle()
    return closed_office


def test_the_ruler_goes_to_the_printer_and_the_width_read_off_is_kept(measuring: Office) -> None:
    measuring.press(KEYS.Key_P, ALT)
    measuring.settle()
    printed = [job.paper for job in measuring.hands.jobs]
    measuring.type("512")
    measuring.press(KEYS.Key_S, CONTROL)
    measuring.settle()

    assert [type(paper) for paper in printed] == [RulerPaper]
    assert measuring.desk.kept_width == 512
    assert "Đã ghi khổ 512 điểm" in measuring.text("ruler_told")


def test_without_a_number_nothing_is_kept(measuring: Office) -> None:
    measuring.press(KEYS.Key_S, CONTROL)
    measuring.settle()

    assert measuring.desk.kept_width == 0
    assert "Hãy chọn số" in measuring.text("ruler_told")
    assert measuring.find("ruler_width").hasFocus()


def test_a_refusal_is_said(measuring: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_width: int) -> None:
        raise BadSettings(("printers.tickets.width_dots: hãy sửa bằng trình soạn thảo",))

    monkeypatch.setattr(measuring.desk, "keep_ticket_width", refuse)
    box = measuring.find("ruler_width")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(2)
    measuring.press(KEYS.Key_S, CONTROL)
    measuring.settle()

    assert "hãy sửa bằng trình soạn thảo" in measuring.text("ruler_told")
