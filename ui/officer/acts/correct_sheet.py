"""All that was keyed of a dossier, to be put right; it scrolls where the screen is too low."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from ui.officer.acts.correct_field import CorrectField
from ui.officer.acts.papers_field import PapersField
from ui.parts.scrolled import Following

if TYPE_CHECKING:
    from counter.acts import Correct, Leader
    from counter.parties import Submitter
    from counter.work import Applicant, PaperReceived

LEAST = 140
"""So much of it is seen at least, in pixels: two rows and a half."""


class CorrectSheet(Following):
    """The person, who brought the dossier, and the papers; as tall as they are where it can be."""

    def __init__(
        self,
        person: Applicant,
        brought: Submitter | None,
        papers: Sequence[PaperReceived],
        parent: QWidget | None = None,
    ) -> None:
        sheet = QWidget()
        super().__init__(sheet, parent)
        self.setMinimumHeight(LEAST)
        self.rows = QFormLayout()
        self.rows.setVerticalSpacing(8)
        self.rows.setHorizontalSpacing(16)
        self._right = CorrectField(person, brought, self.rows)
        self._came = PapersField(papers)
        self._came.setVisible(bool(papers))
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self.rows)
        column.addWidget(self._came)
        column.addStretch(1)

    def align(self, *forms: QFormLayout) -> None:
        """Let the fields of *forms*, above and below, begin where those here do."""
        label = QFormLayout.ItemRole.LabelRole
        named = [
            widget
            for form in (self.rows, *forms)
            for row in range(form.rowCount())
            if (item := form.itemAt(row, label)) is not None and (widget := item.widget())
        ]
        widest = max(one.sizeHint().width() for one in named)
        for one in named:
            one.setMinimumWidth(widest)

    def sizeHint(self) -> QSize:
        sheet = self.widget()
        return super().sizeHint() if sheet is None else sheet.sizeHint()

    def act(self, reason: str, leader: Leader) -> Correct:
        """Return the correction as the fields say.

        Raises:
            BadName, BadCitizenNumber, BadDate, BadPhone, SubmitterUnproven: As ``CorrectField``;
                the field is marked, in sight, and has the keyboard.
        """
        from counter.acts import Correct

        return Correct(
            self._right.person(),
            reason,
            leader,
            self._came.papers() or None,
            self._right.brought(),
        )
