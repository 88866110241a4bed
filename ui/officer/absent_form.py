"""Who looks after an absent colleague's dossiers from now on: one of them, or all that are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFormLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from counter.absent import ReassignAsked, Workload
from ui import texts
from ui.officer.acts.fields import choice
from ui.parts.badge import Badge
from ui.parts.foot import foot
from ui.parts.keys import KeyButton, on_key
from ui.parts.words import words

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from counter.work import DossierLine

WIDTH = 680


class AbsentForm(QDialog):
    """Asks which dossiers go to whom, and why.

    Args:
        line: The dossier that is chosen on the page.
        loads: Who has open dossiers and who may take some.

    Signals:
        asked: A ReassignAsked.
    """

    asked = Signal(object)

    def __init__(
        self, line: DossierLine, loads: tuple[Workload, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("absent_form")
        self.setWindowTitle(self.tr("Giao lại hồ sơ"))
        self.setFixedWidth(WIDTH)
        self._line = line
        count = next((load.count for load in loads if load.account == line.account), 1)
        self.one = QRadioButton(self.tr("Chỉ hồ sơ %1").replace("%1", line.code))
        self.one.setObjectName("absent_one")
        told = self.tr("Tất cả %1 hồ sơ đang giải quyết do %2 phụ trách")
        self.all = QRadioButton(told.replace("%1", str(count)).replace("%2", line.officer))
        self.all.setObjectName("absent_all")
        which = QButtonGroup(self)
        for button in (self.one, self.all):
            which.addButton(button)
        self.one.setChecked(True)
        self.to = QComboBox()
        self.to.setObjectName("absent_to")
        self.to.setAccessibleName(self.tr("Giao cho"))
        for load in loads:
            if load.can_take and load.account != line.account:
                self.to.addItem(self._words(load), load.account)
        offered = (self.tr("Cán bộ phụ trách vắng mặt"), self.tr("Phân công lại công việc"))
        self.reason = choice("absent_reason", self.tr("Lý do"), offered)
        self._badge = Badge()
        self._badge.hide()
        self._go = KeyButton(self.tr("Giao lại"), "Ctrl+Return", primary=True)
        self._go.setObjectName("absent_go")
        self._go.setAutoDefault(False)
        self._go.clicked.connect(self.go)
        on_key("Ctrl+Return", self, self.go)
        fields = QFormLayout()
        fields.setHorizontalSpacing(16)
        fields.setVerticalSpacing(10)
        fields.addRow(self.tr("Giao cho"), self.to)
        fields.addRow(self.tr("Lý do"), self.reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addWidget(words(self.tr("Giao lại hồ sơ"), "page-title"))
        meaning = self.tr(
            "Người nhận phụ trách hồ sơ từ bây giờ; quá trình giải quyết ghi cả hai người và lý do."
        )
        column.addWidget(words(meaning, "caption", wrap=True))
        column.addWidget(self.one)
        column.addWidget(self.all)
        column.addLayout(fields)
        column.addWidget(self._badge)
        column.addLayout(foot(self, KeyButton(self.tr("Thôi"), "Esc"), self._go))
        if not self.to.count():
            self._badge.say(
                "warn", self.tr("Chưa có cán bộ nào khác nhận được hồ sơ; hãy thêm ở trang Cán bộ.")
            )
            self._badge.show()
            self._go.setEnabled(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.one.setFocus()

    def refuse(self, error: BaseException) -> None:
        """Say why it could not be done; everything chosen stays."""
        told = texts.sentence(error)
        self._badge.say("bad", f"{told.what} {told.advice}")
        self._badge.show()
        self._go.setEnabled(True)

    @Slot()
    def go(self) -> None:
        """Ask for what is chosen here."""
        if not self._go.isEnabled():
            return
        self._go.setEnabled(False)
        whole = self.all.isChecked()
        self.asked.emit(
            ReassignAsked(
                dossiers=() if whole else (self._line.id,),
                absent=self._line.account if whole else "",
                to=str(self.to.currentData()),
                reason=self.reason.currentText(),
            )
        )

    def _words(self, load: Workload) -> str:
        told = self.tr("%1 – đang phụ trách %2 hồ sơ").replace("%1", load.name)
        return told.replace("%2", str(load.count))
