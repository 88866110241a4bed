"""Step two: which procedure, found by a few letters without accents."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from counter.procedures import Procedure
from ui.parts.words import words

Index = QModelIndex | QPersistentModelIndex


class ProcedureList(QAbstractListModel):
    """Procedures that were found, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Procedure, ...] = ()

    def show(self, found: tuple[Procedure, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._found = found
        self.endResetModel()

    def at(self, row: int) -> Procedure | None:
        """Return the one in *row*."""
        return self._found[row] if 0 <= row < len(self._found) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        procedure = self.at(index.row())
        if procedure is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{procedure.short_name}   ·   {procedure.field.name}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{procedure.code}  {procedure.name}"
        return None


class SearchField(QLineEdit):
    """A search field whose Up and Down move in the list below it.

    Signals:
        moved: An int: how many rows down, negative is up.
    """

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)


class ProcedurePanel(QFrame):
    """Searches and holds the chosen procedure.

    Signals:
        searched: A str: what to find.
        chosen: A Procedure, or None when it was taken back.
    """

    searched = Signal(str)
    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.procedure: Procedure | None = None
        self.field = SearchField()
        self.field.setObjectName("procedure_search")
        self.field.setProperty("role", "search")
        self.field.setPlaceholderText(self.tr("Gõ vài chữ, không cần dấu: ks, chung thuc ban sao…"))
        self.field.setAccessibleName(self.tr("Tìm thủ tục"))
        self.field.textEdited.connect(self.searched)
        self.field.moved.connect(self._move)
        self.field.returnPressed.connect(self._choose_current)
        self._model = ProcedureList(self)
        self._list = QListView()
        self._list.setObjectName("procedure_list")
        self._list.setModel(self._model)
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMinimumHeight(150)
        self._list.clicked.connect(self._choose_current)
        self._none = words(self.tr("Không có thủ tục nào khớp. Hãy gõ ít chữ hơn."), "caption")
        self._name = words(role="strong", wrap=True)
        self._name.setObjectName("procedure_name")
        self._code = words(role="caption")
        self._change = QPushButton(self.tr("Đổi"))
        self._change.setObjectName("another_procedure")
        self._change.setToolTip(self.tr("Chọn thủ tục khác (Ctrl+T)"))
        self._change.clicked.connect(self.take_back)

        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(words("2", "step"))
        head.addWidget(words(self.tr("Thủ tục"), "title"))
        head.addSpacing(8)
        named = QVBoxLayout()
        named.setSpacing(0)
        named.addWidget(self._name)
        named.addWidget(self._code)
        head.addLayout(named, 1)
        head.addWidget(self._change, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.field)
        column.addWidget(self._list, 1)
        column.addWidget(self._none)
        self.setFocusProxy(self.field)
        self._show_choice()

    def show_found(self, found: tuple[Procedure, ...]) -> None:
        """Show what was found; the first is marked, so that Enter takes it."""
        self._model.show(found)
        self._none.setVisible(not found and self.procedure is None)
        if found:
            self._list.setCurrentIndex(self._model.index(0, 0))

    @Slot()
    def take_back(self) -> None:
        """Choose anew."""
        self.procedure = None
        self.field.clear()
        self._show_choice()
        self.field.setFocus()
        self.searched.emit("")
        self.chosen.emit(None)

    def forget(self) -> None:
        """Begin the next visit."""
        self.procedure = None
        self.field.clear()
        self._show_choice()
        self.searched.emit("")

    @Slot(int)
    def _move(self, step: int) -> None:
        row = self._list.currentIndex().row() + step
        row = max(0, min(row, self._model.rowCount() - 1))
        self._list.setCurrentIndex(self._model.index(row, 0))

    @Slot()
    def _choose_current(self) -> None:
        procedure = self._model.at(self._list.currentIndex().row())
        if procedure is not None:
            self.procedure = procedure
            self._show_choice()
            self.chosen.emit(procedure)

    def _show_choice(self) -> None:
        chosen = self.procedure
        for widget in (self.field, self._list):
            widget.setVisible(chosen is None)
        self._none.hide()
        for label in (self._name, self._code, self._change):
            label.setVisible(chosen is not None)
        tall = QSizePolicy.Policy.Expanding if chosen is None else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Expanding, tall)
        if chosen is not None:
            self._name.setText(chosen.name)
            self._code.setText(f"{chosen.code}  ·  {chosen.field.name}")
