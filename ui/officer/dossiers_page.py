"""Dossiers of this desk: found by what is at hand, looked at, printed again."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from counter.today import Nearness
from counter.values import local_day
from counter.work import DossierLine, DossierView, SyncStanding
from ui import states, texts, written
from ui.officer.acts.menu import ActsMenu
from ui.officer.narrowing import Narrowed, NarrowRow
from ui.officer.page import Page
from ui.officer.people_facts import other_people
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.badge import Badge
from ui.parts.empty import Empty
from ui.parts.keys import KeyButton, on_key
from ui.parts.layouts import empty
from ui.parts.search_field import SearchField
from ui.parts.words import frame, words
from ui.said import said

TYPING_MS = 150
LEAST_SHEET = 24
"""So high, in pixels, are the facts of a dossier where a low screen leaves them no more."""
NEARNESS_TONES = {Nearness.FAR: "", Nearness.SOON: "warn", Nearness.LATE: "bad"}
STANDING_TONES = {
    SyncStanding.WAITING: "warn",
    SyncStanding.SETTLED: "good",
    SyncStanding.PARKED: "bad",
    SyncStanding.CONFLICT: "bad",
    SyncStanding.ELSEWHERE: "info",
}


class DossiersPage(Page):
    """Shows a list and one dossier beside it.

    Signals:
        searched: A str: what to find; empty finds the newest.
        picked: A str: the code of a dossier to show.
        reprint_asked: A DossierId.
        receipt_asked: A str: number of the receipt for money that is wanted once more.
        copy_asked: A DossierView that another system owns.
    """

    copy_asked = Signal(object)
    searched = Signal(object)
    picked = Signal(object)
    reprint_asked = Signal(object)
    receipt_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Hồ sơ"),
            self.tr("Hồ sơ của cơ quan, cả của quầy khác và nộp trực tuyến; mới nhất ở trên."),
            parent,
        )
        self.field = SearchField()
        self.field.setObjectName("dossier_search")
        self.field.setProperty("role", "search")
        self.field.setPlaceholderText(
            self.tr("Mã hồ sơ, vài số cuối, tên không cần dấu, số định danh, điện thoại…")
        )
        self.field.setAccessibleName(self.tr("Tìm hồ sơ"))
        self.field.setClearButtonEnabled(True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.search)
        self.field.textChanged.connect(self._on_typed)
        self.field.moved.connect(self._on_moved)
        self._model: LinesModel[DossierLine] = LinesModel(
            (
                Column(self.tr("Mã hồ sơ"), lambda d: d.code, 212),
                Column(self.tr("Chủ hồ sơ"), lambda d: d.applicant_name, 164),
                Column(self.tr("Thủ tục"), lambda d: d.procedure_name, 0),
                Column(self.tr("Hẹn trả"), _due_day, 140, lambda d: NEARNESS_TONES[d.nearness]),
                Column(self.tr("Với cổng"), _standing, 134, lambda d: STANDING_TONES[d.standing]),
            ),
            self,
        )
        self._table = LinesTable(self._model, "dossiers")
        self._table.setAccessibleName(self.tr("Danh sách hồ sơ"))
        self._table.selectionModel().currentRowChanged.connect(self._on_row)
        self._empty = Empty(
            "dossiers",
            self.tr("Chưa có hồ sơ nào"),
            self.tr("Hồ sơ đầu tiên sẽ hiện ở đây ngay khi bấm Tiếp nhận (F9)."),
        ).on_card()
        listed = QWidget()
        self._sides = QStackedLayout(listed)
        self._sides.addWidget(self._empty)
        self._sides.addWidget(self._table)
        self.detail = DossierDetail()
        self.detail.reprint.clicked.connect(self._on_reprint)
        self.detail.receipt.clicked.connect(self._on_receipt)
        on_key("Ctrl+Shift+R", self, self._on_receipt).setContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self.detail.copy.clicked.connect(self._on_copy)
        on_key("Ctrl+Shift+C", self, self._on_copy).setContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(listed, 1)
        row.addWidget(self.detail)
        self.narrow = NarrowRow()
        self.narrow.changed.connect(self.search)
        self.body.addWidget(self.field)
        self.body.addWidget(self.narrow)
        self.body.addLayout(row, 1)

    def show_lines(self, lines: tuple[DossierLine, ...]) -> None:
        """Show what was found, keeping the chosen dossier chosen."""
        chosen = self.detail.code
        self._model.show(lines)
        self._sides.setCurrentWidget(self._table if lines else self._empty)
        self.detail.setVisible(bool(lines))
        if self.narrow.narrowed() != Narrowed():
            self._empty.say(
                self.tr("Không có hồ sơ nào như đang lọc"),
                self.tr("Hãy bấm Bỏ lọc, hoặc chọn trạng thái, thủ tục, ngày hẹn khác."),
            )
        elif self.field.text().strip():
            self._empty.say(
                self.tr("Không tìm thấy hồ sơ nào"),
                self.tr("Hãy thử vài số cuối của mã, hoặc tên không dấu."),
            )
        else:
            self._empty.say(
                self.tr("Chưa có hồ sơ nào"),
                self.tr("Hồ sơ đầu tiên sẽ hiện ở đây ngay khi bấm Tiếp nhận (F9)."),
            )
        rows = [place for place, line in enumerate(lines) if line.code == chosen]
        if lines:
            self._table.selectRow(rows[0] if rows else 0)
        else:
            self.detail.forget()

    def forget(self) -> None:
        """Show nothing, and forget what was typed."""
        self.narrow.blockSignals(True)  # nothing is searched for while it is cleared
        self.narrow.clear()
        self.narrow.blockSignals(False)
        self.field.clear()
        self._typing.stop()
        self.show_lines(())
        self.detail.forget()

    def show_asking(self, code: str) -> None:
        """Say that the portal is being asked for a dossier that is not known here."""
        self._empty.say(
            self.tr("Quầy chưa có hồ sơ %1").replace("%1", code),
            self.tr("Đang hỏi cổng… Có trả lời là hồ sơ hiện ngay ở đây."),
        )

    def show_not_there(self, code: str, error: BaseException | None) -> None:
        """Say that the portal has no such dossier, or why it could not be asked."""
        if error is None:
            self._empty.say(
                self.tr("Cổng cũng không có hồ sơ %1").replace("%1", code),
                self.tr("Hãy so lại mã với giấy tiếp nhận, hoặc tìm theo tên."),
            )
            return
        self._empty.say(
            self.tr("Chưa hỏi được cổng về hồ sơ %1").replace("%1", code),
            f"{texts.sentence(error).what} "
            + self.tr("Quầy vẫn làm việc khác được; có mạng thì quét lại mã."),
        )

    @property
    def told(self) -> str:
        """What stands in place of the list while there is none."""
        return self._empty.what if self._sides.currentWidget() is self._empty else ""

    @Slot()
    def search(self) -> None:
        """Ask for what is typed."""
        self._typing.stop()
        self.searched.emit(self.field.text().strip())

    def look_up(self, code: str) -> None:
        """Look a scanned code up, among all dossiers."""
        self.narrow.clear()
        self.field.setText(code)
        self.search()

    @Slot()
    def _on_typed(self) -> None:
        self._typing.start()

    @Slot(object)
    def _on_moved(self, step: int) -> None:
        """Choose another dossier while the keyboard stays in the field."""
        last = len(self._model.lines) - 1
        if last >= 0:
            self._table.selectRow(max(0, min(last, self._table.chosen_row() + step)))

    @Slot()
    def _on_row(self) -> None:
        row = self._table.chosen_row()
        if 0 <= row < len(self._model.lines):
            self.picked.emit(self._model.lines[row].code)

    @Slot()
    def _on_copy(self) -> None:
        if self.detail.view is not None and self.detail.view.line.system:
            self.copy_asked.emit(self.detail.view)

    @Slot()
    def _on_reprint(self) -> None:
        if self.detail.view is not None:
            self.reprint_asked.emit(self.detail.view.line.id)

    @Slot()
    def _on_receipt(self) -> None:
        if self.detail.view is not None and self.detail.view.receipts:
            self.receipt_asked.emit(self.detail.view.receipts[-1])


class DossierDetail(QFrame):
    """One dossier: who, what, when, papers, fees, history, and how it stands with the portal.

    Signals:
        files_asked: A DossierView: its files are wanted.
    """

    files_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setFixedWidth(372)
        self.view: DossierView | None = None
        self._code = words(role="name", wrap=True)
        self._code.setObjectName("detail_code")
        self._standing = Badge()
        self._sheet = QVBoxLayout()
        self._sheet.setSpacing(3)
        self.files = KeyButton(self.tr("Tệp đính kèm…"), "Ctrl+Shift+F", sign="paper")
        self.files.setObjectName("files")
        self.files.clicked.connect(self.open_files)
        self.copy = KeyButton(self.tr("Chép sang hệ thống kia"), "Ctrl+Shift+C")
        self.copy.setObjectName("copy_elsewhere")
        self.reprint = KeyButton(self.tr("In lại giấy tiếp nhận"), "Ctrl+P", sign="printer")
        self.receipt = KeyButton(self.tr("In lại phiếu thu"), "Ctrl+Shift+R", sign="printer")
        self.receipt.setObjectName("receipt_again")
        inner = QWidget()
        inner_column = QVBoxLayout(inner)
        inner_column.setContentsMargins(0, 0, 8, 0)
        inner_column.addLayout(self._sheet)
        inner_column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setMinimumHeight(LEAST_SHEET)  # under a notice the buttons must still have room
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 12, 12, 12)
        column.setSpacing(6)
        column.addWidget(self._code)
        column.addWidget(self._standing)
        column.addWidget(scroll, 1)
        self.acts = ActsMenu()
        column.addWidget(self.copy)
        column.addWidget(self.files)
        column.addWidget(self.acts)
        column.addWidget(self.reprint)
        column.addWidget(self.receipt)
        self.forget()

    @property
    def code(self) -> str:
        """The code of the dossier it shows, empty when it shows none."""
        return self.view.line.code if self.view else ""

    def show_dossier(self, view: DossierView) -> None:
        """Show *view*."""
        self.forget()
        self.view = view
        line, person = view.line, view.applicant
        self._code.setText(line.code)
        standing = said(states.STANDINGS[line.standing])
        if line.system:
            standing = self.tr("Thuộc %1").replace("%1", line.system)
        elif line.provisional:
            standing += self.tr(" · mã tạm, chờ cổng cấp mã chính thức")
        self._standing.say(STANDING_TONES[line.standing], standing, icon="portal")
        self._standing.show()
        self.copy.setVisible(bool(line.system))
        self.files.setEnabled(True)
        if view.files:
            self.files.setText(self.tr("Tệp đính kèm (%1)…").replace("%1", str(len(view.files))))
        self.reprint.setEnabled(True)
        self.receipt.setVisible(bool(view.receipts))
        self._fact(self.tr("Trạng thái"), said(states.STATUSES[line.status]))
        self._fact(self.tr("Chủ hồ sơ"), person.full_name)
        self._fact(self.tr("Số định danh"), person.number.masked if person.number else "—")
        self._fact(self.tr("Nguồn"), said(states.SOURCES[person.source]))
        for caption, told in other_people(view):
            self._fact(caption, told)
        self._fact(self.tr("Thủ tục"), line.procedure_name)
        self._fact(self.tr("Tiếp nhận"), written.moment(line.received_at))
        self._fact(self.tr("Hẹn trả"), _due(line))
        self._fact(
            self.tr("Phải thu"), written.money(view.total) if view.total else self.tr("Không thu")
        )
        if line.system:
            self._fact(self.tr("Mã ở đó"), line.system_code or self.tr("chưa nhập"))
        self._fact(self.tr("Sổ"), view.book)
        if view.ticket:
            self._fact(self.tr("Số thứ tự"), view.ticket)
        if line.paper is not None:
            self._fact(self.tr("Giấy tiếp nhận"), said(states.OUTCOMES[line.paper]))
        self._heading(self.tr("Giấy tờ đã nhận"))
        for paper in view.papers:
            counts = (
                (paper.originals, self.tr("bản chính")),
                (paper.certified, self.tr("chứng thực")),
                (paper.copies, self.tr("bản sao")),
            )
            told = ", ".join(f"{number} {name}" for number, name in counts if number)
            self._sheet.addWidget(words(f"{paper.name} ({told})", wrap=True))
        if view.files:
            self._heading(self.tr("Tệp"))
        for file in view.files:
            told = f"{file.filename} – {said(states.FILE_STANDINGS[file.standing])}"
            self._sheet.addWidget(words(told, wrap=True))
        self._heading(self.tr("Diễn biến"))
        for event in view.history:
            told = f"{written.moment(event.at)}  {said(states.EVENTS[event.event])}"
            self._sheet.addWidget(words(told, wrap=True))
            if event.text:
                self._sheet.addWidget(words(event.text, "caption", wrap=True))

    @Slot()
    def open_files(self) -> None:
        """Ask for the files of the dossier that is shown."""
        if self.view is not None:
            self.files_asked.emit(self.view)

    def forget(self) -> None:
        """Show nothing."""
        self.view = None
        self._code.setText(self.tr("Chọn một hồ sơ"))
        self._standing.hide()
        self.copy.hide()
        self.files.setEnabled(False)
        self.files.setText(self.tr("Tệp đính kèm…"))
        self.reprint.setEnabled(False)
        self.receipt.hide()
        self.acts.forget()
        empty(self._sheet)

    def _fact(self, caption: str, value: str) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        label = words(caption, "caption")
        label.setFixedWidth(108)
        line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words(value, "value", wrap=True), 1)
        self._sheet.addWidget(row)

    def _heading(self, text: str) -> None:
        self._sheet.addSpacing(4)
        self._sheet.addWidget(frame("line"))
        self._sheet.addWidget(words(text, "strong"))


def _due(line: DossierLine) -> str:
    return written.moment(line.due_at) if line.due_at else "—"


def near_words(line: DossierLine) -> str:
    """Return in a word how near its due time is, empty when it is far."""
    word = states.NEARNESS.get(line.nearness)
    return said(word) if word else ""


def _due_day(line: DossierLine) -> str:
    if line.due_at is None:
        return "—"
    day, near = local_day(line.due_at), near_words(line)
    return f"{near} {written.near_day(day)}" if near else written.day(day)


def _standing(line: DossierLine) -> str:
    return said(states.STANDINGS[line.standing])
