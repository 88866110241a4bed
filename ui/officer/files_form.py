"""The files of one dossier: which there are, how each stands, one more, one written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from counter.scans import FileLine, FileStanding
from ui import states, texts
from ui.officer.table import Column, LinesModel, LinesTable
from ui.parts.badge import Badge
from ui.parts.empty import Empty
from ui.parts.keys import KeyButton, on_key
from ui.parts.words import words
from ui.said import said

if TYPE_CHECKING:
    from counter.work import DossierView

WIDTH, HEIGHT = 940, 520
TONES = {
    FileStanding.WAITING: "warn",
    FileStanding.SETTLED: "good",
    FileStanding.COMING: "warn",
    FileStanding.ELSEWHERE: "info",
    FileStanding.REFUSED: "bad",
}


class FilesForm(QDialog):
    """Shows the files of a dossier.

    Signals:
        attach_asked: An int: place of the paper that a file is to be chosen for.
        save_asked: A FileLine that is to be written out.
        again_asked: Nothing; refused files are to be tried again.
        fetch_asked: Nothing; files that a sister desk scanned are to be fetched.
    """

    attach_asked = Signal(object)
    save_asked = Signal(object)
    again_asked = Signal()
    fetch_asked = Signal()

    def __init__(self, view: DossierView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("files_form")
        self.setWindowTitle(self.tr("Tệp đính kèm"))
        self.resize(WIDTH, HEIGHT)
        self._paper = QComboBox()
        self._paper.setObjectName("file_paper")
        self._paper.setAccessibleName(self.tr("Tệp của giấy tờ nào"))
        self._model: LinesModel[FileLine] = LinesModel(
            (
                Column(self.tr("Tên tệp"), lambda f: f.filename, 0),
                Column(self.tr("Loại"), self._kind, 150),
                Column(self.tr("Cỡ"), _size, 96, right=True),
                Column(
                    self.tr("Tình trạng"),
                    lambda f: said(states.FILE_STANDINGS[f.standing]),
                    206,
                    lambda f: TONES[f.standing],
                ),
            ),
            self,
        )
        self._table = LinesTable(self._model, "files_list")
        self._table.setAccessibleName(self.tr("Tệp của hồ sơ"))
        self._table.selectionModel().currentRowChanged.connect(self._on_row)
        empty = Empty(
            "paper",
            self.tr("Chưa có tệp nào"),
            self.tr("Chọn giấy tờ ở trên rồi bấm Đính kèm (Ctrl+O) để thêm tệp PDF hoặc ảnh."),
        ).on_card()
        listed = QWidget()
        self._sides = QStackedLayout(listed)
        self._sides.addWidget(empty)
        self._sides.addWidget(self._table)
        self._badge = Badge()
        self._badge.hide()
        self.attach = self._button(self.tr("Đính kèm tệp…"), "Ctrl+O", self._on_attach)
        self.attach.setObjectName("file_attach")
        self.save = self._button(self.tr("Lưu ra…"), "Ctrl+S", self._on_save)
        self.save.setObjectName("file_save")
        self.again = self._button(self.tr("Chuyển lại"), "Ctrl+G", self._on_again)
        self.again.setObjectName("file_again")
        self.fetch = self._button(self.tr("Lấy về"), "Ctrl+L", self._on_fetch)
        self.fetch.setObjectName("file_fetch")
        leave = self._button(self.tr("Đóng"), "Esc", self.reject)
        choosing = QHBoxLayout()
        choosing.setSpacing(12)
        choosing.addWidget(words(self.tr("Tệp của"), "caption"))
        choosing.addWidget(self._paper, 1)
        choosing.addWidget(self.attach)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.again)
        buttons.addWidget(self.fetch)
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        buttons.addWidget(leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addWidget(words(self.tr("Tệp đính kèm"), "page-title"))
        column.addWidget(
            words(f"{view.line.code}  ·  {view.applicant.full_name}", "caption", wrap=True)
        )
        column.addLayout(choosing)
        column.addWidget(listed, 1)
        column.addWidget(self._badge)
        column.addLayout(buttons)
        self.show_dossier(view)

    def show_dossier(self, view: DossierView) -> None:
        """Show the files as they stand now, keeping the chosen paper chosen."""
        chosen = max(0, self._paper.currentIndex())
        self._paper.clear()
        self._paper.addItems([paper.name for paper in view.papers])
        self._paper.setCurrentIndex(min(chosen, self._paper.count() - 1))
        self.attach.setEnabled(bool(view.papers))
        self._model.show(view.files)
        self._sides.setCurrentIndex(1 if view.files else 0)
        if view.files:
            self._table.selectRow(0)
        refused = any(file.standing is FileStanding.REFUSED for file in view.files)
        self.again.setEnabled(refused)
        self.fetch.setVisible(any(f.standing is FileStanding.ELSEWHERE for f in view.files))
        self._on_row()

    def refuse(self, error: BaseException) -> None:
        """Say why something could not be done."""
        told = texts.sentence(error)
        self.tell("bad", f"{told.what} {told.advice}")

    def tell(self, tone: str, text: str) -> None:
        """Say what was done."""
        self._badge.say(tone, text)
        self._badge.show()

    def _button(self, word: str, key: str, act: object) -> KeyButton:
        button = KeyButton(word, key)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        if key != "Esc":
            on_key(key, self, button.click)
        return button

    def _kind(self, file: FileLine) -> str:
        return self.tr("Kết quả") if file.is_result else self.tr("Giấy tờ")

    def _chosen(self) -> FileLine | None:
        row = self._table.chosen_row()
        return self._model.lines[row] if 0 <= row < len(self._model.lines) else None

    @Slot()
    def _on_row(self) -> None:
        chosen = self._chosen()
        self.save.setEnabled(chosen is not None and chosen.is_here)

    @Slot()
    def _on_attach(self) -> None:
        self.attach_asked.emit(self._paper.currentIndex())

    @Slot()
    def _on_save(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.save_asked.emit(chosen)

    @Slot()
    def _on_again(self) -> None:
        self.again_asked.emit()

    @Slot()
    def _on_fetch(self) -> None:
        self.fetch_asked.emit()


def _size(file: FileLine) -> str:
    thousands = max(1, round(file.size / 1000))
    return f"{thousands:,} kB".replace(",", ".")
