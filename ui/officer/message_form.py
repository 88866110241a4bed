"""One message that waits: what this desk says, what the portal has, and the officer's choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from counter.disputes import STATUS, Difference
from counter.work import SyncStanding
from ui import states, texts, written
from ui.officer.reasons import reason_of_trouble
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.badge import Badge
from ui.parts.keys import KeyButton, on_key
from ui.parts.line import Line
from ui.parts.words import words
from ui.said import said

if TYPE_CHECKING:
    from counter.disputes import MessageView

WIDTH, HEIGHT = 1080, 560


class MessageForm(QDialog):
    """Shows both versions side by side and asks, field by field, which one stays.

    Signals:
        chosen: A frozenset of str: the fields that stay as this desk says.
        amended: A tuple of (field, words): what a refused message is to say instead.
        again_asked: Nothing; the message is to go again as it is.
    """

    chosen = Signal(object)
    amended = Signal(object)
    again_asked = Signal()

    def __init__(self, view: MessageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_form")
        self.setWindowTitle(self.tr("Chi tiết tin gửi cổng"))
        self.resize(WIDTH, HEIGHT)
        self.view = view
        self.kept: set[str] = {d.pointer for d in view.differences if d.differs}
        contested = view.standing is SyncStanding.CONFLICT
        self._model: LinesModel[Difference] = LinesModel(
            (
                Column(self.tr("Mục"), lambda d: said_of(d.pointer), 190),
                Column(self.tr("Quầy này ghi"), self._ours, 0),
                Column(self.tr("Cổng đang có"), self._theirs, 330),
                Column(self.tr("Giữ / lý do"), self._choice, 200, self._tone),
            ),
            self,
        )
        self._table = LinesTable(self._model, "differences")
        self._table.setAccessibleName(self.tr("Từng mục của tin"))
        self._table.activated.connect(self.turn)
        self._badge = Badge()
        self._badge.hide()
        ours = self._button(self.tr("Giữ hết của quầy"), "Ctrl+1", self.keep_all)
        theirs = self._button(self.tr("Lấy hết của cổng"), "Ctrl+2", self.keep_none)
        turn = self._button(self.tr("Đổi mục đang chọn"), "Space", self.turn)
        self.again = self._button(self.tr("Gửi lại nguyên như cũ"), "Ctrl+G", self.again_asked.emit)
        self.fields: dict[str, QLineEdit] = {}
        typing = self._typing()
        self.go = KeyButton(self._go_word(), "Ctrl+Return", primary=True)
        self.go.setObjectName("message_go")
        self.go.setAutoDefault(False)
        self.go.clicked.connect(self._on_go)
        on_key("Ctrl+Return", self, self.go.click)
        leave = self._button(self.tr("Đóng"), "Esc", self.reject)
        for button in (ours, theirs, turn):
            button.setVisible(contested)
        self.go.setVisible(contested or bool(self.fields))
        self.again.setVisible(view.standing is SyncStanding.PARKED)
        choices = QHBoxLayout()
        choices.setSpacing(12)
        for button in (ours, theirs, turn):
            choices.addWidget(button)
        choices.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        for button in (leave, self.again, self.go):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addWidget(words(self._title(), "page-title"))
        column.addWidget(words(self._facts(), "caption", wrap=True))
        column.addWidget(words(self._meaning(), wrap=True))
        column.addLayout(typing)
        column.addWidget(self._table, 1)
        column.addLayout(choices)
        column.addWidget(self._badge)
        column.addLayout(buttons)
        self._show()

    def _typing(self) -> QVBoxLayout:
        """Return a line to type in for each field that the portal named, its reason below it."""
        column = QVBoxLayout()
        column.setSpacing(6)
        for difference in self.view.differences:
            if difference.typed is None:
                continue
            name = said_of(difference.pointer)
            line = Line(difference.typed)
            line.setObjectName(f"amend{difference.pointer.replace('/', '_')}")
            line.setAccessibleName(f"{name}. {difference.reason}")
            self.fields[difference.pointer] = line
            why = Badge()
            why.say("bad", difference.reason)
            for part in (words(name, "field"), line, why):
                column.addWidget(part)
        if self.fields and len(self.fields) == len(self.view.differences):
            self._table.hide()
            column.addStretch(1)
        return column

    def _go_word(self) -> str:
        return self.tr("Gửi bản đã sửa") if self.fields else self.tr("Ghi nhận lựa chọn")

    def refuse(self, error: BaseException) -> None:
        """Say why the choice could not be carried out."""
        told = texts.sentence(error)
        self._badge.say("bad", f"{told.what} {told.advice}")
        self._badge.show()
        self.go.setEnabled(True)

    @Slot()
    def keep_all(self) -> None:
        """Let every contested field stay as this desk says."""
        self.kept = {d.pointer for d in self.view.differences if d.differs}
        self._show()

    @Slot()
    def keep_none(self) -> None:
        """Let every contested field become the portal's."""
        self.kept = set()
        self._show()

    @Slot()
    def turn(self) -> None:
        """Change the choice for the field that is chosen."""
        row = self._table.chosen_row()
        if 0 <= row < len(self.view.differences) and self.view.differences[row].differs:
            self.kept ^= {self.view.differences[row].pointer}
            self._show(row)

    def _show(self, row: int = 0) -> None:
        self._model.show(self.view.differences)
        if self.view.differences:
            self._table.selectRow(row)

    def _button(self, word: str, key: str, act: object) -> KeyButton:
        button = KeyButton(word, key)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        if key != "Esc":
            on_key(key, self, button.click)
        return button

    def _title(self) -> str:
        told = self.tr("Cập nhật hồ sơ")
        if self.view.event:
            told = said(states.EVENTS_SENT.get(self.view.event, states.EVENT_OTHER))
        return f"{self.view.dossier_code}  ·  {told}"

    def _facts(self) -> str:
        view = self.view
        told = self.tr("Ghi lúc %1 · đã gửi %2 lần").replace("%1", written.moment(view.written_at))
        told = told.replace("%2", str(view.attempts))
        if view.next_at is not None and view.standing is SyncStanding.WAITING:
            told += self.tr(" · gửi lại lúc %1").replace("%1", written.clock(view.next_at))
        if view.skew_s is not None and view.is_clock_wrong:
            ahead = self.tr(" · khi đó đồng hồ máy chậm hơn cổng %1 phút")
            behind = self.tr(" · khi đó đồng hồ máy nhanh hơn cổng %1 phút")
            apart = ahead if view.skew_s > 0 else behind
            told += apart.replace("%1", str(round(abs(view.skew_s) / 60)))
        if view.later:
            told += self.tr(" · %1 tin sau của hồ sơ này chờ tin này").replace(
                "%1", str(view.later)
            )
        return told

    def _meaning(self) -> str:
        match self.view.standing:
            case SyncStanding.CONFLICT:
                return self.tr(
                    "Cổng đã có bản khác. Chọn từng mục: giữ của quầy hay lấy của cổng; cả hai bản "
                    "đều còn trong diễn biến."
                )
            case SyncStanding.PARKED:
                told = self.tr("Cổng không nhận tin này: %1").replace(
                    "%1", reason_of_trouble(self.view.trouble)
                )
                if any(difference.typed is not None for difference in self.view.differences):
                    told += self.tr(
                        "\nSửa lại rồi gửi: bản đã sửa thay tin này, bản cũ vẫn được giữ."
                    )
                return told
            case _:
                return self.tr("Tin này đang chờ cổng trả lời; không phải làm gì.")

    def _ours(self, difference: Difference) -> str:
        return _value(difference, difference.ours)

    def _theirs(self, difference: Difference) -> str:
        return _value(difference, difference.theirs)

    def _choice(self, difference: Difference) -> str:
        if difference.differs:
            kept = difference.pointer in self.kept
            return self.tr("Giữ của quầy") if kept else self.tr("Lấy của cổng")
        return difference.reason

    def _tone(self, difference: Difference) -> str:
        if not difference.differs:
            return "bad" if difference.reason else ""
        return "warn" if difference.pointer in self.kept else "good"

    @Slot()
    def _on_go(self) -> None:
        self.go.setEnabled(False)
        if self.fields:
            self.amended.emit(tuple((at, line.text()) for at, line in self.fields.items()))
            return
        self.chosen.emit(frozenset(self.kept))


def said_of(pointer: str) -> str:
    """Return the name of a field for people; one without a name shows where it stands."""
    known = states.MESSAGE_FIELDS.get(pointer)
    return said(known) if known else pointer.strip("/").replace("/", " › ")


def _value(difference: Difference, text: str) -> str:
    if difference.pointer == STATUS and text.isdigit():
        return said(states.STATUSES[int(text)])
    return text or "—"
