"""Asks for the passphrase of the desk's data where this computer does not remember it."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.parts.badge import Badge
from ui.parts.foot import foot
from ui.parts.words import words


@dataclass(frozen=True, slots=True)
class PassphraseGiven:
    """Somebody typed the passphrase; ``remember`` puts it into this computer's key store."""

    passphrase: str = field(repr=False)
    remember: bool = True


class UnlockDialog(QDialog):
    """Asks for it; Escape leaves the desk closed.

    Signals:
        given: A PassphraseGiven.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget, *, again: bool) -> None:
        super().__init__(parent)
        self.setObjectName("unlock")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Mở dữ liệu của quầy"))
        self.setMinimumWidth(560)
        told = self.tr(
            "Máy này chưa nhớ mật khẩu của dữ liệu. Nếu thư mục vừa được chép từ máy khác, hãy "
            "bảo đảm máy cũ không còn mở quầy này, rồi nhập mật khẩu ở phong bì niêm phong của "
            "cơ quan."
        )
        wrong = Badge()
        wrong.setObjectName("unlock_wrong")
        wrong.say("bad", self.tr("Mật khẩu chưa đúng; hãy xem lại từng chữ rồi nhập lại."))
        wrong.setVisible(again)
        self._line = QLineEdit()
        self._line.setObjectName("unlock_passphrase")
        self._line.setAccessibleName(self.tr("Mật khẩu của dữ liệu"))
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._keep = QCheckBox(self.tr("&Nhớ trên máy này (trong kho khóa của hệ điều hành)"))
        self._keep.setObjectName("unlock_keep")
        self._keep.setChecked(True)
        go = QPushButton(self.tr("Mở quầy"))
        go.setObjectName("unlock_go")
        go.setProperty("role", "primary")
        go.setDefault(True)
        go.clicked.connect(self._on_go)
        buttons = foot(self, QPushButton(self.tr("Để sau")), go)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addWidget(words(self.tr("Mật khẩu của dữ liệu"), "page-title"))
        column.addWidget(words(told, wrap=True))
        column.addWidget(wrong)
        column.addWidget(self._line)
        column.addWidget(self._keep)
        column.addLayout(buttons)
        self._line.setFocus()

    @Slot()
    def _on_go(self) -> None:
        typed = self._line.text().strip()
        if not typed:
            self._line.setFocus()
            return
        given = PassphraseGiven(typed, self._keep.isChecked())
        self._line.clear()
        self.accept()
        self.given.emit(given)
