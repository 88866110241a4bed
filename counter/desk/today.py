"""What wants somebody today: overdue, due, waiting for papers, for the leader, for the portal."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from counter.desk.context import Context
from counter.dossier import Status
from counter.store.dossiers import lines_of
from counter.store.life_tables import LetterRow
from counter.store.tables import DossierRow, OutboxRow
from counter.today import Group, GroupView, LateCount, Today
from counter.values import VIETNAM, local_day

SHOWN = 200


def today(context: Context) -> Today:
    """Return the morning page as it stands now."""
    moment = context.clock()
    day = local_day(moment)
    conditions = _conditions(context, moment)
    with context.store.reading() as session:
        return Today(
            day=day,
            groups=tuple(
                GroupView(group, _count(session, wanted), lines_of(session, wanted, SHOWN))
                for group, wanted in conditions.items()
            ),
            late=_late(session, conditions[Group.OVERDUE]),
        )


def _conditions(context: Context, moment: datetime) -> dict[Group, ColumnElement[bool]]:
    """Return which dossiers belong to each group; a stopped clock is never overdue.

    What a sister desk received is found and returned here, but it is that desk's morning page.
    """
    day = local_day(moment)
    tonight = datetime.combine(day, time.max, VIETNAM)
    next_day = context.calendar.next_working_day(day)
    next_night = datetime.combine(next_day, time.max, VIETNAM)
    at_work = DossierRow.status.in_((Status.ACCEPTED.value, Status.IN_PROCESS.value))
    letters = select(LetterRow.dossier).where(LetterRow.decided_at.is_(None))
    unsent = select(OutboxRow.dossier_id).where(OutboxRow.state != "settled")
    due = DossierRow.due_at
    own = DossierRow.elsewhere == ""
    with_citizen = DossierRow.status.in_((Status.SUPPLEMENT.value, Status.PAYMENT.value))
    return {
        Group.OVERDUE: own & at_work & (due < moment),
        Group.DUE_TODAY: own & at_work & due.between(moment, tonight),
        Group.DUE_NEXT: own & at_work & (due > tonight) & (due <= next_night),
        Group.TO_HAND_OVER: own & (DossierRow.status == Status.ACCEPTED.value),
        Group.WITH_CITIZEN: own & with_citizen,
        Group.READY: own & (DossierRow.status == Status.DONE.value),
        Group.LETTERS: DossierRow.row.in_(letters),
        Group.UNSENT: DossierRow.id.in_(unsent),
    }


def _count(session: Session, wanted: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(DossierRow).where(wanted)) or 0


def _late(session: Session, overdue: ColumnElement[bool]) -> tuple[LateCount, ...]:
    rows = session.execute(
        select(DossierRow.unit, DossierRow.officer_name, func.count())
        .where(overdue)
        .group_by(DossierRow.unit, DossierRow.officer_name)
        .order_by(func.count().desc(), DossierRow.unit, DossierRow.officer_name)
    )
    return tuple(LateCount(unit, officer, count) for unit, officer, count in rows)
