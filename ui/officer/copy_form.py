"""What must be entered into another system, in its order: each field copied with one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import states, texts
from ui.officer.acts.fields import line
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.badge import Badge
from ui.parts.keys import KeyButton, on_key
from ui.parts.words import words
from ui.said import said

if TYPE_CHECKING:
    from counter.systems import CopyLine, CopySheet

SIZE = (900, 620)


class CopyForm(QDialog):
    """Copies one field after the other: Enter copies the chosen one and goes on to the next.

    Signals:
        coded: A str: the code that the other system gave.
    """

    coded = Signal(object)

    def __init__(self, sheet: CopySheet, applicant: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("copy_form")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Chép sang hệ thống khác"))
        self.resize(*SIZE)
        self._model: LinesModel[CopyLine] = LinesModel(
            (
                Column(self.tr("Mục"), lambda one: said(states.COPY_FIELDS[one.name]), 220),
                Column(self.tr("Nội dung"), lambda one: one.value, 0),
            ),
            self,
        )
        self.table = LinesTable(self._model, "copy_list")
        self.table.setAccessibleName(self.tr("Các mục theo thứ tự của hệ thống kia"))
        self.table.activated.connect(self.copy)
        self._model.show(sheet.lines)
        self._told = Badge()
        self._told.say("info", self.tr("Enter: chép mục đang chọn rồi sang mục sau."))
        self._code = line("copy_code", self.tr("Mã hồ sơ ở hệ thống kia"), sheet.code or "")
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addWidget(words(sheet.system, "page-title", wrap=True))
        told = self.tr("Hồ sơ của %1 thuộc hệ thống này: nhập ở đó, quầy không gửi lên cổng.")
        column.addWidget(words(told.replace("%1", applicant), "caption", wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(self._told)
        form = QFormLayout()
        form.addRow(self.tr("Mã hồ sơ ở hệ thống kia"), self._code)
        column.addLayout(form)
        column.addLayout(self._buttons())
        self.table.selectRow(0)
        self.table.setFocus()

    def refuse(self, error: BaseException) -> None:
        """Say why the code was not kept."""
        told = texts.sentence(error)
        self._told.say("bad", f"{told.what} {told.advice}")
        self._go.setEnabled(True)

    @Slot()
    def copy(self) -> None:
        """Copy the chosen field, and choose the next; after the last comes the code."""
        row = self.table.chosen_row()
        if not 0 <= row < len(self._model.lines):
            return
        copied = self._model.lines[row]
        QGuiApplication.clipboard().setText(copied.value)
        told = self.tr("Đã chép “%1”: dán vào hệ thống kia bằng Ctrl+V.")
        self._told.say("good", told.replace("%1", said(states.COPY_FIELDS[copied.name])))
        if row + 1 < len(self._model.lines):
            self.table.selectRow(row + 1)
        else:
            self._code.setFocus()

    @Slot()
    def go(self) -> None:
        """Ask to keep the code."""
        self._go.setEnabled(False)
        self.coded.emit(self._code.text())

    def _buttons(self) -> QHBoxLayout:
        copy = KeyButton(self.tr("Chép mục này"), "Enter")
        copy.setAutoDefault(False)
        copy.clicked.connect(self.copy)
        self._go = KeyButton(self.tr("Lưu mã hệ thống kia"), "Ctrl+Return", primary=True)
        self._go.setObjectName("copy_go")
        self._go.setAutoDefault(False)
        self._go.clicked.connect(self.go)
        on_key("Ctrl+Return", self, self.go)
        leave = KeyButton(self.tr("Đóng"), "Esc")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(self._go)
        return row
