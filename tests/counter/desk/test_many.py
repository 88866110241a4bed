"""Several dossiers of one visit are received whole or not at all, on one ticket and receipt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter.acts import Relation
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import PaperMissing
from counter.forms import TicketPaper
from counter.papers.desk import ManyFacts
from counter.parties import Submitter
from counter.values import DossierId, uuid7
from counter.wording import WordedPaper
from counter.work import ManyReceived, PaperBrought, ReceptionAsked
from tests.counter.desk.conftest import BIRTH, EXTRACT, SetClock, asked, lend, person

MARITAL, RESIDENCE, COPY = "1.004873", "1.004222", "2.000815"


@pytest.fixture
def five(clock: SetClock) -> tuple[ReceptionAsked, ...]:
    """Five dossiers that one person brings, the last for somebody else."""
    papers = (PaperBrought(0, 1, 0, 0), PaperBrought(1, 1, 0, 0))
    own = tuple(
        replace(asked(clock, code), dossier_id=DossierId(uuid7()), papers=papers)
        for code in (BIRTH, EXTRACT, MARITAL, COPY)
    )
    others = replace(
        asked(clock, RESIDENCE, person("Trần Thị Cụ", "001130000111")),
        dossier_id=DossierId(uuid7()),
        submitter=Submitter(person(), Relation.RELATIVE),
    )
    return (*own, others)


def many_facts(received: ManyReceived) -> ManyFacts:
    paper = received.jobs[0].paper
    assert isinstance(paper, WordedPaper)
    assert isinstance(paper.facts, ManyFacts)
    return paper.facts


def test_five_dossiers_have_five_codes_one_ticket_and_one_receipt(
    desk: Desk, context: Context, five: tuple[ReceptionAsked, ...]
) -> None:
    lend(context, 51, 60)

    received = desk.receive_many(five)

    facts = many_facts(received)
    assert len({one.code for one in received.receptions}) == 5
    assert [line.code for line in facts.received] == [one.code for one in received.receptions]
    assert facts.submitter == "Nguyễn Thị Mẫu"
    assert facts.received[-1].applicant == "Trần Thị Cụ"
    assert facts.total == sum(one.total for one in received.receptions)
    assert {one.ticket for one in received.receptions} == {received.ticket}
    assert [type(job.paper) for job in received.jobs[1:]] == [TicketPaper]
    assert received.number == "1/2026-Q01/NHS"
    assert desk.verify() == ()


def test_when_one_cannot_be_received_none_is(desk: Desk, five: tuple[ReceptionAsked, ...]) -> None:
    broken = (*five[:-1], replace(five[-1], papers=()))

    with pytest.raises(PaperMissing):
        desk.receive_many(broken)

    assert desk.find_dossiers() == ()
    assert desk.queue().current is None


def test_asking_again_receives_none_twice(desk: Desk, five: tuple[ReceptionAsked, ...]) -> None:
    first = desk.receive_many(five)

    again = desk.receive_many(five)

    assert [one.code for one in again.receptions] == [one.code for one in first.receptions]
    assert len(desk.find_dossiers()) == 5
    assert len(again.jobs) == 1


def test_a_visit_with_a_number_keeps_it(desk: Desk, five: tuple[ReceptionAsked, ...]) -> None:
    numbered = tuple(replace(one, ticket="A012") for one in five)

    received = desk.receive_many(numbered)

    assert {one.ticket for one in received.receptions} == {"A012"}
    assert len(received.jobs) == 1
