"""What to do when a desk has already lived on another computer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.parts.badge import Badge
from ui.parts.section import Section
from ui.parts.words import words


class MovedPage(QWidget):
    """Says how a desk moves, or what a copy lacks that is not whole.

    Signals:
        left: Nothing; back to the first page.
        quitting: Nothing; the program is to end, so that files can be copied.
    """

    left = Signal()
    quitting = Signal()

    def __init__(
        self, folder: str, missing: tuple[str, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        card = Section(self.tr("Quầy đã chạy ở máy khác"))
        card.body.addWidget(words(self.tr("Thư mục dữ liệu của máy này: %1").replace("%1", folder)))
        if missing:
            lacking = Badge()
            lacking.setObjectName("moved_missing")
            told = self.tr(
                "Trong thư mục có một phần dữ liệu của một quầy nhưng thiếu %1. Chưa lập quầy mới "
                "ở đây, để không ghi đè lên dữ liệu ấy."
            )
            lacking.say("warn", told.replace("%1", ", ".join(missing)))
            card.body.addWidget(lacking)
        for number, told in enumerate(
            (
                self.tr(
                    "Tắt hẳn chương trình ở máy cũ và không mở lại. Hai máy cùng một mã quầy sẽ "
                    "phát trùng số hồ sơ."
                ),
                self.tr(
                    "Nếu ổ đĩa cũ còn đọc được: chép cả thư mục dữ liệu sang đúng chỗ trên, đủ "
                    "site.toml, desk.key, desk.db, desk.db-wal (nếu có), thư mục files và "
                    "audit-seals.jsonl."
                ),
                self.tr(
                    "Nếu ổ đĩa cũ đã hỏng: chép site.toml và lấy tệp sao lưu mới nhất, rồi nhờ cán "
                    "bộ công nghệ chạy lệnh restore với tệp đó. Số đã phát không bị dùng lại."
                ),
                self.tr(
                    "Mở lại chương trình và nhập mật khẩu của dữ liệu, ở phong bì niêm phong trong "
                    "két của cơ quan. Máy mới không tự có mật khẩu này."
                ),
            ),
            1,
        ):
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(words(str(number), "step"))
            row.addWidget(words(told, wrap=True), 1)
            card.body.addLayout(row)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        back = QPushButton(self.tr("&Lập quầy mới"))
        back.setObjectName("moved_back")
        back.clicked.connect(self.left)
        back.setVisible(not missing)
        leave = QPushButton(self.tr("&Thoát để chép dữ liệu"))
        leave.setObjectName("moved_quit")
        leave.setProperty("role", "primary")
        leave.clicked.connect(self.quitting)
        buttons.addWidget(back)
        buttons.addWidget(leave)
        card.body.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
