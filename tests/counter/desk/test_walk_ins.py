"""People whose papers are missing, or whose dossier is not accepted."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from counter.acts import Relation
from counter.declaring import Answer, Origin
from counter.desk import checking
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import PapersNeeded, ReasonNeeded, UnknownGuidance
from counter.papers.law import RefusalFacts, SupplementFacts
from counter.parties import Submitter
from counter.store.life_tables import GuidanceRow
from counter.store.tables import DossierRow, OutboxRow
from counter.wording import WordedPaper
from counter.work import FeeQuantity, IdentitySource, PaperBrought
from tests.counter.desk.conftest import SetClock, asked, lend, person

REASON = "Thành phần hồ sơ chưa đủ"
FIRST_ONLY = (PaperBrought(0, 1, 0, 0),)


def test_guidance_has_a_number_of_its_own_and_makes_no_dossier_and_no_message(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    guided = desk.guide(replace(asked(clock), papers=FIRST_ONLY), REASON)

    paper = guided.jobs[0].paper
    assert guided.number == "1/2026-Q01/HDHS"
    assert isinstance(paper, WordedPaper)
    assert isinstance(paper.facts, SupplementFacts)
    assert [line.name for line in paper.facts.papers] == ["Giấy chứng sinh"]
    assert (paper.head.code, paper.head.number) == (guided.number, guided.number)
    with context.store.reading() as session:
        assert session.scalars(select(DossierRow.row)).all() == []
        assert session.scalars(select(OutboxRow.seq)).all() == []


def test_its_barcode_brings_back_what_was_typed_and_the_dossier_is_received(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    somebody = person()
    first = replace(asked(clock, applicant=somebody), papers=FIRST_ONLY)
    number = desk.guide(first, REASON).number
    clock.move(days=2)

    back = desk.reopen(f" {number.lower()} ")
    told = back.visit.read()
    received = desk.receive(replace(told, papers=(*told.papers, PaperBrought(1, 1, 0, 0))))

    assert (back.procedure.code, told.papers) == (first.procedure_code, FIRST_ONLY)
    manual = replace(somebody, source=IdentitySource.MANUAL, verdict=None, issued_on=None)
    assert told.applicant == manual
    assert received.code
    assert checking.verify(context) == ()


def test_guidance_keeps_who_brings_it_and_what_was_answered_so_far(
    desk: Desk, clock: SetClock
) -> None:
    owner = replace(person(), full_name="Trần Văn Chủ", source=IdentitySource.MANUAL, verdict=None)
    brings = Submitter(person(), Relation.AUTHORISED, "12/UQ ngày 01/11/2026")
    first = replace(
        asked(clock, applicant=owner), papers=(), submitter=brings, sets=2, note="chờ giấy"
    )
    begun = (Answer("child_full_name", "Nguyễn Bé Mẫu", Origin.TYPED),)

    back = desk.reopen(desk.guide(first, REASON, begun).number)

    told = back.visit.read()
    assert back.visit.declared == begun
    assert told.applicant.full_name == "Trần Văn Chủ"
    assert told.submitter is not None
    assert told.submitter.relation is Relation.AUTHORISED
    assert told.submitter.authorisation == brings.authorisation
    assert told.submitter.person.verdict is None, "who comes back is identified anew"
    assert (told.sets, told.note) == (2, "chờ giấy")


def test_guidance_of_an_earlier_program_is_still_opened(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    number = desk.guide(replace(asked(clock), papers=FIRST_ONLY), REASON).number
    earlier = {
        "person": {
            "full_name": "Nguyễn Thị Xưa",
            "number": "001199012345",
            "birth_date": "1950",
            "sex": "Nữ",
            "address": None,
            "phone": "0912000001",
            "email": None,
        },
        "papers": [{"position": 0, "originals": 1, "certified": 0, "copies": 0}],
        "quantities": [{"fee_code": "LP1", "quantity": 3, "copies": 2}],
    }
    with context.store.writing() as session:
        session.execute(update(GuidanceRow).values(body=json.dumps(earlier)))

    visit = desk.reopen(number).visit

    assert visit.person.full_name == "Nguyễn Thị Xưa"
    assert visit.person.birth_date == "1950"
    assert visit.papers == FIRST_ONLY
    assert visit.quantities == (FeeQuantity("LP1", 3, 2),)
    assert visit.phone == "0912000001"


def test_guidance_is_not_given_without_a_reason_or_when_nothing_is_missing(
    desk: Desk, clock: SetClock
) -> None:
    with pytest.raises(ReasonNeeded):
        desk.guide(replace(asked(clock), papers=()), " ")
    with pytest.raises(PapersNeeded):
        desk.guide(asked(clock), REASON)
    with pytest.raises(UnknownGuidance):
        desk.reopen("9/2026-Q01/HDHS")


def test_a_refusal_is_recorded_with_a_code_its_reason_and_no_fee(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    lend(context, 51, 52)
    refusal = replace(asked(clock), papers=())

    refused = desk.refuse(refusal, "Không thuộc thẩm quyền")
    again = desk.refuse(refusal, "Không thuộc thẩm quyền")

    with context.store.reading() as session:
        (body,) = session.scalars(select(OutboxRow.body)).all()
    told = json.loads(body)
    paper = refused.jobs[0].paper
    assert (told["initial_status"], told["due"], told["fees"]) == (3, None, [])
    assert told["refusal_reason"] == "Không thuộc thẩm quyền"
    assert (refused.code, again.code) == ("H55.242-261125-0051", "H55.242-261125-0051")
    assert isinstance(paper, WordedPaper)
    assert isinstance(paper.facts, RefusalFacts)
    assert desk.possible(refused.code).acts == ()
    assert checking.verify(context) == ()
    with pytest.raises(ReasonNeeded):
        desk.refuse(replace(asked(clock), papers=()), "")
