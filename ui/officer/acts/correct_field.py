"""Whose dossier it is and who brought it, as keyed, to be put right field by field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from counter.acts import Brought, Relation
from counter.disputes import masked
from counter.errors import Refused
from counter.values import (
    CitizenNumber,
    PartialDate,
    Sex,
    tidy_name,
    tidy_phone,
    tidy_text,
)
from ui import states
from ui.officer.acts.fields import line
from ui.parts.words import set_look, words
from ui.said import said

if TYPE_CHECKING:
    from counter.parties import Submitter
    from counter.work import Applicant

T = TypeVar("T")


class HiddenLine(QLineEdit, Generic[T]):
    """A number of a person whose middle stays hidden; typing a whole one takes its place."""

    def __init__(self, name: str, label: str, kept: T | None, shown: str) -> None:
        super().__init__(shown)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setToolTip(_tr("Giữ nguyên nếu số đúng; số sai thì gõ cả số mới."))
        self._kept, self._shown = kept, shown

    def read(self, text: str, parse: Callable[[str], T | None]) -> T | None:
        """Return the number that *text* means: the one kept, a new one, or none.

        Raises:
            BadCitizenNumber, BadPhone: As *parse* says of what is neither.
        """
        if self._kept is not None and text == self._shown:
            return self._kept
        return parse(text) if text else None


def _number_line(name: str, label: str, number: CitizenNumber | None) -> HiddenLine[CitizenNumber]:
    return HiddenLine(name, label, number, number.masked if number else "")


def _phone_line(name: str, phone: str | None) -> HiddenLine[str]:
    return HiddenLine(name, _tr("Điện thoại"), phone, masked(phone or ""))


class CorrectField:
    """Rows of a form: what names and reaches the applicant, and who brought the dossier."""

    def __init__(self, person: Applicant, brought: Submitter | None, form: QFormLayout) -> None:
        self._person = person
        by = brought.person if brought else None
        self.name = line("correct_name", _tr("Họ và tên"), person.full_name)
        self.number = _number_line("correct_number", _tr("Số định danh"), person.number)
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
        self.phone = _phone_line("correct_phone", person.phone)
        self.email = line("correct_email", _tr("Thư điện tử"), person.email or "")
        self.relation = QComboBox()
        self.relation.setObjectName("correct_relation")
        self.relation.setAccessibleName(_tr("Người nộp là"))
        for relation in Relation:
            self.relation.addItem(said(states.RELATIONS[relation]), relation)
        was = brought.relation if brought else Relation.SELF
        self.relation.setCurrentIndex(self.relation.findData(was))
        self.relation.currentIndexChanged.connect(self._on_relation)
        self.by_name = line("correct_by_name", _tr("Họ tên"), by.full_name if by else "")
        by_number = by.number if by else None
        self.by_number = _number_line("correct_by_number", _tr("Định danh người nộp"), by_number)
        self.by_phone = _phone_line("correct_by_phone", by.phone if by else None)
        right = brought.authorisation if brought else ""
        self.right = line("correct_authorisation", _tr("Giấy ủy quyền"), right)
        rows: tuple[tuple[QWidget, ...], ...] = (
            (self.name, self.number),
            (self.born, self.sex, self.phone),
            (self.address, self.email),
            (self.relation, self.by_name, self.by_phone),
            (self.by_number, self.right),
        )
        for first, *beside in rows:
            form.addRow(first.accessibleName(), _beside(first, *beside))
        self._on_relation()

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
            number=_hidden(self.number, CitizenNumber.parse),
            birth_date=_checked(self.born, lambda t: PartialDate.parse(t) if t else None),
            sex=Sex(sex) if sex else None,
            address=tidy_text(self.address.text()) or None,
            phone=_hidden(self.phone, tidy_phone),
            email=tidy_text(self.email.text()) or None,
            source=was.source,
            verdict=was.verdict,
            issued_on=was.issued_on,
        )

    def brought(self) -> Brought:
        """Return who brought the dossier as typed.

        Raises:
            BadName, BadCitizenNumber, BadPhone: The field is marked and has the keyboard.
            SubmitterUnproven: Somebody authorised, without the paper.
        """
        from counter.parties import Submitter
        from counter.work import Applicant, IdentitySource

        relation = Relation(self.relation.currentData())
        if relation is Relation.SELF:
            return Brought(None)
        person = Applicant(
            full_name=_checked(self.by_name, tidy_name),
            number=_hidden(self.by_number, CitizenNumber.parse),
            birth_date=None,
            sex=None,
            address=None,
            phone=_hidden(self.by_phone, tidy_phone),
            email=None,
            source=IdentitySource.MANUAL,
            verdict=None,
        )
        return Brought(Submitter(person, relation, tidy_text(self.right.text())))

    def _on_relation(self) -> None:
        """Ask nothing of somebody else where the applicant came in person."""
        is_other = self.relation.currentData() != Relation.SELF
        for field in (self.by_name, self.by_number, self.by_phone, self.right):
            field.setEnabled(is_other)


def _beside(first: QWidget, *others: QWidget) -> QHBoxLayout:
    """Return fields of one row, each after the first with its name before it."""
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(first, 1)
    for field in others:
        row.addWidget(words(field.accessibleName(), "caption"))
        row.addWidget(field, 1)
    return row


def _hidden(field: HiddenLine[T], parse: Callable[[str], T | None]) -> T | None:
    return _checked(field, lambda text: field.read(text, parse))


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
