"""The forms for an officer's own card: it is enrolled, or asked for no more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QPushButton, QRadioButton, QVBoxLayout, QWidget

from counter.roster import CardGone, OfficerLine
from ui import states
from ui.parts.foot import foot
from ui.parts.notice import NoticeBar
from ui.parts.own_card import OwnCard
from ui.parts.words import words
from ui.said import said


class EnrolCardForm(QDialog):
    """Waits for the card; Escape enrols nothing."""

    def __init__(self, parent: QWidget, line: OfficerLine) -> None:
        super().__init__(parent)
        self.setObjectName("enrol_card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self.setWindowTitle(self.tr("Đăng ký thẻ đăng nhập"))
        told = self.tr(
            "Từ lần đăng nhập tới, sau mật khẩu, %1 phải đặt chính thẻ này lên đầu đọc. Quầy không "
            "giữ số trên thẻ, chỉ giữ dấu vết để nhận lại đúng con chip."
        ).replace("%1", line.officer.name)
        self.panel = OwnCard(self)
        stay = QPushButton(self.tr("Thôi"))
        stay.setObjectName("enrol_stay")
        stay.setAutoDefault(False)
        stay.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addWidget(words(self.tr("Thẻ căn cước của chính cán bộ"), "page-title"))
        column.addWidget(words(told, wrap=True))
        column.addWidget(self.panel)
        column.addWidget(stay, 0, Qt.AlignmentFlag.AlignRight)
        self.panel.setFocus()


class DropCardForm(QDialog):
    """Asks why the card is asked for no more; Escape leaves it as it was.

    Signals:
        asked: A CardGone.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget, line: OfficerLine) -> None:
        super().__init__(parent)
        self.setObjectName("drop_card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        self.setWindowTitle(self.tr("Bỏ thẻ đăng nhập"))
        told = self.tr(
            "%1 sẽ đăng nhập chỉ bằng mật khẩu cho đến khi đăng ký thẻ khác. Lý do được ghi vào "
            "nhật ký."
        ).replace("%1", line.officer.name)
        self.notice = NoticeBar(self)
        self._whys: dict[CardGone, QRadioButton] = {}
        self._go = QPushButton(self.tr("Bỏ thẻ"))
        self._go.setObjectName("drop_go")
        self._go.setProperty("role", "primary")
        self._go.setEnabled(False)
        self._go.clicked.connect(self._on_go)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addWidget(words(self.tr("Vì sao bỏ thẻ?"), "page-title"))
        column.addWidget(words(told, wrap=True))
        column.addWidget(self.notice)
        for why in CardGone:
            tick = QRadioButton(said(states.CARDS_GONE[why]))
            tick.setObjectName(f"gone_{why.value}")
            tick.toggled.connect(self._on_chosen)
            self._whys[why] = tick
            column.addWidget(tick)
        column.addLayout(foot(self, QPushButton(self.tr("Giữ thẻ")), self._go))
        self._whys[CardGone.LOST].setFocus()

    def show_refused(self, error: BaseException) -> None:
        """It was not done; it can be asked again."""
        self._go.setEnabled(True)
        self.notice.complain(error)

    @Slot()
    def _on_chosen(self) -> None:
        self._go.setEnabled(True)

    @Slot()
    def _on_go(self) -> None:
        self._go.setEnabled(False)
        for why, tick in self._whys.items():
            if tick.isChecked():
                self.asked.emit(why)
