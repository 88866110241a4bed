"""Paper receipts of a power cut keyed later: true time, reason, leader, and keyed once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from counter.acts import Confirmation, Leader
from counter.desk import checking
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import (
    ConfirmationNeeded,
    LateTimeWrong,
    LeaderNeeded,
    PaperKeyed,
    ProcedureChanged,
    ReasonNeeded,
    Refused,
    UnknownProcedure,
)
from counter.late import LateEntry
from counter.procedures import Catalogue, Procedure
from counter.store.tables import OutboxRow
from counter.values import VIETNAM, local_day
from counter.work import PaperBrought
from tests.counter.desk.conftest import BIRTH, EXTRACT, SetClock, asked, lend
from tests.counter.desk.test_confirming import BOSS, BOSS_WORD, at_once, people, staffed

__all__ = ["at_once", "people", "staffed"]

ONE_DAY = timedelta(days=1)
FRIDAY = datetime(2026, 11, 20, 9, 15, tzinfo=VIETNAM)
LATE = LateEntry(FRIDAY, "VT-07", "Mất điện", Leader("Lê Văn Mẫu"))


def test_the_result_is_due_from_the_true_time(desk: Desk, clock: SetClock) -> None:
    now = desk.receive(asked(clock, EXTRACT))

    late = desk.late().receive(asked(clock, EXTRACT), LATE, None)

    assert now.due_at == datetime(2026, 11, 26, 8, 30, tzinfo=VIETNAM)
    assert late.due_at == datetime(2026, 11, 23, 9, 15, tzinfo=VIETNAM)
    assert desk.show(late.code).line.received_at == FRIDAY


def test_its_number_is_of_the_day_it_is_keyed(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    lend(context, 1, 9)

    late = desk.late().receive(asked(clock), LATE, None)

    assert late.code.endswith(f"-{local_day(clock()):%y%m%d}-0001")
    assert checking.verify(context) == ()


def test_history_and_portal_are_told_that_it_was_keyed_later(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    late = desk.late().receive(asked(clock), LATE, None)

    first, second = desk.show(late.code).history
    with context.store.reading() as session:
        dossier, note = session.scalars(select(OutboxRow).order_by(OutboxRow.seq)).all()
    assert (first.event, first.at) == ("dossier.received", FRIDAY)
    assert (second.event, second.at) == ("dossier.keyed_late", clock())
    assert second.text == "VT-07 · Mất điện · Lê Văn Mẫu"
    assert datetime.fromisoformat(json.loads(dossier.body)["received_at"]) == FRIDAY
    assert json.loads(note.body)["kind"] == "note"
    assert "VT-07" in json.loads(note.body)["text"]


def test_a_paper_receipt_is_keyed_once(desk: Desk, clock: SetClock) -> None:
    one = asked(clock)
    first = desk.late().receive(one, LATE, None)
    again = desk.late().receive(one, LATE, None)

    with pytest.raises(PaperKeyed):
        desk.late().receive(asked(clock), LATE, None)

    assert first.code == again.code
    assert len(desk.find_dossiers()) == 1
    assert len(desk.show(first.code).history) == 2


@pytest.mark.parametrize(
    ("late", "refusal"),
    [
        (replace(LATE, received_at=FRIDAY + timedelta(days=30)), LateTimeWrong),
        (replace(LATE, received_at=FRIDAY - timedelta(days=40)), LateTimeWrong),
        (replace(LATE, paper=" "), ReasonNeeded),
        (replace(LATE, reason=""), ReasonNeeded),
        (replace(LATE, leader=Leader(" ")), LeaderNeeded),
    ],
)
def test_what_the_paper_does_not_say_is_not_keyed(
    desk: Desk, clock: SetClock, late: LateEntry, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        desk.late().receive(asked(clock, BIRTH), late, None)

    assert desk.find_dossiers() == ()


def test_where_there_are_accounts_the_leader_signs_in(staffed: Context, clock: SetClock) -> None:
    work = Desk(staffed).late()

    with pytest.raises(ConfirmationNeeded):
        work.receive(asked(clock), LATE, None)
    late = work.receive(asked(clock), LATE, Confirmation(BOSS.id, BOSS_WORD))

    assert [one.account for one in work.confirmers()] == [BOSS.id]
    assert BOSS.name in Desk(staffed).show(late.code).history[-1].text


def shorter(context: Context, last: date) -> tuple[Procedure, Procedure]:
    """Let a version that demands one paper less begin after *last*; return the old and the new."""
    old = context.catalogue.get(BIRTH, last)
    new = replace(old, revision="mới", papers=old.papers[:1], effective_from=last + ONE_DAY)
    context.shelf.catalogue = Catalogue([replace(old, effective_to=last), new])
    return old, new


def test_a_paper_is_keyed_under_the_version_of_its_true_time(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    old, new = shorter(context, date(2026, 11, 20))
    ticked = replace(asked(clock), papers=(PaperBrought(0, 1, 0, 0),))
    with pytest.raises(ProcedureChanged):
        desk.late().receive(replace(ticked, procedure_revision=new.revision), LATE, None)

    then = desk.late().version(BIRTH, FRIDAY)
    plan = desk.plan(BIRTH, ticked.papers, (), then.revision)
    late = desk.late().receive(replace(asked(clock), procedure_revision=then.revision), LATE, None)

    assert (then.revision, plan.missing) == (old.revision, (1,))
    assert len(desk.possible(late.code).checklist) == len(old.papers)
    with pytest.raises(ProcedureChanged):
        desk.receive(replace(asked(clock), procedure_revision=then.revision))


def test_a_procedure_that_ended_lately_is_found_and_keyed_only_as_a_paper(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    old = context.catalogue.get(BIRTH, FRIDAY.date())
    ended = replace(old, effective_to=FRIDAY.date())
    others = [p for p in context.catalogue.procedures if p.code != BIRTH]
    context.shelf.catalogue = Catalogue([ended, *others])

    found = desk.find_procedures(BIRTH)
    with pytest.raises(UnknownProcedure):
        desk.receive(asked(clock))
    late = desk.late().receive(asked(clock), LATE, None)
    clock.move(days=31)

    assert [one.revision for one in found] == [old.revision]
    assert late.procedure_name == old.name
    assert desk.find_procedures(BIRTH) == ()
