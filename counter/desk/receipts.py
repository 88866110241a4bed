"""The receipt of a dossier, in words, taken from what is on disk; printed and printed again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from counter.acts import Relation
from counter.cards import Verdict
from counter.desk import queueing
from counter.desk.context import Context
from counter.desk.own_dossiers import check_own
from counter.errors import UnknownDossier
from counter.forms import FeeText, PaperLine, ReceiptPaper
from counter.papers.form import Form
from counter.parties import Submitter
from counter.ports import PaperMade, PrintJob
from counter.returning import ReturnTo, ReturnWay
from counter.store import parties, return_wishes
from counter.store.dossiers import fees_of, find_row
from counter.store.rows import write
from counter.store.tables import DossierRow, HistoryRow, PaperRow, PrintRow
from counter.values import DossierId, local_day, uuid7
from counter.work import Applicant, Change, IdentitySource

COPIES = 2
RECEIPT = "receipt"
"""The kind of a printed receipt, among all papers."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Whose a dossier is, what lies in it, what it costs and where its result goes.

    As the receipt says it; by post, receiver, telephone and address are filled.
    """

    applicant: Applicant
    submitter: Submitter | None
    papers: tuple[PaperLine, ...]
    fees: tuple[FeeText, ...]
    return_to: ReturnTo


def contents_of(session: Session, row: DossierRow) -> Contents:
    """Return what a dossier on disk holds."""
    papers = session.scalars(
        select(PaperRow).where(PaperRow.dossier == row.row).order_by(PaperRow.position)
    )
    lines = tuple(PaperLine(p.name, p.originals, p.certified, p.copies) for p in papers)
    applicant, submitter = parties.of_dossier(session, row)
    return Contents(
        applicant=applicant,
        submitter=submitter,
        papers=lines,
        fees=fees_of(session, row),
        return_to=return_wishes.of(session, row),
    )


def receipt_job(
    context: Context,
    session: Session,
    row: DossierRow,
    contents: Contents,
    *,
    moment: datetime,
    reprint: bool,
) -> PrintJob:
    """Write down that a receipt is asked for, and return it in words.

    Called inside the transaction that asks; the job is handed out only after it has ended.
    """
    job = uuid7(moment)
    asked = {"job": job, "dossier": row.row, "kind": RECEIPT, "reprint": reprint}
    write(session, PrintRow, asked | {"asked_at": moment})
    code = row.code or row.provisional_code or ""
    suffix = "receipt-reprint" if reprint else "receipt"
    paper = _receipt(context, row, contents, code=code, reprint=reprint)
    wish = contents.return_to
    if wish.way is not ReturnWay.DESK:
        paper = replace(paper, return_at=returned_to(wish))
    return PrintJob(job, f"{code}_{suffix}", paper, COPIES)


def reprint(context: Context, dossier_id: DossierId) -> PrintJob:
    """Return the receipt once more, marked as a reprint, and note it in the history.

    Raises:
        UnknownDossier: This desk does not hold it.
        NotOwnDossier: Somebody else received it, and this officer handles only the own ones.
    """
    moment = context.clock()
    with context.store.noting() as session:
        row = find_row(session, dossier_id)
        if row is None:
            raise UnknownDossier
        check_own(context, row)
        note_history(context, session, row, event="receipt.reprinted", moment=moment)
        contents = contents_of(session, row)
        return receipt_job(context, session, row, contents, moment=moment, reprint=True)


def note_paper(context: Context, made: PaperMade) -> Change:
    """Note what became of a paper; a ticket's is not kept.

    Whoever has a receipt in hand is expected in the waiting hall from then on: its code takes a
    number and answers how the service was.
    """
    with context.store.noting() as session:
        noted = session.execute(
            update(PrintRow)
            .where(PrintRow.job == made.job)
            .values(outcome=made.outcome.value, place=made.place, told_at=context.clock())
            .returning(PrintRow.kind, PrintRow.dossier)
        ).one_or_none()
        row = session.get(DossierRow, noted.dossier) if noted and noted.kind == RECEIPT else None
    if row is not None:
        procedure = context.catalogue.find_revision(row.procedure_code, row.procedure_revision)
        if procedure is not None:
            code = row.code or row.provisional_code or ""
            queueing.expect_dossier(context.hall, code, procedure.field.letter)
    return Change.NOTHING if noted is None else Change.PAPER


def note_history(
    context: Context,
    session: Session,
    row: DossierRow,
    *,
    event: str,
    moment: datetime,
    text: str = "",
) -> None:
    """Add a line to the dossier's history; its state is the one the row has now."""
    last = session.scalar(
        select(func.max(HistoryRow.position)).where(HistoryRow.dossier == row.row)
    )
    position = (last or 0) + 1
    write_history(context, session, row, event=event, moment=moment, position=position, text=text)


