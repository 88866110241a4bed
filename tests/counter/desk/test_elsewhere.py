"""A dossier that another system owns is kept and printed here, and told to nobody twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from counter.acts import HandOver, TakeResult
from counter.desk import checking
from counter.desk.context import Context
from counter.desk.desk import Desk
from counter.errors import CodeElsewhereTaken, CodeNeeded, NotElsewhere
from counter.procedures import Owner
from counter.scans import Scan
from counter.store import files
from counter.store.tables import OutboxRow
from counter.systems import ANY, CopyField, fields_of, load_systems
from counter.work import PaperBrought, Reception, ReceptionAsked, SyncStanding
from tests.counter.desk.conftest import BIRTH, RESOURCES, SetClock, asked, lend

TODAY = date(2026, 11, 25)
SYSTEMS = load_systems(RESOURCES / "systems" / "systems.toml")


def elsewhere(context: Context, clock: SetClock) -> ReceptionAsked:
    procedure = next(p for p in context.catalogue.in_force(TODAY) if p.owner is not Owner.DESK)
    papers = tuple(
        PaperBrought(place, paper.originals, paper.certified, paper.copies)
        for place, paper in enumerate(procedure.papers)
    )
    return replace(asked(clock, procedure.code), papers=papers)


@pytest.fixture
def received(desk: Desk, context: Context, clock: SetClock) -> Reception:
    lend(context, 1, 9)
    return desk.receive(elsewhere(context, clock))


def messages(context: Context) -> int:
    with context.store.reading() as session:
        return session.scalar(select(func.count()).select_from(OutboxRow)) or 0


def test_nothing_of_it_goes_to_the_portal_whatever_happens_to_it(
    desk: Desk, context: Context, received: Reception
) -> None:
    desk.act(received.dossier_id, HandOver("Công an xã"))
    desk.act(received.dossier_id, TakeResult("Kết quả"))
    desk.note_system_code(received.dossier_id, "g01.899-261125-000012")

    assert messages(context) == 0
    assert desk.messages() == ()
    assert desk.show(received.code).line.standing is SyncStanding.ELSEWHERE
    assert checking.verify(context) == ()


def test_a_dossier_of_this_desk_still_goes_to_the_portal(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    desk.receive(asked(clock))

    assert messages(context) == 1


def test_its_scans_are_not_carried_to_the_portal(
    desk: Desk, context: Context, clock: SetClock
) -> None:
    wanted = elsewhere(context, clock)
    scan = Scan(wanted.papers[0].position, b"%PDF-1.4 t", "application/pdf")

    desk.receive(replace(wanted, scans=(scan,)))

    with context.store.reading() as session:
        assert files.find_unsent(session, clock()) is None


def test_it_uses_up_no_number_of_the_portal(desk: Desk, received: Reception) -> None:
    assert received.provisional
    assert desk.serials().left_today == 9


def test_a_message_about_it_is_found_by_the_check(
    desk: Desk, context: Context, received: Reception, clock: SetClock
) -> None:
    ours = desk.receive(asked(clock))
    with context.store.writing() as session:
        row = session.scalars(select(OutboxRow)).one()
        row.dossier_id = received.dossier_id
    assert ours.code

    found = [violation.message for violation in checking.verify(context)]

    assert "is another system's, yet told" in found


def test_the_sheet_follows_the_order_of_that_system(desk: Desk, received: Reception) -> None:
    sheet = desk.copy_sheet(received.code)

    order = fields_of(SYSTEMS, sheet.system)
    assert [line.name for line in sheet.lines] == [
        field for field in order if field in {line.name for line in sheet.lines}
    ]
    told = {line.name: line.value for line in sheet.lines}
    assert told[CopyField.NUMBER] == "001199012345"
    assert told[CopyField.BIRTH_DATE] == "31/01/1999"


def test_the_other_systems_code_is_kept_and_finds_the_dossier(
    desk: Desk, received: Reception
) -> None:
    desk.note_system_code(received.dossier_id, " g01.899-261125-000012 ")

    assert desk.show("G01.899-261125-000012").line.id == received.dossier_id
    assert desk.find_dossiers("g01.899-2611")[0].system_code == "G01.899-261125-000012"
    assert desk.show(received.code).history[-1].event == "system.code_noted"


def test_one_code_of_that_system_belongs_to_one_dossier(
    desk: Desk, context: Context, received: Reception, clock: SetClock
) -> None:
    clock.move(minutes=5)
    other = desk.receive(elsewhere(context, clock))
    desk.note_system_code(received.dossier_id, "G01-1")

    with pytest.raises(CodeElsewhereTaken):
        desk.note_system_code(other.dossier_id, "g01-1")


def test_an_empty_code_is_refused(desk: Desk, received: Reception) -> None:
    with pytest.raises(CodeNeeded):
        desk.note_system_code(received.dossier_id, "   ")


def test_a_dossier_of_this_desk_has_nothing_to_copy(desk: Desk, clock: SetClock) -> None:
    ours = desk.receive(asked(clock, BIRTH))

    with pytest.raises(NotElsewhere):
        desk.copy_sheet(ours.code)


def test_every_system_the_catalogue_names_has_an_order_of_its_own(context: Context) -> None:
    named = {p.system for p in context.catalogue.procedures if p.system}

    assert named <= set(SYSTEMS) - {ANY}
