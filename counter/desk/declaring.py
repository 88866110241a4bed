"""Declarations and checklists at the desk: filled in for who applies, blank for who only asks."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

from counter.declared_paper import declaration
from counter.declaring import Answer, DeclarationForm, Declared, fill, known
from counter.desk.context import Context
from counter.desk.own_dossiers import seated, seen_by
from counter.desk.papers import letterhead
from counter.forms import PaperLine
from counter.papers.desk import ChecklistFacts
from counter.people import Action
from counter.ports import PrintJob
from counter.procedures import Fee, Procedure, term_words
from counter.store import declared, trail
from counter.values import local_day, uuid7

if TYPE_CHECKING:
    from counter.cards import ChipText
    from counter.papers.facts import Facts
    from counter.values import CitizenNumber
    from counter.work import Applicant


def declare(
    context: Context, procedure_code: str, applicant: Applicant | None, chip: ChipText | None
) -> Declared | None:
    """Return a procedure's declaration with what is known; None when it has none.

    What the person declared before is looked up for who may receive, among what this officer may
    see, and that it was is noted.
    """
    form = context.declarations.get(procedure_code)
    if form is None:
        return None
    earlier: tuple[Answer, ...] = ()
    if applicant is not None and applicant.number is not None and _may_receive(context):
        earlier = _recall(context, applicant.number)
    office = context.settings.settings.office.name
    return Declared(form, fill(form, known(applicant, chip, office), earlier))


def _may_receive(context: Context) -> bool:
    officer = context.seat.officer
    return officer is not None and officer.may(Action.RECEIVE)


def _recall(context: Context, citizen: CitizenNumber) -> tuple[Answer, ...]:
    with context.store.reading() as session:
        found = declared.before(session, citizen, seen_by(seated(context)))
    if found:
        with context.store.noting() as session:
            trail.note(
                session,
                officer=context.settings.settings.desk.officer_id,
                action="dossier.recalled",
                moment=context.clock(),
                subject=next(iter(found)).hex,
            )
    return tuple(chain.from_iterable(found.values()))


def usual(context: Context, citizen: CitizenNumber) -> tuple[Procedure, ...]:
    """Return what a person came for before and what is still in force, the newest first."""
    with context.store.reading() as session:
        codes = declared.procedures_of(session, citizen)
    in_force = {p.code: p for p in context.catalogue.in_force(local_day(context.clock()))}
    return tuple(in_force[code] for code in codes if code in in_force)


def declaration_job(
    context: Context, form: DeclarationForm, answers: Iterable[Answer], declarant: str
) -> PrintJob:
    """Return the declaration to print; without answers it is blank."""
    office = context.settings.settings.office
    facts = declaration(form, answers, addressee=office.name, declarant=declarant)
    return _job(context, facts, f"{form.code}_declaration")


def checklist_job(context: Context, procedure_code: str) -> PrintJob:
    """Return what a procedure demands, for people who only ask.

    Raises:
        UnknownProcedure: None in force has this code.
    """
    office = context.settings.settings.office
    procedure = context.catalogue.get(procedure_code, local_day(context.clock()))
    facts = ChecklistFacts(
        procedure=procedure.name,
        procedure_code=procedure.code,
        papers=papers_in_words(procedure),
        conditions=" ".join(procedure.notes),
        time_limit=term_words(procedure.term),
        fees=fees_in_words(procedure),
        results="; ".join(result.name for result in procedure.results),
        decided_by=procedure.agency,
        legal_basis="; ".join(procedure.legal_basis),
        web=office.look_up_url,
        phone=office.phone,
    )
    return _job(context, facts, f"{procedure.code}_checklist")


def papers_in_words(procedure: Procedure) -> tuple[PaperLine, ...]:
    """Return every paper of the checklist, with the case that demands it."""
    return tuple(
        PaperLine(
            paper.name if paper.when is None else f"{paper.name} (khi: {paper.when})",
            paper.originals,
            paper.certified,
            paper.copies,
        )
        for paper in procedure.papers
    )


def fees_in_words(procedure: Procedure, *, exemptions: bool = False) -> str:
    """Return every fee with its price, and who is exempt where that is asked for."""
    told = []
    for fee in procedure.fees:
        exempt = f" (miễn: {', '.join(fee.exemptions)})" if exemptions and fee.exemptions else ""
        told.append(_fee(fee) + exempt)
    return "; ".join(told) or "không thu"


def _fee(fee: Fee) -> str:
    """Write one fee; an amount the office has not entered is never taken for free."""
    if fee.free:
        price = "miễn phí"
    elif fee.amount is None:
        price = "theo mức của tỉnh"
    else:
        price = f"{fee.amount:,} đồng".replace(",", ".") + (f"/{fee.per}" if fee.per else "")
    when = f" ({fee.when})" if fee.when else ""
    return f"{fee.name}{when}: {price}"


def _job(context: Context, facts: Facts, name: str) -> PrintJob:
    moment = context.clock()
    paper = context.wordings.word(letterhead(context, moment), facts)
    return PrintJob(uuid7(moment), name, paper)
