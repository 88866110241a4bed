"""A paper other than a card: its kind, its number, and the country of a passport."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Signal, Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from counter.errors import BadDocument
from counter.parties import Document, DocumentKind
from ui import states
from ui.parts.line import Line
from ui.parts.words import set_look
from ui.said import said

COUNTRY_WIDTH = 56


class DocumentFields(QWidget):
    """For a foreigner, a child, or somebody with an old paper.

    Signals:
        changed: Nothing.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = QComboBox()
        self.kind.setObjectName(f"{name}_document_kind")
        self.kind.setAccessibleName(self.tr("Giấy tờ khác"))
        self.kind.addItem(self.tr("Không có"), None)
        for kind, word in states.DOCUMENTS.items():
            self.kind.addItem(said(word), kind)
        self.number = Line()
        self.number.setObjectName(f"{name}_document_number")
        self.number.setAccessibleName(self.tr("Số giấy tờ khác"))
        self.number.setPlaceholderText(self.tr("số"))
        self.country = Line()
        self.country.setObjectName(f"{name}_nationality")
        self.country.setAccessibleName(self.tr("Quốc tịch, hai chữ cái"))
        self.country.setToolTip(self.tr("Quốc tịch ghi bằng hai chữ cái, như LA, CN, US"))
        self.country.setPlaceholderText("LA")
        letters = QRegularExpression("[A-Za-z]{0,2}")
        self.country.setValidator(QRegularExpressionValidator(letters, self.country))
        self.country.setFixedWidth(COUNTRY_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.kind, 3)
        row.addWidget(self.number, 3)
        row.addWidget(self.country)
        self.kind.currentIndexChanged.connect(self._on_kind)
        for field in (self.number, self.country):
            field.textEdited.connect(self.changed)
        self._on_kind()

    @property
    def nationality(self) -> str:
        """Two letters, empty when it was not told."""
        text = self.country.text().upper()
        return text if self.country.isEnabled() and len(text) == 2 else ""

    def document(self) -> Document | None:
        """Return the paper, None when none is named.

        Raises:
            BadDocument: The number has another form; it is marked and takes the keyboard.
        """
        kind = self.kind.currentData()
        if kind is None:
            return None
        try:
            found = Document.parse(DocumentKind(kind), self.number.text())
        except BadDocument:
            set_look(self.number, wrong="true")
            self.number.setFocus()
            raise
        set_look(self.number, wrong="false")
        return found

    def so_far(self) -> Document | None:
        """Return the paper as far as it is whole, marking nothing."""
        kind = self.kind.currentData()
        try:
            return None if kind is None else Document.parse(DocumentKind(kind), self.number.text())
        except BadDocument:
            return None

    def fill(self, document: Document | None, nationality: str) -> None:
        """Begin from what is known."""
        if document is None:
            self.put("", "", nationality)
        else:
            self.put(document.kind.value, document.number, nationality)

    def put(self, kind: str, number: str, nationality: str) -> None:
        """Let a paper stand here as typed before, whole or not."""
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind or None)))
        self.number.setText(number)
        self.country.setText(nationality)

    def clear(self) -> None:
        """Forget what was typed."""
        self.fill(None, "")
        set_look(self.number, wrong="false")

    @Slot()
    def _on_kind(self) -> None:
        kind = self.kind.currentData()
        self.number.setEnabled(kind is not None)
        self.country.setEnabled(kind == DocumentKind.PASSPORT)
        self.changed.emit()
