"""How to reach the person, how many sets there are, and a note."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from counter.errors import BadPhone
from counter.values import tidy_phone, tidy_text
from ui.officer.acts.fields import MOST_SIGNS
from ui.parts.count_box import CountBox
from ui.parts.line import Line
from ui.parts.words import set_look, words

MOST_SETS = 99
MOST_NOTE = 1000
"""The portal takes twice as many signs; the receipt prints them all."""


class ContactFields(QWidget):
    """Telephone, e-mail, note and number of sets in one row.

    Signals:
        said: Nothing; telephone or e-mail was typed.
    """

    said = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phone = self._field("phone", self.tr("Điện thoại"))
        self._phone.textEdited.connect(self._on_phone)
        self._email = self._field("email", self.tr("Thư điện tử"))
        self._typed: set[QLineEdit] = set()
        self._email.textEdited.connect(self._on_email)
        self._note = self._field("note", self.tr("Ghi chú"), MOST_NOTE)
        self._sets = CountBox("sets", self.tr("Số bộ"), 1, MOST_SETS)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        fields: tuple[tuple[QWidget, int], ...] = (
            (self._phone, 4),
            (self._email, 4),
            (self._note, 4),
            (self._sets, 0),
        )
        for column, (field, share) in enumerate(fields):
            caption = words(field.accessibleName(), "caption")
            caption.setBuddy(field)
            grid.addWidget(caption, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, share)
        self.setFocusProxy(self._phone)

    @property
    def is_touched(self) -> bool:
        """Whether anything was typed."""
        return any(f.text().strip() for f in (self._phone, self._email, self._note))

    @property
    def email(self) -> str | None:
        """The address, None when empty."""
        return tidy_text(self._email.text()) or None

    @property
    def note(self) -> str | None:
        """The note, None when empty."""
        return tidy_text(self._note.text()) or None

    @property
    def sets(self) -> int:
        """How many sets the dossier has."""
        return self._sets.value()

    def phone(self) -> str | None:
        """Return the telephone number, None when empty.

        Raises:
            BadPhone: It is none; the field is marked and takes the keyboard.
        """
        try:
            return tidy_phone(self._phone.text())
        except BadPhone:
            set_look(self._phone, wrong="true")
            self._phone.setFocus()
            raise

    def told(self) -> tuple[str | None, str | None]:
        """Return telephone and e-mail as far as the officer typed them whole."""
        try:
            phone = tidy_phone(self._phone.text()) if self._phone in self._typed else None
        except BadPhone:
            phone = None
        return phone, self.email if self._email in self._typed else None

    def offer(self, phone: str, email: str) -> None:
        """Show what is known from elsewhere, where the officer typed nothing."""
        for field, text in ((self._phone, phone), (self._email, email)):
            if field not in self._typed and field.text() != text:
                field.setText(text)

    def fill(self, phone: str | None, email: str | None, *, note: str = "", sets: int = 1) -> None:
        """Begin from what is known."""
        self._phone.setText(phone or "")
        self._email.setText(email or "")
        self._note.setText(note)
        self._sets.setValue(sets)
        self._typed = {field for field in (self._phone, self._email) if field.text()}

    def begin_another(self) -> None:
        """Keep how to reach the person; note and sets are the next dossier's own."""
        self._note.clear()
        self._sets.setValue(1)

    @property
    def phone_typed(self) -> str:
        """The telephone number as it stands here, unchecked."""
        return self._phone.text()

    def clear(self) -> None:
        """Forget everything typed."""
        for field in (self._phone, self._email, self._note):
            field.clear()
            set_look(field, wrong="")
        self._typed = set()
        self._sets.setValue(1)

    def _field(self, name: str, label: str, most: int = MOST_SIGNS) -> QLineEdit:
        field = Line()
        field.setObjectName(name)
        field.setAccessibleName(label)
        field.setMaxLength(most)
        return field

    @Slot()
    def _on_phone(self) -> None:
        set_look(self._phone, wrong="")
        self._typed.add(self._phone)
        self.said.emit()

    @Slot()
    def _on_email(self) -> None:
        self._typed.add(self._email)
        self.said.emit()
