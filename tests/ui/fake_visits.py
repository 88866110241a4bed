"""Visits kept in a dictionary, paper receipts in a list; both promise what the desk promises."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from counter.acts import Confirmation, Confirmer
from counter.errors import DeskError, ProcedureChanged
from counter.late import LateEntry
from counter.procedures import Procedure
from counter.values import DossierId, uuid7
from counter.visits import KeptVisit, PersonTyped, Visit
from counter.work import Reception, ReceptionAsked

if TYPE_CHECKING:
    from tests.ui.fake_desk import FakeDesk


@dataclass
class FakeVisits:
    """The visits of one fake desk.

    Attributes:
        writes: How often something was kept.
        failing: Raised once by the next ``keep``.
    """

    desk: FakeDesk
    by_id: dict[DossierId, Visit] = field(default_factory=dict)
    writes: int = 0
    failing: DeskError | None = None

    def keep(self, visit: Visit) -> None:
        if self.failing is not None:
            failing, self.failing = self.failing, None
            raise failing
        self.writes += 1
        self.by_id.pop(visit.id, None)
        self.by_id[visit.id] = visit

    def forget(self, visit_id: DossierId) -> None:
        self.by_id.pop(visit_id, None)

    def kept(self) -> tuple[KeptVisit, ...]:
        return tuple(
            KeptVisit(visit, self.desk.moment, "Lê Thị Tập Sự", self._procedure(visit))
            for visit in reversed(self.by_id.values())
        )

    def again(self, code: str) -> KeptVisit:
        view = self.desk.views[code]
        person = PersonTyped.of(view.applicant)
        visit = Visit(DossierId(uuid7(self.desk.moment)), self.desk.moment, person, parked=True)
        self.keep(visit)
        return KeptVisit(visit, self.desk.moment, "Lê Thị Tập Sự", None)

    def _procedure(self, visit: Visit) -> Procedure | None:
        if visit.procedure_code is None:
            return None
        return next(iter(self.desk.find_procedures(visit.procedure_code, 1)), None)


@dataclass
class FakeLate:
    """The paper receipts of one fake desk."""

    desk: FakeDesk
    keyed: list[tuple[ReceptionAsked, LateEntry, Confirmation | None]] = field(default_factory=list)
    then: Procedure | None = None
    """The version of the day on the paper, where it is another than that of today."""

    def confirmers(self) -> tuple[Confirmer, ...]:
        return self.desk.confirmers

    def version(self, procedure_code: str, received_at: datetime) -> Procedure:
        assert self.then is not None
        return self.then

    def receive(
        self, asked: ReceptionAsked, late: LateEntry, confirmed: Confirmation | None
    ) -> Reception:
        if self.then is not None and asked.procedure_revision != self.then.revision:
            raise ProcedureChanged
        received = self.desk.receive(asked)
        self.keyed.append((asked, late, confirmed))
        return received
