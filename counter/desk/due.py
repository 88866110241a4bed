"""How near dossiers are to their due time, by the clock and the office's lead time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from counter.desk.context import Context
from counter.dossier import Status
from counter.store.tables import DossierRow
from counter.today import Due, DueWatch, Nearness
from counter.work import DossierLine

NAMED = 50
_AT_WORK = (Status.ACCEPTED.value, Status.IN_PROCESS.value)


def running() -> ColumnElement[bool]:
    """Dossiers of this desk whose clock runs."""
    return (DossierRow.elsewhere == "") & DossierRow.status.in_(_AT_WORK)


def horizon(context: Context, moment: datetime) -> datetime:
    """Return until when a dossier is due soon: the office's lead time in working minutes."""
    lead = context.settings.settings.deadlines.warn_minutes
    return context.calendar.after_minutes(moment, lead)


def marked(context: Context, lines: Sequence[DossierLine]) -> tuple[DossierLine, ...]:
    """Return *lines*, each with how near its due time is now."""
    moment = context.clock()
    soon = horizon(context, moment)
    return tuple(
        line
        if line.due_at is None or line.due_at > soon or line.status not in _AT_WORK
        else replace(line, nearness=Nearness.LATE if line.due_at < moment else Nearness.SOON)
        for line in lines
    )


def watch(context: Context) -> DueWatch:
    """Return what is due soon and what is late, as it stands now."""
    moment = context.clock()
    code = func.coalesce(DossierRow.code, DossierRow.provisional_code)
    due = DossierRow.due_at
    near = running() & due.between(moment, horizon(context, moment))
    late = running() & (due < moment)
    with context.store.reading() as session:

        def named(
            which: ColumnElement[bool], order: ColumnElement[datetime | None]
        ) -> tuple[Due, ...]:
            rows = session.execute(select(code, due).where(which).order_by(order).limit(NAMED))
            return tuple(Due(text, at) for text, at in rows if at is not None)

        def count(which: ColumnElement[bool]) -> int:
            return session.scalar(select(func.count()).where(which)) or 0

        return DueWatch(
            soon=named(near, due.asc()),
            soon_count=count(near),
            late=named(late, due.desc()),
            late_count=count(late),
        )
