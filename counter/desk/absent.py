"""Who looks after a dossier, changed while a colleague is away; the receipt keeps who received it.

The change is one transaction: the dossier, a line of its history that names both and the reason,
and the message that tells the portal so.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from counter.absent import ReassignAsked, Reassigned, Workload
from counter.desk import officers
from counter.desk.context import Context
from counter.desk.facts import Fact, reason_of
from counter.desk.telling import tell
from counter.dossier import Status
from counter.errors import NobodyTakesOver, NothingToReassign
from counter.people import Action
from counter.store.dossiers import in_charge, in_charge_id
from counter.store.tables import DossierRow
from counter.values import fold
from counter.work import Change

_OPEN = tuple(status.value for status in Status if not status.is_final)


@dataclass(frozen=True, slots=True)
class ReassignDesk:
    """The work of who is away; see ``counter.absent.ReassignWork``."""

    context: Context

    def workloads(self) -> tuple[Workload, ...]:
        """Return who has open dossiers here or may take some, by name."""
        with self.context.store.reading() as session:
            takers = _takers(self.context, session)
            counted = session.execute(
                select(in_charge_id(), in_charge(), func.count())
                .where(_is_open(), in_charge_id() != "")
                .group_by(in_charge_id())
            ).all()
        counts = {account: (name, count) for account, name, count in counted}
        everyone = {account: name for account, (name, _count) in counts.items()} | takers
        loads = (
            Workload(account, name, counts.get(account, ("", 0))[1], account in takers)
            for account, name in everyone.items()
        )
        return tuple(sorted(loads, key=lambda load: fold(load.name)))

    def reassign(self, asked: ReassignAsked) -> Reassigned:
        """Give dossiers to somebody else, all of them or none; each has its history line.

        Raises:
            ReasonNeeded: No reason was given.
            NobodyTakesOver: Who should take them is no officer who may process dossiers.
            NothingToReassign: None of them is open, or they are that officer's already.
        """
        reason, moment = reason_of(asked.reason), self.context.clock()
        with self.context.store.writing() as session:
            name = _takers(self.context, session).get(asked.to)
            if name is None:
                raise NobodyTakesOver
            which = (
                DossierRow.id.in_(asked.dossiers)
                if asked.dossiers
                else in_charge_id() == asked.absent
            )
            rows = session.scalars(
                select(DossierRow)
                .where(_is_open(), which, in_charge_id() != asked.to)
                .order_by(DossierRow.row)
            ).all()
            if not rows:
                raise NothingToReassign
            for row in rows:
                told = f"{row.charge_name or row.officer_name} → {name} · {reason}"
                row.charge_id, row.charge_name = asked.to, name
                fact = Fact("dossier.reassigned", "note", told, told=f"Giao lại: {told}")
                tell(self.context, session, row, fact, before=row.status, moment=moment)
        return Reassigned(len(rows), name, Change.DOSSIERS)


def _is_open() -> ColumnElement[bool]:
    return (DossierRow.elsewhere == "") & DossierRow.status.in_(_OPEN)


def _takers(context: Context, session: Session) -> dict[str, str]:
    """Return who may be given dossiers; where nobody has an account, who the settings name."""
    takers = {
        officer.id: officer.name
        for officer in officers.active(session)
        if officer.may(Action.PROCESS)
    }
    desk = context.settings.settings.desk
    return takers or {desk.officer_id: desk.officer_name}
