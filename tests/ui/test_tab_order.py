"""The Tab key goes through a form as it is read: from top to bottom, from left to right."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from counter.acts import ActKind
from tests.ui.conftest import CONTROL, KEYS, Office
from tests.ui.test_act_forms import at_dossiers, begin
from tests.ui.test_receive_journey import lay_card
from ui.officer.people.form import PeopleForm

__all__ = ["at_dossiers"]

SHIFT = Qt.KeyboardModifier.ShiftModifier
ROW = 14
"""Fields whose middles are so many pixels apart stand side by side."""


def stops(form: QWidget) -> list[tuple[int, int, str]]:
    """Return middle, left and name of every field the Tab key stops at, in its order."""
    found = []
    here = form.nextInFocusChain()
    while here is not None and here is not form:
        takes_tab = here.focusPolicy() & Qt.FocusPolicy.TabFocus and here.focusProxy() is None
        if takes_tab and here.isEnabled() and here.isVisibleTo(form) and form.isAncestorOf(here):
            corner = here.mapTo(form, QPoint(0, 0))
            name = here.objectName() or type(here).__name__
            found.append((corner.y() + here.height() // 2, corner.x(), name))
        here = here.nextInFocusChain()
    return found


def jumps(form: QWidget) -> list[tuple[str, str]]:
    """Return the names of fields between which the Tab key goes back up or to the left."""
    found = []
    for (y, x, here), (below, right, after) in pairwise(stops(form)):
        if below < y - ROW or (abs(below - y) <= ROW and right < x):
            found.append((here, after))
    return found


@pytest.mark.parametrize("kind", ActKind)
def test_the_form_of_an_act_is_gone_through_as_it_is_read(
    at_dossiers: Office, kind: ActKind
) -> None:
    begin(at_dossiers, kind)
    form = at_dossiers.window.dossiers_talk.acts.form
    assert form is not None

    assert jumps(form) == []


def test_an_account_is_made_as_its_form_is_read(office: Office) -> None:
    form = PeopleForm(office.window)
    form.open()

    assert len(stops(form)) > 8
    assert jumps(form) == []
    form.close()


def test_whose_dossier_it_is_comes_before_what_is_known_of_them(office: Office) -> None:
    lay_card(office)
    office.press(KEYS.Key_N, CONTROL | SHIFT)
    office.settle()
    form = office.window.findChild(QDialog, "behalf_form")
    assert form is not None

    assert jumps(form) == []


def test_a_form_whose_fields_were_made_in_another_order_is_found_out(office: Office) -> None:
    form = QDialog(office.window)
    last, first = QLineEdit(form), QComboBox(form)
    last.setObjectName("last")
    first.setObjectName("first")
    column = QVBoxLayout(form)
    column.addWidget(first)
    column.addWidget(last)
    form.open()

    assert jumps(form) == [("last", "first")]
    form.close()
