"""The files of a dossier, in the officer's window, worked from the keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from counter.scans import FileLine, FileStanding
from tests.ui.conftest import CONTROL, KEYS, Office
from tests.ui.test_act_forms import at_dossiers
from ui.officer.files_form import FilesForm

__all__ = ["at_dossiers"]

COMING = FileLine("a" * 64, "ket-qua.pdf", 301_000, True, None, FileStanding.COMING, False)
HERE = FileLine("b" * 64, "to-khai.pdf", 88_000, False, None, FileStanding.SETTLED, True)
REFUSED = replace(HERE, sha256="c" * 64, standing=FileStanding.REFUSED)


@pytest.fixture
def form(at_dossiers: Office) -> FilesForm:
    """The form of a dossier with a file of each kind."""
    office = at_dossiers
    office.desk.views = {
        code: replace(view, files=(COMING, HERE, REFUSED))
        for code, view in office.desk.views.items()
    }
    office.window.dossiers.search()
    office.settle()
    office.settle()
    office.press(KEYS.Key_F, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    found = office.window.dossiers_talk.files.form
    assert found is not None
    return found


def test_each_file_says_how_it_stands_and_only_one_that_is_here_can_be_saved(
    form: FilesForm,
) -> None:
    table = form.findChild(QTableView, "files_list")
    assert isinstance(table, QTableView)
    words = [table.model().index(row, 3).data() for row in range(3)]
    may = []
    for row in range(3):
        table.selectRow(row)
        may.append(form.save.isEnabled())

    assert words == ["Đang chờ tải về", "Có ở quầy và ở cổng", "Không chuyển được"]
    assert may == [False, True, True]
    assert form.again.isEnabled()


def test_a_file_is_attached_to_the_chosen_paper_and_the_courier_is_told(
    at_dossiers: Office, form: FilesForm, tmp_path: Path
) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.7")

    at_dossiers.window.dossiers_talk.files.attach(1, path)
    at_dossiers.settle()

    assert [(paper, judged.content) for paper, judged in at_dossiers.desk.attached] == [
        (1, b"%PDF-1.7")
    ]
    assert at_dossiers.hands.woken == 1


def test_a_file_is_saved_where_the_officer_says(
    at_dossiers: Office, form: FilesForm, tmp_path: Path
) -> None:
    at_dossiers.window.dossiers_talk.files.save(HERE, tmp_path / "out.pdf")
    at_dossiers.settle()

    assert (tmp_path / "out.pdf").read_text(encoding="ascii") == HERE.sha256


def test_what_a_sister_desk_scanned_is_fetched_with_one_key(
    at_dossiers: Office, form: FilesForm
) -> None:
    before = form.fetch.isHidden()
    listed = replace(COMING, sha256="d" * 64, standing=FileStanding.ELSEWHERE)
    talk = at_dossiers.window.dossiers_talk.files
    assert talk._view is not None
    form.show_dossier(replace(talk._view, files=(listed,)))
    shown = not form.fetch.isHidden()
    savable = form.save.isEnabled()

    form.fetch.click()
    at_dossiers.settle()

    assert (before, shown, savable) == (True, True, False)
    assert at_dossiers.desk.fetched == 1
    assert at_dossiers.hands.sent == 1
