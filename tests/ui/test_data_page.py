"""The page of the desk's data: nothing goes out before somebody has looked at the card."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QPushButton, QTableView

from counter.acts import ActKind
from counter.citizen_data import Citizen, Named, OfDossier
from counter.values import PartialDate
from tests.ui.citizens import brought
from tests.ui.conftest import ALT, KEYS, Office

NUMBER = "001199012345"


def open_page(office: Office) -> None:
    office.window.open_further("data")
    office.settle()


def fill(office: Office, *, checked: bool, number: str = NUMBER) -> QPushButton:
    line, box, save = (office.find(f"data_{name}") for name in ("number", "checked", "save"))
    assert isinstance(line, QLineEdit)
    assert isinstance(box, QCheckBox)
    assert isinstance(save, QPushButton)
    line.setText(number)
    box.setChecked(checked)
    return save


def test_a_citizens_data_goes_into_the_file_that_was_chosen(office: Office, tmp_path: Path) -> None:
    open_page(office)
    fill(office, checked=True).click()
    dialog = office.find("data_path")
    assert isinstance(dialog, QFileDialog)

    dialog.fileSelected.emit(str(tmp_path / "ban-giao.json"))
    dialog.close()
    office.settle()

    line = office.find("data_number")
    assert isinstance(line, QLineEdit)
    assert office.desk.kept_data.exported == [(NUMBER, tmp_path / "ban-giao.json")]
    assert "ban-giao.json" in office.find("data_said").accessibleName()
    assert line.text() == ""


def test_nothing_goes_out_before_the_card_was_looked_at(office: Office) -> None:
    open_page(office)

    assert not fill(office, checked=False).isEnabled()
    assert not fill(office, checked=True, number="0011").isEnabled()
    assert fill(office, checked=True).isEnabled()


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("h55.242-261123-0001", OfDossier("H55.242-261123-0001")),
        ("Sùng Thị Mẩy, 3/1947", Named("Sùng Thị Mẩy", PartialDate(1947, 3))),
    ],
)
def test_somebody_without_a_number_is_named_by_dossier_or_by_name_and_day(
    office: Office, typed: str, wanted: Citizen
) -> None:
    open_page(office)
    fill(office, checked=True, number=typed)

    office.press(KEYS.Key_I, ALT)
    office.settle()

    assert office.desk.kept_data.asked_for == [wanted]
    assert len(office.desk.kept_data.printed) == 1


def test_a_name_without_a_day_that_is_one_is_refused_with_words(office: Office) -> None:
    open_page(office)
    fill(office, checked=True, number="Sùng Thị Mẩy, hôm nào")

    office.press(KEYS.Key_I, ALT)
    office.settle()

    assert office.desk.kept_data.asked_for == []
    assert "ngày/tháng/năm" in office.find("data_said").accessibleName()


def test_the_dossier_that_names_a_citizen_is_opened_to_be_put_right(office: Office) -> None:
    receive(office)
    code = office.desk.lines[-1].code
    office.desk.can = (ActKind.CORRECT,)
    open_page(office)
    fill(office, checked=True, number=code)

    office.press(KEYS.Key_C, ALT)
    office.settle()

    form = office.window.dossiers_talk.acts.form
    assert form is not None
    assert form.kind is ActKind.CORRECT
    form.reject()


def test_a_new_key_is_asked_for_and_it_is_said_when_it_comes(office: Office) -> None:
    open_page(office)
    key = office.find("data_key")
    assert isinstance(key, QPushButton)

    key.click()
    office.settle()

    assert office.desk.kept_data.keys_asked == 1
    assert "Lần mở" in office.find("data_said").accessibleName()


def test_the_number_is_forgotten_when_the_page_is_left(office: Office) -> None:
    open_page(office)
    fill(office, checked=True)

    office.press(KEYS.Key_F2)
    office.settle()

    line, box = office.find("data_number"), office.find("data_checked")
    assert isinstance(line, QLineEdit)
    assert isinstance(box, QCheckBox)
    assert (line.text(), box.isChecked()) == ("", False)


def receive(office: Office) -> None:
    """Let the desk keep one more dossier of the citizen."""
    office.desk.receive(brought(NUMBER, office.desk.moment))


def button(office: Office, name: str) -> QPushButton:
    found = office.find(name)
    assert isinstance(found, QPushButton)
    return found


def test_everything_kept_is_printed_with_one_key(office: Office) -> None:
    open_page(office)
    fill(office, checked=True)

    office.press(KEYS.Key_I, ALT)
    office.settle()

    (facts,) = office.desk.kept_data.printed
    assert facts.citizen == NUMBER
    assert [job.name for job in office.hands.jobs] == ["person_261123"]
    assert "máy in" in office.find("data_said").accessibleName()


def test_a_name_that_ends_as_a_pdf_gets_the_paper(office: Office, tmp_path: Path) -> None:
    open_page(office)
    fill(office, checked=True).click()
    dialog = office.find("data_path")
    assert isinstance(dialog, QFileDialog)

    dialog.fileSelected.emit(str(tmp_path / "ban-giao.pdf"))
    dialog.close()
    office.settle()

    assert [path.name for _, path in office.hands.saved] == ["ban-giao.pdf"]
    assert office.desk.kept_data.exported == []


def test_the_one_dossier_of_a_citizen_is_opened_to_be_put_right(office: Office) -> None:
    receive(office)
    office.desk.can = (ActKind.CORRECT,)
    open_page(office)
    fill(office, checked=True)

    office.press(KEYS.Key_C, ALT)
    office.settle()

    form = office.window.dossiers_talk.acts.form
    assert form is not None
    assert form.kind is ActKind.CORRECT
    form.reject()


def test_of_several_dossiers_one_is_chosen(office: Office) -> None:
    receive(office)
    receive(office)
    office.desk.can = (ActKind.CORRECT,)
    open_page(office)
    fill(office, checked=True)

    button(office, "data_correct").click()
    office.settle()

    table = office.find("data_dossiers")
    assert isinstance(table, QTableView)
    assert table.isVisible()
    assert table.model().rowCount() == 2

    office.press(KEYS.Key_Return)
    office.settle()

    form = office.window.dossiers_talk.acts.form
    assert form is not None
    form.reject()


def test_a_dossier_that_cannot_be_put_right_says_so(office: Office) -> None:
    receive(office)
    office.desk.can = (ActKind.MOVE,)
    open_page(office)
    fill(office, checked=True)

    button(office, "data_correct").click()
    office.settle()

    assert office.window.dossiers_talk.acts.form is None
    assert "không đính chính" in office.window.notice.text


def test_nothing_is_printed_or_put_right_before_the_card_was_looked_at(office: Office) -> None:
    open_page(office)
    fill(office, checked=False)

    office.press(KEYS.Key_I, ALT)
    office.press(KEYS.Key_C, ALT)
    office.settle()

    assert not button(office, "data_print").isEnabled()
    assert not button(office, "data_correct").isEnabled()
    assert office.hands.jobs == []
