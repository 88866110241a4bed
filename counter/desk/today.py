"""What wants somebody today: overdue, due, waiting for papers, for the leader, for the portal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from counter.desk import due
from counter.desk.context import Context
from counter.dossier import Status
from counter.store import legal_receipts, life, payments, post_lists
from counter.store.dossiers import in_charge, lines_of
from counter.store.life_tables import LetterRow
from counter.store.tables import CopyRow, DossierRow, OutboxRow
from counter.today import Group, GroupView, LateCount, Today
from counter.values import VIETNAM, local_day

SHOWN = 200
ONLINE = "portal"
"""Origin of a dossier that a citizen sent from home."""

ANSWER_MINUTES = 8 * 60
"""Working time within which such a dossier is answered (NĐ 118/2025/NĐ-CP), where the portal names
no moment."""


def today(context: Context) -> Today:
    """Return the morning page as it stands now."""
    moment = context.clock()
    day = local_day(moment)
    conditions = _conditions(context, moment)
    with context.store.reading() as session:
        return Today(
            day=day,
            groups=(
                _online(context, session, moment),
                *(
                    GroupView(
                        group,
                        _count(session, wanted),
                        due.marked(context, lines_of(session, wanted, SHOWN)),
                    )
                    for group, wanted in conditions.items()
                ),
            ),
            late=_late(session, conditions[Group.OVERDUE]),
        )


def _online(context: Context, session: Session, moment: datetime) -> GroupView:
    """Return what citizens sent online and nobody received, soonest to be answered first."""
    wanted = (DossierRow.origin == ONLINE) & (DossierRow.status == Status.FILED.value)
    lines = lines_of(session, wanted, SHOWN)
    named = {
        dossier: answer_by
        for dossier, answer_by in session.execute(
            select(CopyRow.dossier_id, CopyRow.answer_by).where(
                CopyRow.dossier_id.in_([line.id for line in lines])
            )
        )
    }
    timed = [
        replace(
            line,
            answer_by=named.get(line.id)
            or context.calendar.after_minutes(line.received_at, ANSWER_MINUTES),
        )
        for line in lines
    ]
    timed.sort(key=lambda line: line.answer_by or line.received_at)
    late = sum(line.answer_by is not None and line.answer_by < moment for line in timed)
    return GroupView(Group.ONLINE, _count(session, wanted), tuple(timed), late)


def _conditions(context: Context, moment: datetime) -> dict[Group, ColumnElement[bool]]:
    """Return which dossiers belong to each group; a stopped clock is never overdue.

    What a sister desk received is found and returned here, but it is that desk's morning page.
    """
    day = local_day(moment)
    tonight = datetime.combine(day, time.max, VIETNAM)
    next_day = context.calendar.next_working_day(day)
    next_night = datetime.combine(next_day, time.max, VIETNAM)
    letters = select(LetterRow.dossier).where(LetterRow.decided_at.is_(None))
    unsent = select(OutboxRow.dossier_id).where(OutboxRow.state != "settled")
    due_at = DossierRow.due_at
    own = DossierRow.elsewhere == ""
    with_citizen = DossierRow.status.in_((Status.SUPPLEMENT.value, Status.PAYMENT.value))
    return {
        Group.OVERDUE: due.running() & (due_at < moment),
        Group.DUE_TODAY: due.running() & due_at.between(moment, tonight),
        Group.DUE_NEXT: due.running() & (due_at > tonight) & (due_at <= next_night),
        Group.TO_HAND_OVER: own & (DossierRow.status == Status.ACCEPTED.value),
        Group.WITH_CITIZEN: own & with_citizen,
        Group.READY: own & (DossierRow.status == Status.DONE.value),
        Group.MONEY: DossierRow.id.in_(payments.odd_dossiers())
        | DossierRow.row.in_(legal_receipts.refused_dossiers()),
        Group.GIVE_BACK: own
        & (DossierRow.status == Status.STOPPED.value)
        & life.is_voided()
        & (life.paid() > 0),
        Group.LETTERS: DossierRow.row.in_(letters),
        Group.UNSENT: DossierRow.id.in_(unsent) | DossierRow.row.in_(post_lists.refused_dossiers()),
    }


def _count(session: Session, wanted: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(DossierRow).where(wanted)) or 0


def _late(session: Session, overdue: ColumnElement[bool]) -> tuple[LateCount, ...]:
    rows = session.execute(
        select(DossierRow.unit, in_charge(), func.count())
        .where(overdue)
        .group_by(DossierRow.unit, in_charge())
        .order_by(func.count().desc(), DossierRow.unit, in_charge())
    )
    return tuple(LateCount(unit, officer, count) for unit, officer, count in rows)
