"""Certified copies in one go: received, numbered, paid, sent to be signed, given out.

Everything of one citizen is one transaction, made of the same acts as any other dossier, so that
state, history and messages are those of the one table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from counter.acts import Act, Collect, HandOver, Relation, ReturnResult, TakeResult
from counter.certify import (
    COPIES,
    LONGEST,
    MOST_COPIES,
    MOST_DOCUMENTS,
    MOST_PAGES,
    Certified,
    CertifyAsked,
    Document,
    Entry,
    InHand,
)
from counter.desk import acts, planning, queueing, reception
from counter.desk.case import Case
from counter.desk.context import Context
from counter.desk.papers import letterhead
from counter.desk.receipts import receipt_job
from counter.dossier import Status
from counter.errors import DeskError, DocumentWrong, LeaderNeeded, NoCopyFee, UnknownDossier
from counter.money import Asked, FeeLine, fee_lines, total
from counter.papers.desk import CertifiedBookFacts, CertifiedCopyFacts, CertifiedLine
from counter.people import Action, Seat, may
from counter.ports import PrintJob
from counter.procedures import Fee, Procedure
from counter.store import certified, leases, life, trail
from counter.store.dossiers import find_row
from counter.store.tables import DossierRow
from counter.values import VIETNAM, Dong, DossierId, local_day, nfc, uuid7
from counter.wording import WordedPaper
from counter.work import PaperBrought, ReceptionAsked

SIGNING = "Lãnh đạo ký chứng thực"
"""The unit that copies go to; it stands in the history and on the morning page."""

RESULT = "Bản sao được chứng thực từ bản chính"
SIGNER_TITLE = "Người thực hiện chứng thực"


@dataclass(frozen=True, slots=True)
class CertifyDesk:
    """What is done with certified copies; see ``counter.certify.CertifyWork``."""

    context: Context

    @property
    def seat(self) -> Seat:
        """Where the officer sits."""
        return self.context.seat

    @may(Action.LOOK_UP)
    def quote(self, documents: tuple[Document, ...]) -> Dong:
        """Return what the documents cost.

        Raises:
            NoCopyFee: The catalogue names no fee by the page.
            BadAmount: Pages or copies are below 1.
        """
        fee = _fee(self._procedure())
        return total(tuple(line for one in documents for line in _lines(fee, one)))

    @may(Action.RECEIVE)
    def certify(self, asked: CertifyAsked) -> Certified:
        """Receive, number and charge; asking again changes nothing.

        Raises:
            DocumentWrong: A document has no name, or its pages or copies cannot be.
            NoCopyFee: The catalogue names no fee by the page.
        """
        context, moment = self.context, self.context.clock()
        documents = tuple(map(_tidy, asked.documents))
        if not 0 < len(documents) <= MOST_DOCUMENTS:
            raise DocumentWrong
        procedure = self._procedure()
        fee = _fee(procedure)
        taken = None if asked.ticket else reception.ticket_for(context, procedure, asked.dossier_id)
        ticket = taken.number if taken else asked.ticket
        try:
            with context.store.writing() as session:
                row = find_row(session, asked.dossier_id)
                jobs: list[PrintJob] = []
                if row is None:
                    row, jobs = self._keep(
                        session, asked, procedure, documents, fee=fee, ticket=ticket, moment=moment
                    )
                entries = certified.of_dossier(session, row.row)
                texts = self._texts(entries, moment)
                owed = life.owed(session, row)
                answer = Certified(
                    dossier_id=asked.dossier_id,
                    code=row.code or row.provisional_code or "",
                    ticket=row.ticket,
                    total=row.fee_total,
                    collected=owed <= 0,
                    same_day=_same_day(row, moment),
                    entries=tuple(map(_entry, entries)),
                    jobs=(*texts, *jobs, *((taken.job,) if taken else ())),
                )
        except DeskError:
            if taken is not None:
                queueing.give_back(context.hall, taken)
            raise
        return answer

    @may(Action.READ)
    def in_hand(self) -> tuple[InHand, ...]:
        """Return what waits for the signature or for the citizen, the longest first."""
        statuses = (Status.ACCEPTED.value, Status.IN_PROCESS.value, Status.DONE.value)
        with self.context.store.reading() as session:
            return tuple(
                InHand(
                    dossier_id=DossierId(row.id),
                    code=row.code or row.provisional_code or "",
                    ticket=row.ticket,
                    applicant=row.applicant_name,
                    entries=tuple(map(_entry, certified.of_dossier(session, row.row))),
                    since=row.received_at,
                    signed=row.status == Status.DONE.value,
                    owed=life.owed(session, row),
                    has_slip=life.has_slip(session, row),
                )
                for row in certified.open_dossiers(session, statuses)
            )

    @may(Action.PROCESS)
    def sign(self, dossiers: tuple[DossierId, ...], signer: str) -> int:
        """Note that the copies were signed, all of *dossiers* or none; return how many.

        Raises:
            LeaderNeeded: Nobody is named.
            UnknownDossier, WrongStep: One of them does not wait for a signature.
        """
        name = " ".join(nfc(signer).split())
        if not name:
            raise LeaderNeeded
        moment = self.context.clock()
        with self.context.store.writing() as session:
            for dossier_id in dossiers:
                row = _get(session, dossier_id)
                self._do(session, row, TakeResult(RESULT), moment)
                certified.note_signed(session, row.row, name, moment)
        return len(dossiers)

    @may(Action.PROCESS)
    def give_out(self, dossier_id: DossierId) -> None:
        """Note that the applicant took the copies, signed the book, and gave a receipt back.

        Raises:
            UnknownDossier, WrongStep: They are not signed, or given out already.
            FeesNotCollected: Something is still owed.
        """
        moment = self.context.clock()
        with self.context.store.writing() as session:
            row = _get(session, dossier_id)
            given = ReturnResult(
                receiver=row.applicant_name,
                relation=Relation.SELF,
                last4=row.applicant_number[-4:] if row.applicant_number else None,
                identity_checked=True,
                slip_collected=life.has_slip(session, row),
                signed=True,
            )
            self._do(session, row, given, moment)

    @may(Action.REPORT)
    def book(self, first: date, last: date) -> tuple[CertifiedBookFacts, WordedPaper]:
        """Return the book of those days, and its paper; reading it is noted."""
        context, moment = self.context, self.context.clock()
        desk = context.settings.settings.desk
        begin, end = _midnight(first), _midnight(last + timedelta(days=1))
        with context.store.writing() as session:
            trail.note(
                session,
                officer=desk.officer_id,
                action="certified.read",
                moment=moment,
                subject=f"{first.isoformat()}/{last.isoformat()}",
            )
            lines = certified.book(session, begin, end)
        facts = CertifiedBookFacts(
            first=first,
            last=last,
            volume=", ".join(dict.fromkeys(line.volume for line in lines)) or self._volume(moment),
            certified=tuple(
                CertifiedLine(
                    entry=str(line.number),
                    on=local_day(line.at),
                    person=line.person,
                    document=line.document,
                    signer=line.signer,
                    copies=line.copies,
                    pages=line.pages,
                    fee=line.fee,
                    note="Hủy" if line.status == Status.STOPPED.value else "",
                )
                for line in lines
            ),
            total=Dong(sum(line.fee for line in lines)),
            officer=desk.officer_name,
        )
        return facts, context.wordings.word(letterhead(context, moment), facts)

    def _procedure(self) -> Procedure:
        return self.context.catalogue.get(COPIES, local_day(self.context.clock()))

    def _keep(
        self,
        session: Session,
        asked: CertifyAsked,
        procedure: Procedure,
        documents: Sequence[Document],
        *,
        fee: Fee,
        ticket: str | None,
        moment: datetime,
    ) -> tuple[DossierRow, list[PrintJob]]:
        """Write dossier, entries, money and the way to the leader into the open transaction."""
        context = self.context
        lines = [_lines(fee, document) for document in documents]
        told = "; ".join(f"{d.name} ({d.pages} trang × {d.copies} bản)" for d in documents)
        received = ReceptionAsked(
            dossier_id=asked.dossier_id,
            applicant=asked.applicant,
            procedure_code=procedure.code,
            papers=tuple(
                PaperBrought(place, len(documents), 0, 0)
                for place, paper in enumerate(procedure.papers)
                if paper.required
            ),
            noticed_at=asked.noticed_at,
            ticket=ticket,
            note=told[:500],
        )
        due = planning.due_of(context, procedure, moment, received)
        row, contents = reception.keep(
            context,
            session,
            received,
            procedure,
            due=due,
            moment=moment,
            fees=tuple(line for of_one in lines for line in of_one),
        )
        volume = self._volume(moment)
        for document, of_one in zip(documents, lines, strict=True):
            session.add(
                certified.CertifiedRow(
                    dossier=row.row,
                    volume=volume,
                    number=leases.next_of(session, f"certified:{volume}"),
                    document=document.name,
                    pages=document.pages,
                    copies=document.copies,
                    fee=total(of_one),
                    at=moment,
                )
            )
        session.flush()
        jobs: list[PrintJob] = []
        if not _same_day(row, moment):
            jobs.append(receipt_job(context, session, row, contents, moment=moment, reprint=False))
        officer = context.seat.officer
        if asked.paid and row.fee_total and officer is not None and officer.may(Action.COLLECT):
            jobs += acts.do(Case(context, session, row, moment), Collect()).jobs
        self._do(session, row, HandOver(SIGNING), moment)
        return row, jobs

    def _do(self, session: Session, row: DossierRow, act: Act, moment: datetime) -> None:
        """Do an act whose paper is not wanted here: the book is signed instead."""
        acts.do_unprinted(Case(self.context, session, row, moment), act)

    def _volume(self, moment: datetime) -> str:
        """Return this desk's volume of the year, such as ``01/2026`` for desk Q01."""
        desk = self.context.settings.settings.desk.id.rsplit("-", 1)[-1]
        figures = "".join(c for c in desk if c.isdigit()) or desk
        return f"{figures}/{local_day(moment).year}"

    def _texts(self, entries: Sequence[certified.CertifiedRow], moment: datetime) -> list[PrintJob]:
        """Return the certification text of each document, as often as it has copies."""
        head = letterhead(self.context, moment)
        return [
            PrintJob(
                uuid7(moment),
                f"{entry.volume.replace('/', '-')}_{entry.number:04}_certified",
                self.context.wordings.word(
                    head,
                    CertifiedCopyFacts(
                        document=entry.document,
                        pages=entry.pages,
                        copies=entry.copies,
                        entry=str(entry.number),
                        volume=entry.volume,
                        signer_title=SIGNER_TITLE,
                    ),
                ),
                entry.copies,
            )
            for entry in entries
        ]


def _fee(procedure: Procedure) -> Fee:
    for fee in procedure.fees:
        if fee.per is not None and fee.amount is not None:
            return fee
    raise NoCopyFee


def _lines(fee: Fee, document: Document) -> tuple[FeeLine, ...]:
    return fee_lines(fee, Asked(units=document.pages, copies=document.copies))


def _tidy(document: Document) -> Document:
    name = " ".join(nfc(document.name).split())
    if (
        not 0 < len(name) <= LONGEST
        or not 0 < document.pages <= MOST_PAGES
        or not 0 < document.copies <= MOST_COPIES
    ):
        raise DocumentWrong
    return Document(name, document.pages, document.copies)


def _entry(row: certified.CertifiedRow) -> Entry:
    return Entry(row.number, row.volume, Document(row.document, row.pages, row.copies))


def _same_day(row: DossierRow, moment: datetime) -> bool:
    return row.due_at is not None and local_day(row.due_at) == local_day(moment)


def _get(session: Session, dossier_id: DossierId) -> DossierRow:
    row = find_row(session, dossier_id)
    if row is None or not certified.of_dossier(session, row.row):
        raise UnknownDossier
    return row


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
