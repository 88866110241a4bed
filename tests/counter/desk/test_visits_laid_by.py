"""Visits that are not dossiers yet survive on disk, and no longer than they are of use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter.acts import Relation
from counter.declaring import Answer, Origin
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.desk.housekeeping import tidy
from counter.desk.opening import Opening, open_desk
from counter.errors import NotAllowed, PaperMissing, ProcedureChanged
from counter.parties import Organisation, Submitter, TaxCode
from counter.people import Officer, Role
from counter.procedures import Catalogue
from counter.store import drafts
from counter.values import CitizenNumber, DossierId, local_day, uuid7
from counter.visits import BehalfTyped, PersonTyped, Visit, identified
from counter.work import FeeQuantity, IdentitySource, PaperBrought
from tests.counter.desk.conftest import BIRTH, SetClock, asked, person


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
        behalf=BehalfTyped(
            PersonTyped("Trần Văn Chủ", document_kind="ho_chieu", document="C1234567"),
            Relation.GUARDIAN,
            "Quyết định 5",
        ),
        unit_code="07144",
        unit_name="Phường Thử",
        declared=(Answer("child_full_name", "Nguyễn Bé Mẫu", Origin.TYPED),),
        waiting=(Visit.of(asked(clock), "Đăng ký khai sinh"),),
    )


def test_a_visit_that_cannot_be_read_hides_no_other(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    desk.visits().keep(half_done(clock))
    with context.store.writing() as session:
        drafts.put(session, uuid7(), '{"officer": "x", "visit": {"of": "later"}}', clock())

    (kept,) = desk.visits().kept()

    assert kept.visit.person.full_name == "Nguyễn Thị Mẫu"


def test_what_waits_to_be_received_is_asked_again_as_it_was_but_unproven(
    desk: Desk, clock: SetClock
) -> None:
    organisation = replace(
        person(),
        full_name="Công ty Mẫu",
        number=None,
        birth_date=None,
        sex=None,
        phone=None,
        email=None,
        issued_on=None,
        source=IdentitySource.MANUAL,
        verdict=None,
        organisation=Organisation(TaxCode("0100109106"), "Lê Văn Mẫu"),
    )
    one = replace(
        asked(clock, applicant=organisation),
        submitter=Submitter(person(), Relation.OTHER, "giấy giới thiệu"),
        due_on=date(2026, 12, 1),
        quantities=(FeeQuantity("LP1", 3, 2, "hộ nghèo", online=True),),
        note="hai bộ",
    )
    desk.visits().keep(replace(half_done(clock), waiting=(Visit.of(one, "Tên ngắn"),)))

    (kept,) = desk.visits().kept()
    (back,) = kept.visit.waiting
    again = back.read()

    assert again.submitter is not None
    assert again.submitter.person.verdict is None
    assert again.submitter.person.source is IdentitySource.MANUAL
    assert replace(again, submitter=one.submitter) == one


def test_who_is_identified_anew_is_proven_in_every_dossier_of_the_visit(clock: SetClock) -> None:
    proven = person()
    own = Visit.of(asked(clock), "Tên ngắn").read()
    brought = replace(own, submitter=Submitter(own.applicant, Relation.RELATIVE))
    other = replace(proven, number=CitizenNumber("001199099999"))

    assert identified(own, proven).applicant.verdict is proven.verdict
    submitter = identified(brought, proven).submitter
    assert submitter is not None
    assert submitter.person.verdict is proven.verdict
    assert identified(own, other) is own
    assert identified(own, None) is own


def test_a_dossier_received_before_the_program_ended_does_not_wait_again(
    desk: Desk, clock: SetClock
) -> None:
    first, second = asked(clock), asked(clock)
    waiting = tuple(Visit.of(one, "Tên ngắn") for one in (first, second))
    desk.visits().keep(replace(half_done(clock), waiting=waiting))
    only = Visit(id=DossierId(uuid7(clock())), begun_at=clock(), waiting=waiting[:1])
    desk.visits().keep(only)

    desk.receive(first)

    (kept,) = desk.visits().kept()
    assert [one.id for one in kept.visit.waiting] == [second.dossier_id]


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
    clock.move(days=context.retention.visit_days, seconds=1)
    desk.visits().keep(half_done(clock))

    tidy(context)

    assert len(desk.visits().kept()) == 1


def test_a_procedure_that_is_no_longer_in_force_is_chosen_anew(desk: Desk, clock: SetClock) -> None:
    desk.visits().keep(replace(half_done(clock), procedure_code="9.999999"))

    (kept,) = desk.visits().kept()

    assert kept.procedure is None
    assert kept.visit.person.full_name == "Nguyễn Thị Mẫu"


@pytest.mark.parametrize(("is_turned", "ticked"), [(True, 0), (False, 1)])
def test_ticks_on_another_checklist_are_made_anew(
    context: Context, clock: SetClock, is_turned: bool, ticked: int
) -> None:
    old = context.catalogue.get(BIRTH, local_day(clock()))
    context.shelf.catalogue = Catalogue(
        [
            replace(old, effective_to=local_day(clock()) - timedelta(days=1)),
            replace(
                old,
                revision="mới",
                effective_from=local_day(clock()),
                papers=tuple(reversed(old.papers)) if is_turned else old.papers,
            ),
        ]
    )
    desk = Desk(context)
    desk.visits().keep(replace(half_done(clock), procedure_revision=old.revision))

    (kept,) = desk.visits().kept()

    assert kept.procedure is not None
    assert kept.procedure.revision == "mới"
    assert len(kept.visit.papers) == ticked
    assert kept.visit.person.full_name == "Nguyễn Thị Mẫu"


def test_papers_ticked_on_another_checklist_are_never_received(
    context: Context, clock: SetClock
) -> None:
    old = context.catalogue.get(BIRTH, local_day(clock()))
    turned = replace(old, revision="mới", papers=tuple(reversed(old.papers)))
    alike = replace(old, revision="phí mới")
    wanted = replace(asked(clock), procedure_revision=old.revision)

    context.shelf.catalogue = Catalogue([replace(old, effective_to=date(2025, 12, 31)), turned])
    with pytest.raises(ProcedureChanged):
        Desk(context).receive(wanted)
    with pytest.raises(ProcedureChanged):
        Desk(context).refuse(wanted, "không thuộc thẩm quyền")
    context.shelf.catalogue = Catalogue([replace(old, effective_to=date(2025, 12, 31)), alike])

    assert Desk(context).receive(wanted).code


def test_who_receives_nobody_sees_nobodys_visit(desk: Desk, context: Context) -> None:
    context.seat.take(Officer("tq-1", "Người Thu", "", frozenset({Role.CASHIER})))

    with pytest.raises(NotAllowed):
        desk.visits()
