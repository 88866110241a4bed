"""What a paper receipt of a power cut says, asked before its dossier is keyed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QFormLayout, QVBoxLayout, QWidget

from counter.acts import Confirmation, Confirmer
from counter.errors import LateTimeWrong
from counter.late import LateEntry
from counter.values import VIETNAM
from ui import texts
from ui.officer.acts.fields import choice, line
from ui.officer.acts.leader_field import LeaderField
from ui.parts.badge import Badge
from ui.parts.day_edit import DayEdit
from ui.parts.foot import foot
from ui.parts.keys import KeyButton, on_key
from ui.parts.words import words

WIDTH = 680


@dataclass(frozen=True, slots=True)
class LateAsked:
    """A paper receipt to key, and how a leader signs in for it."""

    late: LateEntry
    confirmed: Confirmation | None


@dataclass(frozen=True, slots=True)
class LateTyped:
    """What was typed of a paper receipt, letter by letter."""

    day: str
    clock: str
    paper: str
    reason: str


class LateForm(QDialog):
    """Asks for true day and time, the paper's number, the reason and the leader.

    Signals:
        asked: A LateAsked.
    """

    asked = Signal(object)

    def __init__(self, confirmers: Sequence[Confirmer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("late_form")
        self.setWindowTitle(self.tr("Nhập bù giấy viết tay"))
        self.setFixedWidth(WIDTH)
        self.day = DayEdit("late_day", self.tr("Ngày nhận ghi trên giấy"))
        self.clock = line("late_clock", self.tr("Giờ nhận ghi trên giấy"))
        self.clock.setPlaceholderText(self.tr("giờ:phút, ví dụ 09:15"))
        self.paper = line("late_paper", self.tr("Số của giấy viết tay"))
        reasons = (
            self.tr("Mất điện, quầy nhận hồ sơ bằng giấy viết tay"),
            self.tr("Máy tính hỏng, quầy nhận hồ sơ bằng giấy viết tay"),
        )
        self.reason = choice("late_reason", self.tr("Lý do"), reasons)
        self._badge = Badge()
        self._badge.hide()
        self._go = KeyButton(self.tr("Nhập bù"), "Ctrl+Return", primary=True)
        self._go.setObjectName("late_go")
        self._go.setAutoDefault(False)
        self._go.clicked.connect(self.go)
        on_key("Ctrl+Return", self, self.go)
        fields = QFormLayout()
        fields.setVerticalSpacing(10)
        fields.setHorizontalSpacing(16)
        for field in (self.day, self.clock, self.paper, self.reason):
            fields.addRow(field.accessibleName(), field)
        self.leader = LeaderField(confirmers, fields)
        buttons = foot(self, KeyButton(self.tr("Thôi"), "Esc"), self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addWidget(words(self.tr("Nhập bù giấy viết tay"), "page-title"))
        told = self.tr("Ngày hẹn trả tính từ giờ nhận thật. Mã hồ sơ là mã của hôm nay.")
        column.addWidget(words(told, "caption", wrap=True))
        column.addLayout(fields)
        column.addWidget(self._badge)
        column.addLayout(buttons)

    def refuse(self, error: BaseException) -> None:
        """Say why it could not be keyed; everything typed stays."""
        told = texts.sentence(error)
        self._badge.say("bad", f"{told.what} {told.advice}")
        self._badge.show()
        self._go.setEnabled(True)
        self.leader.forget()

    def typed(self) -> LateTyped:
        """Return what stands in the form, but for the leader."""
        return LateTyped(
            self.day.text(), self.clock.text(), self.paper.text(), self.reason.currentText()
        )

    def put_back(self, typed: LateTyped) -> None:
        """Let the form stand as it did; the leader agrees anew."""
        self.day.setText(typed.day)
        self.clock.setText(typed.clock)
        self.paper.setText(typed.paper)
        self.reason.setCurrentText(typed.reason)

    @Slot()
    def go(self) -> None:
        """Ask with what stands here; a time that is none is said at once."""
        moment = self._moment()
        if moment is None:
            self.refuse(LateTimeWrong())
            (self.clock if self.day.find_day() else self.day).setFocus()
            return
        self._go.setEnabled(False)
        late = LateEntry(moment, self.paper.text(), self.reason.currentText(), self.leader.leader())
        self.asked.emit(LateAsked(late, self.leader.confirmation()))

    def _moment(self) -> datetime | None:
        day = self.day.find_day()
        found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:hg.]([0-5][0-9])", self.clock.text().strip())
        if day is None or found is None:
            return None
        return datetime.combine(day, time(int(found[1]), int(found[2])), VIETNAM)
