"""The sheet that goes with a dossier from hand to hand (form 06): each passing from facts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from counter.desk.case import Case
from counter.papers.law import ControlFacts, ControlStep
from counter.store.life_tables import HandOverRow
from counter.store.tables import HistoryRow
from counter.values import local_day

HANDED, BROUGHT, GIVEN_BACK = "papers.handed_over", "result.taken", "result.corrected"
EARLY, ON_TIME, LATE = "Trước hạn", "Đúng hạn", "Quá hạn"


def control_sheet(case: Case) -> ControlFacts | None:
    """Return the sheet as it stands now; None for a dossier that never left the desk."""
    row = case.row
    steps = _steps(case)
    if not steps:
        return None
    return ControlFacts(
        book_volume=row.book_volume,
        book_number=row.book_number,
        applicant=row.applicant_name,
        procedure=row.procedure_name,
        received_at=row.received_at,
        due_at=row.due_at,
        unit=row.unit,
        steps=steps,
    )


def _steps(case: Case) -> tuple[ControlStep, ...]:
    """Return every passing between this desk and a unit, in the order it happened.

    A hand-over and its line of history are of the same moment; the line says which officer.
    """
    session, dossier = case.session, case.row.row
    passed = session.scalars(select(HandOverRow).where(HandOverRow.dossier == dossier))
    handed = {one.at: one for one in passed}
    lines = session.scalars(
        select(HistoryRow)
        .where(HistoryRow.dossier == dossier, HistoryRow.event.in_((HANDED, BROUGHT, GIVEN_BACK)))
        .order_by(HistoryRow.position)
    )
    desk = case.context.settings.settings.office.center_name
    steps: list[ControlStep] = []
    unit = ""
    for line in lines:
        here = f"{desk} ({line.officer_name})" if line.officer_name else desk
        found = handed.get(line.at)
        if line.event == HANDED and found is not None:
            unit = f"{found.unit} ({found.receiver})" if found.receiver else found.unit
            steps.append(ControlStep(here, unit, line.at, note=found.sheet))
        elif unit and line.event == BROUGHT:
            steps.append(ControlStep(unit, here, line.at, standing_of(line.at, case.row.due_at)))
        elif unit and line.event == GIVEN_BACK:
            steps.append(ControlStep(here, unit, line.at, note="Trả lại để sửa kết quả"))
    return tuple(steps)


def standing_of(at: datetime, due_at: datetime | None) -> str:
    """Return how a result that came *at* stands to the time promised, in the form's words.

    On time is the day that was promised, until the hour; empty where nothing was promised.
    """
    if due_at is None:
        return ""
    if at > due_at:
        return LATE
    return ON_TIME if local_day(at) == local_day(due_at) else EARLY
