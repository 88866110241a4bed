"""The catalogue is curated in versions; a dossier keeps the one it was received under."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from counter.curation import Part, Taken
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.desk.opening import Opening, open_desk
from counter.editions import Origin
from counter.errors import EditionTooEarly, EditionUsed
from counter.papers.catalogue import CatalogueFacts
from counter.papers.form import Form
from counter.procedures import Procedure, Term, term_words
from counter.store.trail import AuditRow
from counter.wording import WordedPaper
from tests.counter.desk.conftest import BIRTH, SetClock, asked, lend

TODAY = date(2026, 11, 25)
TOMORROW = TODAY + timedelta(days=1)


def birth(context: Context) -> Procedure:
    return context.catalogue.get(BIRTH, TODAY)


def longer(context: Context) -> Procedure:
    return replace(birth(context), term=Term(3, "WORKING_DAY"))


def test_an_edit_is_a_new_version_from_its_day_on(desk: Desk, context: Context) -> None:
    before = birth(context)

    desk.curation().curate(longer(context), TOMORROW)

    assert context.catalogue.get(BIRTH, TODAY).revision == before.revision
    assert context.catalogue.get(BIRTH, TOMORROW).term == Term(3, "WORKING_DAY")
    assert context.catalogue.get(BIRTH, TODAY).effective_to == TODAY


def test_a_dossier_keeps_the_version_it_was_received_under(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    lend(context, 1, 9)
    received = desk.receive(asked(clock))
    desk.curation().curate(replace(birth(context), papers=birth(context).papers[:1]), TOMORROW)
    clock.move(days=1)

    possible = desk.possible(received.code)

    assert len(possible.checklist) > 1


def test_versions_are_there_again_when_the_desk_is_opened_the_next_morning(
    opening: Opening,
) -> None:
    with open_desk(opening) as context:
        Desk(context).curation().curate(longer(context), TOMORROW)

    with open_desk(opening) as context:
        assert context.catalogue.get(BIRTH, TOMORROW).term.quantity == 3


@pytest.mark.parametrize("begins", [TODAY - timedelta(days=1), TOMORROW])
def test_a_version_may_not_begin_in_the_past_or_beside_another(
    desk: Desk, context: Context, begins: date
) -> None:
    desk.curation().curate(longer(context), TOMORROW)

    with pytest.raises(EditionTooEarly):
        desk.curation().curate(longer(context), begins)


def test_undoing_brings_back_what_was_in_force(desk: Desk, context: Context) -> None:
    before = birth(context)
    version = desk.curation().curate(longer(context), TOMORROW)
    assert version.batch is not None

    assert desk.curation().undo(version.batch) == 1

    assert context.catalogue.get(BIRTH, TOMORROW) == before


def test_a_version_that_a_dossier_was_received_under_stays(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    lend(context, 1, 9)
    version = desk.curation().curate(longer(context), TODAY)
    desk.receive(asked(clock))
    assert version.batch is not None

    with pytest.raises(EditionUsed):
        desk.curation().undo(version.batch)


def test_a_revision_that_was_undone_is_never_used_again(desk: Desk, context: Context) -> None:
    first = desk.curation().curate(longer(context), TOMORROW)
    assert first.batch is not None
    desk.curation().undo(first.batch)

    second = desk.curation().curate(longer(context), TOMORROW)

    assert second.procedure.revision != first.procedure.revision


def test_an_official_catalogue_changes_nothing_until_it_is_accepted_and_is_undone_whole(
    desk: Desk, context: Context, tmp_path: Path
) -> None:
    path = tmp_path / "lay-thu-tuc.json"
    time = {"THOIGIANGIAIQUYET": "2", "DONVITINH": "Ngày làm việc", "PHILEPHI": []}
    ways = [{"KENH": "1", "THOIGIAN": [time]}]
    entries = [
        {"MATTHC": p.code, "TENTTHC": p.name, "CACHTHUCTHUCHIEN": ways}
        for p in (birth(context), context.catalogue.get("2.000635", TODAY))
    ]
    path.write_text(json.dumps({"error_code": "0", "result": entries}), encoding="utf-8")
    before = context.catalogue.in_force(TOMORROW)

    found = desk.curation().propose(path)
    assert context.catalogue.in_force(TOMORROW) == before
    kept = desk.curation().accept(
        tuple(Taken(offer, (Part.TERM,)) for offer in found.offered), TOMORROW
    )
    (newest, _old) = desk.curation().versions(BIRTH)

    assert kept == 2
    assert (newest.origin, newest.procedure.term.quantity) == (Origin.NATIONAL, 2)
    assert newest.batch is not None
    assert desk.curation().undo(newest.batch) == 2
    assert context.catalogue.in_force(TOMORROW) == before


def test_a_notice_is_put_up_and_printed(desk: Desk, context: Context) -> None:
    revision = birth(context).revision

    job = desk.curation().publish(BIRTH, revision)

    assert isinstance(job.paper, WordedPaper)
    assert job.paper.wording.form is Form.NOTICE
    (version,) = desk.curation().versions(BIRTH)
    assert version.published_at is not None
    assert next(one.is_published for one in desk.curation().search("khai sinh"))


def test_the_list_holds_what_is_in_force_today_and_what_was_asked_for(
    desk: Desk, context: Context
) -> None:
    desk.curation().curate(longer(context), TOMORROW)

    every, some = desk.curation().print_list(""), desk.curation().print_list(" khai  sinh ")

    assert isinstance(every.paper, WordedPaper)
    assert isinstance(some.paper, WordedPaper)
    assert isinstance(every.paper.facts, CatalogueFacts)
    assert isinstance(some.paper.facts, CatalogueFacts)
    listed = {line.code: line for line in every.paper.facts.procedures}
    assert len(listed) == every.paper.facts.count == len(context.catalogue.in_force(TODAY))
    assert listed[BIRTH].time_limit == term_words(birth(context).term)
    assert some.paper.facts.narrowed == "khai sinh"
    assert BIRTH in {line.code for line in some.paper.facts.procedures}
    assert some.paper.facts.count < every.paper.facts.count


def test_what_is_done_to_the_catalogue_stands_in_the_audit_trail(
    desk: Desk, context: Context
) -> None:
    version = desk.curation().curate(longer(context), TOMORROW)
    assert version.batch is not None
    desk.curation().publish(BIRTH, version.procedure.revision)
    desk.curation().undo(version.batch)

    with context.store.reading() as session:
        found = list(
            session.scalars(
                select(AuditRow.action).where(AuditRow.subject == BIRTH).order_by(AuditRow.seq)
            )
        )
    assert found == ["catalogue.kept", "catalogue.published", "catalogue.undone"]
