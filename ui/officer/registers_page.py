"""The registers on screen: dates, a filter, and a file or a paper of what is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QRadioButton,
    QStackedLayout,
    QWidget,
)

from counter.papers.desk import CertifiedBookFacts, CertifiedLine
from counter.papers.law import RegisterFacts, RegisterLine
from counter.registers import certified_with, dossiers_with
from counter.scores import Metric
from counter.values import Dong, local_day
from ui import states, texts, written
from ui.officer.acts.fields import line
from ui.officer.page import Page
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.badge import Badge
from ui.parts.day_edit import DayEdit
from ui.parts.empty import Empty
from ui.parts.keys import KeyButton, on_key
from ui.parts.words import words
from ui.said import said

if TYPE_CHECKING:
    from datetime import datetime

    from counter.scores import Score, Scores

DAY_WIDTH = 128


@dataclass(frozen=True, slots=True)
class RegisterAsked:
    """Which register of which days."""

    certified: bool
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class FileAsked:
    """What is shown, to be written to a file."""

    facts: RegisterFacts | CertifiedBookFacts
    path: str


class RegistersPage(Page):
    """Shows one register and says what the officer wants of it.

    Signals:
        asked: A RegisterAsked.
        file_asked: A FileAsked.
        print_asked: What is shown, to be printed.
    """

    asked = Signal(object)
    file_asked = Signal(object)
    print_asked = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Sổ theo dõi"), "", parent)
        self._facts: RegisterFacts | CertifiedBookFacts | None = None
        self._dossiers: LinesModel[RegisterLine] = LinesModel(
            (
                Column(self.tr("Mã hồ sơ"), lambda one: one.code, 204),
                Column(self.tr("Chủ hồ sơ"), lambda one: one.applicant, 160),
                Column(self.tr("Thủ tục"), lambda one: one.procedure, 0),
                Column(self.tr("Nhận"), lambda one: _day(one.received_at), 114),
                Column(self.tr("Hẹn trả"), lambda one: _day(one.due_at), 114),
                Column(self.tr("Kết quả"), lambda one: _day(one.result_at), 114),
                Column(self.tr("Đã trả"), lambda one: _day(one.returned_at), 114),
                Column(self.tr("Ghi chú"), lambda one: one.note, 110),
            ),
            self,
        )
        self._certified: LinesModel[CertifiedLine] = LinesModel(
            (
                Column(self.tr("Số"), lambda one: one.entry, 64, right=True),
                Column(self.tr("Ngày"), lambda one: written.day(one.on), 118),
                Column(self.tr("Người yêu cầu"), lambda one: one.person, 190),
                Column(self.tr("Giấy tờ"), lambda one: one.document, 0),
                Column(self.tr("Người ký"), lambda one: one.signer or "—", 190),
                Column(self.tr("Trang"), lambda one: str(one.pages), 66, right=True),
                Column(self.tr("Bản"), lambda one: str(one.copies), 58, right=True),
                Column(self.tr("Phí"), lambda one: written.money(one.fee), 104, right=True),
            ),
            self,
        )
        self.table = LinesTable(self._dossiers, "register_dossiers")
        self.table.setAccessibleName(self.tr("Sổ theo dõi hồ sơ"))
        self._book = LinesTable(self._certified, "register_certified")
        self._book.setAccessibleName(self.tr("Sổ chứng thực bản sao"))
        self._empty = Empty(
            "search",
            self.tr("Không có dòng nào"),
            self.tr("Hãy chọn ngày khác, hoặc xóa chữ ở ô lọc."),
        ).on_card()
        listed = QWidget()
        self._sides = QStackedLayout(listed)
        for side in (self._empty, self.table, self._book):
            self._sides.addWidget(side)
        self._told = Badge()
        self._told.hide()
        self.body.addLayout(self._choosing(today))
        self.body.addWidget(self._told)
        self.body.addWidget(listed, 1)
        self._scores = words(role="caption", wrap=True)
        self._scores.setObjectName("register_scores")
        self._scores.hide()
        self.body.addWidget(self._scores)
        self._file = KeyButton(self.tr("Lưu XLSX…"), "Ctrl+S")
        self._file.setObjectName("register_file")
        self._file.clicked.connect(self.choose_file)
        self._print = KeyButton(self.tr("In sổ (PDF)"), "Alt+P", sign="printer")
        self._print.setObjectName("register_print")
        self._print.clicked.connect(self.print_shown)
        for button in (self._file, self._print):
            self.buttons.addWidget(button)
        for key, act in (("Ctrl+S", self.choose_file), ("Alt+P", self.print_shown)):
            on_key(key, self, act).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._show()

    def show_register(self, facts: RegisterFacts | CertifiedBookFacts) -> None:
        """Show what was asked for, narrowed down by the filter."""
        self._facts = facts
        self._told.hide()
        self._scores.setVisible(False)
        self._show()

    def show_scores(self, scores: Scores) -> None:
        """Show what the dossiers of these days come to by QĐ 766/QĐ-TTg, under their register."""
        told = []
        for one in scores.lines:
            told.append(_score(said(states.METRICS[one.metric]), one))
            if one.metric is Metric.ON_TIME and one != scores.on_time_at_first:
                first = self.tr("đúng hạn tính theo lần hẹn đầu")
                told.append(_score(first, scores.on_time_at_first))
        head = self.tr("QĐ 766/QĐ-TTg, hồ sơ nhận trong những ngày này: ")
        self._scores.setText(f"{head}{' · '.join(told)}")
        self._scores.setVisible(isinstance(self._facts, RegisterFacts))

    def say(self, tone: str, told: str) -> None:
        """Say what was done."""
        self._told.say(tone, told)
        self._told.show()

    def refuse(self, error: BaseException) -> None:
        """Say why it was not done."""
        told = texts.sentence(error)
        self.say("bad", f"{told.what} {told.advice}")

    def focus(self) -> None:
        """Give the first day the keyboard."""
        self._first.setFocus()

    @Slot()
    def ask(self) -> None:
        """Ask for the chosen register; a day that is none gets the keyboard."""
        first, last = self._first.find_day(), self._last.find_day()
        if first is None or last is None or last < first:
            self.say("warn", self.tr("Hãy ghi ngày như 25/11/2026, ngày đầu không sau ngày cuối."))
            (self._first if first is None else self._last).setFocus()
            return
        self.asked.emit(RegisterAsked(self._copies.isChecked(), first, last))

    def shown(self) -> RegisterFacts | CertifiedBookFacts | None:
        """Return what is shown, None before anything was asked."""
        text = self._filter.text()
        match self._facts:
            case RegisterFacts() as facts:
                return replace(facts, lines=dossiers_with(facts.lines, text))
            case CertifiedBookFacts() as facts:
                lines = certified_with(facts.certified, text)
                total = Dong(sum(one.fee for one in lines))
                return replace(facts, certified=lines, total=total)
            case _:
                return None

    @Slot()
    def choose_file(self) -> None:
        """Let the officer say where the file goes."""
        facts = self.shown()
        if facts is None or not self._file.isEnabled():
            return
        dialog = QFileDialog(self, self.tr("Lưu sổ thành tệp XLSX"))
        dialog.setObjectName("register_path")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.setNameFilter(self.tr("Bảng tính (*.xlsx)"))
        book = "so-theo-doi" if isinstance(facts, RegisterFacts) else "so-chung-thuc"
        dialog.selectFile(f"{book}-{facts.first:%Y%m%d}-{facts.last:%Y%m%d}.xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    @Slot()
    def print_shown(self) -> None:
        """Ask to print what is shown."""
        facts = self.shown()
        if facts is not None and self._print.isEnabled():
            self.print_asked.emit(facts)

    def _choosing(self, today: date) -> QHBoxLayout:
        self._all = QRadioButton(self.tr("Sổ theo dõi hồ sơ"))
        self._all.setObjectName("register_of_dossiers")
        self._all.setChecked(True)
        self._copies = QRadioButton(self.tr("Sổ chứng thực bản sao"))
        self._copies.setObjectName("register_of_copies")
        kinds = QButtonGroup(self)
        for kind in (self._all, self._copies):
            kinds.addButton(kind)
        self._copies.toggled.connect(self._on_kind)
        self._first = DayEdit("register_first", self.tr("Từ ngày"))
        self._last = DayEdit("register_last", self.tr("Đến ngày"))
        for field, day in ((self._first, today.replace(day=1)), (self._last, today)):
            field.setText(written.day(day))
            field.setFixedWidth(DAY_WIDTH)
            field.returnPressed.connect(self.ask)
        self._filter = line("register_filter", self.tr("Lọc"))
        self._filter.setPlaceholderText(self.tr("Lọc: tên, thủ tục, đơn vị, ghi chú…"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._on_filter)
        row = QHBoxLayout()
        row.setSpacing(10)
        for widget in (
            self._all,
            self._copies,
            words(self.tr("từ ngày"), "caption"),
            self._first,
            words(self.tr("đến ngày"), "caption"),
            self._last,
        ):
            row.addWidget(widget)
        row.addWidget(self._filter, 1)
        return row

    @Slot()
    def _on_kind(self) -> None:
        self.ask()

    @Slot(str)
    def _on_filter(self, _text: str) -> None:
        self._show()

    @Slot(str)
    def _on_file(self, path: str) -> None:
        facts = self.shown()
        if facts is not None:
            self.file_asked.emit(FileAsked(facts, path))

    def _show(self) -> None:
        match self.shown():
            case RegisterFacts() as facts:
                self._dossiers.show(facts.lines)
                count = len(facts.lines)
                self._sides.setCurrentWidget(self.table if count else self._empty)
                told = self.tr("%1 hồ sơ").replace("%1", str(count))
            case CertifiedBookFacts() as facts:
                self._certified.show(facts.certified)
                count = len(facts.certified)
                self._sides.setCurrentWidget(self._book if count else self._empty)
                told = self.tr("%1 số chứng thực, quyển %2, phí %3")
                told = told.replace("%1", str(count)).replace("%2", facts.volume)
                told = told.replace("%3", written.money(facts.total))
            case _:
                count, told = 0, self.tr("Chọn sổ và ngày rồi bấm Enter.")
                self._sides.setCurrentWidget(self._empty)
        self.subtitle.setText(told)
        self._file.setEnabled(count > 0)
        self._print.setEnabled(count > 0)


def _day(moment: datetime | None) -> str:
    return written.day(local_day(moment)) if moment else "—"


def _score(name: str, score: Score) -> str:
    """Say the share, and the points it gives; a dash where nothing was counted."""
    points = "—" if score.points is None else f"{score.points}".replace(".", ",")
    return f"{name} {score.numerator}/{score.denominator} ({points}/{score.most})"
