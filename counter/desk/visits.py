"""Visits kept while they are typed: a crash loses two seconds, an interruption nothing.

What is kept is personal and of use only while the person may come back, so it is forgotten with
the dossier's reception, and after three days at the latest.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy.orm import Session

from counter.datafiles import checked, dotted
from counter.desk.context import Context
from counter.desk.own_dossiers import check_own, may_see
from counter.dossier import Status
from counter.errors import BadData, ReceivedAgain, UnknownProcedure, WrongStep
from counter.procedures import Procedure
from counter.store import drafts, life, parties, trail
from counter.store.dossiers import find_row, get_by_code
from counter.store.store import find_mark, note_mark
from counter.values import VIETNAM, DossierId, local_day, uuid7
from counter.visits import BehalfTyped, KeptVisit, PersonTyped, Visit

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class _Draft:
    """A visit and who typed it; an earlier program kept no code of the officer."""

    officer: str
    visit: Visit
    officer_id: str = ""


@dataclass(frozen=True, slots=True)
class VisitDesk:
    """The visits of one desk; see ``counter.visits.VisitWork``."""

    context: Context

    def keep(self, visit: Visit) -> None:
        """Keep *visit* as it stands now; when this returns it is on disk."""
        body = text_of(self._draft(visit))
        with self.context.store.writing() as session:
            drafts.put(session, visit.id, body, self.context.clock())

    def forget(self, visit_id: DossierId) -> None:
        """Forget a visit that was given up."""
        with self.context.store.writing() as session:
            drafts.forget(session, visit_id)

    def kept(self) -> tuple[KeptVisit, ...]:
        """Return every visit that waits, the latest first; only the own ones to who may not read.

        One that a newer program kept, and this one cannot read, is left out.
        """
        found = []
        with self.context.store.reading() as session:
            for row in drafts.every(session):
                with suppress(BadData):
                    draft = checked(_Draft, json.loads(row.body), dotted)
                    visit = _without_received(session, draft.visit)
                    if visit is not None and may_see(self.context, draft.officer_id):
                        found.append((row.at, draft.officer, visit))
        return tuple(self._as_of_today(visit, at, officer) for at, officer, visit in found)

    def again(self, code: str) -> KeptVisit:
        """Lay the people of a voided dossier aside as a visit; when this returns it is on disk.

        Procedure, papers and fees are chosen anew, for they belong to what was keyed wrong. That
        the dossier was read is noted.

        Raises:
            UnknownDossier: No dossier here has this code.
            NotOwnDossier: Somebody else received it, and this officer handles only the own ones.
            WrongStep: It was not voided.
            ReceivedAgain: That was done, and its visit waits or is a dossier by now.
        """
        moment = self.context.clock()
        with self.context.store.writing() as session:
            row = get_by_code(session, code.strip().upper())
            check_own(self.context, row)
            if not life.was_voided(session, row):
                raise WrongStep(start=row.status, end=Status.ACCEPTED.value)
            mark = f"again:{row.id.hex}"
            _refuse_twice(session, find_mark(session, mark))
            applicant, submitter = parties.of_dossier(session, row)
            brings = submitter.person if submitter else applicant
            behalf = None
            if submitter is not None:
                behalf = BehalfTyped.of(applicant, submitter.relation, submitter.authorisation)
            visit = Visit(
                id=DossierId(uuid7(moment)),
                begun_at=moment,
                person=PersonTyped.of(brings),
                behalf=behalf,
                phone=brings.phone or "",
                email=brings.email or "",
                note=f"Nhập lại thay hồ sơ {code.strip().upper()} đã hủy vì nhập sai",
                sets=row.sets,
                parked=True,
            )
            draft = self._draft(visit)
            drafts.put(session, visit.id, text_of(draft), moment)
            note_mark(session, mark, visit.id.hex)
            trail.note(
                session,
                officer=draft.officer_id,
                action="dossier.read",
                moment=moment,
                subject=row.id.hex,
            )
        return KeptVisit(visit, moment, draft.officer, None)

    def _draft(self, visit: Visit) -> _Draft:
        desk = self.context.settings.settings.desk
        return _Draft(desk.officer_name, visit, desk.officer_id)

    def _as_of_today(self, visit: Visit, at: datetime, officer: str) -> KeptVisit:
        procedure = self._procedure(visit)
        if procedure is not None:
            visit = fitting(self.context, visit, procedure)
        return KeptVisit(visit, at, officer, procedure)

    def _procedure(self, visit: Visit) -> Procedure | None:
        if visit.procedure_code is None:
            return None
        try:
            return self.context.catalogue.get(visit.procedure_code, local_day(self.context.clock()))
        except UnknownProcedure:
            return None


def fitting(context: Context, visit: Visit, procedure: Procedure) -> Visit:
    """Return *visit* with what was ticked, nothing where *procedure* demands other papers now."""
    same = context.catalogue.asks_as_in(visit.procedure_revision, procedure)
    return visit if same else replace(visit, papers=())


def forget_old(context: Context) -> None:
    """Forget visits that nobody went on with for as long as they may be kept."""
    term = timedelta(days=context.retention.visit_days)
    with context.store.writing() as session:
        drafts.forget_before(session, context.clock() - term)


def text_of(kept: DataclassInstance) -> str:
    """Return what is kept of a visit as text."""
    return json.dumps(asdict(kept), ensure_ascii=False, default=_text)


def _refuse_twice(session: Session, earlier: str | None) -> None:
    """Refuse where the *earlier* visit of the same people still waits or became a dossier."""
    if earlier is None:
        return
    anew = UUID(hex=earlier)
    row = find_row(session, anew)
    if row is not None:
        raise ReceivedAgain(anew=f"hồ sơ {row.code or row.provisional_code}")
    kept_at = drafts.kept_at(session, anew)
    if kept_at is not None:
        raise ReceivedAgain(anew=f"lượt ghi lúc {kept_at.astimezone(VIETNAM):%H:%M}")


def _without_received(session: Session, visit: Visit) -> Visit | None:
    """Leave out dossiers that are on disk; None when that was all there was.

    The program may have ended between their reception and the end of the visit.
    """
    waiting = tuple(one for one in visit.waiting if find_row(session, one.id) is None)
    if visit.waiting and not waiting and visit.procedure_code is None:
        return None
    return replace(visit, waiting=waiting)


def _text(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)
