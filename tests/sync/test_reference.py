"""The portal's catalogues come home whole once and then by what changed, and hold by their day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter.calendar import load_calendar
from counter.curation import Part, Taken
from counter.desk import curating, offered
from counter.errors import CatalogueNotTold
from counter.papers.form import Form
from counter.store import reference
from counter.store.reference import Delta, Place
from counter.units import load_units, with_told
from counter.values import local_day, now
from sync.sandbox.faults import Fault
from sync.sandbox.process import SECRET, SandboxProcess
from tests.sync.test_desk_and_portal import RESOURCES, Office

BIRTH = "1.001193"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    desks = {"H55.242-Q01": SECRET, "H55.242-Q02": SECRET}
    with SandboxProcess(tmp_path_factory.mktemp("sandbox"), desks=desks) as process:
        yield process


@pytest.fixture
def sandbox(running: SandboxProcess) -> SandboxProcess:
    running.heal()
    running.reset()
    return running


@pytest.fixture
def office(tmp_path: Path, sandbox: SandboxProcess) -> Iterator[Office]:
    found = Office(tmp_path / "one", sandbox)
    yield found
    found.close()


def held(office: Office, catalogue: str, day: date | None = None) -> list[dict[str, Any]]:
    with office.context.store.reading() as session:
        return reference.in_force(session, catalogue, day or local_day(now()))


def procedure(office: Office, day: date | None = None) -> dict[str, Any]:
    return next(one for one in held(office, "procedures", day) if one["code"] == BIRTH)


def test_every_catalogue_comes_whole_and_what_did_not_change_comes_no_more(
    office: Office, sandbox: SandboxProcess
) -> None:
    office.sync()
    counts = [len(held(office, name)) for name in reference.CATALOGUES]
    office.sync()
    before = len(sandbox.ask("seen"))

    office.sync()

    seen = sandbox.ask("seen")[before:]
    answers = [one["status"] for one in seen if one["operation"] in OPERATIONS]
    assert all(count > 0 for count in counts)
    assert answers == [304] * len(reference.CATALOGUES)
    assert [len(held(office, name)) for name in reference.CATALOGUES] == counts


OPERATIONS = {
    "listProcedures",
    "listAgencies",
    "listUnits",
    "listCalendar",
    "listForms",
    "listFees",
}


def test_a_change_is_told_by_the_news_and_holds_from_its_day(
    office: Office, sandbox: SandboxProcess
) -> None:
    office.sync()
    begins = local_day(now()) + timedelta(days=7)
    changed = procedure(office) | {"name": "Đăng ký khai sinh mới"}
    changed["effective_from"] = begins.isoformat()
    sandbox.change_catalogue("procedures", BIRTH, changed)

    office.sync()

    assert procedure(office)["name"] != "Đăng ký khai sinh mới"
    assert procedure(office, begins)["name"] == "Đăng ký khai sinh mới"


def test_what_the_portal_took_out_is_gone_here(office: Office, sandbox: SandboxProcess) -> None:
    office.sync()
    sandbox.change_catalogue("units", "00002", None)

    office.sync()

    assert [one["code"] for one in held(office, "units")] == ["00", "00001"]


def test_a_place_the_portal_no_longer_knows_is_made_up_by_the_whole(
    office: Office, sandbox: SandboxProcess
) -> None:
    office.sync()
    sandbox.change_catalogue("units", "00002", None)
    sandbox.expire_since()

    office.sync()

    assert [one["code"] for one in held(office, "units")] == ["00", "00001"]


def test_a_place_the_portal_refuses_is_made_up_by_the_whole(
    office: Office, sandbox: SandboxProcess
) -> None:
    office.sync()
    sandbox.change_catalogue("units", "00002", None)
    nowhere = Delta("units", [], (), whole=False, place=Place("no-place-of-this-portal", None))
    with office.context.store.writing() as session:
        reference.take_in(session, nowhere, now())

    office.sync()

    assert [one["code"] for one in held(office, "units")] == ["00", "00001"]


@pytest.mark.parametrize(
    "fault", [Fault.TRUNCATED, Fault.HTML, Fault.EMPTY, Fault.OLD_REPLY, Fault.CAPTIVE_PORTAL]
)
def test_what_is_not_the_portals_catalogue_is_never_kept(
    office: Office, sandbox: SandboxProcess, fault: Fault
) -> None:
    sandbox.strike([fault] * 2, "listFees")

    office.sync()
    office.sync()

    assert all("fee_code" in one for one in held(office, "fees"))
    assert len(held(office, "fees")) > 0


def test_a_day_off_the_portal_told_counts_from_the_next_start(
    office: Office, sandbox: SandboxProcess
) -> None:
    day = office.context.calendar.next_working_day(local_day(now()), 3)
    told = {"date": day.isoformat(), "kind": "local_off", "name": "Nghỉ", "status": "official"}
    sandbox.change_catalogue("calendar", day.isoformat(), told)
    office.sync()
    shipped = load_calendar(RESOURCES / "calendars")

    with office.context.store.reading() as session:
        calendar = offered.calendar_of(session, shipped, local_day(now()))

    assert shipped.is_working_day(day)
    assert not calendar.is_working_day(day)
    assert calendar.revision != shipped.revision


def test_units_the_portal_told_are_found_by_their_letters(
    office: Office, sandbox: SandboxProcess
) -> None:
    office.sync()
    told = held(office, "units")
    commune = next(one for one in told if one["level"] == "commune")
    renamed = commune | {"name": "Tép Riu", "full_name": "Xã Tép Riu"}
    sandbox.change_catalogue("units", commune["code"], renamed)
    office.sync()

    with office.context.store.reading() as session:
        units, gone = offered.units_of(session, local_day(now()))
    found = with_told(load_units(RESOURCES / "units"), units, gone).find("xa tep riu")

    assert [(one.code, one.kind, one.name) for one in found] == [(commune["code"], "Xã", "Tép Riu")]


def test_a_unit_whose_last_day_has_passed_is_not_found_any_more(
    office: Office, sandbox: SandboxProcess
) -> None:
    office.sync()
    commune = next(one for one in held(office, "units") if one["level"] == "commune")
    ended = commune | {"effective_to": "2026-01-01"}
    sandbox.change_catalogue("units", commune["code"], ended)
    office.sync()

    with office.context.store.reading() as session:
        units, gone = offered.units_of(session, local_day(now()))

    assert gone == (commune["code"],)
    assert commune["code"] not in {one.code for one in units}


def test_papers_can_be_sent_to_the_agencies_the_portal_names(
    office: Office, sandbox: SandboxProcess
) -> None:
    office.sync()
    own = office.context.settings.settings.office.agency_code
    told = held(office, "agencies")[0]
    below = told | {"code": f"{own}.99", "name": "Phòng Tép Riu", "parent_code": own}
    elsewhere = told | {"code": "H01.1", "name": "Ủy ban nhân dân tỉnh khác"}
    for one in (below, elsewhere):
        sandbox.change_catalogue("agencies", one["code"], one)
    office.sync()

    with office.context.store.reading() as session:
        names = offered.agencies_of(session, own, local_day(now()))

    assert names[0] == "Phòng Tép Riu"
    assert "Ủy ban nhân dân tỉnh khác" not in names


def test_the_portals_procedures_are_proposed_and_count_only_when_accepted(
    office: Office, sandbox: SandboxProcess
) -> None:
    office.sync()
    changed = procedure(office) | {"name": "Ghi vào sổ việc sinh"}
    sandbox.change_catalogue("procedures", BIRTH, changed)
    office.sync()
    found = offered.propose(office.context)
    offer = next(one for one in found.offered if one.proposed.code == BIRTH)
    today = local_day(now())
    before = office.context.catalogue.in_force(today)

    curating.accept(office.context, [Taken(offer, (Part.NAME,))], today + timedelta(days=1))

    names = {p.code: p.name for p in office.context.catalogue.in_force(today + timedelta(days=1))}
    assert Part.NAME in offer.parts
    assert "Ghi vào sổ việc sinh" not in {p.name for p in before}
    assert names[BIRTH] == "Ghi vào sổ việc sinh"


def test_nothing_told_is_said_and_not_shown_as_no_difference(office: Office) -> None:
    with pytest.raises(CatalogueNotTold):
        offered.propose(office.context)


def test_a_form_of_the_portal_is_printed_under_its_title_from_its_day_on(
    tmp_path: Path, sandbox: SandboxProcess
) -> None:
    data = tmp_path / "data"
    before = Office(tmp_path / "one", sandbox, data=data)
    before.sync()
    begins = local_day(now()) + timedelta(days=7)
    (stop,) = [one for one in held(before, "forms") if one["number"] == "05"]
    stop |= {"title": "Thông báo mới của tỉnh", "effective_from": begins.isoformat()}
    sandbox.change_catalogue("forms", "TT03-2025-05", stop)
    before.sync()
    before.close()

    after = Office(tmp_path / "two", sandbox, data=data)
    wordings = after.context.wordings
    titles = [wordings.get(Form.STOP, day).title for day in (local_day(now()), begins)]
    after.close()

    assert titles == ["THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", "THÔNG BÁO MỚI CỦA TỈNH"]
