"""Visits that are not dossiers yet survive on disk, and no longer than they are of use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter.desk import visits
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.desk.housekeeping import tidy
from counter.desk.opening import Opening, open_desk
from counter.errors import NotAllowed, PaperMissing
from counter.people import Officer, Role
from counter.values import DossierId, uuid7
from counter.visits import PersonTyped, Visit
from counter.work import FeeQuantity, PaperBrought
from tests.counter.desk.conftest import BIRTH, SetClock, asked


def half_done(clock: SetClock) -> Visit:
    """A visit in the middle of everything."""
    return Visit(
        id=DossierId(uuid7(clock())),
        begun_at=clock(),
        person=PersonTyped("Nguyễn Thị Mẫu", "00119901", "31/1", "Nữ", "Thôn 1"),
        ticket="A012",
        procedure_code=BIRTH,
        papers=(PaperBrought(0, 1, 0, 2),),
        quantities=(FeeQuantity("LP1", 3, 2),),
        phone="09120",
        note="chờ giấy chứng sinh",
        sets=2,
        due_on="1/12/20",
    )


def test_what_was_typed_is_there_after_the_desk_is_opened_again(
    opening: Opening, clock: SetClock
) -> None:
    visit = half_done(clock)
    with open_desk(opening) as context:
        Desk(context).visits().keep(visit)

    with open_desk(opening) as context:
        (kept,) = Desk(context).visits().kept()

    assert kept.visit == visit
    assert kept.procedure is not None
    assert kept.procedure.code == BIRTH
    assert kept.at == clock()


def test_several_visits_wait_and_the_latest_comes_first(desk: Desk, clock: SetClock) -> None:
    first, second = half_done(clock), replace(half_done(clock), ticket="A013")
    desk.visits().keep(replace(first, parked=True))
    clock.move(minutes=5)
    desk.visits().keep(replace(second, parked=True))

    assert [kept.visit.ticket for kept in desk.visits().kept()] == ["A013", "A012"]


def test_a_visit_kept_again_is_one_visit(desk: Desk, clock: SetClock) -> None:
    visit = half_done(clock)

    for note in ("a", "ab", "abc"):
        desk.visits().keep(replace(visit, note=note))

    assert [kept.visit.note for kept in desk.visits().kept()] == ["abc"]


def test_reception_guidance_and_refusal_end_the_visit(desk: Desk, clock: SetClock) -> None:
    received, refused, guided = (asked(clock) for _ in range(3))
    for one in (received, refused, guided):
        desk.visits().keep(replace(half_done(clock), id=one.dossier_id))

    desk.receive(received)
    desk.refuse(refused, "Không thuộc thẩm quyền")
    desk.guide(replace(guided, papers=()), "Thiếu giấy tờ")

    assert desk.visits().kept() == ()


def test_a_reception_that_is_refused_keeps_the_visit(desk: Desk, clock: SetClock) -> None:
    one = asked(clock)
    desk.visits().keep(replace(half_done(clock), id=one.dossier_id))

    with pytest.raises(PaperMissing):
        desk.receive(replace(one, papers=()))

    assert len(desk.visits().kept()) == 1


def test_a_visit_given_up_is_forgotten(desk: Desk, clock: SetClock) -> None:
    visit = half_done(clock)
    desk.visits().keep(visit)

    desk.visits().forget(visit.id)
    desk.visits().forget(visit.id)

    assert desk.visits().kept() == ()


def test_nothing_personal_waits_longer_than_three_days(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    desk.visits().keep(half_done(clock))
    clock.move(days=visits.KEPT_FOR.days, seconds=1)
    desk.visits().keep(half_done(clock))

    tidy(context)

    assert len(desk.visits().kept()) == 1


def test_a_procedure_that_is_no_longer_in_force_is_chosen_anew(desk: Desk, clock: SetClock) -> None:
    desk.visits().keep(replace(half_done(clock), procedure_code="9.999999"))

    (kept,) = desk.visits().kept()

    assert kept.procedure is None
    assert kept.visit.person.full_name == "Nguyễn Thị Mẫu"


def test_who_receives_nobody_sees_nobodys_visit(desk: Desk, context: Context) -> None:
    context.seat.take(Officer("tq-1", "Người Thu", "", frozenset({Role.CASHIER})))

    with pytest.raises(NotAllowed):
        desk.visits()
