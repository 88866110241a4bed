"""The cash drawer: what was taken since it was last counted, and the count that closes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from counter.values import Dong

if TYPE_CHECKING:
    from counter.ports import PrintJob

NOTES = tuple(
    Dong(note)
    for note in (
        *(500_000, 200_000, 100_000, 50_000, 20_000, 10_000),
        *(5_000, 2_000, 1_000, 500, 200),
    )
)
"""Every note in circulation, the largest first."""

CASH = "cash"
VIETQR = "vietqr"
ONLINE = "online"
"""Paid to the portal by a citizen at home: no money of this desk."""
SISTER = "sister"
"""Taken by another desk, into its own drawer."""


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One fact of money as the drawer shows it.

    Attributes:
        kind: ``receipt``, ``void`` or ``refund``; the sums of the last two are below zero.
        official: Number of the legal receipt, None until it is known.
    """

    number: str
    at: datetime
    payer: str = field(repr=False)
    what: str
    amount: Dong
    kind: str
    method: str
    official: str | None
    officer: str


@dataclass(frozen=True, slots=True)
class DrawerView:
    """The drawer since it was last closed.

    Attributes:
        since: When it was closed last, or the first receipt ever; None before any.
        cash: What must lie in it.
        by_transfer: What came into the office's account for codes that this desk showed.
    """

    since: datetime | None
    lines: tuple[MoneyLine, ...]
    cash: Dong
    by_transfer: Dong

    @property
    def receipts(self) -> int:
        """How many receipts were written."""
        return sum(line.kind == "receipt" for line in self.lines)

    @property
    def undone(self) -> int:
        """How many were voided or paid back."""
        return len(self.lines) - self.receipts


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of one note were counted."""

    note: Dong
    count: int


@dataclass(frozen=True, slots=True)
class Closed:
    """A drawer that is closed: its number, the difference, and the sheet to sign."""

    number: str
    difference: Dong
    job: PrintJob


def total_of(counts: tuple[Counted, ...]) -> Dong:
    """Return what was counted."""
    return Dong(sum(one.note * one.count for one in counts))


class DrawerWork(Protocol):
    """The cash drawer of this desk. Runs on the ``counter`` thread."""

    def look(self) -> DrawerView:
        """Return what was taken since the drawer was last closed."""

    def close(self, counts: tuple[Counted, ...], remark: str = "") -> Closed:
        """Close the drawer with what was counted; a difference wants a remark."""

    def bind(self, number: str, official: str) -> None:
        """Keep the legal receipt's number with the internal receipt *number*."""

    def reprint(self, number: str) -> PrintJob:
        """Return the receipt *number* once more, with the legal number it has by now."""
