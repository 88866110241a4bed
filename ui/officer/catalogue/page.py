"""The catalogue page: a list to search at the left, the procedure whole at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ui.officer.acts.fields import line
from ui.officer.catalogue.reading import Reading
from ui.officer.page import Page
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.badge import Badge
from ui.parts.empty import Empty
from ui.parts.keys import KeyButton, on_key
from ui.parts.question import Question, ask

if TYPE_CHECKING:
    from counter.curation import Listed, Version

LIST_WIDTH = 520


class CataloguePage(Page):
    """Shows the catalogue and says what the officer wants done with it.

    Signals:
        searched: A str: what to find.
        picked: A str: the code of a procedure to read.
        edit_asked: A Version to make a new one from.
        publish_asked: A Version to put up and print.
        checklist_asked: A str: the code of a procedure whose checklist is to be printed.
        list_asked: A str: what was typed to find; all that it finds is to be printed as a list.
        import_asked: A str: the path of an official catalogue.
        told_asked: Nothing: the portal's own catalogue is to be compared.
        undo_asked: A UUID: what was kept together.
    """

    searched = Signal(object)
    picked = Signal(object)
    edit_asked = Signal(object)
    publish_asked = Signal(object)
    checklist_asked = Signal(object)
    list_asked = Signal(object)
    import_asked = Signal(object)
    told_asked = Signal()
    undo_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Danh mục thủ tục"),
            self.tr("Sửa là lập phiên bản mới; hồ sơ đã nhận vẫn theo phiên bản của mình."),
            parent,
        )
        self.field = line("catalogue_search", self.tr("Tìm thủ tục"))
        self.field.setProperty("role", "search")
        self.field.setClearButtonEnabled(True)
        self.field.setPlaceholderText(self.tr("Gõ vài chữ không dấu hoặc mã thủ tục"))
        self.field.textChanged.connect(self._on_typed)
        self.field.returnPressed.connect(self._on_entered)
        self._model: LinesModel[Listed] = LinesModel(
            (
                Column(self.tr("Mã"), lambda one: one.procedure.code, 108),
                Column(self.tr("Thủ tục"), lambda one: one.procedure.short_name, 0),
                Column(self.tr("Bản"), lambda one: str(one.versions), 48, right=True),
                Column(self.tr("Công khai"), self._publicity, 92),
            ),
            self,
        )
        self.table = LinesTable(self._model, "catalogue_list")
        self.table.setAccessibleName(self.tr("Thủ tục tìm thấy"))
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        none = Empty(
            "search",
            self.tr("Không thấy thủ tục nào"),
            self.tr("Hãy gõ ít chữ hơn, hoặc gõ tên khác của thủ tục."),
        ).on_card()
        listed = QWidget()
        self._sides = QStackedLayout(listed)
        self._sides.addWidget(none)
        self._sides.addWidget(self.table)
        self.reading = Reading()
        self.reading.turned.connect(self._show_keys)
        self._told = Badge()
        self._told.hide()
        left = QWidget()
        left.setFixedWidth(LIST_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        column.addWidget(listed, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(self.reading, 1)
        self.body.addWidget(self._told)
        self.body.addLayout(row, 1)
        self.body.addLayout(self._actions())
        self._import = self._button(self.tr("Nhận danh mục…"), "Ctrl+O", "catalogue_import")
        self._import.clicked.connect(self.choose_file)
        listed_key = self._button(self.tr("In danh mục"), "Alt+L", "catalogue_print_list")
        listed_key.clicked.connect(self.print_list)
        told = self._button(self.tr("So với cổng…"), "Ctrl+Shift+O", "catalogue_told")
        told.clicked.connect(self.told_asked)
        self.buttons.addWidget(listed_key)
        self.buttons.addWidget(told)
        self.buttons.addWidget(self._import)
        self._show_keys()

    def show_found(self, found: tuple[Listed, ...]) -> None:
        """Show what was found, keeping the chosen procedure chosen."""
        shown = self.reading.version
        code = shown.procedure.code if shown else None
        self._model.show(found)
        self._sides.setCurrentIndex(1 if found else 0)
        place = next((n for n, one in enumerate(found) if one.procedure.code == code), 0)
        if found:
            self.table.selectRow(place)

    def show_versions(self, versions: tuple[Version, ...]) -> None:
        """Show one procedure; the version in force is open."""
        chosen = self._chosen()
        now = chosen.procedure.revision if chosen else None
        place = next((n for n, v in enumerate(versions) if v.procedure.revision == now), 0)
        self.reading.show_versions(versions, place)
        self._show_keys()

    def say(self, tone: str, told: str) -> None:
        """Say what was done."""
        self._told.say(tone, told)
        self._told.show()

    @Slot()
    def choose_file(self) -> None:
        """Let the officer pick an official catalogue."""
        dialog = QFileDialog(self, self.tr("Chọn danh mục thủ tục chính thức"))
        dialog.setObjectName("catalogue_file")
        dialog.setNameFilter(self.tr("Danh mục (*.json)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    @Slot()
    def edit(self) -> None:
        """Ask for a new version of what is shown."""
        if self.reading.version is not None:
            self.edit_asked.emit(self.reading.version)

    @Slot()
    def publish(self) -> None:
        """Ask to put up what is shown."""
        if self.reading.version is not None:
            self.publish_asked.emit(self.reading.version)

    @Slot()
    def print_checklist(self) -> None:
        """Ask for the checklist of what is shown."""
        if self.reading.version is not None:
            self.checklist_asked.emit(self.reading.version.procedure.code)

    @Slot()
    def print_list(self) -> None:
        """Ask for a list of what is found."""
        self.list_asked.emit(self.field.text())

    @Slot()
    def undo(self) -> None:
        """Ask whether what was kept together is really to go."""
        version = self.reading.version
        if version is None or version.batch is None:
            return
        question = Question(
            what=self.tr("Gỡ phiên bản %1?").replace("%1", version.procedure.revision),
            meaning=self.tr(
                "Phiên bản trước có hiệu lực trở lại. Những phiên bản nhận cùng một lần với nó "
                "cũng được gỡ."
            ),
            go=self.tr("Gỡ bỏ"),
            stay=self.tr("Giữ lại"),
        )
        ask(self, question, lambda: self.undo_asked.emit(version.batch))

    def _actions(self) -> QHBoxLayout:
        self._edit = self._button(self.tr("Lập phiên bản mới"), "Ctrl+S", "catalogue_edit")
        self._publish = self._button(
            self.tr("Công khai, in niêm yết"), "Alt+P", "catalogue_publish"
        )
        self._checklist = self._button(
            self.tr("In hướng dẫn giấy tờ"), "Alt+G", "catalogue_checklist"
        )
        self._undo = self._button(self.tr("Gỡ phiên bản"), "Ctrl+Shift+Z", "catalogue_undo")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        for button, act in (
            (self._undo, self.undo),
            (self._checklist, self.print_checklist),
            (self._publish, self.publish),
            (self._edit, self.edit),
        ):
            button.clicked.connect(act)
            row.addWidget(button)
        for key, act in (
            ("Ctrl+O", self.choose_file),
            ("Ctrl+S", self.edit),
            ("Alt+P", self.publish),
            ("Alt+G", self.print_checklist),
            ("Alt+L", self.print_list),
            ("Ctrl+Shift+Z", self.undo),
        ):
            on_key(key, self, act).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return row

    def _button(self, text: str, key: str, name: str) -> KeyButton:
        button = KeyButton(text, key)
        button.setObjectName(name)
        return button

    def _publicity(self, one: Listed) -> str:
        return self.tr("đã") if one.is_published else self.tr("chưa")

    def _chosen(self) -> Listed | None:
        row = self.table.chosen_row()
        return self._model.lines[row] if 0 <= row < len(self._model.lines) else None

    @Slot()
    def _on_row(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.picked.emit(chosen.procedure.code)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.searched.emit(text)

    @Slot()
    def _on_entered(self) -> None:
        self.table.setFocus()

    @Slot(str)
    def _on_file(self, path: str) -> None:
        self.import_asked.emit(path)

    @Slot()
    def _show_keys(self) -> None:
        version = self.reading.version
        for button in (self._edit, self._publish, self._checklist):
            button.setEnabled(version is not None)
        self._undo.setEnabled(version is not None and version.batch is not None)
