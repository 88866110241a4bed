"""The cash drawer: what was taken, the notes counted, and the sheet that closes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedLayout, QWidget

from counter.drawer import NOTES, Counted, total_of
from counter.values import Dong
from ui import states, texts, written
from ui.officer.acts.fields import line
from ui.officer.page import Page
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.badge import Badge
from ui.parts.count_box import CountBox
from ui.parts.empty import Empty
from ui.parts.keys import KeyButton, on_key
from ui.parts.question import Question, ask
from ui.parts.section import Section
from ui.parts.words import words
from ui.said import said

if TYPE_CHECKING:
    from counter.drawer import Closed, DrawerView, MoneyLine

SIDE_WIDTH = 404
MOST = 99_999
ROWS = 6
"""Notes in one column; they stand in two."""


@dataclass(frozen=True, slots=True)
class CloseAsked:
    """What was counted, and why it differs."""

    counts: tuple[Counted, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class BindAsked:
    """An internal receipt's number and the legal one."""

    number: str
    official: str


class DrawerPage(Page):
    """Shows the drawer and says what the officer counted.

    Signals:
        close_asked: A CloseAsked.
        bind_asked: A BindAsked.
        reprint_asked: A str: number of a receipt that is wanted once more.
    """

    close_asked = Signal(object)
    bind_asked = Signal(object)
    reprint_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Quỹ thu phí, lệ phí"),
            self.tr("Đếm tiền theo từng mệnh giá rồi chốt quỹ; biên bản in ra để ký."),
            parent,
        )
        self._view: DrawerView | None = None
        self._model: LinesModel[MoneyLine] = LinesModel(
            (
                Column(self.tr("Số phiếu"), lambda one: one.number, 150),
                Column(self.tr("Giờ"), lambda one: written.clock(one.at), 74),
                Column(self.tr("Người nộp"), lambda one: one.payer, 0),
                Column(self.tr("Loại"), lambda one: said(states.MONEY_KINDS[one.kind]), 98),
                Column(self.tr("Số tiền"), lambda one: _signed(one.amount), 100, right=True),
                Column(self.tr("Biên lai"), lambda one: one.official or "—", 246, tail=True),
            ),
            self,
        )
        self.table = LinesTable(self._model, "drawer_lines")
        self.table.setAccessibleName(self.tr("Các phiếu thu từ lần chốt trước"))
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        empty = Empty(
            "ticket",
            self.tr("Chưa thu khoản nào từ lần chốt trước"),
            self.tr("Phiếu thu hiện ở đây ngay khi thu tiền ở trang Hồ sơ hoặc Chứng thực."),
        ).on_card()
        listed = QWidget()
        self._sides = QStackedLayout(listed)
        self._sides.addWidget(empty)
        self._sides.addWidget(self.table)
        self._told = Badge()
        self._told.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(listed, 1)
        row.addWidget(self._side())
        self.body.addWidget(self._told)
        self.body.addLayout(row, 1)
        self.body.addLayout(self._binding())
        for key, act in (("Ctrl+S", self.close_drawer), ("Ctrl+Shift+R", self._on_reprint)):
            on_key(key, self, act).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._count()

    def show_drawer(self, view: DrawerView) -> None:
        """Show what was taken since the drawer was last closed."""
        self._view = view
        self._model.show(view.lines)
        self._sides.setCurrentIndex(1 if view.lines else 0)
        since = written.moment(view.since) if view.since else self.tr("ngày đầu")
        told = self.tr("Từ %1: %2 phiếu thu, %3 phiếu hủy hoặc hoàn, chuyển khoản %4.")
        for place, text in enumerate(
            (since, str(view.receipts), str(view.undone), written.money(view.by_transfer)), 1
        ):
            told = told.replace(f"%{place}", text)
        self.subtitle.setText(told)
        if view.lines:
            self.table.selectRow(len(view.lines) - 1)
        self._on_row()
        self._count()

    def show_closed(self, closed: Closed) -> None:
        """Say that the drawer is closed, and begin counting anew."""
        for box in self._boxes.values():
            box.setValue(0)
        self._remark.clear()
        told = self.tr("Đã chốt quỹ, biên bản số %1 đang in.").replace("%1", closed.number)
        self._say("good", told)

    def show_bound(self) -> None:
        """Say that the legal number is kept."""
        self._official.clear()
        self._say("good", self.tr("Đã ghi số biên lai điện tử."))

    def refuse(self, error: BaseException) -> None:
        """Say why it was not done; what was counted stays."""
        told = texts.sentence(error)
        self._say("bad", f"{told.what} {told.advice}")

    def focus(self) -> None:
        """Give the largest note the keyboard."""
        self._boxes[NOTES[0]].setFocus()
        self._boxes[NOTES[0]].selectAll()

    @Slot()
    def close_drawer(self) -> None:
        """Ask once whether the drawer is to be closed with this count."""
        asked = CloseAsked(self.counts(), self._remark.text())
        question = Question(
            what=self.tr("Chốt quỹ với %1?").replace("%1", written.money(total_of(asked.counts))),
            meaning=self.tr(
                "Biên bản kiểm kê được in để ký. Số đã chốt không sửa được; lần chốt sau sẽ tính "
                "tiếp từ đây."
            ),
            go=self.tr("Chốt quỹ"),
            stay=self.tr("Đếm lại"),
        )
        ask(self, question, lambda: self.close_asked.emit(asked))

    def counts(self) -> tuple[Counted, ...]:
        """Return how many of each note were counted."""
        return tuple(Counted(note, box.value()) for note, box in self._boxes.items())

    def _side(self) -> Section:
        section = Section(self.tr("Kiểm kê"))
        section.setFixedWidth(SIDE_WIDTH)
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        self._boxes: dict[Dong, CountBox] = {}
        for place, note in enumerate(NOTES):
            told = self.tr("Số tờ %1").replace("%1", written.money(note))
            box = CountBox(f"count_{note}", told, 0, MOST)
            box.valueChanged.connect(self._count)
            self._boxes[note] = box
            label = words(written.money(note), "value")
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row, side = place % ROWS, place // ROWS * 3
            grid.addWidget(label, row, side)
            grid.addWidget(box, row, side + 1)
        self._counted = words(role="number")
        self._counted.setObjectName("drawer_counted")
        self._difference = Badge()
        self._difference.setObjectName("drawer_difference")
        self._remark = line("drawer_remark", self.tr("Lý do chênh lệch"))
        self._remark.setPlaceholderText(self.tr("Lý do chênh lệch, nếu có"))
        self._close = KeyButton(self.tr("Chốt quỹ, in biên bản"), "Ctrl+S", primary=True)
        self._close.setObjectName("drawer_close")
        self._close.clicked.connect(self.close_drawer)
        section.body.addLayout(grid)
        section.body.addStretch(1)
        for widget in (self._counted, self._difference, self._remark, self._close):
            section.body.addWidget(widget)
        return section

    def _binding(self) -> QHBoxLayout:
        self._which = words(role="caption")
        self._official = line("official_number", self.tr("Số biên lai điện tử"))
        self._official.setPlaceholderText(self.tr("Ký hiệu và số biên lai điện tử"))
        self._official.returnPressed.connect(self._on_bind)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._which)
        row.addWidget(self._official, 1)
        self._bind = KeyButton(self.tr("Ghi số biên lai"), "Enter")
        self._bind.clicked.connect(self._on_bind)
        row.addWidget(self._bind)
        self._again = KeyButton(self.tr("In lại phiếu thu"), "Ctrl+Shift+R", sign="printer")
        self._again.setObjectName("receipt_again")
        self._again.clicked.connect(self._on_reprint)
        row.addWidget(self._again)
        return row

    def _chosen(self) -> MoneyLine | None:
        row = self.table.chosen_row()
        return self._model.lines[row] if 0 <= row < len(self._model.lines) else None

    @Slot()
    def _on_row(self) -> None:
        chosen = self._chosen()
        free = chosen is not None and chosen.kind == "receipt" and chosen.official is None
        self._official.setEnabled(free)
        self._bind.setEnabled(free)
        self._again.setEnabled(chosen is not None and chosen.kind == "receipt")
        number = chosen.number if chosen else "…"
        self._which.setText(self.tr("Biên lai cho phiếu %1").replace("%1", number))

    @Slot()
    def _on_bind(self) -> None:
        chosen = self._chosen()
        if chosen is not None and self._official.isEnabled():
            self.bind_asked.emit(BindAsked(chosen.number, self._official.text()))

    @Slot()
    def _on_reprint(self) -> None:
        chosen = self._chosen()
        if chosen is not None and self._again.isEnabled():
            self.reprint_asked.emit(chosen.number)

    @Slot()
    def _count(self) -> None:
        counted = total_of(self.counts())
        told = self.tr("Đếm được %1").replace("%1", written.money(counted))
        self._counted.setText(told)
        expected = self._view.cash if self._view else Dong(0)
        difference = Dong(counted - expected)
        if difference:
            told = self.tr("Theo phiếu %1, chênh %2")
            told = told.replace("%1", written.money(expected)).replace("%2", _signed(difference))
            self._difference.say("warn", told)
        else:
            told = self.tr("Khớp với phiếu thu: %1").replace("%1", written.money(expected))
            self._difference.say("good", told)

    def _say(self, tone: str, told: str) -> None:
        self._told.say(tone, told)
        self._told.show()


def _signed(amount: Dong) -> str:
    return written.money(amount) if amount >= 0 else f"−{written.money(Dong(-amount))}"
