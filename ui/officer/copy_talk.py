"""Copying a dossier into the system that owns it, joined with the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from counter.systems import CopySheet
    from counter.work import Change, DossierView
    from ui.officer.surroundings import Surroundings


class CopyTalk(QObject):
    """Opens the sheet to copy from, keeps the other system's code, and empties the clipboard."""

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around

    def open(self, view: DossierView) -> None:
        """Show what must be entered elsewhere for the dossier of *view*."""

        def show(sheet: CopySheet) -> None:
            self._show(view, sheet)

        self._around.asking.ask(lambda desk: desk.copy_sheet(view.line.code), show)

    def _show(self, view: DossierView, sheet: CopySheet) -> None:
        from ui.officer.copy_form import CopyForm

        form = CopyForm(sheet, view.applicant.full_name, self._around.frame.window())

        def keep(code: str) -> None:
            self._around.asking.ask(
                lambda desk: desk.note_system_code(view.line.id, code), kept, form.refuse
            )

        def kept(changed: Change) -> None:
            form.accept()
            told = self.tr("Đã lưu mã của hệ thống kia; tìm hồ sơ bằng mã này cũng được.")
            self._around.notice.say("good", told)
            self._around.changed(changed)

        form.coded.connect(keep)
        form.finished.connect(_forget)
        form.open()


def _forget(_result: int) -> None:
    """Leave nothing of a citizen in the clipboard."""
    QGuiApplication.clipboard().clear()
