"""The list of dossiers worked from its search field, and the one beside it on a low screen."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton, QWidget

from counter.acts import ActKind
from tests.ui.conftest import KEYS, Office
from tests.ui.test_act_forms import at_dossiers
from tests.ui.test_receive_journey import receive

__all__ = ["at_dossiers"]


def test_the_arrows_choose_a_dossier_while_the_field_keeps_the_keyboard(office: Office) -> None:
    receive(office)
    office.press(KEYS.Key_F10)
    receive(office)
    office.press(KEYS.Key_F4)
    office.settle()
    page = office.window.dossiers
    codes = [line.code for line in page._model.lines]
    seen = [page.detail.code]

    for key in (KEYS.Key_Down, KEYS.Key_Down, KEYS.Key_Up):
        office.press(key)
        office.settle()
        seen.append(page.detail.code)

    assert len(codes) == 2
    assert seen == [codes[0], codes[1], codes[1], codes[0]]
    assert page.field.hasFocus()


def place(page: QWidget, button: QPushButton) -> tuple[int, int]:
    top = button.mapTo(page, QPoint(0, 0)).y()
    return top, top + button.height()


def test_no_button_hides_another_under_a_notice_on_a_low_screen(at_dossiers: Office) -> None:
    window, page = at_dossiers.window, at_dossiers.window.dossiers
    at_dossiers.desk.can = (ActKind.RETURN_RESULT, ActKind.MOVE)
    code = page.detail.code
    view = replace(at_dossiers.desk.views[code], receipts=("1/2026-Q01/PT",))
    at_dossiers.desk.views[code] = view
    window.resize(window.minimumSize())
    window.notice.say("good", "Nhận kết quả về quầy", "H55.242")
    page.search()
    at_dossiers.settle()
    at_dossiers.settle()
    detail = page.detail
    shown = (detail.files, detail.acts.next, detail.acts.more, detail.reprint, detail.receipt)

    places = [place(page, button) for button in shown]

    assert all(button.isVisible() for button in shown)
    assert all(button.height() >= button.sizeHint().height() for button in shown)
    assert all(above[1] <= below[0] for above, below in pairwise(places)), places
    assert places[-1][1] <= page.height()
