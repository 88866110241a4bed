"""What an official catalogue says differently: looked at, ticked part by part, and accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from counter.curation import Taken
from counter.errors import EditionTooEarly
from ui import texts, written
from ui.officer.acts.fields import tick
from ui.officer.catalogue import telling
from ui.parts.badge import Badge
from ui.parts.day_edit import DayEdit
from ui.parts.keys import KeyButton, on_key
from ui.parts.words import frame, words
from ui.said import said

if TYPE_CHECKING:
    from counter.curation import Part, Proposal, Proposals

SIZE = (1120, 660)
MOST = 40
"""How many procedures are shown at once; the others come with the next reading."""


@dataclass(frozen=True, slots=True)
class AcceptAsked:
    """What the officer accepts, and the day it begins."""

    taken: tuple[Taken, ...]
    begins: date


class ProposalsForm(QDialog):
    """Shows each difference beside what stands here; what leaves no doubt is ticked already.

    Signals:
        asked: An AcceptAsked.
    """

    asked = Signal(object)

    def __init__(self, found: Proposals, begins: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("proposals_form")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("So với danh mục chính thức"))
        self.resize(*SIZE)
        self._boxes: list[tuple[Proposal, Part, QCheckBox]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(10)
        column.addWidget(words(self.tr("So với danh mục chính thức"), "page-title"))
        told = self.tr("%1 thủ tục khác, %2 thủ tục giống. Đánh dấu phần muốn nhận.")
        told = told.replace("%1", str(len(found.offered))).replace("%2", str(found.same))
        if len(found.offered) > MOST:
            more = self.tr(" Đang hiện %1 thủ tục đầu; nhận xong hãy mở lại tệp để xem tiếp.")
            told += more.replace("%1", str(MOST))
        if found.unplaced:
            left = self.tr(" %1 thủ tục thuộc lĩnh vực quầy không có, để lại: %2.")
            named = ", ".join(found.unplaced[:6]) + ("…" if len(found.unplaced) > 6 else "")
            told += left.replace("%1", str(len(found.unplaced))).replace("%2", named)
        column.addWidget(words(told, "caption", wrap=True))
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 12, 0)
        for proposal in found.offered[:MOST]:
            self._add(proposal)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        column.addWidget(area, 1)
        self._badge = Badge()
        self._badge.hide()
        column.addWidget(self._badge)
        column.addLayout(self._foot(begins))

    def refuse(self, error: BaseException) -> None:
        """Say why it could not be taken in; the ticks stay."""
        told = texts.sentence(error)
        self._badge.say("bad", f"{told.what} {told.advice}")
        self._badge.show()
        self._go.setEnabled(True)

    def taken(self) -> tuple[Taken, ...]:
        """Return what is ticked, procedure by procedure; a new procedure is taken whole."""
        ticked: dict[str, tuple[Proposal, list[Part]]] = {}
        for proposal, part, box in self._boxes:
            if box.isChecked():
                ticked.setdefault(proposal.proposed.code, (proposal, []))[1].append(part)
        return tuple(Taken(proposal, tuple(parts)) for proposal, parts in ticked.values())

    @Slot()
    def go(self) -> None:
        """Ask for what is ticked."""
        begins = self._begins.find_day()
        if begins is None:
            self.refuse(EditionTooEarly())
            return
        taken = self.taken()
        if not taken:
            self._badge.say("warn", self.tr("Chưa đánh dấu phần nào để nhận."))
            self._badge.show()
            return
        self._go.setEnabled(False)
        self.asked.emit(AcceptAsked(taken, begins))

    def _add(self, proposal: Proposal) -> None:
        new = proposal.current is None
        head = f"{proposal.proposed.code}  {proposal.proposed.name}"
        told = self.tr("%1 – thủ tục mới").replace("%1", head) if new else head
        self._column.addWidget(words(told, "strong", wrap=True))
        if proposal.doubts:
            doubts = "; ".join(said(telling.DOUBTS[doubt]) for doubt in proposal.doubts)
            self._column.addWidget(words(f"{doubts}.", "caption", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(words(self.tr("Bỏ đi"), "caption"), 0, 1)
        grid.addWidget(words(self.tr("Thay bằng"), "caption"), 0, 2)
        parts = proposal.parts[:1] if new else proposal.parts
        for row, part in enumerate(parts, 1):
            name = self.tr("Nhận cả thủ tục") if new else said(telling.PARTS[part])
            box = tick(
                f"take_{proposal.proposed.code}_{part.value}", name, on=part in proposal.sure
            )
            if new:
                box.setChecked(False)
            self._boxes.append((proposal, part, box))
            grid.addWidget(box, row, 0, Qt.AlignmentFlag.AlignTop)
            before = telling.lines_of(proposal.current, part) if proposal.current else ()
            shown = proposal.parts if new else (part,)
            after = [text for one in shown for text in telling.lines_of(proposal.proposed, one)]
            grid.addWidget(_told([text for text in before if text not in after]), row, 1)
            grid.addWidget(_told([text for text in after if text not in before]), row, 2)
        self._column.addLayout(grid)
        self._column.addWidget(frame("line"))

    def _foot(self, begins: date) -> QHBoxLayout:
        self._begins = DayEdit("accept_begins", self.tr("Có hiệu lực từ ngày"))
        self._begins.setText(written.day(begins))
        self._begins.setFixedWidth(150)
        self._go = KeyButton(self.tr("Nhận phần đã đánh dấu"), "Ctrl+Return", primary=True)
        self._go.setObjectName("accept_go")
        self._go.setAutoDefault(False)
        self._go.clicked.connect(self.go)
        on_key("Ctrl+Return", self, self.go)
        stay = KeyButton(self.tr("Thôi, không nhận"), "Esc")
        stay.setAutoDefault(False)
        stay.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(words(self.tr("Có hiệu lực từ ngày"), "value"))
        row.addWidget(self._begins)
        row.addStretch(1)
        row.addWidget(stay)
        row.addWidget(self._go)
        return row


def _told(lines: list[str]) -> QWidget:
    label = words("\n".join(lines) or "—", wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return label
