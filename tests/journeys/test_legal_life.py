"""Whole stories of a dossier by the law, at a real desk: what people come with and leave with."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from counter.acts import (
    AskSupplement,
    Collect,
    DraftApology,
    HandOver,
    Leader,
    PaperWanted,
    Relation,
    ReturnResult,
    SignLetter,
    TakeResult,
    TakeSupplement,
)
from counter.desk import checking
from counter.desk.context import Context, Shelf
from counter.desk.desk import Desk
from counter.papers.desk import CashFacts
from counter.procedures import Catalogue
from counter.store.tables import OutboxRow
from counter.today import Group
from counter.values import Dong, DossierId, uuid7
from counter.wording import WordedPaper
from counter.work import FeeQuantity, PaperBrought, PaperReceived
from tests.counter.desk.conftest import (  # noqa: F401 - fixtures of a desk without windows
    BIRTH,
    SetClock,
    asked,
    clock,
    context,
    desk,
    lend,
    opening,
    set_up_desk,
)

UNIT = "Công chức Tư pháp - hộ tịch"
COPIES = "2.000815"
SELF = ReturnResult(
    "Nguyễn Thị Mẫu",
    Relation.SELF,
    last4="2345",
    identity_checked=True,
    slip_collected=True,
    signed=True,
)


def status(desk: Desk, code: str) -> int:  # noqa: F811
    return desk.show(code).line.status


def test_a_supplement_is_asked_brought_and_resumed_and_the_child_has_a_certificate(
    desk: Desk,  # noqa: F811
    context: Context,  # noqa: F811
    clock: SetClock,  # noqa: F811
) -> None:
    received = desk.receive(asked(clock))
    dossier = received.dossier_id
    desk.act(dossier, HandOver(UNIT))
    desk.act(dossier, AskSupplement("Thiếu dấu", (PaperWanted("Giấy chứng sinh"),)))
    clock.move(days=5)
    (wanted,) = desk.possible(received.code).wanted
    desk.act(dossier, TakeSupplement((PaperReceived(wanted.name, 1, 0, 0),)))
    desk.act(dossier, TakeResult("Giấy khai sinh", "12/2026", shelf="A3"))
    desk.act(dossier, SELF)

    shown = desk.show(received.code)
    assert [line.event for line in shown.history] == [
        "dossier.received",
        "papers.handed_over",
        "supplement.asked",
        "supplement.taken",
        "result.taken",
        "result.returned",
    ]
    assert [line.status for line in shown.history] == [2, 4, 5, 4, 9, 10]
    assert checking.verify(context) == ()


def test_an_overdue_dossier_is_on_the_morning_page_until_the_leader_has_apologised(
    desk: Desk,  # noqa: F811
    clock: SetClock,  # noqa: F811
) -> None:
    dossier = desk.receive(asked(clock)).dossier_id
    desk.act(dossier, HandOver(UNIT))
    clock.move(days=8)
    groups = {view.group: view.count for view in desk.today().groups}
    desk.act(dossier, DraftApology("Chờ xác minh", date(2026, 12, 15)))
    waiting = {view.group: view.count for view in desk.today().groups}
    desk.act(dossier, SignLetter(Leader("Lê Văn Mẫu"), "15/PXL"))
    after = {view.group: view.count for view in desk.today().groups}

    assert (groups[Group.OVERDUE], groups[Group.LETTERS]) == (1, 0)
    assert (waiting[Group.OVERDUE], waiting[Group.LETTERS]) == (1, 1)
    assert (after[Group.OVERDUE], after[Group.LETTERS]) == (0, 0)


def test_twenty_certified_copies_of_three_pages_are_paid_and_fetched_the_same_day(
    desk: Desk,  # noqa: F811
    clock: SetClock,  # noqa: F811
    context: Context,  # noqa: F811
) -> None:
    procedure = context.catalogue.get(COPIES, date(2026, 11, 25))
    fee = next(fee.code for fee in procedure.fees if fee.per is not None)
    papers = tuple(
        PaperBrought(place, paper.originals, paper.certified, paper.copies)
        for place, paper in enumerate(procedure.papers)
        if paper.required
    )
    copies = replace(asked(clock, COPIES), papers=papers, quantities=(FeeQuantity(fee, 3, 20),))
    received = desk.receive(copies)
    desk.act(received.dossier_id, TakeResult("Bản sao chứng thực"))
    (cash,) = desk.act(received.dossier_id, Collect()).jobs
    returned = desk.act(received.dossier_id, SELF)

    assert received.total == Dong(20 * (2000 + 2000 + 1000))
    assert isinstance(cash.paper, WordedPaper)
    assert isinstance(cash.paper.facts, CashFacts)
    assert cash.paper.facts.total == received.total
    assert returned.status == 10


def test_one_person_brings_five_dossiers_and_each_goes_its_own_way(
    desk: Desk,  # noqa: F811
    clock: SetClock,  # noqa: F811
    context: Context,  # noqa: F811
) -> None:
    lend(context, 51, 60)
    received = [desk.receive(asked(clock)) for _ in range(5)]
    ids = tuple(one.dossier_id for one in received)
    desk.act_all(ids[:3], HandOver(UNIT))
    desk.act(ids[0], TakeResult("Giấy khai sinh"))

    found = desk.find_dossiers("001199012345")
    assert [line.code for line in found] == [one.code for one in reversed(received)]
    assert [status(desk, one.code) for one in received] == [9, 4, 4, 2, 2]


@pytest.mark.parametrize("gone", [False, True])
def test_a_dossier_of_an_old_version_is_returned_under_a_new_one(
    context: Context,  # noqa: F811
    clock: SetClock,  # noqa: F811
    gone: bool,
) -> None:
    old = context.catalogue.get(BIRTH, date(2026, 11, 25))
    ended = replace(old, effective_to=date(2027, 2, 28))
    new = replace(
        old, revision="luat-03-2026", effective_from=date(2027, 3, 1), papers=old.papers[:1]
    )
    both = Catalogue([ended, new])
    before = Desk(replace(context, shelf=Shelf(both)))
    clock.moment = datetime(2027, 2, 26, 2, tzinfo=UTC)
    received = before.receive(asked(clock))
    clock.moment = datetime(2027, 3, 2, 2, tzinfo=UTC)
    later = Catalogue([new]) if gone else both
    after = Desk(replace(context, shelf=Shelf(later)))

    checklist = after.possible(received.code).checklist
    fresh = after.receive(
        replace(
            asked(clock), dossier_id=DossierId(uuid7(clock())), papers=(PaperBrought(0, 1, 0, 0),)
        )
    )
    after.act(received.dossier_id, TakeResult("Giấy khai sinh"))
    returned = after.act(received.dossier_id, SELF)

    assert [paper.name for paper in checklist][:2] == [paper.name for paper in old.papers[:2]]
    assert len(after.possible(fresh.code).checklist) == 1
    assert returned.status == 10


def test_another_agency_of_the_province_decides_and_the_result_comes_back_here(
    context: Context,  # noqa: F811
    clock: SetClock,  # noqa: F811
) -> None:
    here = context.catalogue.get(BIRTH, date(2026, 11, 25))
    there = replace(here, agency="Sở Tư pháp tỉnh Thử", agency_code="H55.15")
    desk = Desk(replace(context, shelf=Shelf(Catalogue([there]))))  # noqa: F811
    received = desk.receive(asked(clock))
    offered = desk.possible(received.code).units
    desk.act(received.dossier_id, HandOver(offered[0]))
    desk.act(received.dossier_id, TakeResult("Giấy khai sinh", "9/2026"))
    returned = desk.act(received.dossier_id, SELF)

    with context.store.reading() as session:
        told = json.loads(
            session.scalars(select(OutboxRow.body).order_by(OutboxRow.seq).limit(1)).one()
        )
    assert (told["agency_code"], told["competent_agency_code"]) == ("H55.242", "H55.15")
    assert offered[0] == "Sở Tư pháp tỉnh Thử"
    assert desk.show(received.code).line.unit == "Sở Tư pháp tỉnh Thử"
    assert returned.status == 10
    assert checking.verify(context) == ()
