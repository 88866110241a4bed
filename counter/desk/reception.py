"""A dossier is received: everything about it on disk in one transaction, then its papers.

Dossier, first history line, serial number, number in the book and outbox message are one
transaction; the words to print leave this room only after it has ended, so no paper can exist
without its fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy.orm import Session

from counter.acts import Refuse
from counter.addresses import Placed
from counter.calendar import DueDate
from counter.desk import queueing
from counter.desk.act_papers import papers_of
from counter.desk.case import Case
from counter.desk.context import Context
from counter.desk.planning import checked, fees_of, procedure_of
from counter.desk.receipts import (
    Contents,
    contents_of,
    receipt_job,
    write_history,
)
from counter.dossier import Status
from counter.errors import DeskError, FileRefused, QueueDamaged, Unavailable
from counter.forms import FeeText, PaperLine
from counter.hall import TicketTaken
from counter.messages import DossierFacts, PaperFact, dossier_content
from counter.money import FeeLine, total
from counter.parties import Submitter
from counter.ports import PrintJob
from counter.procedures import Procedure, term_words
from counter.scans import FileRef
from counter.store import declared, drafts, files, leases, outbox, parties, return_wishes
from counter.store.dossiers import find_row
from counter.store.rows import write, write_new
from counter.store.tables import DossierRow, FeeRow, PaperRow
from counter.values import DossierId, fold, local_day, uuid7
from counter.work import (
    Applicant,
    Change,
    PaperBrought,
    Reception,
    ReceptionAsked,
)

MANUAL = "manual"
"""The rule of a due date that the officer gave."""

SUFFIX = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
}
"""How the name of a file of each kind ends."""

NOTICE_VERSION = "tb-2026-01"
"""Names the notice about personal data that stands on screen and receipt."""


def receive(context: Context, asked: ReceptionAsked) -> Reception:
    """Receive a dossier; when this returns it is on disk with its outbox message.

    Asking again with the same ``dossier_id`` changes nothing and answers the same dossier.

    Raises:
        UnknownProcedure: No version of it is in force today.
        ProcedureChanged: The checklist that was ticked is another than that of today.
        PaperMissing: A demanded paper was not brought.
        FileRefused: A file is no such file, or of a paper that was not brought.
        DueDateNeeded: The law sets no limit and no day was given.
        PostAddressNeeded: The result is to go by post, and nothing says where to or whom to call.
        DeclarationOpen, DeclarationWrong: The declaration made on screen is not whole.
        DiskFull, StoreReadOnly, StoreBusy: Nothing was kept; it can be asked again.
    """
    moment = context.clock()
    procedure, due = checked(context, asked, moment)
    taken = None if asked.ticket else ticket_for(context, procedure, asked.dossier_id)
    try:
        with context.store.writing() as session:
            row = find_row(session, asked.dossier_id)
            if row is None:
                asked = replace(asked, ticket=taken.number if taken else asked.ticket)
                row, contents = keep(context, session, asked, procedure, due=due, moment=moment)
            else:
                contents = contents_of(session, row)
            job = receipt_job(context, session, row, contents, moment=moment, reprint=False)
    except DeskError:
        if taken is not None:
            queueing.give_back(context.hall, taken)
        raise
    return outcome_of(
        row, (job,) if taken is None else (job, taken.job), Change.DOSSIERS | Change.QUEUE
    )


def outcome_of(
    row: DossierRow, jobs: tuple[PrintJob, ...] = (), changed: Change = Change.DOSSIERS
) -> Reception:
    """Return what the officer is shown of a dossier that is kept."""
    return Reception(
        dossier_id=DossierId(row.id),
        code=row.code or row.provisional_code or "",
        provisional=row.code is None,
        applicant_name=row.applicant_name,
        procedure_name=row.procedure_name,
        due_at=row.due_at,
        total=row.fee_total,
        ticket=row.ticket,
        jobs=jobs,
        changed=changed,
    )


def refuse(context: Context, asked: ReceptionAsked, reason: str) -> Reception:
    """Record a dossier that is not accepted; asking again changes nothing.

    Raises:
        UnknownProcedure: No version of it is in force today.
        ProcedureChanged: The checklist that was ticked is another than that of today.
    """
    moment = context.clock()
    procedure = procedure_of(context, asked, moment)
    with context.store.writing() as session:
        row = find_row(session, asked.dossier_id)
        if row is None:
            row, _contents = keep(
                context, session, asked, procedure, due=None, moment=moment, refusal=reason
            )
        case = Case(context, session, row, moment)
        jobs = papers_of(case, Refuse(reason), number="", due_before=None)
    return outcome_of(row, jobs)


def keep(
    context: Context,
    session: Session,
    asked: ReceptionAsked,
    procedure: Procedure,
    *,
    due: DueDate | None,
    moment: datetime,
    refusal: str | None = None,
    fees: tuple[FeeLine, ...] | None = None,
    true_at: datetime | None = None,
) -> tuple[DossierRow, Contents]:
    """Write dossier, papers, fees, history and message into the open transaction.

    Args:
        fees: What is asked where the quantities do not say it; None asks by them.
        true_at: When it was received, where that was on paper and before it is keyed; its number
            is of the day it is keyed.
    """
    settings = context.settings.settings
    person = asked.applicant
    elsewhere = procedure.system or ""
    # a dossier that is counted elsewhere uses up no number of ours
    code = None if elsewhere else leases.take_code(session, settings.office.agency_code, moment)
    provisional = None
    if code is None:
        provisional = leases.take_provisional(session, settings.desk.id, moment)
    volume = leases.volume_of(settings.desk.id, moment)
    if fees is None:
        fees = fees_of(procedure, asked.quantities) if refusal is None else ()
    row = DossierRow(
        id=asked.dossier_id,
        code=None if code is None else code.text,
        provisional_code=None if provisional is None else provisional.text,
        procedure_code=procedure.code,
        procedure_revision=procedure.revision,
        procedure_name=procedure.name,
        field_code=procedure.field.code,
        field_name=procedure.field.name,
        status=(Status.ACCEPTED if refusal is None else Status.REFUSED).value,
        subject=procedure.name,
        applicant_name=person.full_name,
        applicant_folded=_folded(person, asked.submitter),
        applicant_number=person.number.digits if person.number else None,
        birth_date=person.birth_date.iso if person.birth_date else None,
        sex=person.sex.value if person.sex else None,
        address=person.address,
        phone=person.phone,
        email=person.email,
        identity_source=person.source.value,
        verdict=person.verdict.value if person.verdict else None,
        received_at=true_at or moment,
        due_at=None if due is None else due.at,
        time_limit_words=term_words(procedure.term),
        sets=asked.sets,
        book_volume=volume,
        book_number=leases.next_of(session, f"book:{volume}"),
        officer_id=settings.desk.officer_id,
        officer_name=settings.desk.officer_name,
        ticket=asked.ticket,
        fee_total=total(fees),
        created_offline=code is None and not elsewhere,
        note=asked.note,
        due_rule=settings.deadlines.rule if asked.due_on is None else MANUAL,
        system=elsewhere,
    )
    write_new(session, row)
    papers = _papers(procedure, asked.papers)
    scans = _scans(context, session, row, asked, procedure)
    facts = DossierFacts(
        applicant=person,
        procedure=procedure,
        papers=papers,
        fees=fees,
        due=due,
        rule=row.due_rule,
        calendar_revision=context.calendar.revision,
        form_set=context.wordings.told_name(local_day(row.received_at)),
        notice_version=NOTICE_VERSION,
        noticed_at=asked.noticed_at,
        refusal=refusal,
        declared={answer.key: answer.value for answer in asked.declared or () if answer.value},
        files=scans,
        submitter=asked.submitter,
        placed=_placed(context, asked),
        return_to=asked.return_to,
        return_placed=(
            context.gazetteer.place(asked.return_to.address) if asked.return_to.address else None
        ),
    )
    return_wishes.put(session, row, asked.return_to)
    parties.put(session, row, person, asked.submitter)
    declared.put(session, row, asked.declared or ())
    drafts.forget(session, asked.dossier_id)
    if not elsewhere:
        outbox.put(
            session,
            key=uuid7(moment),
            dossier_id=asked.dossier_id,
            kind=outbox.DOSSIER,
            facts=dossier_content(settings, row, facts),
            moment=moment,
            is_first=True,
        )
    write(
        session,
        PaperRow,
        *({"dossier": row.row, "position": n} | asdict(paper) for n, paper in enumerate(papers)),
    )
    write(
        session,
        FeeRow,
        *({"dossier": row.row, "position": n} | asdict(fee) for n, fee in enumerate(fees)),
    )
    event = "dossier.received" if refusal is None else "dossier.refused"
    write_history(
        context, session, row, event=event, moment=row.received_at, position=1, text=refusal or ""
    )
    return row, Contents(
        applicant=person,
        submitter=asked.submitter,
        papers=tuple(PaperLine(p.name, p.originals, p.certified, p.copies) for p in papers),
        fees=tuple(FeeText(fee.name, fee.amount, fee.exempt_reason) for fee in fees),
        return_to=return_wishes.filled(row, asked.return_to),
    )


def _placed(context: Context, asked: ReceptionAsked) -> Placed | None:
    """Return where the applicant lives today; what the officer chose goes before the words."""
    address = asked.applicant.address
    if not address:
        return None
    placed = context.gazetteer.place(address)
    chosen = context.gazetteer.units.find_code(asked.unit_code)
    return placed if chosen is None else replace(placed, communes=(chosen,))


def _folded(person: Applicant, submitter: Submitter | None) -> str:
    """Return the names by which a dossier is found: whose it is, and who brought it."""
    return fold(f"{person.full_name} {submitter.person.full_name if submitter else ''}")


def ticket_for(context: Context, procedure: Procedure, dossier_id: DossierId) -> TicketTaken | None:
    """Give a visit that began without a number one.

    A dossier that is already there keeps its own; without an office database, or with a
    damaged one, it goes without.
    """
    with context.store.reading() as session:
        if find_row(session, dossier_id) is not None:
            return None
    try:
        return queueing.take_served(
            context.hall, procedure.field.letter, context.settings.settings.desk.name
        )
    except (Unavailable, QueueDamaged):
        return None


def _papers(procedure: Procedure, papers: Sequence[PaperBrought]) -> tuple[PaperFact, ...]:
    return tuple(
        PaperFact(
            code=procedure.papers[brought.position].code,
            name=procedure.papers[brought.position].name,
            originals=brought.originals,
            certified=brought.certified,
            copies=brought.copies,
        )
        for brought in sorted(papers, key=lambda p: p.position)
        if brought.originals + brought.certified + brought.copies > 0
    )


def _scans(
    context: Context,
    session: Session,
    row: DossierRow,
    asked: ReceptionAsked,
    procedure: Procedure,
) -> tuple[tuple[FileRef, ...], ...]:
    """Keep the files of the papers brought; return those of each, in the papers' order.

    Raises:
        FileRefused: A file is no such file, or of a paper that was not brought.
    """
    brought = sorted(p.position for p in asked.papers if p.originals + p.certified + p.copies > 0)
    if not {scan.position for scan in asked.scans} <= set(brought):
        raise FileRefused
    kept = []
    for position in brought:
        code = procedure.papers[position].code
        paper = (code or f"TP{position + 1}").rsplit(".", 1)[-1]
        stem = f"{row.code or row.provisional_code}_{paper}"
        of_paper = [scan for scan in asked.scans if scan.position == position]
        kept.append(
            tuple(
                files.attach(
                    session,
                    context.store.files,
                    row,
                    scan.content,
                    filename=f"{stem}_{number:02}{SUFFIX.get(scan.mime, '')}",
                    mime=scan.mime,
                    paper_code=code,
                    moment=row.received_at,
                )
                for number, scan in enumerate(of_paper, 1)
            )
        )
    return tuple(kept)
