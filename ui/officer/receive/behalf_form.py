"""Whose dossier somebody else brings: a person's or an organisation's, and by what right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from counter.acts import Relation
from counter.errors import Refused, SubmitterUnproven
from counter.parties import Organisation, TaxCode
from counter.values import tidy_text
from counter.work import Applicant, IdentitySource
from ui import states, texts
from ui.officer.acts.fields import line
from ui.officer.receive.manual_form import ManualForm
from ui.parts.badge import Badge
from ui.parts.keys import KeyButton, on_key
from ui.parts.stack import Stack
from ui.parts.words import set_look, words
from ui.said import said

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

WIDTH = 620


@dataclass(frozen=True, slots=True)
class Behalf:
    """Whose dossier it is, and what the one who brings it is to them."""

    applicant: Applicant
    relation: Relation
    authorisation: str


class OrganisationFields(QWidget):
    """Name, tax code, representative and address."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = line("behalf_organisation", self.tr("Tên tổ chức"))
        self.tax_code = line("behalf_tax_code", self.tr("Mã số thuế"))
        self.tax_code.setPlaceholderText(self.tr("10 chữ số, chi nhánh thêm 3 chữ số"))
        self.speaker = line("behalf_representative", self.tr("Người đại diện"))
        self.address = line("behalf_organisation_address", self.tr("Trụ sở"))
        form = QVBoxLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(3)
        for caption, field in (
            (self.tr("Tên tổ chức (bắt buộc)"), self.name),
            (self.tr("Mã số thuế (bắt buộc)"), self.tax_code),
            (self.tr("Người đại diện"), self.speaker),
            (self.tr("Trụ sở"), self.address),
        ):
            form.addSpacing(5)
            form.addWidget(words(caption, "caption"))
            form.addWidget(field)
        form.addStretch(1)

    def applicant(self) -> Applicant:
        """Return the organisation as typed.

        Raises:
            BadName, BadTaxCode: The field is marked and takes the keyboard.
        """
        code = _checked(self.tax_code)
        name = tidy_text(self.name.text())
        if not name:
            from counter.errors import BadName

            set_look(self.name, wrong="true")
            self.name.setFocus()
            raise BadName
        set_look(self.name, wrong="false")
        return Applicant(
            full_name=name,
            number=None,
            birth_date=None,
            sex=None,
            address=tidy_text(self.address.text()) or None,
            phone=None,
            email=None,
            source=IdentitySource.MANUAL,
            verdict=None,
            organisation=Organisation(code, tidy_text(self.speaker.text())),
        )


def _checked(field: QLineEdit) -> TaxCode:
    try:
        code = TaxCode.parse(field.text())
    except Refused:
        set_look(field, wrong="true")
        field.setFocus()
        raise
    set_look(field, wrong="false")
    return code


class BehalfForm(QDialog):
    """Asks whose dossier it is; who sits here stays the one who brings it.

    Signals:
        asked: A Behalf, or None: the applicant brings it in person.
    """

    asked = Signal(object)

    def __init__(self, brings: str, known: Behalf | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("behalf_form")
        self.setWindowTitle(self.tr("Nộp thay người khác"))
        self.setFixedWidth(WIDTH)
        self.kind = QComboBox(self)  # a child first of all, so that the Tab key begins with it
        self.kind.setObjectName("behalf_kind")
        self.kind.setAccessibleName(self.tr("Chủ hồ sơ là"))
        self.kind.addItem(self.tr("Công dân"))
        self.kind.addItem(self.tr("Doanh nghiệp, tổ chức"))
        self.person = ManualForm(name="behalf", is_alone=False)
        self.organisation = OrganisationFields()
        self._whose = Stack(self)
        self._whose.addWidget(self.person)
        self._whose.addWidget(self.organisation)
        self.kind.currentIndexChanged.connect(self._whose.setCurrentIndex)
        self.relation = QComboBox()
        self.relation.setObjectName("behalf_relation")
        self.relation.setAccessibleName(self.tr("Tư cách người nộp"))
        for relation, word in states.RELATIONS.items():
            if relation is not Relation.SELF:
                self.relation.addItem(said(word), relation)
        self.authorisation = line("behalf_authorisation", self.tr("Giấy ủy quyền"))
        self.authorisation.setPlaceholderText(self.tr("Số, ngày của giấy ủy quyền"))
        self._badge = Badge()
        self._badge.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(10)
        column.addWidget(words(self.tr("Nộp thay người khác"), "page-title"))
        told = self.tr("Người nộp: %1. Hãy nhập chủ hồ sơ, và giấy tờ cho phép nộp thay.")
        column.addWidget(words(told.replace("%1", brings), "caption", wrap=True))
        fields = QFormLayout()
        fields.setHorizontalSpacing(16)
        fields.addRow(self.tr("Chủ hồ sơ là"), self.kind)
        column.addLayout(fields)
        column.addWidget(self._whose)
        right = QFormLayout()
        right.setHorizontalSpacing(16)
        right.addRow(self.tr("Tư cách người nộp"), self.relation)
        right.addRow(self.tr("Giấy ủy quyền"), self.authorisation)
        column.addLayout(right)
        column.addWidget(self._badge)
        column.addLayout(self._buttons(can_end=known is not None))
        if known is not None:
            self._begin(known)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = self.organisation.name if self.kind.currentIndex() else self.person.name
        first.setFocus()

    def _buttons(self, *, can_end: bool) -> QHBoxLayout:
        end = QPushButton(self.tr("Chính chủ nộp"))
        end.setObjectName("behalf_end")
        end.setProperty("role", "quiet")
        end.setAutoDefault(False)
        end.setVisible(can_end)
        end.clicked.connect(self._end)
        stay = KeyButton(self.tr("Thôi"), "Esc")
        stay.setAutoDefault(False)
        stay.clicked.connect(self.reject)
        go = KeyButton(self.tr("Ghi nhận"), "Ctrl+Return", primary=True)
        go.setObjectName("behalf_go")
        go.setAutoDefault(False)
        go.clicked.connect(self.go)
        on_key("Ctrl+Return", self, self.go)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(end)
        buttons.addStretch(1)
        buttons.addWidget(stay)
        buttons.addWidget(go)
        return buttons

    def _begin(self, known: Behalf) -> None:
        organisation = known.applicant.organisation
        if organisation is None:
            self.person.fill(known.applicant)
        else:
            self.kind.setCurrentIndex(1)
            self.organisation.name.setText(known.applicant.full_name)
            self.organisation.tax_code.setText(organisation.tax_code.text)
            self.organisation.speaker.setText(organisation.representative)
            self.organisation.address.setText(known.applicant.address or "")
        self.relation.setCurrentIndex(self.relation.findData(known.relation))
        self.authorisation.setText(known.authorisation)

    @Slot()
    def go(self) -> None:
        """Take what stands here; what is wrong is marked and said."""
        relation = Relation(self.relation.currentData())
        paper = tidy_text(self.authorisation.text())
        try:
            if self.kind.currentIndex():
                applicant = self.organisation.applicant()
            else:
                applicant = self.person.applicant(None, None)
            if relation is Relation.AUTHORISED and not paper:
                self.authorisation.setFocus()
                raise SubmitterUnproven
        except Refused as refusal:
            sentence = texts.sentence(refusal)
            self._badge.say("bad", f"{sentence.what} {sentence.advice}")
            self._badge.show()
            return
        self.asked.emit(Behalf(applicant, relation, paper))
        self.accept()

    @Slot()
    def _end(self) -> None:
        self.asked.emit(None)
        self.accept()
