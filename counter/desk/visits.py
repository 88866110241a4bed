"""Visits kept while they are typed: a crash loses two seconds, an interruption nothing.

What is kept is personal and of use only while the person may come back, so it is forgotten with
the dossier's reception, and after three days at the latest.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from counter.datafiles import checked, dotted
from counter.desk.context import Context
from counter.errors import UnknownProcedure
from counter.procedures import Procedure
from counter.store import drafts
from counter.values import DossierId, local_day
from counter.visits import KeptVisit, Visit

KEPT_FOR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class _Draft:
    officer: str
    visit: Visit


@dataclass(frozen=True, slots=True)
class VisitDesk:
    """The visits of one desk; see ``counter.visits.VisitWork``."""

    context: Context

    def keep(self, visit: Visit) -> None:
        """Keep *visit* as it stands now; when this returns it is on disk."""
        draft = _Draft(self.context.settings.settings.desk.officer_name, visit)
        body = json.dumps(asdict(draft), ensure_ascii=False, default=_text)
        with self.context.store.writing() as session:
            drafts.put(session, visit.id, body, self.context.clock())

    def forget(self, visit_id: DossierId) -> None:
        """Forget a visit that was given up."""
        with self.context.store.writing() as session:
            drafts.forget(session, visit_id)

    def kept(self) -> tuple[KeptVisit, ...]:
        """Return every visit that waits, the latest first."""
        with self.context.store.reading() as session:
            found = [(row.at, row.body) for row in drafts.every(session)]
        return tuple(self._kept(at, body) for at, body in found)

    def _kept(self, at: datetime, body: str) -> KeptVisit:
        draft = checked(_Draft, json.loads(body), dotted)
        return KeptVisit(draft.visit, at, draft.officer, self._procedure(draft.visit))

    def _procedure(self, visit: Visit) -> Procedure | None:
        if visit.procedure_code is None:
            return None
        try:
            return self.context.catalogue.get(visit.procedure_code, local_day(self.context.clock()))
        except UnknownProcedure:
            return None


def forget_old(context: Context) -> None:
    """Forget visits that nobody went on with for three days."""
    with context.store.writing() as session:
        drafts.forget_before(session, context.clock() - KEPT_FOR)


def _text(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)
