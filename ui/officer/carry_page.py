"""Many dossiers on one list: scanned one after the other, handed over or taken in together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFormLayout, QHBoxLayout, QRadioButton, QWidget

from counter.acts import ActKind, HandOver, HandToPost, TakeResult
from ui import states, texts, written
from ui.officer.acts.fields import MOST_IN_NUMBER, choice, line
from ui.officer.page import Page
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.badge import Badge
from ui.parts.keys import KeyButton, on_key
from ui.parts.section import Section
from ui.said import said

if TYPE_CHECKING:
    from counter.acted import Acted, Possible
    from counter.values import DossierId
    from counter.work import DossierView

SIDE_WIDTH = 400
OUT, IN, POST = ActKind.HAND_OVER, ActKind.TAKE_RESULT, ActKind.HAND_TO_POST


@dataclass(frozen=True, slots=True)
class ListAsked:
    """One act for every dossier of a list."""

    dossiers: tuple[DossierId, ...]
    act: HandOver | TakeResult | HandToPost


@dataclass(frozen=True, slots=True)
class _Scanned:
    possible: Possible
    view: DossierView


class CarryPage(Page):
    """Shows the list and says what is to be done with all of it.

    Signals:
        scanned: A str: a code to put on the list.
        own_wanted: Everything that this officer received and nobody passed on.
        asked: A ListAsked.
    """

    scanned = Signal(object)
    own_wanted = Signal()
    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Giao nhận"),
            self.tr("Quét mã vạch từng hồ sơ, rồi ghi một lần cho cả danh sách."),
            parent,
        )
        self.field = line("carry_code", self.tr("Mã hồ sơ"))
        self.field.setProperty("role", "search")
        self.field.setPlaceholderText(self.tr("Quét hoặc gõ mã hồ sơ rồi bấm Enter"))
        self.field.returnPressed.connect(self._on_scanned)
        self._told = Badge()
        self._told.hide()
        self._model: LinesModel[_Scanned] = LinesModel(
            (
                Column(self.tr("Mã hồ sơ"), lambda s: s.possible.code, 212),
                Column(self.tr("Chủ hồ sơ"), lambda s: s.possible.applicant, 180),
                Column(self.tr("Thủ tục"), lambda s: s.view.line.procedure_name, 0),
                Column(self.tr("Hẹn trả"), _due, 166),
            ),
            self,
        )
        self._table = LinesTable(self._model, "carry_list")
        self._table.setAccessibleName(self.tr("Danh sách đang lập"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._table, 1)
        row.addWidget(self._side())
        self.body.addWidget(self.field)
        self.body.addWidget(self._told)
        self.body.addLayout(row, 1)
        self._show_kind()

    @property
    def kind(self) -> ActKind:
        """What is being done with the list."""
        if self._post.isChecked():
            return POST
        return OUT if self._out.isChecked() else IN

    def add(self, possible: Possible, view: DossierView) -> None:
        """Put a dossier on the list, unless it is there or its state does not allow the act."""
        if any(there.possible.code == possible.code for there in self._model.lines):
            self._say("warn", self.tr("%1 đã có trong danh sách."), possible.code)
            return
        if self.kind not in possible.acts:
            state = said(states.STATUSES[view.line.status])
            told = self.tr("Không đưa %1 vào danh sách được: hồ sơ đang ở trạng thái “%2”.")
            self._say("bad", told.replace("%2", state), possible.code)
            return
        if not self._model.lines:
            self._offer(possible)
        self._model.show((*self._model.lines, _Scanned(possible, view)))
        self._table.selectRow(len(self._model.lines) - 1)
        self._say("good", self.tr("Đã thêm %1."), possible.code)
        self._count()

    def missing_of(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of an officer's own *codes* that are not on the list; say so if none is."""
        there = {one.possible.code for one in self._model.lines}
        missing = tuple(code for code in codes if code not in there)
        if not missing:
            told = self.tr("Mọi hồ sơ bạn đã nhận ở quầy này đều đã bàn giao hoặc đã ở danh sách.")
            self._say("good", told, "")
        return missing

    def refuse(self, error: BaseException) -> None:
        """Say why a code or the whole list was refused; the list stays."""
        told = texts.sentence(error)
        self._told.say("bad", f"{told.what} {told.advice}")
        self._told.show()
        self._count()

    def show_done(self, acted: tuple[Acted, ...]) -> None:
        """Say what was done and begin a new list."""
        self._model.show(())
        number = next((one.number for one in acted if one.number), None)
        told = self.tr("Đã ghi %1 hồ sơ.").replace("%1", str(len(acted)))
        if number is not None:
            told += self.tr(" Số danh sách: %1").replace("%1", number)
        self._told.say("good", told)
        self._told.show()
        self._count()

    @Slot()
    def go(self) -> None:
        """Ask for the act, once for the whole list."""
        if not self._model.lines:
            return
        self._go.setEnabled(False)
        dossiers = tuple(there.possible.dossier_id for there in self._model.lines)
        act: HandOver | TakeResult | HandToPost
        if self.kind is OUT:
            act = HandOver(self._unit.currentText(), self._receiver.text())
        elif self.kind is POST:
            act = HandToPost(self._receiver.text())
        else:
            act = TakeResult(self._result.currentText(), shelf=self._shelf.text())
        self.asked.emit(ListAsked(dossiers, act))

    @Slot()
    def take_off(self) -> None:
        """Take the chosen dossier off the list: the one scanned last, unless another was chosen."""
        row = self._table.chosen_row()
        if 0 <= row < len(self._model.lines):
            self._model.show(self._model.lines[:row] + self._model.lines[row + 1 :])
            self._table.selectRow(len(self._model.lines) - 1)
            self._count()

    def _side(self) -> Section:
        section = Section(self.tr("Danh sách"))
        section.setFixedWidth(SIDE_WIDTH)
        self._out = QRadioButton(self.tr("Bàn giao cho đơn vị giải quyết"))
        self._out.setObjectName("carry_out")
        self._out.setChecked(True)
        self._in = QRadioButton(self.tr("Nhận kết quả về quầy"))
        self._in.setObjectName("carry_in")
        kinds = QButtonGroup(self)
        kinds.addButton(self._out)
        kinds.addButton(self._in)
        self._post = QRadioButton(self.tr("Giao kết quả cho bưu chính"))
        self._post.setObjectName("carry_post")
        kinds.addButton(self._post)
        kinds.buttonToggled.connect(self._on_kind)
        self._unit = choice("carry_unit", self.tr("Đơn vị nhận"), ())
        self._receiver = line("carry_receiver", self.tr("Người nhận"), most=MOST_IN_NUMBER)
        self._result = choice("carry_result", self.tr("Kết quả"), ())
        self._shelf = line("carry_shelf", self.tr("Chỗ để"), most=MOST_IN_NUMBER)
        self._fields = QFormLayout()
        self._fields.setVerticalSpacing(10)
        self._fields.addRow(self.tr("Đơn vị nhận"), self._unit)
        self._fields.addRow(self.tr("Người nhận"), self._receiver)
        self._fields.addRow(self.tr("Kết quả"), self._result)
        self._fields.addRow(self.tr("Chỗ để"), self._shelf)
        self._own = KeyButton(self.tr("Thêm mọi hồ sơ tôi đã nhận"), "Alt+M")
        self._own.setObjectName("carry_own")
        self._own.clicked.connect(self._on_own)
        on_key("Alt+M", self, self._on_own).setContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self._off = KeyButton(self.tr("Bỏ dòng đang chọn"), "Alt+B")
        self._off.setObjectName("carry_off")
        self._off.clicked.connect(self.take_off)
        on_key("Alt+B", self, self.take_off).setContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self._go = KeyButton(self.tr("Ghi cả danh sách"), "Ctrl+Return", primary=True, tall=True)
        self._go.setObjectName("carry_go")
        self._go.clicked.connect(self.go)
        section.body.addWidget(self._out)
        section.body.addWidget(self._in)
        section.body.addWidget(self._post)
        section.body.addLayout(self._fields)
        section.body.addStretch(1)
        section.body.addWidget(self._own)
        section.body.addWidget(self._off)
        section.body.addWidget(self._go)
        return section

    @Slot()
    def _on_scanned(self) -> None:
        code = self.field.text().strip()
        self.field.clear()
        if code:
            self.scanned.emit(code)

    @Slot()
    def _on_own(self) -> None:
        if self.kind is OUT:
            self.own_wanted.emit()

    @Slot(object, bool)
    def _on_kind(self, _button: object, on: bool) -> None:
        if on:
            self._model.show(())
            self._show_kind()

    def _show_kind(self) -> None:
        out, into = self.kind is OUT, self.kind is IN
        for widget, shown in (
            (self._unit, out),
            (self._receiver, not into),
            (self._result, into),
            (self._shelf, into),
        ):
            self._fields.setRowVisible(widget, shown)
        self._own.setVisible(out)
        self._told.hide()
        self._count()

    def _offer(self, possible: Possible) -> None:
        for field, offered in ((self._unit, possible.units), (self._result, possible.results)):
            typed = field.currentText()
            field.clear()
            field.addItems(list(offered))
            if typed:
                field.setCurrentText(typed)

    def _say(self, tone: str, told: str, code: str) -> None:
        self._told.say(tone, told.replace("%1", code))
        self._told.show()

    def _count(self) -> None:
        count = len(self._model.lines)
        self._go.setEnabled(count > 0)
        self._off.setEnabled(count > 0)
        told = self.tr("%1 hồ sơ trong danh sách").replace("%1", str(count))
        waiting = self.tr("Quét mã vạch từng hồ sơ, rồi ghi một lần cho cả danh sách.")
        self.subtitle.setText(told if count else waiting)


def _due(scanned: _Scanned) -> str:
    due_at = scanned.view.line.due_at
    return written.moment(due_at) if due_at else "—"
