"""One page of the setting-up: captions, fields, what each is for, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.parts.line import Line
from ui.parts.section import Section
from ui.parts.words import words

Entry = QLineEdit | QComboBox


class SetupPage(QWidget):
    """Takes the answers of one page; what they are worth is decided elsewhere.

    Signals:
        entered: Nothing; Enter was pressed in a field.
    """

    entered = Signal()

    def __init__(self, title: str, lead: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[str, Entry] = {}
        self._wrong: dict[str, QLabel] = {}
        self._keys: dict[str, str] = {}
        self.card = Section(title)
        self.card.body.addWidget(words(lead, "caption", wrap=True))
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(3)
        self.card.body.addLayout(self._grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        column.addStretch(1)

    def line(
        self, name: str, caption: str, hint: str = "", *, key: str = "", secret: bool = False
    ) -> QLineEdit:
        """Add a field; *key* is the setting it answers for."""
        entry = Line()
        if secret:
            entry.setEchoMode(QLineEdit.EchoMode.Password)
        entry.returnPressed.connect(self.entered)
        self._add(name, caption, hint, entry, key)
        return entry

    def choice(
        self,
        name: str,
        caption: str,
        hint: str = "",
        *,
        key: str = "",
        choices: tuple[tuple[str, str], ...] = (),
        typed: bool = False,
    ) -> QComboBox:
        """Add a list of value and words; with *typed* something else may be written."""
        entry = QComboBox()
        entry.setEditable(typed)
        for value, text in choices:
            entry.addItem(text, value)
        self._add(name, caption, hint, entry, key)
        return entry

    def offer(self, name: str, found: tuple[str, ...]) -> None:
        """Let a list that may be written into offer what was found; what stands there stays."""
        entry = self._entries[name]
        if isinstance(entry, QComboBox):
            kept = entry.currentText()
            first = entry.itemText(0)
            entry.clear()
            entry.addItem(first, "")
            for one in found:
                entry.addItem(one, one)
            entry.setCurrentText(kept)

    def fill(self, answers: dict[str, str]) -> None:
        """Show what was answered before."""
        for name, entry in self._entries.items():
            value = answers.get(name)
            if value is None:
                continue
            if isinstance(entry, QLineEdit):
                entry.setText(value)
                entry.setCursorPosition(0)
                continue
            place = entry.findData(value)
            if place >= 0:
                entry.setCurrentIndex(place)
            elif value:
                entry.setCurrentText(value)

    def read(self) -> dict[str, str]:
        """Return what stands in the fields."""
        return {name: _text_of(entry) for name, entry in self._entries.items()}

    def mark(self, mistakes: tuple[str, ...]) -> str:
        """Say below each field what is wrong with it; return what belongs to none of them."""
        rest = []
        said: dict[str, str] = {}
        for mistake in mistakes:
            key, _, what = mistake.partition(": ")
            name = self._keys.get(key) or self._keys.get(key.rsplit(".", 1)[0], "")
            if name:
                said[name] = f"{what[:1].upper()}{what[1:]}."
            else:
                rest.append(mistake)
        for name, below in self._wrong.items():
            below.setText(said.get(name, ""))
            below.setVisible(name in said)
        for name in self._entries:
            if name in said:
                self._entries[name].setFocus()
                break
        return "\n".join(rest)

    def point(self, name: str) -> None:
        """Give the keyboard to one field."""
        self._entries[name].setFocus()

    def entries(self) -> tuple[Entry, ...]:
        """Return the fields, in order."""
        return tuple(self._entries.values())

    @Slot()
    def focus(self) -> None:
        """Give the keyboard to the first field that is empty, or to the first."""
        shown = [entry for entry in self._entries.values() if entry.isVisibleTo(self)]
        empty = [entry for entry in shown if not _text_of(entry)]
        for entry in (*empty, *shown)[:1]:
            entry.setFocus()

    def _add(self, name: str, caption: str, hint: str, entry: Entry, key: str) -> None:
        entry.setObjectName(name)
        entry.setAccessibleName(caption)
        label = words(caption, "strong")
        label.setBuddy(entry)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(entry, row, 1)
        below = row + 1
        wrong = words(tone="bad", role="wrong", wrap=True)
        wrong.hide()
        self._grid.addWidget(wrong, below, 1)
        if hint:
            self._grid.addWidget(words(hint, "caption", wrap=True), below + 1, 1)
            entry.setAccessibleDescription(hint)
        self._grid.setRowMinimumHeight(below + 2, 5)
        self._entries[name], self._wrong[name] = entry, wrong
        if key:
            self._keys[key] = name


def _text_of(entry: Entry) -> str:
    if isinstance(entry, QLineEdit):
        return entry.text()
    data = entry.currentData()
    if isinstance(data, str) and entry.currentText() == entry.itemText(entry.currentIndex()):
        return data
    return entry.currentText()
