"""Offers the report of a fault that happened before, so that it can be given to the support."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.officer.over_pages import NAMES_NOBODY
from ui.parts.words import words


class CrashDialog(QDialog):
    """Shows the whole report: whoever passes it on sees that nobody is named in it."""

    def __init__(self, parent: QWidget, text: str, place: str) -> None:
        super().__init__(parent)
        self.setObjectName("crash_report")
        self.setProperty(NAMES_NOBODY, True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Báo cáo lỗi"))
        self.resize(720, 460)
        self._text = QPlainTextEdit(text)
        self._text.setObjectName("crash_text")
        self._text.setAccessibleName(self.tr("Nội dung báo cáo"))
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        copy = QPushButton(self.tr("&Sao chép"))
        copy.setObjectName("crash_copy")
        copy.setAutoDefault(False)
        copy.clicked.connect(self._copy)
        close = QPushButton(self.tr("Đóng"))
        close.setObjectName("crash_close")
        close.setProperty("role", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        told = self.tr(
            "Lần chạy trước chương trình gặp lỗi. Hồ sơ đã lưu vẫn còn nguyên. Báo cáo dưới đây "
            "chỉ ghi lỗi ở chỗ nào trong chương trình, không có tên, số hay giấy tờ của ai; hãy "
            "gửi cho người hỗ trợ."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(10)
        column.addWidget(words(self.tr("Chương trình đã gặp lỗi"), "page-title"))
        column.addWidget(words(told, wrap=True))
        column.addWidget(self._text, 1)
        column.addWidget(words(self.tr("Tệp: %1").replace("%1", place), "caption", wrap=True))
        column.addLayout(buttons)
        close.setFocus()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
