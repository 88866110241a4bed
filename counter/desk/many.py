"""Several dossiers that one person brings: one transaction, one ticket, one receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from counter.desk import planning, queueing, reception
from counter.desk.context import Context
from counter.desk.papers import letterhead
from counter.errors import DeskError
from counter.papers.desk import ManyFacts, ManyLine
from counter.ports import PrintJob
from counter.store import leases
from counter.store.dossiers import find_row
from counter.store.rows import write
from counter.store.tables import DossierRow, PrintRow
from counter.values import Dong, uuid7
from counter.work import Change, ManyReceived, ReceptionAsked

BOOK, MARK = "many", "NHS"


def receive_many(context: Context, asked: Sequence[ReceptionAsked]) -> ManyReceived:
    """Receive all of *asked*, or nothing; when this returns they are on disk.

    Asking again receives none twice; the receipt is another then.

    Raises:
        UnknownProcedure, PaperMissing, FileRefused, DueDateNeeded, DeclarationOpen,
            DeclarationWrong: One of them cannot be received.
        DiskFull, StoreReadOnly, StoreBusy: Nothing was kept; it can be asked again.
    """
    moment = context.clock()
    first = asked[0]
    checked = [(one, *planning.checked(context, one, moment)) for one in asked]
    taken = None
    if first.ticket is None:
        taken = reception.ticket_for(context, checked[0][1], first.dossier_id)
    ticket = taken.number if taken else first.ticket
    rows: list[DossierRow] = []
    try:
        with context.store.writing() as session:
            for one, procedure, due in checked:
                row = find_row(session, one.dossier_id)
                if row is None:
                    numbered = replace(one, ticket=ticket)
                    row, _contents = reception.keep(
                        context, session, numbered, procedure, due=due, moment=moment
                    )
                rows.append(row)
            number, job = _receipt(context, session, first, rows, moment)
            receptions = tuple(map(reception.outcome_of, rows))
    except DeskError:
        if taken is not None:
            queueing.give_back(context.hall, taken)
        raise
    return ManyReceived(
        receptions=receptions,
        number=number,
        ticket=receptions[0].ticket,
        jobs=(job,) if taken is None else (job, taken.job),
        changed=Change.DOSSIERS | Change.QUEUE,
    )


def _receipt(
    context: Context,
    session: Session,
    first: ReceptionAsked,
    rows: Sequence[DossierRow],
    moment: datetime,
) -> tuple[str, PrintJob]:
    """Return number and receipt; that it was asked for is noted in the transaction."""
    settings = context.settings.settings
    number = leases.number_of(
        session, book=BOOK, mark=MARK, desk_id=settings.desk.id, moment=moment
    )
    brings = first.submitter.person if first.submitter else first.applicant
    facts = ManyFacts(
        submitter=brings.full_name,
        address=brings.address or "",
        phone=brings.phone or "",
        received=tuple(map(_line, rows)),
        total=Dong(sum(row.fee_total for row in rows)),
        officer=settings.desk.officer_name,
    )
    paper = context.wordings.word(letterhead(context, moment, code=number, number=number), facts)
    job = PrintJob(uuid7(moment), f"{number.replace('/', '-')}_many", paper, 2)
    noted = {"job": job.id, "dossier": rows[0].row, "kind": "many", "reprint": False}
    write(session, PrintRow, noted | {"asked_at": moment})
    return number, job


def _line(row: DossierRow) -> ManyLine:
    return ManyLine(
        code=row.code or row.provisional_code or "",
        procedure=row.procedure_name,
        applicant=row.applicant_name,
        received_at=row.received_at,
        due_at=row.due_at,
        time_limit=row.time_limit_words,
        sets=row.sets,
        fee=row.fee_total,
    )
