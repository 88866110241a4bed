"""People whose papers are missing, or whose dossier is not accepted."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from counter.desk import checking
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import PapersNeeded, ReasonNeeded, UnknownGuidance
from counter.papers.law import RefusalFacts, SupplementFacts
from counter.store.tables import DossierRow, OutboxRow
from counter.wording import WordedPaper
from counter.work import IdentitySource, PaperBrought
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
    received = desk.receive(
        replace(first, applicant=back.applicant, papers=(*back.papers, PaperBrought(1, 1, 0, 0)))
    )

    assert (back.procedure.code, back.papers) == (first.procedure_code, FIRST_ONLY)
    manual = replace(somebody, source=IdentitySource.MANUAL, verdict=None, issued_on=None)
    assert back.applicant == manual
    assert received.code
    assert checking.verify(context) == ()


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
