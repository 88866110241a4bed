"""What the desk keeps about a citizen is handed over here, and the key of it all is changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
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

from counter.errors import BadCitizenNumber
from counter.values import CitizenNumber
from ui import texts
from ui.officer.page import Page
from ui.parts.badge import Badge
from ui.parts.keys import KeyButton, on_key
from ui.parts.words import frame, words


@dataclass(frozen=True, slots=True)
class PersonAsked:
    """Everything about one citizen is wanted, in a file."""

    citizen: CitizenNumber = field(repr=False)
    path: Path


class DataPage(Page):
    """Two cards: a citizen's own data for the supervisor, the key for the administrator.

    Signals:
        person_asked: A PersonAsked.
        key_asked: Nothing; a new key is wanted.
    """

    person_asked = Signal(object)
    key_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Dữ liệu"),
            self.tr("Trao dữ liệu cho công dân, đổi khóa mã hóa. Mỗi việc đều được ghi lại."),
            parent,
        )
        self._said = Badge()
        self._said.setObjectName("data_said")
        self._said.hide()
        self._number = QLineEdit()
        self._number.setObjectName("data_number")
        self._number.setAccessibleName(self.tr("Số định danh của công dân"))
        self._number.setMaxLength(12)
        self._number.setFixedWidth(200)
        self._number.textChanged.connect(self._weigh)
        self._checked = QCheckBox(
            self.tr("Tôi đã xem thẻ căn cước và đúng là người đang đứng đây (hoặc người giám hộ)")
        )
        self._checked.setObjectName("data_checked")
        self._checked.toggled.connect(self._weigh)
        self._save = KeyButton(self.tr("Ghi ra tệp"), "Alt+G", sign="paper", primary=True)
        self._save.setObjectName("data_save")
        self._save.clicked.connect(self._choose)
        self._key = QPushButton(self.tr("Đổi khóa ở lần mở sau"))
        self._key.setObjectName("data_key")
        self._key.clicked.connect(self.key_asked)
        self.body.addWidget(self._said)
        self.body.addWidget(self._person_card())
        self.body.addWidget(self._key_card())
        self.body.addStretch(1)
        on_key("Alt+G", self, self._choose).setContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self._weigh()

    def focus(self) -> None:
        """Give the number the keyboard."""
        self._number.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget the number when the page is left."""
        if not event.spontaneous():
            self._number.clear()
            self._checked.setChecked(False)
        super().hideEvent(event)

    def show_saved(self, count: int, name: str) -> None:
        """Say what was written; the number is forgotten."""
        self._number.clear()
        self._checked.setChecked(False)
        if count:
            told = self.tr("Đã ghi %1 hồ sơ vào %2. Hãy trao tệp cho đúng người rồi xóa bản ở máy.")
        else:
            told = self.tr("Quầy này không giữ hồ sơ nào của người ấy; tệp %2 nói như vậy.")
        self._say("good", told.replace("%1", str(count)).replace("%2", name))

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
        number = self._number.text().strip()
        self._save.setEnabled(len(number) == 12 and self._checked.isChecked())

    @Slot()
    def _choose(self) -> None:
        if not self._save.isEnabled():
            return
        try:
            CitizenNumber(self._number.text().strip())
        except BadCitizenNumber as error:
            self.refuse(error)
            return
        dialog = QFileDialog(self, self.tr("Ghi dữ liệu của công dân"))
        dialog.setObjectName("data_path")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.setNameFilter(self.tr("Dữ liệu (*.json)"))
        dialog.selectFile("du-lieu-cong-dan.json")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    @Slot(str)
    def _on_file(self, path: str) -> None:
        citizen = CitizenNumber(self._number.text().strip())
        self.person_asked.emit(PersonAsked(citizen, Path(path)))

    def _person_card(self) -> QWidget:
        card, column = _card(
            self.tr("Dữ liệu của một công dân"),
            self.tr(
                "Công dân được nhận một bản mọi điều quầy này giữ về mình: hồ sơ, tờ khai, "
                "lịch sử, ai đã xem. Tệp không mã hóa. Dành cho người phụ trách; chương trình hỏi "
                "lại mật khẩu. Điều ghi sai thì đính chính ở trang Hồ sơ."
            ),
        )
        row = QHBoxLayout()
        row.setSpacing(10)
        label = words(self._number.accessibleName())
        label.setBuddy(self._number)
        row.addWidget(label)
        row.addWidget(self._number)
        row.addStretch(1)
        row.addWidget(self._save)
        column.addLayout(row)
        column.addWidget(self._checked)
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
