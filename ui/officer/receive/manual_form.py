"""A person's data typed by hand, clearly marked as unproven."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from counter.errors import Refused
from counter.values import CitizenNumber, PartialDate, Sex, tidy_name, tidy_text
from counter.visits import PersonTyped
from counter.work import Applicant, IdentitySource
from ui.officer.acts.fields import MOST_SIGNS
from ui.officer.receive.document_fields import DocumentFields
from ui.parts.badge import Badge
from ui.parts.line import Line
from ui.parts.scrolled import scrolled
from ui.parts.words import set_look, words

T = TypeVar("T")


class ManualForm(QWidget):
    """Name, number or another paper, birth date, sex and address.

    Args:
        name: Begins the names of the fields.
        is_alone: It stands on the page, with what its words mean and the way back to the card.

    Signals:
        changed: Nothing.
        again: Nothing; the officer wants to use a card after all.
    """

    changed = Signal()
    again = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, name: str = "manual", is_alone: bool = True
    ) -> None:
        super().__init__(parent)
        self.name = self._field(f"{name}_name", self.tr("Họ và tên"))
        self.number = self._field(f"{name}_number", self.tr("Số định danh"))
        self.number.setPlaceholderText(self.tr("12 số; để trống nếu không có"))
        self.born = self._field(f"{name}_born", self.tr("Ngày sinh"))
        self.born.setPlaceholderText(self.tr("31/01/1999 hoặc chỉ năm 1950"))
        self.address = self._field(f"{name}_address", self.tr("Nơi cư trú"))
        self.sex = QComboBox()
        self.sex.setObjectName(f"{name}_sex")
        self.sex.setAccessibleName(self.tr("Giới tính"))
        self.sex.addItem(self.tr("Chưa chọn"), None)
        for sex in Sex:
            self.sex.addItem(sex.value, sex)
        self.sex.currentIndexChanged.connect(self.changed)
        self.document = DocumentFields(name)
        self.document.changed.connect(self.changed)
        badge = Badge()
        badge.say("warn", self.tr("CHƯA XÁC THỰC – nhập tay"))
        back = QPushButton(self.tr("Dùng thẻ (Ctrl+D)"))
        back.setObjectName("use_card")
        back.setProperty("role", "quiet")
        back.setAccessibleName(self.tr("Quay lại đọc thẻ"))
        back.clicked.connect(self.again)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for caption, field in (
            (self.tr("Họ và tên (bắt buộc)"), self.name),
            (self.tr("Số định danh"), self.number),
            (self.tr("Ngày sinh"), self.born),
            (self.tr("Nơi cư trú"), self.address),
            (self.tr("Giới tính"), self.sex),
            (self.tr("Giấy tờ khác, khi không có số định danh"), self.document),
        ):
            column.addSpacing(2)
            column.addWidget(words(caption, "caption"))
            column.addWidget(field)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3)
        whole.addWidget(badge)
        whole.addWidget(scrolled(sheet) if is_alone else sheet, 1)
        whole.addWidget(back)
        for part in (badge, back):
            part.setVisible(is_alone)
        order = (
            *(self.name, self.number, self.born, self.address, self.sex),
            *(self.document.kind, self.document.number, self.document.country),
        )
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def is_empty(self) -> bool:
        """Tell whether nothing was typed."""
        fields = (self.name, self.number, self.born, self.address, self.document.number)
        return not any(field.text().strip() for field in fields)

    def clear(self) -> None:
        """Forget what was typed."""
        for field in (self.name, self.number, self.born, self.address):
            field.clear()
            set_look(field, wrong="false")
        self.sex.setCurrentIndex(0)
        self.document.clear()

    def fill(self, person: Applicant) -> None:
        """Begin from what is known of *person*."""
        self.name.setText(person.full_name)
        self.number.setText(person.number.digits if person.number else "")
        self.born.setText(person.birth_date.written if person.birth_date else "")
        self.address.setText(person.address or "")
        self.sex.setCurrentIndex(max(0, self.sex.findData(person.sex)))
        self.document.fill(person.document, person.nationality)
        self.changed.emit()

    def so_far(self, phone: str | None, email: str | None) -> Applicant | None:
        """Return the person as far as typed; what cannot be right yet is left out."""
        name = _right(tidy_name, self.name.text())
        if name is None:
            return None
        sex = self.sex.currentData()
        return Applicant(
            full_name=name,
            number=_right(CitizenNumber.parse, self.number.text().strip()),
            birth_date=_right(PartialDate.parse, self.born.text().strip()),
            sex=Sex(sex) if sex else None,
            address=tidy_text(self.address.text()) or None,
            phone=phone,
            email=email,
            source=IdentitySource.MANUAL,
            verdict=None,
            document=self.document.so_far(),
            nationality=self.document.nationality,
        )

    def typed(self) -> PersonTyped:
        """Return the person as it stands here, unchecked."""
        sex = self.sex.currentData()
        return PersonTyped(
            full_name=self.name.text(),
            number=self.number.text(),
            birth_date=self.born.text(),
            sex=Sex(sex).value if sex else "",
            address=self.address.text(),
            document_kind=self.document.kind.currentData() or "",
            document=self.document.number.text(),
            nationality=self.document.country.text(),
        )

    def put(self, person: PersonTyped) -> None:
        """Let *person* stand here as typed before."""
        for field, told in (
            (self.name, person.full_name),
            (self.number, person.number),
            (self.born, person.birth_date),
            (self.address, person.address),
        ):
            field.setText(told)
        self.sex.setCurrentIndex(max(0, self.sex.findText(person.sex)))
        self.document.put(person.document_kind, person.document, person.nationality)
        self.changed.emit()

    def applicant(self, phone: str | None, email: str | None) -> Applicant:
        """Return the person as typed.

        Raises:
            BadName, BadCitizenNumber, BadDate, BadDocument: The field is marked and takes the
                keyboard.
        """
        name = self._checked(self.name, tidy_name)
        number = self._checked(self.number, lambda t: CitizenNumber.parse(t) if t else None)
        born = self._checked(self.born, lambda t: PartialDate.parse(t) if t else None)
        document = self.document.document()
        sex = self.sex.currentData()
        return Applicant(
            full_name=name,
            number=number,
            birth_date=born,
            sex=Sex(sex) if sex else None,
            address=tidy_text(self.address.text()) or None,
            phone=phone,
            email=email,
            source=IdentitySource.MANUAL,
            verdict=None,
            document=document,
            nationality=self.document.nationality,
        )

    def _checked(self, field: QLineEdit, parse: Callable[[str], T]) -> T:
        try:
            value = parse(field.text().strip())
        except Refused:
            set_look(field, wrong="true")
            field.setFocus()
            raise
        set_look(field, wrong="false")
        return value

    def _field(self, name: str, caption: str) -> QLineEdit:
        field = Line()
        field.setObjectName(name)
        field.setAccessibleName(caption)
        field.setMaxLength(MOST_SIGNS)
        field.textEdited.connect(self.changed)
        return field


def _right(parse: Callable[[str], T], text: str) -> T | None:
    try:
        return parse(text)
    except Refused:
        return None
