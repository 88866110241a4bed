"""A cash drawer without a database: receipts in a list."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from uuid import uuid4

from counter.drawer import Closed, Counted, DrawerView, MoneyLine, total_of
from counter.errors import OfficialNeeded, RemarkNeeded
from counter.ports import PrintJob
from counter.values import Dong
from tests.devices.paper.worded_samples import PAPERS


@dataclass
class FakeDrawer:
    """What ``DrawerWork`` promises, in memory."""

    lines: list[MoneyLine] = field(default_factory=list)
    closed: list[tuple[tuple[Counted, ...], str]] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)

    def look(self) -> DrawerView:
        cash = Dong(sum(line.amount for line in self.lines))
        return DrawerView(None, tuple(self.lines), cash, Dong(0))

    def close(self, counts: tuple[Counted, ...], remark: str = "") -> Closed:
        difference = Dong(total_of(counts) - self.look().cash)
        if difference and not remark:
            raise RemarkNeeded
        self.closed.append((counts, remark))
        self.lines = []
        return Closed("1/2026-Q01/KK", difference, PrintJob(uuid4(), "count", PAPERS["count"]))

    def bind(self, number: str, official: str) -> None:
        if not official:
            raise OfficialNeeded
        self.lines = [
            replace(line, official=official) if line.number == number else line
            for line in self.lines
        ]

    def reprint(self, number: str) -> PrintJob:
        self.printed.append(number)
        return PrintJob(uuid4(), "cash-reprint", PAPERS["cash_again"])
