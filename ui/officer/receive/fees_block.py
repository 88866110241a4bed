"""What is to be paid: the sum, each fee, and how often a fee by page or copy is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QVBoxLayout, QWidget

from ui import written
from ui.parts.count_box import CountBox
from ui.parts.layouts import empty
from ui.parts.words import words

if TYPE_CHECKING:
    from counter.forms import FeeText
    from counter.procedures import Fee, Procedure
    from counter.values import Dong
    from counter.work import FeeQuantity

MOST = 9999
UNKNOWN = "—"
PAGE = "trang"


LIST_EDGE = 32
"""Frame and scroll bar of the opened list, which is as wide as its longest group."""


class FeesBlock(QWidget):
    """Shows what the desk says is to be paid.

    Signals:
        changed: Nothing; another number of pages or copies was given.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, CountBox] = {}
        self._copies: dict[str, CountBox] = {}
        self._fees: tuple[Fee, ...] = ()
        self._exempt = QComboBox()
        self._exempt.setObjectName("exemption")
        self._exempt.setAccessibleName(self.tr("Diện miễn"))
        self._exempt.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )  # a long group never makes the panel wider than its scroll area
        self._exempt.activated.connect(self.changed)
        self._online = QCheckBox(self.tr("Nộp trực tuyến: thu theo giá trực tuyến"))
        self._online.setObjectName("online_price")
        self._online.toggled.connect(self.changed)
        self._total = words(role="huge")
        self._total.setObjectName("fee")
        self._lines = _grid()
        self._counts = _grid()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(words(self.tr("Phải thu"), "caption"))
        column.addWidget(self._total)
        column.addLayout(self._lines)
        column.addLayout(self._counts)
        column.addWidget(self._exempt)
        column.addWidget(self._online)
        self._exempt.hide()
        self._online.hide()

    def show_procedure(self, procedure: Procedure | None) -> None:
        """Ask how many, for each fee by page or copy, and for each that only some pay."""
        empty(self._counts)
        self._boxes = {}
        self._copies = {}
        self._fees = procedure.fees if procedure else ()
        self._offer_exemptions()
        for fee in procedure.fees if procedure else ():
            if fee.amount is not None and (fee.per is not None or fee.when is not None):
                self._add_count(fee)
        self.show_fees((), None)

    def show_fees(self, fees: tuple[FeeText, ...], total: Dong | None) -> None:
        """Show what the desk answered; None before it did."""
        empty(self._lines)
        if total is None:
            self._total.setText(UNKNOWN)
            return
        self._total.setText(written.money(total) if total else self.tr("Không thu"))
        for row, fee in enumerate(fees):
            name = fee.name if fee.exempt_reason is None else f"{fee.name} – {fee.exempt_reason}"
            amount = written.money(fee.amount) if fee.amount else self.tr("miễn")
            top = Qt.AlignmentFlag.AlignTop
            self._lines.addWidget(words(name, "caption", wrap=True), row, 0)
            self._lines.addWidget(words(amount, "caption"), row, 1, top)

    def quantities(self) -> tuple[FeeQuantity, ...]:
        """Return how often each of those fees is asked."""
        from counter.work import FeeQuantity

        group = self._exempt.currentData() if self._exempt.count() else None
        online = self._online.isChecked()
        found = []
        for fee in self._fees:
            box, copies = self._boxes.get(fee.code), self._copies.get(fee.code)
            exempt = str(group) if group in fee.exemptions else None
            lower = online and fee.online_percent is not None
            if box is None and (fee.when is not None or (exempt is None and not lower)):
                continue  # asked once of everybody, or not at all
            count = box.value() if box else 1
            found.append(
                FeeQuantity(fee.code, count, copies.value() if copies else 1, exempt, lower)
            )
        return tuple(found)

    def _offer_exemptions(self) -> None:
        """Offer each group that some fee exempts, and the price online where there is one."""
        known = [fee for fee in self._fees if fee.amount]
        groups = dict.fromkeys(group for fee in known for group in fee.exemptions)
        self._exempt.clear()
        self._exempt.addItem(self.tr("Không thuộc diện miễn"), None)
        for group in groups:
            self._exempt.addItem(self.tr("Miễn: %1").replace("%1", group), group)
        listed = self._exempt.view()
        listed.setMinimumWidth(listed.sizeHintForColumn(0) + LIST_EDGE)
        self._exempt.setVisible(bool(groups))
        self._online.setChecked(False)
        self._online.setVisible(any(fee.online_percent is not None for fee in known))

    def show_quantities(self, quantities: tuple[FeeQuantity, ...]) -> None:
        """Count as was counted before, and exempt whom it exempted."""
        for asked in quantities:
            if asked.fee_code in self._boxes:
                self._boxes[asked.fee_code].setValue(asked.quantity)
            if asked.fee_code in self._copies:
                self._copies[asked.fee_code].setValue(asked.copies)
        group = next((asked.exempt_reason for asked in quantities if asked.exempt_reason), None)
        self._exempt.setCurrentIndex(max(0, self._exempt.findData(group)))
        self._online.setChecked(any(asked.online for asked in quantities))
        self.changed.emit()

    def _add_count(self, fee: Fee) -> None:
        told = self.tr("Số %1").replace("%1", fee.per) if fee.per else self.tr("Có thu")
        if fee.per == PAGE:
            told = self.tr("Số trang mỗi bản")
        if fee.when is not None:
            told = f"{fee.when} – {told.lower()}"
        least = 0 if fee.when is not None else 1
        most = MOST if fee.per else 1
        box = self._box(f"quantity_{fee.code}", fee, told, least, most)
        self._boxes[fee.code] = box
        row = self._counts.rowCount()
        if fee.per != PAGE:
            self._counts.addWidget(words(told, "value", wrap=True), row, 0)
            self._counts.addWidget(box, row, 1)
            return
        # Each copy begins its rates anew: three copies of five pages are not fifteen pages.
        of_copies = self.tr("Số bản")
        copies = self._box(f"copies_{fee.code}", fee, of_copies, 1, MOST)
        self._copies[fee.code] = copies
        # Side by side, as one reads "3 pages, 2 copies": on the lowest screen a third row is cut.
        for column, (caption, field) in enumerate(((told, box), (of_copies, copies))):
            self._counts.addWidget(words(caption, "caption", wrap=True), row, column)
            self._counts.addWidget(field, row + 1, column)

    def _box(self, name: str, fee: Fee, told: str, least: int, most: int) -> CountBox:
        box = CountBox(name, f"{fee.name}: {told}", least, most)
        box.valueChanged.connect(self.changed)
        return box


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(0, 1)
    return grid
