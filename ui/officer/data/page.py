"""What the desk keeps about a citizen is handed over here, and the key of it all is changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from counter.citizen_data import Citizen, citizen_of
from counter.errors import BadCitizenNumber, BadDate, BadName
from counter.work import DossierLine
from ui import states, texts, written
from ui.officer.page import Page
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.badge import Badge
from ui.parts.keys import KeyButton, on_key
from ui.parts.words import frame, words
from ui.said import said

LONGEST = 120
"""Letters of a name and its day."""


@dataclass(frozen=True, slots=True)
class PersonAsked:
    """Everything about one citizen is wanted, in a file: PDF or JSON by its name."""

    citizen: Citizen = field(repr=False)
    path: Path


class DataPage(Page):
    """Two cards: a citizen's own data for the supervisor, the key for the administrator.

    Signals:
        person_asked: A PersonAsked.
        paper_asked: A Citizen whose data is wanted on paper.
        correct_asked: A Citizen in whose dossiers something is to be put right.
        dossier_picked: A str: the code of the dossier to put right.
        key_asked: Nothing; a new key is wanted.
    """

    person_asked = Signal(object)
    paper_asked = Signal(object)
    correct_asked = Signal(object)
    dossier_picked = Signal(object)
    key_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Dữ liệu"),
            self.tr("Trao, đính chính dữ liệu của công dân; đổi khóa. Mỗi việc đều được ghi lại."),
            parent,
        )
        self._said = Badge()
        self._said.setObjectName("data_said")
        self._said.hide()
        self._number = QLineEdit()
        self._number.setObjectName("data_number")
        self._number.setAccessibleName(self.tr("Công dân"))
        self._number.setPlaceholderText(
            self.tr("12 số định danh, hoặc mã hồ sơ, hoặc họ tên, ngày sinh")
        )
        self._number.setMaxLength(LONGEST)
        self._number.setFixedWidth(460)
        self._number.textChanged.connect(self._weigh)
        self._checked = QCheckBox(
            self.tr("Tôi đã xem giấy tờ và đúng là người đang đứng đây (hoặc người giám hộ)")
        )
        self._checked.setObjectName("data_checked")
        self._checked.toggled.connect(self._weigh)
        self._print = KeyButton(self.tr("In cho công dân"), "Alt+I", sign="printer", primary=True)
        self._print.setObjectName("data_print")
        self._print.clicked.connect(self._on_print)
        self._save = KeyButton(self.tr("Ghi ra tệp"), "Alt+G", sign="paper")
        self._save.setObjectName("data_save")
        self._save.clicked.connect(self._choose)
        self._correct = KeyButton(self.tr("Đính chính"), "Alt+C")
        self._correct.setObjectName("data_correct")
        self._correct.clicked.connect(self._on_correct)
        self._lines: LinesModel[DossierLine] = LinesModel(_columns(), self)
        self._table = LinesTable(self._lines, "data_dossiers")
        self._table.setAccessibleName(self.tr("Hồ sơ của công dân, chọn để đính chính"))
        self._table.setFixedHeight(150)
        self._table.activated.connect(self._on_row)
        self._table.hide()
        self._key = QPushButton(self.tr("Đổi khóa ở lần mở sau"))
        self._key.setObjectName("data_key")
        self._key.clicked.connect(self.key_asked)
        self.body.addWidget(self._said)
        self.body.addWidget(self._person_card())
        self.body.addWidget(self._key_card())
        self.body.addStretch(1)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        on_key("Alt+G", self, self._choose).setContext(here)
        on_key("Alt+I", self, self._on_print).setContext(here)
        on_key("Alt+C", self, self._on_correct).setContext(here)
        self._weigh()

    def focus(self) -> None:
        """Give the number the keyboard."""
        self._number.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget the number when the page is left."""
        if not event.spontaneous():
            self._forget()
        super().hideEvent(event)

    def show_saved(self, count: int, name: str) -> None:
        """Say what was written; the number is forgotten."""
        self._forget()
        if count:
            told = self.tr("Đã ghi %1 hồ sơ vào %2. Hãy trao tệp cho đúng người rồi xóa bản ở máy.")
        else:
            told = self.tr("Quầy này không giữ hồ sơ nào của người ấy; tệp %2 nói như vậy.")
        self._say("good", told.replace("%1", str(count)).replace("%2", name))

    def show_printed(self) -> None:
        """Say that the paper is on its way; the number is forgotten."""
        self._forget()
        self._say("good", self.tr("Đã gửi máy in. Hãy trao giấy cho đúng người, đừng giữ bản nào."))

    def show_dossiers(self, lines: tuple[DossierLine, ...]) -> None:
        """Offer the dossiers of the citizen; one that is alone is opened at once."""
        self._lines.show(lines)
        self._table.setVisible(len(lines) > 1)
        if len(lines) == 1:
            self.dossier_picked.emit(lines[0].code)
        elif lines:
            self._say("info", self.tr("Chọn hồ sơ ghi sai rồi nhấn Enter để đính chính."))
            self._table.selectRow(0)
            self._table.setFocus()
        else:
            self._say("info", self.tr("Quầy này không giữ hồ sơ nào của người ấy."))

    def show_key_asked(self) -> None:
        """Say when the key is changed."""
        self._say(
            "good", self.tr("Đã ghi. Lần mở chương trình tới sẽ lâu hơn: quầy đổi khóa rồi mới mở.")
        )

    def refuse(self, error: BaseException) -> None:
        """Say why nothing was done."""
        said = texts.sentence(error)
        self._say("bad", f"{said.what} {said.advice}".strip())

    def _say(self, tone: str, text: str) -> None:
        self._said.say(tone, text)
        self._said.show()

    @Slot()
    def _weigh(self) -> None:
        typed = self._number.text().strip()
        is_whole = len(typed) == 12 or not typed.isdigit()  # half a number is typed on
        for button in (self._print, self._save, self._correct):
            button.setEnabled(bool(typed) and is_whole and self._checked.isChecked())
        self._table.hide()
        self._lines.show(())

    def _forget(self) -> None:
        self._number.clear()
        self._checked.setChecked(False)

    def _citizen(self) -> Citizen | None:
        """Return whose data is meant, once a paper was looked at; say what is wrong with it."""
        if not self._save.isEnabled():
            return None
        try:
            return citizen_of(self._number.text())
        except (BadCitizenNumber, BadDate, BadName) as error:
            self.refuse(error)
            return None

    @Slot()
    def _on_print(self) -> None:
        citizen = self._citizen()
        if citizen is not None:
            self.paper_asked.emit(citizen)

    @Slot()
    def _on_correct(self) -> None:
        citizen = self._citizen()
        if citizen is not None:
            self.correct_asked.emit(citizen)

    @Slot()
    def _on_row(self) -> None:
        row = self._table.chosen_row()
        if 0 <= row < len(self._lines.lines):
            self.dossier_picked.emit(self._lines.lines[row].code)

    @Slot()
    def _choose(self) -> None:
        citizen = self._citizen()
        if citizen is None:
            return
        dialog = QFileDialog(self, self.tr("Ghi dữ liệu của công dân"))
        dialog.setObjectName("data_path")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilters([self.tr("Giấy để đọc (*.pdf)"), self.tr("Dữ liệu (*.json)")])
        dialog.filterSelected.connect(
            lambda told: dialog.setDefaultSuffix("json" if "json" in told else "pdf")
        )
        dialog.selectFile("du-lieu-cong-dan")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(
            lambda path: self.person_asked.emit(PersonAsked(citizen, Path(path)))
        )
        dialog.open()

    def _person_card(self) -> QWidget:
        card, column = _card(
            self.tr("Dữ liệu của một công dân"),
            self.tr(
                "Công dân được nhận một bản mọi điều quầy này giữ về mình: hồ sơ, tờ khai, "
                "lịch sử, ai đã xem: in ra giấy, hoặc ghi tệp PDF, JSON (không mã hóa). Điều ghi "
                "sai thì đính chính ngay. Ai không có số định danh thì gõ mã một hồ sơ của người "
                "ấy, hoặc họ tên, dấu phẩy, ngày sinh. Dành cho người phụ trách; chương trình hỏi "
                "lại mật khẩu."
            ),
        )
        row = QHBoxLayout()
        row.setSpacing(10)
        label = words(self._number.accessibleName())
        label.setBuddy(self._number)
        row.addWidget(label)
        row.addWidget(self._number)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._checked)
        keys = QHBoxLayout()
        keys.setSpacing(10)
        keys.addStretch(1)
        for button in (self._correct, self._save, self._print):
            keys.addWidget(button)
        column.addLayout(keys)
        column.addWidget(self._table)
        return card

    def _key_card(self) -> QWidget:
        card, column = _card(
            self.tr("Khóa mã hóa của quầy"),
            self.tr(
                "Đổi khóa khi người biết mật khẩu dữ liệu thôi việc, hoặc nghi máy bị chép. Quầy "
                "sao lưu trước và sau; mất điện giữa chừng vẫn mở được. Dành cho người quản trị."
            ),
        )
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._key)
        column.addLayout(row)
        return card


def _card(title: str, meaning: str) -> tuple[QWidget, QVBoxLayout]:
    card = frame("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 14, 16, 14)
    column.setSpacing(10)
    column.addWidget(words(title, "strong"))
    column.addWidget(words(meaning, wrap=True))
    return card, column


def _columns() -> tuple[Column[DossierLine], ...]:
    def tr(text: str) -> str:
        return QCoreApplication.translate("DataPage", text)

    return (
        Column(tr("Mã hồ sơ"), lambda line: line.code, 220),
        Column(tr("Thủ tục"), lambda line: line.procedure_name, 0),
        Column(tr("Tiếp nhận"), lambda line: written.moment(line.received_at), 180),
        Column(tr("Trạng thái"), lambda line: said(states.STATUSES[line.status]), 190),
    )
