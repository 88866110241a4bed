"""A field for one day, typed as Vietnamese papers write it."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from counter.errors import BadDate
from counter.values import PartialDate


class DayEdit(QLineEdit):
    """Takes ``31/01/2027``; ``-`` and ``.`` may stand for ``/``."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setPlaceholderText(self.tr("ngày/tháng/năm"))
        self.setMaxLength(10)

    def day(self) -> date | None:
        """Return the day, None while nothing is typed.

        Raises:
            BadDate: What is typed is no whole day.
        """
        found = self.find_day()
        if found is None and self.text().strip():
            raise BadDate
        return found

    def find_day(self) -> date | None:
        """Return the day, None while it is not a whole one."""
        try:
            typed = PartialDate.parse(self.text())
        except BadDate:
            return None
        if typed.month is None or typed.day is None:
            return None
        return date(typed.year, typed.month, typed.day)
