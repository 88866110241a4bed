"""People who cannot be received: told what is missing, or refused; both are recorded.

Guidance (form 02 with a number of its own) makes no dossier and is not sent; its barcode brings
back what was typed. A refusal (form 03) is a dossier that begins and ends in one act.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select

from counter.datafiles import checked, dotted
from counter.declaring import Answer
from counter.desk import planning, reception
from counter.desk.context import Context
from counter.desk.own_dossiers import may_see
from counter.desk.papers import letterhead
from counter.desk.visits import fitting, text_of
from counter.errors import NotOwnDossier, PapersNeeded, ReasonNeeded, UnknownGuidance
from counter.forms import PaperLine
from counter.guidance import Guided, Reopened
from counter.papers.law import SupplementFacts
from counter.ports import PrintJob
from counter.procedures import Procedure
from counter.store import drafts, leases, trail
from counter.store.life_tables import GuidanceRow
from counter.values import DossierId, PartialDate, local_day, uuid7
from counter.visits import PersonTyped, Visit
from counter.work import FeeQuantity, PaperBrought, Reception, ReceptionAsked


@dataclass(frozen=True, slots=True)
class _Person:
    full_name: str = field(repr=False)
    number: str | None = field(repr=False)
    birth_date: str | None = field(repr=False)
    sex: str | None = field(repr=False)
    address: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    email: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Brought:
    position: int
    originals: int
    certified: int
    copies: int


@dataclass(frozen=True, slots=True)
class _Quantity:
    fee_code: str
    quantity: int
    copies: int


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept with guidance; that given by earlier programs has no ``visit``."""

    visit: Visit | None = None
    person: _Person | None = None
    papers: tuple[_Brought, ...] = ()
    quantities: tuple[_Quantity, ...] = ()


def guide(
    context: Context, asked: ReceptionAsked, reason: str, begun: tuple[Answer, ...] = ()
) -> Guided:
    """Record what is missing, and return form 02 that says so.

    Args:
        begun: What the officer answered of a declaration that may not be whole.

    Raises:
        UnknownProcedure: No version of it is in force today.
        PapersNeeded: Nothing is missing; the dossier can be received.
        ReasonNeeded: No reason was given.
    """
    moment = context.clock()
    reason = " ".join(reason.split())
    if not reason:
        raise ReasonNeeded
    procedure = context.catalogue.get(asked.procedure_code, local_day(moment))
    plan = planning.plan(context, asked.procedure_code, asked.papers, asked.quantities)
    if not plan.missing:
        raise PapersNeeded
    missing = [procedure.papers[place] for place in plan.missing]
    settings, person = context.settings.settings, asked.applicant
    with context.store.writing() as session:
        number = leases.number_of(
            session, book="hdhs", mark="HDHS", desk_id=settings.desk.id, moment=moment
        )
        session.add(
            GuidanceRow(
                number=number,
                at=moment,
                procedure_code=procedure.code,
                reason=reason,
                body=text_of(_Kept(replace(Visit.of(asked, procedure.short_name), declared=begun))),
                officer_id=settings.desk.officer_id,
                officer_name=settings.desk.officer_name,
            )
        )
        drafts.forget(session, asked.dossier_id)
    facts = SupplementFacts(
        applicant=person.full_name,
        procedure=procedure.name,
        address=person.address or "",
        phone=person.phone or "",
        email=person.email or "",
        papers=tuple(
            PaperLine(paper.name, paper.originals, paper.certified, paper.copies)
            for paper in missing
        ),
        reason=reason,
        web=settings.office.look_up_url,
        officer=settings.desk.officer_name,
        officer_phone=settings.office.phone,
    )
    paper = context.wordings.word(letterhead(context, moment, code=number, number=number), facts)
    job = PrintJob(uuid7(moment), f"{number.replace('/', '-')}_guidance", paper)
    return Guided(number=number, jobs=(job,))


def reopen(context: Context, number: str) -> Reopened:
    """Return what was typed when *number* was given; who comes is to be identified anew.

    That it was read is noted.

    Raises:
        UnknownGuidance: No guidance here has it.
        NotOwnDossier: Another officer gave it, and this one handles only the own ones.
        UnknownProcedure: No version of its procedure is in force any more.
    """
    with context.store.noting() as session:
        row = session.scalar(
            select(GuidanceRow).where(GuidanceRow.number == number.strip().upper())
        )
        if row is None:
            raise UnknownGuidance
        if not may_see(context, row.officer_id):
            raise NotOwnDossier
        trail.note(
            session,
            officer=context.settings.settings.desk.officer_id,
            action="guidance.read",
            moment=context.clock(),
            subject=row.number,
        )
    kept = checked(_Kept, json.loads(row.body), dotted)
    procedure = context.catalogue.get(row.procedure_code, local_day(context.clock()))
    visit = kept.visit or _from_earlier_program(kept, procedure, row.at)
    visit = fitting(context, visit, procedure)
    return Reopened(number=row.number, procedure=procedure, visit=visit)


def refuse(context: Context, asked: ReceptionAsked, reason: str) -> Reception:
    """Record that a dossier is not accepted, with its code and form 03; nothing is collected.

    Raises:
        UnknownProcedure: No version of it is in force today.
        ReasonNeeded: No reason was given.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise ReasonNeeded
    return reception.refuse(context, asked, reason)


def _from_earlier_program(kept: _Kept, procedure: Procedure, at: datetime) -> Visit:
    told = kept.person or _Person("", None, None, None, None, None, None)
    born = PartialDate.from_iso(told.birth_date) if told.birth_date else None
    return Visit(
        id=DossierId(uuid7(at)),
        begun_at=at,
        person=PersonTyped(
            full_name=told.full_name,
            number=told.number or "",
            birth_date=born.written if born else "",
            sex=told.sex or "",
            address=told.address or "",
        ),
        procedure_code=procedure.code,
        procedure_name=procedure.short_name,
        papers=tuple(
            PaperBrought(p.position, p.originals, p.certified, p.copies) for p in kept.papers
        ),
        quantities=tuple(FeeQuantity(q.fee_code, q.quantity, q.copies) for q in kept.quantities),
        phone=told.phone or "",
        email=told.email or "",
    )
