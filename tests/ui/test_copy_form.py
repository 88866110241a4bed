"""A dossier of another system is copied there field by field, one key each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from tests.ui.conftest import CONTROL, KEYS, Office
from tests.ui.test_act_forms import at_dossiers  # noqa: F401 - an office with one dossier
from ui.officer.copy_form import CopyForm

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def copying(at_dossiers: Office) -> CopyForm:  # noqa: F811
    office = at_dossiers
    office.desk.lines = [replace(line, system="Hệ thống mẫu") for line in office.desk.lines]
    office.window.dossiers.search()
    office.settle()
    office.settle()
    office.press(KEYS.Key_C, CONTROL | SHIFT)
    office.settle()
    found = office.window.findChild(CopyForm, "copy_form")
    assert isinstance(found, CopyForm)
    office.bot.waitUntil(found.isActiveWindow)
    return found


def test_enter_copies_one_field_after_the_other(at_dossiers: Office, copying: CopyForm) -> None:  # noqa: F811
    copied = []
    for _ in range(2):
        at_dossiers.bot.keyClick(copying.table, KEYS.Key_Return)
        copied.append(QGuiApplication.clipboard().text())

    line = at_dossiers.desk.lines[0]
    assert copied == [line.applicant_name.upper(), line.procedure_name]


def test_the_code_is_kept_and_the_clipboard_left_empty(
    at_dossiers: Office,  # noqa: F811
    copying: CopyForm,
) -> None:
    copying.copy()
    field = copying.findChild(QLineEdit, "copy_code")
    assert isinstance(field, QLineEdit)
    field.setText("G01-7")
    at_dossiers.bot.keyClick(field, KEYS.Key_Return, CONTROL)
    at_dossiers.settle()

    assert at_dossiers.desk.lines[0].system_code == "G01-7"
    assert QGuiApplication.clipboard().text() == ""


def test_an_empty_code_is_refused_with_words(at_dossiers: Office, copying: CopyForm) -> None:  # noqa: F811
    copying.go()
    at_dossiers.settle()

    assert "Chưa có mã hồ sơ của hệ thống kia" in at_dossiers.everything_shown()
    assert copying.isVisible()


def test_a_dossier_of_this_desk_offers_no_copying(at_dossiers: Office) -> None:  # noqa: F811
    assert not at_dossiers.window.dossiers.detail.copy.isVisible()
