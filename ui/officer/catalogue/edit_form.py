"""A new version of a procedure: what may be changed, and the day it begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from counter.calendar import DAY, HOUR, OTHER, SAME_DAY, WORKING_DAY
from counter.errors import EditionTooEarly, EditionWrong, Refused
from counter.procedures import Owner, Paper, PaperKind, Procedure, Term
from ui import texts, written
from ui.officer.acts.fields import line
from ui.officer.catalogue import telling
from ui.officer.catalogue.fee_rows import fee_rows, fees_of, grid_of
from ui.parts.badge import Badge
from ui.parts.count_box import CountBox
from ui.parts.day_edit import DayEdit
from ui.parts.foot import foot
from ui.parts.keys import KeyButton, on_key
from ui.parts.words import words
from ui.said import QT_TRANSLATE_NOOP, said

if TYPE_CHECKING:
    from counter.curation import Version

SIZE = (1120, 660)
ROOM_FOR_MORE = 2
UNITS = {
    WORKING_DAY: QT_TRANSLATE_NOOP("texts", "ngày làm việc"),
    DAY: QT_TRANSLATE_NOOP("texts", "ngày"),
    HOUR: QT_TRANSLATE_NOOP("texts", "giờ làm việc"),
    SAME_DAY: QT_TRANSLATE_NOOP("texts", "trong ngày (sau 15 giờ: hôm sau)"),
    OTHER: QT_TRANSLATE_NOOP("texts", "cán bộ hẹn ngày"),
}


@dataclass(frozen=True, slots=True)
class EditAsked:
    """A version as it was edited, and the day it begins."""

    procedure: Procedure
    begins: date


class PaperRow:
    """One line of the checklist being edited; an empty name leaves it out."""

    def __init__(self, number: int, paper: Paper | None) -> None:
        self._paper = paper
        self.name = line(f"edit_paper_{number}", "Giấy tờ", paper.name if paper else "")
        self.name.setCursorPosition(0)
        self.kind = QComboBox()
        for kind in PaperKind:
            self.kind.addItem(said(telling.KINDS[kind]), kind)
        self.kind.setCurrentIndex(list(PaperKind).index(paper.kind) if paper else 0)
        counts = (paper.originals, paper.certified, paper.copies) if paper else (1, 0, 0)
        self.counts = [
            CountBox(f"edit_paper_{number}_{place}", "Số bản", 0, 99) for place in range(3)
        ]
        for box, count in zip(self.counts, counts, strict=True):
            box.setValue(count)
        self.when = line(f"edit_paper_{number}_when", "Khi nào", (paper and paper.when) or "")
        self.when.setCursorPosition(0)

    def widgets(self) -> tuple[QWidget, ...]:
        """Return its fields from left to right."""
        return (self.name, self.kind, *self.counts, self.when)

    def paper(self) -> Paper | None:
        """Return the paper, None when its name was emptied."""
        name, when = self.name.text().strip(), self.when.text().strip() or None
        if not name:
            return None
        originals, certified, copies = (box.value() for box in self.counts)
        return Paper(
            name=name,
            kind=PaperKind(self.kind.currentData()),
            code=self._paper.code if self._paper else None,
            originals=originals,
            certified=certified,
            copies=copies,
            required=when is None,
            when=when,
        )


class EditForm(QDialog):
    """Asks for a new version.

    Signals:
        asked: An EditAsked.
    """

    asked = Signal(object)

    def __init__(self, version: Version, begins: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("catalogue_form")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._procedure = version.procedure
        self.setWindowTitle(self.tr("Lập phiên bản mới"))
        self.resize(*SIZE)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(10)
        column.addWidget(words(self.tr("Lập phiên bản mới"), "page-title"))
        about = f"{self._procedure.code}  ·  {self._procedure.name}"
        column.addWidget(words(about, "caption", wrap=True))
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(8)
        self._add_head(begins)
        self._add_papers()
        self._add_fees()
        self._add_texts()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        column.addWidget(area, 1)
        self._badge = Badge()
        self._badge.hide()
        column.addWidget(self._badge)
        column.addLayout(self._buttons())
        self.begins.setFocus()

    def refuse(self, error: BaseException) -> None:
        """Say why it could not be kept; everything typed stays."""
        told = texts.sentence(error)
        self._badge.say("bad", f"{told.what} {told.advice}")
        self._badge.show()
        self._go.setEnabled(True)

    @Slot()
    def go(self) -> None:
        """Ask for the version as the fields say."""
        begins = self.begins.find_day()
        if begins is None:
            self.refuse(EditionTooEarly())
            self.begins.setFocus()
            return
        try:
            edited = self._edited()
        except Refused as error:
            self.refuse(error)
            return
        except ValueError as error:
            self.refuse(EditionWrong(mistakes=str(error)))
            return
        self._go.setEnabled(False)
        self.asked.emit(EditAsked(edited, begins))

    def _edited(self) -> Procedure:
        """Return the procedure as edited.

        Raises:
            BadAmount: An amount is none.
            ValueError: A rule of versions is broken; the words say which.
        """
        owner = Owner(self._owner.currentData())
        system = self._system.text().strip() or None
        return replace(
            self._procedure,
            short_name=self._short.text().strip(),
            term=Term(self._quantity.value() / 2, str(self._unit.currentData())),
            agency=self._agency.text().strip(),
            agency_code=self._agency_code.text().strip().upper() or None,
            owner=owner,
            system=None if owner is Owner.DESK else system,
            papers=tuple(paper for row in self._papers if (paper := row.paper()) is not None),
            fees=fees_of(self._fees, self._procedure.fees),
            notes=_lines(self._notes),
            legal_basis=_lines(self._basis),
            unverified=False,
        )

    def _add_head(self, begins: date) -> None:
        procedure = self._procedure
        self.begins = DayEdit("edit_begins", self.tr("Có hiệu lực từ ngày"))
        self.begins.setText(written.day(begins))
        self.begins.setFixedWidth(150)
        self._short = line("edit_short", self.tr("Tên ngắn"), procedure.short_name)
        self._short.setMaxLength(60)
        self._quantity = HalfBox("edit_quantity", self.tr("Thời hạn"))
        self._quantity.setValue(round(procedure.term.quantity * 2))
        self._unit = QComboBox()
        self._unit.setObjectName("edit_unit")
        for unit, named in UNITS.items():
            self._unit.addItem(said(named), unit)
        self._unit.setCurrentIndex(list(UNITS).index(procedure.term.unit))
        self._agency = line("edit_agency", self.tr("Cơ quan giải quyết"), procedure.agency)
        self._agency_code = line(
            "edit_agency_code", self.tr("Mã cơ quan giải quyết"), procedure.agency_code or ""
        )
        self._agency_code.setPlaceholderText(self.tr("Mã, khi cơ quan khác giải quyết"))
        self._owner = QComboBox()
        self._owner.setObjectName("edit_owner")
        for owner in Owner:
            self._owner.addItem(said(telling.OWNERS[owner]), owner)
        self._owner.setCurrentIndex(list(Owner).index(procedure.owner))
        self._system = line("edit_system", self.tr("Tên hệ thống"), procedure.system or "")
        self._system.setPlaceholderText(self.tr("Tên hệ thống, khi hồ sơ thuộc hệ thống khác"))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.addRow(self.tr("Có hiệu lực từ ngày"), self.begins)
        form.addRow(self.tr("Tên ngắn"), self._short)
        form.addRow(self.tr("Thời hạn"), _beside(self._quantity, self._unit))
        form.addRow(self.tr("Cơ quan giải quyết"), _beside(self._agency, self._agency_code))
        form.addRow(self.tr("Hồ sơ thuộc"), _beside(self._owner, self._system))
        self._column.addLayout(form)

    def _add_papers(self) -> None:
        self._column.addWidget(
            words(self.tr("Thành phần hồ sơ (xóa tên để bỏ một giấy tờ)"), "title")
        )
        grid = QGridLayout()
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(5, 2)
        heads = ("Tên giấy tờ", "Cách nhận", "Chính", "Chứng thực", "Sao", "Chỉ cần khi")
        for place, head in enumerate(heads):
            grid.addWidget(words(self.tr(head), "caption"), 0, place)
        offered: list[Paper | None] = [*self._procedure.papers, *[None] * ROOM_FOR_MORE]
        self._papers = [PaperRow(number, paper) for number, paper in enumerate(offered)]
        for number, row in enumerate(self._papers, 1):
            for place, widget in enumerate(row.widgets()):
                grid.addWidget(widget, number, place)
        self._column.addLayout(grid)

    def _add_fees(self) -> None:
        told = self.tr("Phí, lệ phí (0 là miễn phí; trống là chưa biết mức; xóa tên để bỏ)")
        self._column.addWidget(words(told, "title"))
        self._fees = fee_rows(self._procedure.fees)
        self._column.addLayout(grid_of(self._fees))

    def _add_texts(self) -> None:
        self._notes = _text("edit_notes", self._procedure.notes)
        self._basis = _text("edit_basis", self._procedure.legal_basis)
        for told, field in (
            (self.tr("Lưu ý, mỗi dòng một ý"), self._notes),
            (self.tr("Căn cứ pháp lý, mỗi dòng một văn bản"), self._basis),
        ):
            self._column.addWidget(words(told, "title"))
            field.setAccessibleName(told)
            self._column.addWidget(field)

    def _buttons(self) -> QHBoxLayout:
        self._go = KeyButton(self.tr("Lưu phiên bản mới"), "Ctrl+Return", primary=True)
        self._go.setObjectName("edit_go")
        self._go.clicked.connect(self.go)
        self._go.setAutoDefault(False)
        on_key("Ctrl+Return", self, self.go)
        return foot(self, KeyButton(self.tr("Thôi, không sửa"), "Esc"), self._go)


class HalfBox(CountBox):
    """Counts halves and shows them as ``3,5``; half a day is four working hours."""

    def __init__(self, name: str, label: str) -> None:
        super().__init__(name, label, 0, 7300)
        self.setFixedWidth(100)

    def textFromValue(self, value: int) -> str:
        return f"{value / 2:g}".replace(".", ",")

    def valueFromText(self, text: str) -> int:
        return round(float(text.replace(",", ".") or 0) * 2)

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        try:
            self.valueFromText(text)
        except ValueError:
            return (QValidator.State.Invalid, text, place)
        return (QValidator.State.Acceptable, text, place)


def _beside(*widgets: QWidget) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget, 1 if isinstance(widget, QLineEdit | QComboBox) else 0)
    return whole


def _text(name: str, lines: tuple[str, ...]) -> QPlainTextEdit:
    field = QPlainTextEdit("\n".join(lines))
    field.setObjectName(name)
    field.setTabChangesFocus(True)
    field.setFixedHeight(88)
    return field


def _lines(field: QPlainTextEdit) -> tuple[str, ...]:
    return tuple(filter(None, (text.strip() for text in field.toPlainText().splitlines())))
