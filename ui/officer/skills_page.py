"""What each counter of the office serves: choose a counter, tick its fields, keep."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from counter.errors import DeskError
from counter.hall import CounterAsked, CounterLine, Service
from ui import texts
from ui.officer.page import Page
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.badge import Badge
from ui.parts.keys import KeyButton, on_key
from ui.parts.section import Section
from ui.parts.words import words

ACROSS = 3
"""Fields beside each other."""


class SkillsPage(Page):
    """Shows the counters and says what a supervisor wants of one; it changes nothing itself.

    Signals:
        asked: A CounterAsked.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Lĩnh vực của từng quầy"),
            self.tr(
                "Quầy chỉ gọi số của lĩnh vực được giao. Ghi xong có hiệu lực từ lượt gọi tới."
            ),
            parent,
        )
        self._names: dict[str, str] = {}
        self._boxes: dict[str, QCheckBox] = {}
        self._keep = KeyButton(self.tr("Ghi"), "Ctrl+S", sign="tick", primary=True)
        self._keep.setObjectName("skills_keep")
        self._keep.clicked.connect(self.keep)
        self.buttons.addWidget(self._keep)
        self._told = Badge()
        self._told.setObjectName("skills_told")
        self._told.hide()
        self._model: LinesModel[CounterLine] = LinesModel(
            (
                Column(self.tr("Quầy"), lambda one: one.name, 200, _tone),
                Column(self.tr("Lĩnh vực phục vụ"), self._fields, 0, _tone),
                Column(self.tr("Cán bộ hôm nay"), _officer, 220, _tone),
                Column(self.tr("Tình trạng"), self._state, 150, _tone),
            ),
            self,
        )
        self.table = LinesTable(self._model, "skills_counters")
        self.table.setAccessibleName(self.tr("Các quầy của bộ phận một cửa"))
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.body.addWidget(self._told)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._form())
        for key, act in (("Ctrl+S", self.keep), ("Alt+A", self.tick_all)):
            on_key(key, self, act).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._on_row()

    def _form(self) -> Section:
        self._card = Section(self.tr("Quầy đang chọn"))
        self._named = words("", "title")
        self._named.setObjectName("skills_named")
        self._card.head.insertWidget(2, self._named)  # beside the title, before the room
        self._all = KeyButton(self.tr("Chọn tất cả"), "Alt+A")
        self._all.setObjectName("skills_all")
        self._all.clicked.connect(self.tick_all)
        self._open = QCheckBox(self.tr("Quầy đang mở: được gọi số tiếp theo"))
        self._open.setObjectName("skills_open")
        row = QHBoxLayout()
        row.addWidget(self._open)
        row.addStretch(1)
        row.addWidget(self._all)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(8)
        self._card.body.addLayout(self._grid)
        self._card.body.addLayout(row)
        return self._card

    def begin(self) -> None:
        """Forget what was said before."""
        self._told.hide()

    def focus(self) -> None:
        """Give the list the keyboard."""
        self.table.setFocus()

    def show_counters(self, lines: tuple[CounterLine, ...], services: tuple[Service, ...]) -> None:
        """Show the counters; the chosen one stays chosen."""
        kept = self.chosen
        self._names = {service.code: service.name for service in services}
        self._lay_boxes()
        self._model.show(lines)
        names = [line.name for line in lines]
        if kept is not None and kept.name in names:
            self.table.selectRow(names.index(kept.name))
        elif lines:
            self.table.selectRow(0)
        else:
            self._say(
                "info",
                self.tr(
                    "Chưa có quầy nào gọi số. Mở chương trình ở từng quầy một lần, "
                    "rồi mở lại trang này."
                ),
            )
        self._on_row()

    def show_kept(self, asked: CounterAsked) -> None:
        """Say what holds from now on."""
        told = (
            self.tr("Đã ghi cho %1. Lượt gọi tới theo các lĩnh vực vừa chọn.")
            if asked.is_open
            else self.tr("Đã ghi: %1 tạm nghỉ, không gọi số tiếp theo cho đến khi mở lại.")
        )
        self._say("good", told.replace("%1", asked.counter))

    def refuse(self, error: BaseException) -> None:
        """Say why it was not done."""
        if isinstance(error, DeskError):
            told = texts.sentence(error)
            self._say("bad", f"{told.what} {told.advice}")
        else:
            self._say("bad", self.tr("Chưa làm được. Hãy thử lại."))

    @property
    def chosen(self) -> CounterLine | None:
        """The chosen counter."""
        row = self.table.chosen_row()
        return self._model.lines[row] if 0 <= row < len(self._model.lines) else None

    @Slot()
    def tick_all(self) -> None:
        """Tick every field."""
        for box in self._boxes.values():
            box.setChecked(box.isEnabled())

    @Slot()
    def keep(self) -> None:
        """Ask to keep what is ticked for the chosen counter."""
        chosen = self.chosen
        if chosen is None:
            return
        ticked = "".join(letter for letter, box in self._boxes.items() if box.isChecked())
        if not ticked:
            self._say(
                "warn",
                self.tr(
                    "Hãy chọn ít nhất một lĩnh vực. Muốn quầy tạm nghỉ thì bỏ chọn “Quầy đang mở”."
                ),
            )
            return
        self.asked.emit(CounterAsked(chosen.name, ticked, is_open=self._open.isChecked()))

    def _lay_boxes(self) -> None:
        if list(self._boxes) == list(self._names):
            return
        for box in self._boxes.values():
            self._grid.removeWidget(box)
            box.deleteLater()
        self._boxes = {}
        before: QWidget = self.table
        for place, (letter, name) in enumerate(self._names.items()):
            box = QCheckBox(f"{letter}  {name}", self._card)
            box.setObjectName(f"skills_{letter}")
            self._grid.addWidget(box, place // ACROSS, place % ACROSS)
            self.setTabOrder(before, box)
            self._boxes[letter] = box
            before = box
        self.setTabOrder(before, self._open)
        self.setTabOrder(self._open, self._all)

    @Slot()
    def _on_row(self) -> None:
        chosen = self.chosen
        for part in (*self._boxes.values(), self._open, self._all, self._keep):
            part.setEnabled(chosen is not None)
        self._named.setText(chosen.name if chosen is not None else "")
        if chosen is None:
            return
        for letter, box in self._boxes.items():
            box.setChecked(not chosen.services or letter in chosen.services)
        self._open.setChecked(chosen.is_open)

    def _fields(self, line: CounterLine) -> str:
        if not line.services:
            return self.tr("Tất cả lĩnh vực")
        return ", ".join(self._names.get(letter, letter) for letter in line.services)

    def _state(self, line: CounterLine) -> str:
        return self.tr("Đang mở") if line.is_open else self.tr("Tạm nghỉ")

    def _say(self, tone: str, text: str) -> None:
        self._told.say(tone, text)
        self._told.show()


def _officer(line: CounterLine) -> str:
    return line.officer_name or line.officer or ""


def _tone(line: CounterLine) -> str:
    return "" if line.is_open else "warn"
