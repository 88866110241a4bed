"""The officers of this desk: who may do what, and who may sign in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter.roster import OfficerLine, Service
from ui import states
from ui.officer.page import Page
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.badge import Badge
from ui.parts.keys import KeyButton, on_key
from ui.parts.question import Question, ask
from ui.said import said

TONES = {Service.OPEN: "", Service.LOCKED: "warn", Service.ENDED: "faint"}


class PeoplePage(Page):
    """Shows the officers and asks for changes; it changes nothing itself.

    Signals:
        make_asked: Nothing.
        change_asked: An OfficerLine.
        password_asked: An OfficerLine.
        lock_asked: An OfficerLine; locked ones are to be opened.
        card_asked: An OfficerLine; a card that is enrolled is to be dropped.
        end_asked: An OfficerLine, after the administrator confirmed it.
    """

    make_asked = Signal()
    change_asked = Signal(object)
    password_asked = Signal(object)
    lock_asked = Signal(object)
    card_asked = Signal(object)
    end_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Cán bộ của quầy"),
            self.tr("Tài khoản không bao giờ bị xóa, vì tên cán bộ đứng trong mọi hồ sơ đã làm."),
            parent,
        )
        self._end = KeyButton(self.tr("Thôi việc"), "Delete", sign="erase")
        self._lock = KeyButton(self.tr("Khóa hoặc mở"), "Alt+K", sign="lock")
        self._card = KeyButton(self.tr("Đăng ký thẻ"), "Alt+C", sign="card")
        self._password = KeyButton(self.tr("Đặt lại mật khẩu"), "Alt+P", sign="key")
        self._change = KeyButton(self.tr("Sửa"), "Alt+S", sign="pencil")
        make = KeyButton(self.tr("Thêm cán bộ"), "Alt+T", sign="person", primary=True)
        for button, name, act in (
            (self._end, "people_end", self.end),
            (self._lock, "people_lock", self.lock),
            (self._card, "people_card", self.card),
            (self._password, "people_reset", self.reset),
            (self._change, "people_change", self.change),
            (make, "people_make", self.make_asked.emit),
        ):
            button.setObjectName(name)
            button.clicked.connect(act)
        self.buttons.addWidget(make)
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in (self._change, self._password, self._card, self._lock, self._end):
            row.addWidget(button)
        row.addStretch(1)
        self._outcome = Badge()
        self._outcome.setObjectName("people_outcome")
        self._outcome.hide()
        self._model: LinesModel[OfficerLine] = LinesModel(
            (
                Column(self.tr("Họ và tên"), lambda one: one.officer.name, 250, _tone),
                Column(self.tr("Tên đăng nhập"), lambda one: one.officer.id, 150, _tone),
                Column(self.tr("Chức danh"), lambda one: one.officer.title, 210, _tone),
                Column(self.tr("Việc được làm"), _roles, 0, _tone),
                Column(self.tr("Thẻ"), _card, 95, _tone),
                Column(self.tr("Tình trạng"), _state, 175, _tone),
            ),
            self,
        )
        self.table = LinesTable(self._model, "officers")
        self.table.setAccessibleName(self.tr("Các cán bộ của quầy"))
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.doubleClicked.connect(self.change)
        self.body.addWidget(self._outcome)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)
        for key, wish in (
            ("Alt+T", self.make_asked.emit),
            ("Alt+S", self.change),
            ("Alt+P", self.reset),
            ("Alt+C", self.card),
            ("Alt+K", self.lock),
            ("Delete", self.end),
        ):
            on_key(key, self, wish).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._on_row()

    def show_officers(self, lines: tuple[OfficerLine, ...]) -> None:
        """Show who works here; the chosen one stays chosen."""
        kept = self.chosen
        self._model.show(lines)
        names = [one.officer.id for one in lines]
        if kept is not None and kept.officer.id in names:
            self.table.selectRow(names.index(kept.officer.id))
        elif lines:
            self.table.selectRow(0)
        self._on_row()

    def say(self, told: str) -> None:
        """Say what was done."""
        self._outcome.say("good", told)
        self._outcome.show()

    def focus(self) -> None:
        """Give the list the keyboard."""
        self._outcome.hide()
        self.table.setFocus()

    @property
    def chosen(self) -> OfficerLine | None:
        """The chosen officer."""
        row = self.table.chosen_row()
        return self._model.lines[row] if 0 <= row < len(self._model.lines) else None

    @Slot()
    def change(self) -> None:
        """Ask to change the chosen officer."""
        if self.chosen is not None and self._change.isEnabled():
            self.change_asked.emit(self.chosen)

    @Slot()
    def reset(self) -> None:
        """Ask to set a password anew."""
        if self.chosen is not None and self._password.isEnabled():
            self.password_asked.emit(self.chosen)

    @Slot()
    def lock(self) -> None:
        """Ask to lock the chosen account, or to open it."""
        if self.chosen is not None and self._lock.isEnabled():
            self.lock_asked.emit(self.chosen)

    @Slot()
    def card(self) -> None:
        """Ask to enrol the officer's own card, or to drop it."""
        if self.chosen is not None and self._card.isEnabled():
            self.card_asked.emit(self.chosen)

    @Slot()
    def end(self) -> None:
        """Ask whether an officer's service has really ended."""
        chosen = self.chosen
        if chosen is None or not self._end.isEnabled():
            return
        question = Question(
            what=self.tr("Cho “%1” thôi việc?").replace("%1", chosen.officer.name),
            meaning=self.tr(
                "Mật khẩu bị xóa và tài khoản không bao giờ mở lại. Tên cán bộ vẫn đứng trong các "
                "hồ sơ đã làm. Nếu chỉ vắng một thời gian thì nên khóa."
            ),
            go=self.tr("Cho thôi việc"),
            stay=self.tr("Giữ lại"),
        )
        ask(self, question, lambda: self.end_asked.emit(chosen))

    @Slot()
    def _on_row(self) -> None:
        chosen = self.chosen
        working = chosen is not None and chosen.service is not Service.ENDED
        for button in (self._end, self._lock, self._card, self._password, self._change):
            button.setEnabled(working)
        locked = chosen is not None and chosen.service is Service.LOCKED
        carded = chosen is not None and chosen.needs_card
        self._card.setText(self.tr("Bỏ thẻ") if carded else self.tr("Đăng ký thẻ"))
        self._lock.setText(self.tr("Mở khóa") if locked else self.tr("Khóa"))


def _roles(line: OfficerLine) -> str:
    order = list(states.ROLES)
    return ", ".join(said(states.ROLES[r]) for r in sorted(line.officer.roles, key=order.index))


def _card(line: OfficerLine) -> str:
    return said(states.HAS_CARD if line.needs_card else states.NO_CARD)


def _state(line: OfficerLine) -> str:
    is_waiting = line.must_change and line.service is Service.OPEN
    return said(states.MUST_CHANGE if is_waiting else states.SERVICES[line.service])


def _tone(line: OfficerLine) -> str:
    return TONES[line.service]
