"""The open dossiers of an absent colleague, given to somebody else by a supervisor."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from counter.absent import ReassignAsked
from counter.acts import Withdraw
from counter.auditing import AuditAsked
from counter.desk import checking, officers
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import NobodyTakesOver, NotAllowed, NothingToReassign, ReasonNeeded
from counter.people import Role
from counter.roster import Account
from counter.store.tables import OutboxRow
from counter.today import LateCount
from counter.values import DossierId
from tests.counter.desk.conftest import SetClock, asked, choose_own
from tests.counter.desk.test_confirming import BOSS, BOSS_WORD, staffed
from tests.counter.desk.test_officers import DESK, GOOD, HEAD, at_once, people

__all__ = ["at_once", "people", "staffed"]

OTHER = Account("cb-thay", "Vũ Văn Thay", "Công chức", frozenset({Role.OFFICER}))
CASHIER = Account("thu-quy", "Đỗ Thị Quỹ", "Thủ quỹ", frozenset({Role.CASHIER}))
AWAY = "Cán bộ phụ trách vắng mặt"


@pytest.fixture
def three(staffed: Context, clock: SetClock) -> tuple[DossierId, ...]:
    """Three dossiers of the ordinary officer; then the leader sits down."""
    desk = Desk(staffed)
    received = tuple(desk.receive(asked(clock)).dossier_id for _ in range(3))
    officers.sign_in(staffed, HEAD.id, GOOD)
    for account in (OTHER, CASHIER):
        officers.make_officer(staffed, account, GOOD + account.id)
    choose_own(staffed, OTHER.id, CASHIER.id)
    officers.sign_in(staffed, BOSS.id, BOSS_WORD)
    return received


def all_of_the_absent(to: str = OTHER.id) -> ReassignAsked:
    return ReassignAsked((), DESK.id, to, AWAY)


def test_all_open_dossiers_of_who_is_away_go_to_somebody_else_with_a_line_and_a_message(
    staffed: Context, clock: SetClock, three: tuple[DossierId, ...]
) -> None:
    desk = Desk(staffed)
    desk.act(three[2], Withdraw("Không làm nữa"))

    done = desk.reassigning().reassign(all_of_the_absent())

    lines = {line.id: line for line in desk.find_dossiers()}
    assert (done.count, done.name) == (2, OTHER.name)
    assert [lines[one].officer for one in three] == [OTHER.name, OTHER.name, DESK.name]
    view = desk.show(lines[three[0]].code)
    assert view.officer == DESK.name, "the receipt keeps who received it"
    assert view.history[-1].event == "dossier.reassigned"
    assert view.history[-1].officer == BOSS.name
    assert view.history[-1].text == f"{DESK.name} → {OTHER.name} · {AWAY}"
    with staffed.store.reading() as session:
        bodies = session.scalars(
            select(OutboxRow.body).where(OutboxRow.dossier_id == three[0])
        ).all()
    assert f"Giao lại: {DESK.name} → {OTHER.name}" in str(json.loads(bodies[-1]))
    assert checking.verify(staffed) == ()


def test_one_dossier_can_be_given_and_the_work_of_everybody_is_counted(
    staffed: Context, three: tuple[DossierId, ...]
) -> None:
    work = Desk(staffed).reassigning()
    work.reassign(ReassignAsked(three[:1], "", OTHER.id, AWAY))

    loads = {load.account: load for load in work.workloads()}

    assert (loads[DESK.id].count, loads[OTHER.id].count) == (2, 1)
    assert loads[BOSS.id].can_take
    assert CASHIER.id not in loads, "who may not process dossiers is not offered"


def test_who_is_late_is_named_by_who_looks_after_it_now(
    staffed: Context, clock: SetClock, three: tuple[DossierId, ...]
) -> None:
    desk = Desk(staffed)
    desk.reassigning().reassign(ReassignAsked(three[:1], "", OTHER.id, AWAY))

    clock.move(days=10)

    assert set(desk.today().late) == {LateCount("", DESK.name, 2), LateCount("", OTHER.name, 1)}


def test_the_change_stands_in_the_record_of_who_did_what(
    staffed: Context, three: tuple[DossierId, ...]
) -> None:
    desk = Desk(staffed)
    desk.reassigning().reassign(all_of_the_absent())

    seen = desk.audit(AuditAsked())

    noted = [line for line in seen.lines if line.action == "dossier.reassigned"]
    assert len(noted) == 3
    assert {line.officer for line in noted} == {BOSS.id}


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"to": CASHIER.id}, NobodyTakesOver),
        ({"to": "khong-co-ai"}, NobodyTakesOver),
        ({"to": DESK.id}, NothingToReassign),
        ({"absent": OTHER.id, "to": DESK.id}, NothingToReassign),
        ({"reason": " "}, ReasonNeeded),
    ],
)
def test_what_cannot_be_given_changes_nothing(
    staffed: Context,
    three: tuple[DossierId, ...],
    wrong: dict[str, str],
    error: type[Exception],
) -> None:
    desk = Desk(staffed)

    with pytest.raises(error):
        desk.reassigning().reassign(replace(all_of_the_absent(), **wrong))  # type: ignore[arg-type]  # texts only

    assert {line.officer for line in desk.find_dossiers()} == {DESK.name}


def test_only_a_supervisor_may(staffed: Context, three: tuple[DossierId, ...]) -> None:
    officers.sign_in(staffed, DESK.id, GOOD)

    with pytest.raises(NotAllowed):
        Desk(staffed).reassigning()
