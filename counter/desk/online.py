"""A dossier sent online is received: from then on it is this desk's, with its day and its book."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from counter.calendar import DueDate, due_date
from counter.desk.case import Case
from counter.errors import DueDateNeeded
from counter.procedures import Procedure, term_words
from counter.store import leases, life
from counter.values import local_day, rfc3339

MANUAL = "manual"
"""The rule of a due date that the officer gave."""


def receive(case: Case, due_on: date | None) -> Mapping[str, object]:
    """Let the dossier of *case* be received now; return what the portal is told besides.

    What was asked for before it was received is asked no more.

    Raises:
        UnknownProcedure: The catalogue has no version of its procedure for today.
        DueDateNeeded: The law sets no limit and no day was given, or it is past.
    """
    row, context, settings = case.row, case.context, case.context.settings.settings
    procedure = context.catalogue.get(row.procedure_code, local_day(case.moment))
    due = _due(case, procedure, due_on)
    row.received_at, row.due_at = case.moment, due.at
    row.left_status = row.suspended_at = None  # no clock ran before
    life.take_supplement(case.session, row, (), case.moment)
    row.due_rule = settings.deadlines.rule if due_on is None else MANUAL
    row.time_limit_words = term_words(procedure.term)
    row.officer_id, row.officer_name = settings.desk.officer_id, settings.desk.officer_name
    row.book_volume = leases.volume_of(settings.desk.id, case.moment)
    row.book_number = leases.next_of(case.session, f"book:{row.book_volume}")
    return {
        "received_at": rfc3339(case.moment),
        "due": {
            "due_at": rfc3339(due.at),
            "unit": procedure.term.unit,
            "qty": procedure.term.quantity,
            "rule": row.due_rule,
            "calendar_revision": context.calendar.revision,
            "estimated": due.estimated,
        },
    }


def _due(case: Case, procedure: Procedure, due_on: date | None) -> DueDate:
    calendar, today = case.context.calendar, local_day(case.moment)
    if due_on is not None:
        if due_on < today:
            raise DueDateNeeded
        return DueDate(calendar.closing(due_on), calendar.is_expected(today, due_on))
    rule = case.context.settings.settings.deadlines.rule
    return due_date(calendar, case.moment, procedure.term.quantity, procedure.term.unit, rule)
