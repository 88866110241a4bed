"""The applicant as keyed, to be put right field by field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from counter.errors import Refused
from counter.values import (
    CitizenNumber,
    PartialDate,
    Sex,
    tidy_name,
    tidy_phone,
    tidy_text,
)
from ui.officer.acts.fields import line
from ui.parts.words import set_look, words

if TYPE_CHECKING:
    from counter.work import Applicant

T = TypeVar("T")


class CorrectField:
    """Rows of a form: name, number, birth date, sex, address, telephone and e-mail."""

    def __init__(self, person: Applicant, form: QFormLayout) -> None:
        self._person = person
        self.name = line("correct_name", _tr("Họ và tên"), person.full_name)
        number = person.number.digits if person.number else ""
        self.number = line("correct_number", _tr("Số định danh"), number)
        born = person.birth_date.written if person.birth_date else ""
        self.born = line("correct_born", _tr("Ngày sinh"), born)
        self.sex = QComboBox()
        self.sex.setObjectName("correct_sex")
        self.sex.setAccessibleName(_tr("Giới tính"))
        self.sex.addItem(_tr("Chưa chọn"), None)
        for sex in Sex:
            self.sex.addItem(sex.value, sex)
        self.sex.setCurrentIndex(max(0, self.sex.findData(person.sex)))
        self.address = line("correct_address", _tr("Nơi cư trú"), person.address or "")
        self.phone = line("correct_phone", _tr("Điện thoại"), person.phone or "")
        self.email = line("correct_email", _tr("Thư điện tử"), person.email or "")
        rows: tuple[tuple[QWidget, ...], ...] = (
            (self.name,),
            (self.number,),
            (self.born, self.sex),
            (self.address,),
            (self.phone, self.email),
        )
        for first, *beside in rows:
            form.addRow(first.accessibleName(), _beside(first, *beside))

    def person(self) -> Applicant:
        """Return the applicant as typed.

        Raises:
            BadName, BadCitizenNumber, BadDate, BadPhone: The field is marked and has the keyboard.
        """
        from counter.work import Applicant

        was = self._person
        sex = self.sex.currentData()
        return Applicant(
            full_name=_checked(self.name, tidy_name),
            number=_checked(self.number, lambda t: CitizenNumber.parse(t) if t else None),
            birth_date=_checked(self.born, lambda t: PartialDate.parse(t) if t else None),
            sex=Sex(sex) if sex else None,
            address=tidy_text(self.address.text()) or None,
            phone=_checked(self.phone, tidy_phone),
            email=tidy_text(self.email.text()) or None,
            source=was.source,
            verdict=was.verdict,
            issued_on=was.issued_on,
        )


def _beside(first: QWidget, *others: QWidget) -> QHBoxLayout:
    """Return fields of one row, each after the first with its name before it."""
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(first, 1)
    for field in others:
        row.addWidget(words(field.accessibleName(), "caption"))
        row.addWidget(field, 1)
    return row


def _checked(field: QLineEdit, parse: Callable[[str], T]) -> T:
    try:
        value = parse(field.text().strip())
    except Refused:
        set_look(field, wrong="true")
        field.setFocus()
        raise
    set_look(field, wrong="false")
    return value


def _tr(text: str) -> str:
    return QCoreApplication.translate("CorrectField", text)
