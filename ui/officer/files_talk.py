"""The files of a dossier, joined: looked at, attached, fetched, written out, tried again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from ui.officer.files_form import FilesForm

if TYPE_CHECKING:
    from counter.scans import FileLine
    from counter.work import Change, DossierView
    from ui.officer.surroundings import Surroundings


class FilesTalk(QObject):
    """Takes the files of one dossier from the form to the desk."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._view: DossierView | None = None
        self.form: FilesForm | None = None

    def open(self, view: DossierView) -> None:
        """Show the files of *view*."""
        if self.form is not None:
            return
        self._view = view
        form = FilesForm(view, self._around.frame.window())
        form.attach_asked.connect(self._choose)
        form.save_asked.connect(self._choose_place)
        form.again_asked.connect(self._try_again)
        form.fetch_asked.connect(self._fetch)
        form.finished.connect(self._closed)
        self.form = form
        form.open()

    def refresh(self) -> None:
        """Ask again for the dossier whose files are shown."""
        view = self._view
        if self.form is not None and view is not None:
            self._around.asking.ask(lambda desk: desk.show(view.line.code), self._show)

    def attach(self, paper: int, path: Path) -> None:
        """Keep the file at *path* as a paper of the dossier."""
        view, judge = self._view, self._around.hands.judge
        if view is None or self.form is None:
            return

        def done(changed: Change) -> None:
            if self.form is not None:
                self.form.tell("good", self.tr("Đã đính kèm; tệp sẽ được gửi cổng."))
            self._around.hands.wake()
            self._around.changed(changed)
            self.refresh()

        self._around.asking.ask(
            lambda desk: desk.attach_file(view.line.id, paper, judge(path)), done, self._refused
        )

    def save(self, file: FileLine, path: Path) -> None:
        """Write *file* to *path*."""
        view = self._view
        if view is None or self.form is None:
            return

        def done(_none: None) -> None:
            if self.form is not None:
                self.form.tell("good", self.tr("Đã lưu ra %1").replace("%1", str(path)))

        self._around.asking.ask(
            lambda desk: desk.save_file(view.line.id, file.sha256, path), done, self._refused
        )

    @Slot(object)
    def _choose(self, paper: int) -> None:
        dialog = QFileDialog(self.form, self.tr("Chọn tệp để đính kèm"))
        dialog.setNameFilter(self.tr("PDF và ảnh (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.attach(paper, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def _choose_place(self, file: FileLine) -> None:
        dialog = QFileDialog(self.form, self.tr("Lưu tệp ra đâu?"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(file.filename)
        dialog.fileSelected.connect(lambda name: self.save(file, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _try_again(self) -> None:
        view = self._view
        if view is None:
            return

        def done(_count: int) -> None:
            self._around.hands.send_now()
            self.refresh()

        self._around.asking.ask(
            lambda desk: desk.try_files_again(view.line.id), done, self._refused
        )

    @Slot()
    def _fetch(self) -> None:
        view = self._view
        if view is None:
            return

        def done(count: int) -> None:
            if self.form is not None and count:
                self.form.tell("info", self.tr("Đang lấy %n tệp từ cổng…", "", count))
            self._around.hands.send_now()
            self.refresh()

        self._around.asking.ask(lambda desk: desk.fetch_files(view.line.id), done, self._refused)

    def _show(self, view: DossierView) -> None:
        self._view = view
        if self.form is not None:
            self.form.show_dossier(view)

    def _refused(self, error: BaseException) -> None:
        if self.form is None:
            self._around.notice.complain(error)
        else:
            self.form.refuse(error)

    @Slot()
    def _closed(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.deleteLater()
