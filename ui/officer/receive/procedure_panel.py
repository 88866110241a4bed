"""Step two: which procedure, found by a few letters without accents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListView, QPushButton, QVBoxLayout, QWidget

from ui.officer.receive.procedure_list import ProcedureList, ProcedurePainter, about
from ui.parts.empty import Empty
from ui.parts.search_field import SearchField
from ui.parts.section import Section
from ui.parts.stack import Stack
from ui.parts.words import words

if TYPE_CHECKING:
    from counter.procedures import Procedure


class ProcedurePanel(Section):
    """Searches and holds the chosen procedure.

    Signals:
        searched: A str: what to find.
        chosen: A Procedure, or None when it was taken back.
        blank_asked: Nothing; somebody only asks, and takes blank form and checklist home.
    """

    searched = Signal(object)
    chosen = Signal(object)
    blank_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Thủ tục"), step="2", parent=parent)
        self.procedure: Procedure | None = None
        self._usual: tuple[Procedure, ...] = ()
        self._found: tuple[Procedure, ...] = ()
        self.field = SearchField()
        self.field.setObjectName("procedure_search")
        self.field.setProperty("role", "search")
        self.field.setClearButtonEnabled(True)
        self.field.setPlaceholderText(self.tr("Gõ vài chữ không dấu, ví dụ: khai sinh"))
        self.field.setAccessibleName(self.tr("Tìm thủ tục"))
        self.field.textChanged.connect(self._on_typed)
        self.field.moved.connect(self._move)
        self.field.returnPressed.connect(self._choose_current)
        self._caption = words(role="caption")
        self._model = ProcedureList(self)
        self._list = QListView()
        self._list.setObjectName("procedure_list")
        self._list.setAccessibleName(self.tr("Thủ tục tìm thấy"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(ProcedurePainter(self._model, self._list))
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(self._choose_current)
        self._opening, self._none, self._closed = self._empties()
        self._answers = Stack(self)
        for answer in (self._opening, self._list, self._none, self._closed):
            self._answers.addWidget(answer)
        self._search = QWidget()
        column = QVBoxLayout(self._search)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self._caption)
        column.addWidget(self._answers, 1)
        self._name = words(role="strong", wrap=True)
        self._name.setObjectName("procedure_name")
        self._about = words(role="caption", wrap=True)
        self._held = _column(self._name, self._about)
        self._change = _quiet("another_procedure", self.tr("Đổi thủ tục (Ctrl+T)"))
        self._change.setAccessibleName(self.tr("Chọn thủ tục khác"))
        self._change.clicked.connect(self.take_back)
        self._blank = _quiet("print_blank", self.tr("Mẫu trống (Ctrl+Shift+P)"))
        self._blank.setToolTip(
            self.tr("In mẫu tờ khai trống và danh mục giấy tờ cho người chỉ đến hỏi")
        )
        self._blank.clicked.connect(self.blank_asked)
        self.head.addWidget(self._blank)
        self.head.addWidget(self._change)
        self.body.addWidget(self._search, 1)
        self.body.addWidget(self._held)
        self.setFocusProxy(self.field)
        self._show_choice()

    def _empties(self) -> tuple[Empty, Empty, Empty]:
        """Return what is shown before there is anything, when nothing fits, and when closed."""
        opening = Empty(
            "database",
            self.tr("Đang mở dữ liệu của quầy…"),
            self.tr("Danh mục thủ tục hiện ra ngay sau đó. Cứ đọc thẻ trước."),
        )
        none = Empty(
            "search",
            self.tr("Không thấy thủ tục nào"),
            self.tr("Hãy gõ ít chữ hơn, hoặc gõ tên khác của thủ tục."),
        )
        closed = Empty(
            "lock",
            self.tr("Chưa mở được dữ liệu của quầy"),
            self.tr("Thông báo phía trên nói vì sao và nên làm gì. Những gì đã nhập vẫn còn."),
        )
        return opening, none, closed

    def show_found(self, found: tuple[Procedure, ...]) -> None:
        """Show what was found; the first is marked, so that Enter takes it.

        Before anything is typed, what this person came for before goes first.
        """
        self._found = found
        typed = self.field.text().strip()
        if not typed:
            others = (p for p in found if p not in self._usual)
            found = (*self._usual, *others)
        self._model.show(found)
        self._answers.setCurrentWidget(self._list if found else self._none)
        self._caption.setText(
            self.tr("Kết quả: ↑ ↓ để chọn, Enter để lấy")
            if typed
            else self.tr("Người này từng làm, rồi hay dùng nhất: ↑ ↓ chọn, Enter lấy")
            if self._usual
            else self.tr("Hay dùng nhất: ↑ ↓ để chọn, Enter để lấy")
        )
        if found:
            self._list.setCurrentIndex(self._model.index(0, 0))

    def show_usual(self, usual: tuple[Procedure, ...]) -> None:
        """Offer first what this person came for before; nothing for nobody."""
        self._usual = usual
        if self.procedure is None and not self.field.text().strip():
            self.show_found(self._found)

    def show_closed(self) -> None:
        """Say that nothing can be looked up."""
        self._answers.setCurrentWidget(self._closed)

    def first(self) -> Procedure | None:
        """Return the best that was found."""
        return self._model.find(0)

    @Slot()
    def take_back(self) -> None:
        """Choose anew."""
        self.forget()
        self.field.setFocus()
        self.chosen.emit(None)

    def forget(self) -> None:
        """Begin the next visit."""
        self.procedure = None
        self._show_choice()
        self.field.clear()
        self.searched.emit("")

    @Slot()
    def _on_typed(self) -> None:
        if self.procedure is None:
            self.searched.emit(self.field.text())

    @Slot(object)
    def _move(self, step: int) -> None:
        row = self._list.currentIndex().row() + step
        row = max(0, min(row, self._model.rowCount() - 1))
        self._list.setCurrentIndex(self._model.index(row, 0))

    @Slot()
    def _choose_current(self) -> None:
        procedure = self._model.find(self._list.currentIndex().row())
        if procedure is not None:
            self.hold(procedure)

    def hold(self, procedure: Procedure) -> None:
        """Choose *procedure*."""
        self.procedure = procedure
        self._show_choice()
        self.chosen.emit(procedure)

    def _show_choice(self) -> None:
        chosen = self.procedure
        self._search.setVisible(chosen is None)
        self._held.setVisible(chosen is not None)
        self._change.setVisible(chosen is not None)
        self._blank.setVisible(chosen is not None)
        self.mark_done(chosen is not None)
        if chosen is not None:
            self._name.setText(chosen.name)
            self._about.setText(about(chosen))


def _quiet(name: str, text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setProperty("role", "quiet")
    return button


def _column(*parts: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    return whole
