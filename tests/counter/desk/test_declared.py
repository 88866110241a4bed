"""What is declared is on disk with its dossier, told to the portal, and known the next time."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from counter.declaring import Answer, Kind, Origin, Question, load_forms
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import DeclarationOpen, UnknownProcedure
from counter.papers.desk import ChecklistFacts, DeclarationFacts
from counter.store import declared
from counter.store.dossiers import find_row
from counter.store.tables import OutboxRow
from counter.values import CitizenNumber, DossierId, uuid7
from counter.wording import WordedPaper
from counter.work import PaperBrought
from tests.counter.desk.conftest import BIRTH, EXTRACT, RESOURCES, SetClock, asked

FORM = load_forms(RESOURCES / "procedures" / "forms")[BIRTH]
VALUES = {
    Kind.DAY: "02/03/2026",
    Kind.IDENTITY: "001300012345",
    Kind.NAME: "Lê Văn Bé",
}


def given(question: Question) -> str:
    """Return something that may be answered."""
    return question.choices[0] if question.choices else VALUES.get(question.kind, "đã khai")


SAID = (
    *(Answer(q.key, given(q), Origin.TYPED) for q in FORM.questions),
    Answer("head_name", "Lê Văn Chủ", Origin.TYPED),
)


def test_answers_are_kept_with_their_dossier_and_told_to_the_portal(
    desk: Desk, clock: SetClock, context: Context
) -> None:
    received = desk.receive(replace(asked(clock), declared=SAID))

    with context.store.reading() as session:
        row = find_row(session, received.dossier_id)
        assert row is not None
        kept = declared.of_dossier(session, row)
        body = json.loads(session.scalars(select(OutboxRow.body)).one())
    assert kept == SAID
    assert body["form_data"] == {answer.key: answer.value for answer in SAID}


def test_a_declaration_that_is_not_whole_is_refused_and_nothing_kept(
    desk: Desk, clock: SetClock
) -> None:
    open_one = tuple(answer for answer in SAID if answer.key != "child_full_name")

    with pytest.raises(DeclarationOpen):
        desk.receive(replace(asked(clock), declared=open_one))

    assert desk.find_dossiers() == ()


def test_a_declaration_on_paper_needs_none_on_screen(desk: Desk, clock: SetClock) -> None:
    desk.receive(replace(asked(clock), declared=None))

    assert len(desk.find_dossiers()) == 1


def test_before_anybody_is_known_a_declaration_asks_for_everything(desk: Desk) -> None:
    declared_now = desk.declare(BIRTH, None, None)

    assert declared_now is not None
    assert {a.origin for a in declared_now.answers} == {Origin.UNKNOWN, Origin.CATALOGUE}


def test_the_next_declaration_knows_the_household_but_not_the_other_child(
    desk: Desk, clock: SetClock
) -> None:
    first = asked(clock)
    desk.receive(replace(first, declared=SAID))

    again = desk.declare("2.000986", first.applicant, None)

    assert again is not None
    answers = {answer.key: answer for answer in again.answers}
    assert (answers["head_name"].value, answers["head_name"].origin) == (
        "Lê Văn Chủ",
        Origin.EARLIER,
    )
    assert answers["child_full_name"].origin is Origin.UNKNOWN


def test_what_somebody_came_for_before_is_told_the_newest_first(
    desk: Desk, clock: SetClock
) -> None:
    papers = (PaperBrought(0, 1, 0, 0), PaperBrought(1, 1, 0, 0))
    for code in (BIRTH, EXTRACT, BIRTH):
        clock.move(days=1)
        one = asked(clock, code)
        desk.receive(replace(one, dossier_id=DossierId(uuid7(clock())), papers=papers))
    number = asked(clock).applicant.number
    assert number is not None

    assert [procedure.code for procedure in desk.usual(number)] == [BIRTH, EXTRACT]
    assert desk.usual(CitizenNumber("001199000000")) == ()


def test_a_person_without_a_number_has_no_earlier_dossiers(desk: Desk, clock: SetClock) -> None:
    child = replace(asked(clock).applicant, number=None)

    assert desk.declare(BIRTH, child, None) is not None


def test_a_procedure_without_a_declaration_has_none(desk: Desk, clock: SetClock) -> None:
    assert desk.declare("2.000992", asked(clock).applicant, None) is None


def test_a_declaration_is_printed_filled_in_or_blank(desk: Desk) -> None:
    papers = [
        desk.print_declaration(FORM, answers, "Nguyễn Thị Mẫu").paper for answers in (SAID[:5], ())
    ]

    facts = [p.facts for p in papers if isinstance(p, WordedPaper)]
    values = [
        [line.value for line in f.declared if line.value]
        for f in facts
        if isinstance(f, DeclarationFacts)
    ]
    assert values == [[answer.value for answer in SAID[:5]], []]


def test_a_checklist_never_calls_free_what_the_office_has_not_priced(desk: Desk) -> None:
    paper = desk.print_checklist(BIRTH).paper

    assert isinstance(paper, WordedPaper)
    assert isinstance(paper.facts, ChecklistFacts)
    assert "đúng hạn: miễn phí" in paper.facts.fees
    assert "quá hạn (Đăng ký sau 60 ngày kể từ ngày sinh): theo mức của tỉnh" in paper.facts.fees


def test_a_checklist_of_no_procedure_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownProcedure):
        desk.print_checklist("9.999999")
