"""What a reception demands and comes to: papers, fees and the due date, before anything is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from counter.answering import check
from counter.calendar import DueDate, due_date
from counter.desk.context import Context
from counter.errors import (
    DueDateNeeded,
    ExemptionUnknown,
    PaperMissing,
    PostAddressNeeded,
    ProcedureChanged,
)
from counter.forms import FeeText
from counter.money import Asked, FeeLine, fee_lines, total
from counter.procedures import Procedure, term_words
from counter.returning import ReturnWay
from counter.values import local_day
from counter.work import FeeQuantity, PaperBrought, ReceptionAsked, ReceptionPlan


def plan(
    context: Context,
    procedure_code: str,
    papers: Sequence[PaperBrought],
    quantities: Sequence[FeeQuantity],
    revision: str = "",
) -> ReceptionPlan:
    """Return what the officer sees before pressing the key.

    Args:
        revision: The version whose checklist is ticked; the one in force where it is none.

    Raises:
        UnknownProcedure: No version of it is in force today.
    """
    moment = context.clock()
    procedure = context.catalogue.find_revision(procedure_code, revision)
    if procedure is None:
        procedure = context.catalogue.get(procedure_code, local_day(moment))
    fees = fees_of(procedure, quantities)
    try:
        due = due_of(context, procedure, moment, None)
    except DueDateNeeded:
        due = None
    return ReceptionPlan(
        fees=tuple(FeeText(fee.name, fee.amount, fee.exempt_reason) for fee in fees),
        total=total(fees),
        time_limit_words=term_words(procedure.term),
        due_at=None if due is None else due.at,
        missing=missing_of(procedure, papers),
    )


def checked(context: Context, asked: ReceptionAsked, moment: datetime) -> tuple[Procedure, DueDate]:
    """Return what is received and when it is due, once nothing stands in the way.

    Raises:
        Refused: Something stands in the way; ``receive`` says what may.
    """
    procedure = procedure_of(context, asked, moment)
    missing = missing_of(procedure, asked.papers)
    if missing:
        raise PaperMissing(paper=procedure.papers[missing[0]].name)
    wish = asked.return_to
    if wish.way is ReturnWay.POST and not (
        (wish.address or asked.applicant.address) and (wish.phone or asked.applicant.phone)
    ):
        raise PostAddressNeeded
    form = context.declarations.get(asked.procedure_code)
    if form is not None and asked.declared is not None:
        check(form, asked.declared)
    return procedure, due_of(context, procedure, moment, asked)


def procedure_of(context: Context, asked: ReceptionAsked, moment: datetime) -> Procedure:
    """Return the version in force, whose checklist must be the one that was ticked."""
    procedure = context.catalogue.get(asked.procedure_code, local_day(moment))
    if not context.catalogue.asks_as_in(asked.procedure_revision, procedure):
        raise ProcedureChanged
    return procedure


def missing_of(procedure: Procedure, papers: Sequence[PaperBrought]) -> tuple[int, ...]:
    """Return the places of the demanded papers that were not brought."""
    brought = {p.position for p in papers if p.originals + p.certified + p.copies > 0}
    return tuple(
        position
        for position, paper in enumerate(procedure.papers)
        if paper.required and position not in brought
    )


def fees_of(procedure: Procedure, quantities: Sequence[FeeQuantity]) -> tuple[FeeLine, ...]:
    """Return what is asked: each fee of everybody, and those of a case that were named.

    Raises:
        ExemptionUnknown: The law exempts no such group from that fee.
    """
    groups = {fee.code: fee.exemptions for fee in procedure.fees}
    for q in quantities:
        if q.exempt_reason is not None and q.exempt_reason not in groups.get(q.fee_code, ()):
            raise ExemptionUnknown
    wanted = {
        q.fee_code: Asked(q.quantity, q.copies, q.exempt_reason, q.online) for q in quantities
    }
    of_everybody = {fee.code: Asked() for fee in procedure.fees if fee.when is None}
    asked = of_everybody | wanted
    return tuple(
        line
        for fee in procedure.fees
        if fee.code in asked and asked[fee.code].units > 0
        for line in fee_lines(fee, asked[fee.code])
    )


def due_of(
    context: Context, procedure: Procedure, moment: datetime, asked: ReceptionAsked | None
) -> DueDate:
    """Return the due date; the day the officer gives stands where the law sets none."""
    if asked is not None and asked.due_on is not None:
        if asked.due_on < local_day(moment):
            raise DueDateNeeded
        return DueDate(
            context.calendar.closing(asked.due_on),
            context.calendar.is_expected(local_day(moment), asked.due_on),
        )
    term = procedure.term
    rule = context.settings.settings.deadlines.rule
    return due_date(context.calendar, moment, term.quantity, term.unit, rule)
