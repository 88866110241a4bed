"""What narrows the list of dossiers: state, procedure and due date, each one choice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from counter.dossier import Status
from counter.finding import Filter
from counter.values import local_day
from ui import states
from ui.parts.words import tip
from ui.said import said

if TYPE_CHECKING:
    from counter.procedures import Procedure

AT_WORK = tuple(status.value for status in Status if not status.is_final)
WITH_US = (Status.ACCEPTED.value, Status.IN_PROCESS.value)
"""A stopped clock is never overdue."""


class Due(Enum):
    """Which due dates are looked among."""

    ANY = auto()
    OVERDUE = auto()
    TODAY = auto()
    WEEK = auto()


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What was chosen; the moment is the window's to add."""

    statuses: tuple[int, ...] = ()
    procedure_code: str | None = None
    due: Due = Due.ANY

    def as_filter(self, moment: datetime) -> Filter:
        """Return it as the desk takes it; due dates count while the dossier is at work."""
        if self.due is Due.ANY:
            return Filter(self.statuses, self.procedure_code)
        statuses = tuple(s for s in self.statuses or WITH_US if s in WITH_US) or WITH_US
        if self.due is Due.OVERDUE:
            return Filter(statuses, self.procedure_code, due_until=moment)
        days = 0 if self.due is Due.TODAY else 7
        day = local_day(moment) + timedelta(days=days)
        return Filter(statuses, self.procedure_code, due_before=day)


class NarrowRow(QWidget):
    """Three choices beside each other, and a button that takes them all back.

    Signals:
        changed: Nothing; ``narrowed`` says what is chosen now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = self._choice("narrow_state", self.tr("Trạng thái"))
        self.state.addItem(self.tr("Mọi trạng thái"), ())
        self.state.addItem(self.tr("Đang giải quyết"), AT_WORK)
        for status in Status:
            self.state.addItem(said(states.STATUSES[status]), (status.value,))
        self.procedure = self._choice("narrow_procedure", self.tr("Thủ tục"))
        self.procedure.addItem(self.tr("Mọi thủ tục"), None)
        self.procedure.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.due = self._choice("narrow_due", self.tr("Hẹn trả"))
        for due, word in (
            (Due.ANY, self.tr("Mọi ngày hẹn")),
            (Due.OVERDUE, self.tr("Quá hạn")),
            (Due.TODAY, self.tr("Đến hết hôm nay")),
            (Due.WEEK, self.tr("Trong 7 ngày tới")),
        ):
            self.due.addItem(word, due)
        self.all = QPushButton(self.tr("Bỏ lọc"))
        self.all.setObjectName("narrow_all")
        self.all.setAccessibleName(self.tr("Bỏ mọi điều kiện lọc"))
        self.all.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.state)
        row.addWidget(self.procedure, 1)
        row.addWidget(self.due)
        row.addWidget(self.all)
        for box in (self.state, self.procedure, self.due):
            box.currentIndexChanged.connect(self._on_changed)
        self._on_changed()

    def narrowed(self) -> Narrowed:
        """Return what is chosen."""
        return Narrowed(
            self.state.currentData(), self.procedure.currentData(), self.due.currentData()
        )

    def offer(self, procedures: tuple[Procedure, ...]) -> None:
        """Offer *procedures* by name; one that is chosen stays chosen."""
        chosen = self.procedure.currentData()
        self.procedure.blockSignals(True)
        while self.procedure.count() > 1:
            self.procedure.removeItem(1)
        for procedure in sorted(procedures, key=lambda p: p.name):
            self.procedure.addItem(procedure.name, procedure.code)
        self.procedure.setCurrentIndex(max(0, self.procedure.findData(chosen)))
        self.procedure.blockSignals(False)

    @Slot()
    def clear(self) -> None:
        """Look among all dossiers again."""
        for box in (self.state, self.procedure, self.due):
            box.setCurrentIndex(0)

    @Slot()
    def _on_changed(self) -> None:
        self.all.setEnabled(self.narrowed() != Narrowed())
        self.changed.emit()

    def _choice(self, name: str, label: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setAccessibleName(label)
        box.setToolTip(tip(label))
        box.setMinimumContentsLength(18)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return box