def write_history(
    context: Context,
    session: Session,
    row: DossierRow,
    *,
    event: str,
    moment: datetime,
    position: int,
    text: str = "",
) -> None:
    """Write a line of history that says what was done at this desk, at its *position* from 1."""
    desk = context.settings.settings.desk
    line = {
        "dossier": row.row,
        "position": position,
        "at": moment,
        "event": event,
        "status": row.status,
        "officer_id": desk.officer_id,
        "officer_name": desk.officer_name,
        "text": text,
    }
    write(session, HistoryRow, line)


def verified_words(applicant: Applicant) -> str:
    """Return how the identity was established, as the paper says it."""
    if applicant.source is IdentitySource.CHIP:
        return {
            Verdict.AUTHENTIC: "đã xác thực bằng chip căn cước",
            Verdict.UNVERIFIED: "đọc từ chip căn cước, chưa đối chiếu được nơi cấp",
            Verdict.FORGED: "chip căn cước KHÔNG HỢP LỆ",
            None: "đọc từ chip căn cước",
        }[applicant.verdict]
    if applicant.source is IdentitySource.QR:
        return "đọc từ mã QR trên thẻ, chưa xác thực chip"
    return "cán bộ nhập tay, chưa xác thực"


FETCHED_AS = {
    Relation.SELF: "Chủ hồ sơ",
    Relation.AUTHORISED: "Người được ủy quyền",
    Relation.GUARDIAN: "Người giám hộ",
    Relation.RELATIVE: "Người thân",
    Relation.POSTAL: "Nhân viên bưu chính",
    Relation.OTHER: "Người khác",
}
"""What a person who fetches a result is to the applicant, as papers and history write it."""

BROUGHT_AS = {
    Relation.AUTHORISED: "người được ủy quyền",
    Relation.GUARDIAN: "người giám hộ",
    Relation.RELATIVE: "người thân",
    Relation.POSTAL: "nhân viên bưu chính",
    Relation.OTHER: "người nộp thay",
}


def _brought_as(submitter: Submitter | None) -> str:
    if submitter is None:
        return ""
    return ", ".join(
        filter(None, (BROUGHT_AS[submitter.relation], submitter.authorisation.strip()))
    )


def identity_words(person: Applicant) -> str | None:
    """Return what names *person* on paper, its middle hidden; a tax code is no secret."""
    if person.organisation is not None:
        return f"MST {person.organisation.tax_code.text}"
    if person.number is not None:
        return person.number.masked
    return person.document.masked if person.document else None


def returned_to(wish: ReturnTo) -> str:
    """Return in words where a result goes that is not fetched at the desk."""
    if wish.way is ReturnWay.ONLINE:
        return "Bản điện tử, trên Cổng Dịch vụ công quốc gia"
    told = (wish.receiver, wish.address, f"điện thoại {wish.phone}" if wish.phone else "")
    return f"Qua bưu chính công ích: {'; '.join(part for part in told if part)}"


def _receipt(
    context: Context,
    row: DossierRow,
    contents: Contents,
    *,
    code: str,
    reprint: bool,
) -> ReceiptPaper:
    office = context.settings.settings.office
    applicant, submitter = contents.applicant, contents.submitter
    here = submitter.person if submitter else applicant
    received_on = local_day(row.received_at)
    wording = context.wordings.get(Form.RECEIPT, received_on)
    look_up = [office.look_up_url] if office.look_up_url else []
    if office.phone:
        look_up.append(office.phone)
    return ReceiptPaper(
        parent_agency=office.name,
        agency=office.center_name,
        place=office.place or office.name.removeprefix("Ủy ban nhân dân ").strip(),
        title=wording.title,
        basis=context.wordings.basis(Form.RECEIPT, received_on),
        code=code,
        provisional=row.code is None,
        book_volume=row.book_volume,
        book_number=row.book_number,
        applicant=applicant.full_name,
        submitter=submitter.person.full_name if submitter else None,
        brought_as=_brought_as(submitter),
        owner_address=applicant.address if submitter else None,
        owner_number=identity_words(applicant) if submitter else None,
        address=here.address,
        phone=here.phone or applicant.phone,
        email=here.email or applicant.email,
        applicant_masked_number=identity_words(here),
        verified_words=verified_words(here),
        procedure=row.procedure_name,
        papers=contents.papers,
        sets=row.sets,
        fees=contents.fees,
        total=row.fee_total,
        time_limit_words=row.time_limit_words,
        received_at=row.received_at,
        due_at=row.due_at,
        return_at=f"{office.center_name} {office.name.removeprefix('Ủy ban nhân dân ')}".strip(),
        officer=row.officer_name,
        ticket=row.ticket,
        look_up=tuple(look_up),
        notice=context.hall.notice.receipt,
        reprint=reprint,
        training=context.training,
    )
