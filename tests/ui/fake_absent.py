"""The work of who is away, in memory; it promises what the desk promises."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from counter.absent import ReassignAsked, Reassigned, Workload
from counter.errors import NobodyTakesOver, NothingToReassign, ReasonNeeded
from counter.work import Change

if TYPE_CHECKING:
    from tests.ui.fake_desk import FakeDesk


@dataclass
class FakeReassigning:
    """Who works at one fake desk, by account."""

    desk: FakeDesk
    names: dict[str, str] = field(
        default_factory=lambda: {"cb-thay": "Vũ Văn Thay", "cb-tap-su": "Lê Thị Tập Sự"}
    )

    def workloads(self) -> tuple[Workload, ...]:
        counts = dict.fromkeys(self.names, 0)
        for line in self.desk.lines:
            counts[line.account] = counts.get(line.account, 0) + 1
        return tuple(
            Workload(account, self.names[account], counts[account], can_take=True)
            for account in self.names
        )

    def reassign(self, asked: ReassignAsked) -> Reassigned:
        self.desk._work()
        if not asked.reason.strip():
            raise ReasonNeeded
        if asked.to not in self.names:
            raise NobodyTakesOver
        count = 0
        for place, line in enumerate(self.desk.lines):
            if line.id in asked.dossiers or (not asked.dossiers and line.account == asked.absent):
                name = self.names[asked.to]
                self.desk.lines[place] = replace(line, officer=name, account=asked.to)
                count += 1
        if not count:
            raise NothingToReassign
        return Reassigned(count, self.names[asked.to], Change.DOSSIERS)
