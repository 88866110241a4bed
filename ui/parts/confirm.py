"""Asks for the officer's own password once more before something grave is done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.parts.foot import foot
from ui.parts.notice import NoticeBar
from ui.parts.words import words


class ConfirmDialog(QDialog):
    """Escape leaves everything as it was.

    Signals:
        given: A str: the password typed.
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("confirm_again")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Xác nhận lại"))
        self.setMinimumWidth(560)
        told = self.tr(
            "Việc này phải chắc chắn do chính anh/chị làm. Hãy nhập mật khẩu hoặc mã PIN của mình; "
            "mỗi lần nhập chỉ dùng cho một việc."
        )
        self.notice = NoticeBar(self)
        self._line = QLineEdit()
        self._line.setObjectName("confirm_password")
        self._line.setAccessibleName(self.tr("Mật khẩu hoặc mã PIN"))
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._go = QPushButton(self.tr("Xác nhận"))
        self._go.setObjectName("confirm_go")
        self._go.setProperty("role", "primary")
        self._go.setDefault(True)
        self._go.clicked.connect(self._on_go)
        buttons = foot(self, QPushButton(self.tr("Thôi")), self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addWidget(words(self.tr("Xác nhận lại là anh/chị"), "page-title"))
        column.addWidget(words(told, wrap=True))
        column.addWidget(self.notice)
        column.addWidget(self._line)
        column.addLayout(buttons)
        self._line.setFocus()

    def show_refused(self, error: BaseException) -> None:
        """It was not this officer's; it can be typed again."""
        self._go.setEnabled(True)
        self.notice.complain(error)
        self._line.setFocus()

    @Slot()
    def _on_go(self) -> None:
        typed = self._line.text()
        if not typed:
            self._line.setFocus()
            return
        self._line.clear()
        self._go.setEnabled(False)
        self.given.emit(typed)
