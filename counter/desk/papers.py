"""Papers made from what is on disk: the forms of a dossier's acts, and the register."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from counter.acts import Relation
from counter.desk.context import Context
from counter.dossier import Status
from counter.papers.desk import CertifiedBookFacts
from counter.papers.facts import Facts
from counter.papers.form import Letterhead
from counter.papers.law import RegisterFacts, RegisterLine
from counter.ports import PrintJob
from counter.returning import ReturnWay
from counter.store import trail
from counter.store.register import Registered, registered
from counter.store.rows import write
from counter.store.tables import DossierRow, PrintRow
from counter.values import VIETNAM, uuid7
from counter.wording import WordedPaper

_NOTES = {
    Status.REFUSED: "Từ chối",
    Status.SUPPLEMENT: "Chờ bổ sung",
    Status.WITHDRAWN: "Rút hồ sơ",
    Status.STOPPED: "Dừng giải quyết",
}


WAYS = {
    ReturnWay.DESK: "Trực tiếp",
    ReturnWay.POST: "Bưu chính",
    ReturnWay.ONLINE: "Trực tuyến",
}


def letterhead(
    context: Context,
    moment: datetime,
    *,
    code: str = "",
    provisional: bool = False,
    number: str = "",
    reprint: bool = False,
) -> Letterhead:
    """Return what stands above every paper of this desk.

    Args:
        moment: The paper's own; it chooses the wording, also of a paper printed again.
        code: Code of the dossier, official or provisional; empty for none.
    """
    office = context.settings.settings.office
    return Letterhead(
        parent_agency=office.name,
        agency=office.center_name,
        place=office.place or office.name.removeprefix("Ủy ban nhân dân ").strip(),
        at=moment,
        code=code,
        provisional=provisional,
        number=number,
        reprint=reprint,
        training=context.training,
    )


def job_of(
    context: Context,
    session: Session,
    row: DossierRow,
    facts: Facts,
    *,
    head: Letterhead,
    name: str,
) -> PrintJob:
    """Write down that a paper of a dossier is asked for, and return it in words.

    Called inside the transaction that asks; the job is handed out only after it has ended.

    Args:
        name: What the paper's file is called behind the dossier's code.
    """
    moment = context.clock()
    job = uuid7(moment)
    asked = {"job": job, "dossier": row.row, "kind": facts.form.value, "reprint": head.reprint}
    write(session, PrintRow, asked | {"asked_at": moment})
    code = row.code or row.provisional_code or ""
    return PrintJob(job, f"{code}_{name}", context.wordings.word(head, facts))


def register(context: Context, first: date, last: date) -> RegisterFacts:
    """Return the register of the dossiers received from *first* to *last*; reading is noted."""
    settings = context.settings.settings
    moment = context.clock()
    with context.store.noting() as session:
        trail.note(
            session,
            officer=settings.desk.officer_id,
            action="register.read",
            moment=moment,
            subject=f"{first.isoformat()}/{last.isoformat()}",
        )
        begin, end = midnight(first), midnight(last + timedelta(days=1))
        lines = tuple(
            _line(found, settings.office.name, moment) for found in registered(session, begin, end)
        )
    return RegisterFacts(first=first, last=last, lines=lines, officer=settings.desk.officer_name)


def note_written(context: Context, facts: RegisterFacts | CertifiedBookFacts) -> None:
    """Note that a register is written into a file that anybody can read."""
    with context.store.noting() as session:
        trail.note(
            session,
            officer=context.settings.settings.desk.officer_id,
            action="register.written",
            moment=context.clock(),
            subject=f"{facts.first.isoformat()}/{facts.last.isoformat()}",
            detail=facts.form.value,
        )


def register_paper(context: Context, facts: RegisterFacts) -> WordedPaper:
    """Return the register worded as of now, ready to be set."""
    return context.wordings.word(letterhead(context, context.clock()), facts)


def midnight(day: date) -> datetime:
    """Return when *day* begins here."""
    return datetime.combine(day, time(), VIETNAM)


def _line(found: Registered, office: str, moment: datetime) -> RegisterLine:
    return RegisterLine(
        code=found.code,
        procedure=found.procedure,
        sets=found.sets,
        applicant=found.applicant,
        contact="; ".join(part for part in (found.address, found.phone) if part),
        agency=found.unit or office,
        received_at=found.received_at,
        due_at=found.due_at,
        passed_at=found.passed_at,
        result_at=found.result_at,
        returned_at=found.returned_at,
        way=_way(found),
        note="; ".join(part for part in (_standing(found, moment), found.note) if part),
    )


def _way(found: Registered) -> str:
    """Return how the result was returned, before that how it is wanted where not at the desk.

    The register has the day, the way and the signature of the return together (form 07): what a
    person fetched and signed for was returned at the desk, whatever was wanted.
    """
    if found.returned_at is None:
        return "" if found.wished is None else WAYS[ReturnWay(found.wished)]
    return WAYS[ReturnWay.POST if found.relation == Relation.POSTAL else ReturnWay.DESK]


def _standing(found: Registered, moment: datetime) -> str:
    """Return what the register remarks of a dossier: how it ended, or that it is late."""
    status = Status(found.status)
    if status in _NOTES:
        return _NOTES[status]
    ended = found.result_at or moment
    return "Quá hạn" if found.due_at is not None and ended > found.due_at else ""
