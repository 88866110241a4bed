"""The papers that go with an act: its statutory form, and the list that is signed for many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from counter.acts import (
    Accept,
    Act,
    AskSupplement,
    Collect,
    Correct,
    CorrectResult,
    CorrectReturn,
    HandOver,
    HandToPost,
    Refuse,
    ReturnResult,
    SignLetter,
    TakeResult,
    TakeSupplement,
)
from counter.desk.control_sheet import control_sheet
from counter.desk.money_papers import cash_facts
from counter.desk.papers import job_of, letterhead
from counter.desk.receipts import FETCHED_AS, contents_of, receipt_job
from counter.dossier import Status
from counter.forms import PaperLine
from counter.papers.desk import (
    HandedLine,
    HandOverFacts,
    PostedFacts,
    PostedLine,
    ResultsBackFacts,
    ReturnFacts,
)
from counter.papers.law import (
    ApologyFacts,
    RefusalFacts,
    StopFacts,
    SupplementFacts,
)
from counter.ports import PrintJob
from counter.returning import ReturnWay
from counter.store import life, results, return_wishes
from counter.values import Dong, local_day

if TYPE_CHECKING:
    from counter.desk.case import Case
    from counter.papers.facts import Facts

LOST = "Người nhận đã ký cam kết làm mất giấy tiếp nhận"


def papers_of(
    case: Case, asked: Act, *, number: str, due_before: datetime | None
) -> tuple[PrintJob, ...]:
    """Return what is printed for one dossier, noting that it was asked for.

    Args:
        number: Number of the paper, empty when it has none.
        due_before: When the dossier was due before the act.
    """
    if isinstance(asked, Accept | TakeSupplement | Correct):
        contents = contents_of(case.session, case.row)
        moment = case.moment
        return (
            receipt_job(
                case.context,
                case.session,
                case.row,
                contents,
                moment=moment,
                reprint=isinstance(asked, Correct),
            ),
        )
    if isinstance(asked, CorrectReturn):
        return _return_again(case, asked)
    facts = _facts(case, asked, due_before)
    return () if facts is None else (_job(case, facts, number=number),)


def list_of(cases: Sequence[Case], asked: Act, *, number: str) -> tuple[PrintJob, ...]:
    """Return the list that is signed once for all of *cases*; one dossier needs none.

    The post signs for a single one, too.
    """
    if len(cases) < 2 and not isinstance(asked, HandToPost):
        return ()
    first = cases[0]
    officer = first.context.settings.settings.desk.officer_name
    facts: Facts
    if isinstance(asked, HandOver):
        facts = HandOverFacts(
            unit=asked.unit,
            giver=officer,
            receiver=asked.receiver,
            handed=tuple(_line(case) for case in cases),
            count=len(cases),
        )
    elif isinstance(asked, TakeResult):
        facts = ResultsBackFacts(
            unit=", ".join(dict.fromkeys(case.row.unit for case in cases if case.row.unit)),
            giver="",
            receiver=officer,
            results=tuple(_line(case, asked.name) for case in cases),
            count=len(cases),
        )
    elif isinstance(asked, HandToPost):
        posted = tuple(_posted(case) for case in cases)
        facts = PostedFacts(
            giver=officer,
            carrier=asked.carrier,
            posted=posted,
            total=Dong(sum(line.to_collect for line in posted)),
        )
    else:
        return ()
    head = letterhead(first.context, first.moment, number=number)  # no dossier's own code
    return (job_of(first.context, first.session, first.row, facts, head=head, name="list"),)


def _facts(case: Case, asked: Act, due_before: datetime | None) -> Facts | None:
    row, settings = case.row, case.context.settings.settings
    office, desk = settings.office, settings.desk
    if isinstance(asked, AskSupplement):
        return SupplementFacts(
            applicant=row.applicant_name,
            procedure=row.procedure_name,
            address=row.address or "",
            phone=row.phone or "",
            email=row.email or "",
            papers=tuple(
                PaperLine(f"{paper.name} – {paper.note}" if paper.note else paper.name)
                for paper in asked.papers
            ),
            reason=asked.reason,
            respond_by=asked.respond_by,
            web=office.look_up_url,
            officer=desk.officer_name,
            officer_phone=office.phone,
        )
    if isinstance(asked, Refuse):
        return RefusalFacts(
            applicant=row.applicant_name,
            address=row.address or "",
            phone=row.phone or "",
            email=row.email or "",
            procedure=row.procedure_name,
            reason=asked.reason,
            web=office.look_up_url,
            officer=desk.officer_name,
            officer_phone=office.phone,
        )
    if isinstance(asked, SignLetter):
        return _letter(case, asked, due_before) if asked.approved else None
    if isinstance(asked, HandOver | TakeResult | CorrectResult):
        return control_sheet(case)
    if isinstance(asked, ReturnResult):
        return _returned(case, asked, case.moment)
    if isinstance(asked, Collect):
        receipt = life.last_receipt(case.session, row)
        return None if receipt is None else cash_facts(case.session, row, receipt)
    return None


def _returned(case: Case, given: ReturnResult, at: datetime, correction: str = "") -> ReturnFacts:
    row, settings = case.row, case.context.settings.settings
    result = results.last_result(case.session, row)
    return ReturnFacts(
        procedure=row.procedure_name,
        applicant=row.applicant_name,
        receiver=given.receiver,
        relation=FETCHED_AS[given.relation],
        authorisation=given.authorisation,
        identity="" if given.last4 is None else f"••••{given.last4}",
        result=row.procedure_name if result is None else result.name,
        result_number="" if result is None else result.number,
        undertaking=LOST if given.undertaking else "",
        returned_at=at,
        officer=settings.desk.officer_name,
        officer_phone=settings.office.phone,
        correction=correction,
    )


def _return_again(case: Case, asked: CorrectReturn) -> tuple[PrintJob, ...]:
    """Return the record of a return once more, with who really fetched the result."""
    was = results.last_return(case.session, case.row)
    given = results.returned(case.session, case.row)
    assert was is not None and given is not None  # noqa: S101, PT018 - as it was just corrected
    day = f"{local_day(case.moment):%d/%m/%Y}"
    told = f"Người nhận kết quả ghi lại ngày {day}: {asked.reason.strip()}"
    facts = _returned(case, given, was.at, told)
    return (_job(case, facts, number="", name="return-corrected", at=was.at, reprint=True),)


def _letter(case: Case, asked: SignLetter, due_before: datetime | None) -> Facts:
    row = case.row
    reason = life.last_letter(case.session, row)
    if case.status is Status.STOPPED:
        return StopFacts(
            addressee=row.applicant_name,
            procedure=row.procedure_name,
            received_at=row.received_at,
            reason=reason,
            returned="; ".join(paper.name for paper in life.papers(case.session, row)),
            signer=asked.leader.name,
        )
    assert due_before is not None and row.due_at is not None  # noqa: S101, PT018 - as it was signed
    return ApologyFacts(
        addressee=row.applicant_name,
        procedure=row.procedure_name,
        received_at=row.received_at,
        due_at=due_before,
        reason=reason,
        new_due_on=local_day(row.due_at),
        signer=asked.leader.name,
    )


def _posted(case: Case) -> PostedLine:
    row = case.row
    result = results.last_result(case.session, row)
    to = return_wishes.post_address(case.session, row)
    return PostedLine(
        code=row.code or row.provisional_code or "",
        applicant=row.applicant_name,
        receiver="" if to.receiver == row.applicant_name else to.receiver,
        address=to.address,
        phone=to.phone,
        what="Kết quả" if result is None else f"Kết quả: {result.name}",
        to_collect=Dong(max(0, life.owed(case.session, row))),
    )


def _line(case: Case, result: str = "") -> HandedLine:
    row = case.row
    return HandedLine(
        code=row.code or row.provisional_code or "",
        procedure=row.procedure_name,
        applicant=row.applicant_name,
        address=row.address or "",
        due_at=row.due_at,
        result=result,
        has_fee=row.fee_total > 0,
        by_post=return_wishes.of(case.session, row).way is ReturnWay.POST,
    )


def _job(
    case: Case,
    facts: Facts,
    *,
    number: str,
    name: str = "",
    at: datetime | None = None,
    reprint: bool = False,
) -> PrintJob:
    """Return a paper of one dossier.

    Args:
        name: What its file is called behind the dossier's code; empty for the name of its form.
        at: Its own moment where that is not the act's.
    """
    row = case.row
    head = letterhead(
        case.context,
        at or case.moment,
        code=row.code or row.provisional_code or "",
        number=number,
        provisional=row.code is None,
        reprint=reprint,
    )
    return job_of(case.context, case.session, row, facts, head=head, name=name or facts.form.value)
