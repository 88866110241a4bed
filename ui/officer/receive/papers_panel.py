"""Step three: which papers were brought, and how many of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.officer.receive.contact import ContactFields
from ui.officer.receive.papers_table import NAME, PapersModel
from ui.officer.receive.papers_view import PapersTable
from ui.parts.keys import KeyButton
from ui.parts.layouts import tab_last_to
from ui.parts.section import Section
from ui.parts.words import set_look, words

if TYPE_CHECKING:
    from counter.procedures import Procedure
    from counter.work import PaperBrought


class PapersPanel(Section):
    """The checklist of the chosen procedure, and how to reach the applicant.

    Signals:
        changed: Nothing.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Giấy tờ mang theo"), step="3", parent=parent)
        self._model = PapersModel(self)
        self._model.counted.connect(self._on_counted)
        self.table = PapersTable(self._model)
        self._there = words(role="caption")
        self._there.setObjectName("missing")
        self._all = KeyButton(self.tr("Đủ giấy tờ"), "Ctrl+E")
        self._all.setObjectName("papers_all")
        self._all.setToolTip(self.tr("Đánh dấu mọi giấy tờ bắt buộc (Ctrl+E)"))
        self._all.clicked.connect(self.tick_all)
        self.guide = KeyButton(self.tr("Hướng dẫn"), "Ctrl+U")
        self.guide.setObjectName("guide")
        self.guide.setToolTip(self.tr("Thiếu giấy tờ: in phiếu hướng dẫn bổ sung (Ctrl+U)"))
        self.refuse = KeyButton(self.tr("Từ chối"), "Ctrl+R")
        self.refuse.setObjectName("refuse")
        self.refuse.setToolTip(self.tr("Từ chối tiếp nhận, ghi lý do (Ctrl+R)"))
        self.head.addWidget(self._there)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._all)
        foot.addStretch(1)
        for button in (self.guide, self.refuse):
            foot.addWidget(button)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(foot)
        self.contact = ContactFields(self)
        self.body.addWidget(self.contact)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # else Qt moves it nowhere under Tab
        self.setFocusProxy(self.table)

    @Slot()
    def come_last(self) -> None:
        """Let the Tab key come here after what was made last: the person, while it is typed."""
        tab_last_to(self)

    def show_procedure(self, procedure: Procedure | None) -> None:
        """Show the checklist of *procedure*; None empties it."""
        self._model.show_papers(procedure.papers if procedure else ())
        self._count()

    def show_missing(self, missing: tuple[int, ...]) -> None:
        """Say which demanded papers, by their place, are not there yet."""
        self._model.mark_missing(missing)
        self._count()
        self.mark_done(bool(self._model.rows) and not missing)

    def focus_first(self) -> None:
        """Give the keyboard to the first paper."""
        self.focus_paper(0)

    def focus_paper(self, place: int) -> None:
        """Give the keyboard to one paper."""
        self.table.setFocus()
        self.table.setCurrentIndex(self._model.index(place, NAME))

    def brought(self) -> tuple[PaperBrought, ...]:
        """Return what lies on the desk."""
        return self._model.brought()

    def show_brought(self, papers: tuple[PaperBrought, ...]) -> None:
        """Count what lies on the desk already."""
        self._model.show_brought(papers)

    @property
    def form_brought(self) -> bool | None:
        """Whether the demanded declaration lies on the desk; None when none is demanded."""
        place = self._model.form_place
        return None if place is None else self._model.rows[place].is_brought

    @property
    def form_place(self) -> int | None:
        """The place of the demanded declaration."""
        return self._model.form_place

    def bring_form(self, brought: bool) -> None:
        """Tick the demanded declaration, or take its tick away."""
        if self.form_brought is not None and self.form_brought != brought:
            self._model.tick(self._model.form_place or 0)

    @Slot()
    def tick_all(self) -> None:
        """Tick every demanded paper."""
        self._model.tick_all()

    @Slot()
    def _on_counted(self) -> None:
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        rows = self._model.rows
        there = sum(row.is_brought for row in rows)
        missing = sum(row.missing for row in rows)
        if missing:
            told = self.tr("Còn thiếu %1 giấy tờ bắt buộc").replace("%1", str(missing))
        else:
            told = self.tr("Đã có %1/%2").replace("%1", str(there)).replace("%2", str(len(rows)))
        self._there.setText(told if rows else "")
        set_look(self._there, tone="bad" if missing else "good" if there else "")
