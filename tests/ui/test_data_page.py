"""The page of the desk's data: nothing goes out before somebody has looked at the card."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QPushButton

from tests.ui.conftest import KEYS, Office

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
