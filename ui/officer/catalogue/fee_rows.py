"""The fees of a procedure being edited: one line each, and room for new ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from counter.money import read_amount
from counter.procedures import Fee, FeeKind
from ui import written
from ui.officer.acts.fields import line
from ui.officer.catalogue import telling
from ui.parts.words import words
from ui.said import said

ROOM_FOR_MORE = 2
NEW_CODE = "KHOAN-{}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("FeeRow", text)


class FeeRow:
    """One fee being edited; an empty name leaves it out, 0 says that it is free.

    Args:
        fee: None for a line that a new fee may be written in.
    """

    def __init__(self, number: int, fee: Fee | None) -> None:
        self._fee = fee
        name = f"edit_fee_{number}"
        self.name = line(f"{name}_name", _tr("Khoản thu"), fee.name if fee else "")
        self.name.setPlaceholderText("" if fee else _tr("Thêm khoản thu"))
        self.name.setCursorPosition(0)
        self.kind = QComboBox()
        self.kind.setObjectName(f"{name}_kind")
        self.kind.setAccessibleName(_tr("Loại khoản thu"))
        for kind in FeeKind:
            self.kind.addItem(said(telling.FEE_KINDS[kind]), kind)
        self.kind.setCurrentIndex(list(FeeKind).index(fee.kind) if fee else 0)
        known = fee is not None and fee.amount is not None
        amount = written.money(fee.amount) if known and fee and fee.amount is not None else ""
        self.amount = line(name, _tr("Mức thu"), amount)
        self.amount.setFixedWidth(120)
        self.per = line(f"{name}_per", _tr("Tính theo"), (fee and fee.per) or "")
        self.per.setPlaceholderText(_tr("hồ sơ"))
        self.per.setFixedWidth(90)
        exemptions = "; ".join(fee.exemptions) if fee else ""
        self.exemptions = line(f"{name}_exempt", _tr("Miễn cho"), exemptions)
        self.exemptions.setCursorPosition(0)
        percent = "" if fee is None or fee.online_percent is None else str(fee.online_percent)
        self.online = line(f"{name}_online", _tr("Trực tuyến thu %"), percent)
        self.online.setFixedWidth(70)

    def widgets(self) -> tuple[QWidget, ...]:
        """Return its fields from left to right."""
        return (self.name, self.kind, self.amount, self.per, self.exemptions, self.online)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in it."""
        fields = (self.name, self.amount, self.per, self.exemptions, self.online)
        return not any(field.text().strip() for field in fields)

    def fee(self, code: str) -> Fee | None:
        """Return the fee as it was edited, None when its name was emptied.

        Args:
            code: For a fee that is new.

        Raises:
            BadAmount: The amount is none.
            ValueError: A new fee has no name, or a percentage is no number.
        """
        name = " ".join(self.name.text().split())
        if not name:
            if self._fee is None and not self.is_empty:
                raise ValueError(_tr("khoản thu mới phải có tên"))
            return None
        typed = self.amount.text().strip()
        amount = read_amount(typed) if typed else None
        groups = (group.strip() for group in self.exemptions.text().split(";"))
        percent = self.online.text().strip().rstrip("%").strip()
        if percent and not (percent.isascii() and percent.isdigit()):
            raise ValueError(_tr("tỷ lệ thu trực tuyến phải là số từ 0 đến 100"))
        kind = FeeKind(self.kind.currentData())
        return replace(
            self._fee or Fee(code=code, name=name, kind=kind),
            name=name,
            kind=kind,
            amount=amount,
            free=amount == 0,
            per=self.per.text().strip() or None,
            exemptions=tuple(filter(None, groups)),
            online_percent=int(percent) if percent else None,
        )


def fee_rows(fees: Sequence[Fee]) -> list[FeeRow]:
    """Return a line for each of *fees*, and empty ones for what is to be added."""
    offered: list[Fee | None] = [*fees, *[None] * ROOM_FOR_MORE]
    return [FeeRow(number, fee) for number, fee in enumerate(offered)]


def grid_of(rows: Sequence[FeeRow]) -> QGridLayout:
    """Return *rows* under their heads."""
    grid = QGridLayout()
    grid.setColumnStretch(0, 3)
    grid.setColumnStretch(4, 3)
    heads = (
        _tr("Khoản thu"),
        _tr("Loại"),
        _tr("Mức thu"),
        _tr("Tính theo"),
        _tr("Miễn cho (cách nhau dấu ;)"),
        _tr("Trực tuyến %"),
    )
    for place, head in enumerate(heads):
        grid.addWidget(words(head, "caption"), 0, place)
    for number, row in enumerate(rows, 1):
        for place, widget in enumerate(row.widgets()):
            grid.addWidget(widget, number, place)
    return grid


def fees_of(rows: Sequence[FeeRow], known: Sequence[Fee]) -> tuple[Fee, ...]:
    """Return the fees as edited; a new one gets a code that none of *known* has.

    Raises:
        BadAmount, ValueError: As ``FeeRow.fee``.
    """
    taken = {fee.code for fee in known}
    fees = []
    for row in rows:
        code = next(c for n in range(1, 1000) if (c := NEW_CODE.format(n)) not in taken)
        fee = row.fee(code)
        if fee is not None:
            taken.add(fee.code)
            fees.append(fee)
    return tuple(fees)
