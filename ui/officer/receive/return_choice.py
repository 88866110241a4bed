"""Where the citizen wants the result: one choice, and for the post an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from counter.returning import ReturnTo, ReturnWay
from counter.values import tidy_text
from ui import states
from ui.officer.acts.fields import MOST_SIGNS
from ui.parts.line import Line
from ui.parts.words import words
from ui.said import said

if TYPE_CHECKING:
    from counter.work import Applicant


class ReturnChoice(QWidget):
    """Asks where the result goes; the applicant's own address stands there until another is typed.

    Receiver and telephone are the applicant's.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way = QComboBox()
        self.way.setObjectName("return_way")
        self.way.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )  # it never makes the panel wider than its scroll area
        self.way.setAccessibleName(self.tr("Nơi nhận kết quả"))
        for way in ReturnWay:
            self.way.addItem(said(states.RETURN_WAYS[way]), way)
        self.way.currentIndexChanged.connect(self._on_way)
        self._address = Line()
        self._address.setObjectName("return_address")
        self._address.setMaxLength(MOST_SIGNS)
        self._address.setAccessibleName(self.tr("Địa chỉ phát"))
        self._address.setPlaceholderText(self.tr("Địa chỉ phát"))
        self._address.textEdited.connect(self._on_typed)
        self._is_typed = False
        caption = words(self.way.accessibleName(), "caption")
        caption.setBuddy(self.way)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(caption)
        column.addWidget(self.way)
        column.addWidget(self._address)
        self._on_way()

    @property
    def _way(self) -> ReturnWay:
        return ReturnWay(self.way.currentData())

    def offer(self, applicant: Applicant | None) -> None:
        """Show where the applicant lives, where no other address was typed."""
        if not self._is_typed:
            self._address.setText((applicant.address or "") if applicant else "")

    def wish(self) -> ReturnTo:
        """Return what the officer chose; the applicant's own address is not repeated."""
        way = self._way
        if way is not ReturnWay.POST or not self._is_typed:
            return ReturnTo(way)
        return ReturnTo(way, address=tidy_text(self._address.text()))

    def put_back(self, wish: ReturnTo) -> None:
        """Let it stand as it did."""
        self.way.setCurrentIndex(self.way.findData(wish.way))
        self._is_typed = bool(wish.address)
        if wish.address:
            self._address.setText(wish.address)

    def forget(self) -> None:
        """Begin the next visit."""
        self.put_back(ReturnTo())
        self._address.clear()

    @Slot()
    def _on_way(self) -> None:
        self._address.setVisible(self._way is ReturnWay.POST)

    @Slot()
    def _on_typed(self) -> None:
        self._is_typed = bool(self._address.text().strip())
