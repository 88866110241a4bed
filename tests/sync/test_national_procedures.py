"""The national list of procedures: asked once a week, kept whole, proposed and never just used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from counter.curation import Part
from counter.desk import offered
from counter.editions import Origin
from counter.errors import CatalogueNotTold, PortalSilent
from counter.store import reference
from counter.values import local_day, now
from sync.dvcqg_procedures import AT_ONCE, EVERY, NationalProcedures
from sync.sandbox import shipped
from sync.sandbox.process import SandboxProcess
from tests.conftest import ExpectedLog
from tests.sync.test_national import Desk

BIRTH = "1.001193"
SERVICE = "LayThuTuc"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    with SandboxProcess(tmp_path_factory.mktemp("sandbox")) as process:
        yield process


@pytest.fixture
def sandbox(running: SandboxProcess) -> SandboxProcess:
    running.reset()
    running.act("national/heal")
    running.act("national/empty")
    return running


@pytest.fixture
def desk(tmp_path: Path, sandbox: SandboxProcess) -> Iterator[Desk]:
    found = Desk(tmp_path / "one", sandbox)
    yield found
    found.close()


def codes(desk: Desk, many: int = 3) -> list[str]:
    """Return BIRTH and others of what this office offers."""
    all_codes = sorted({one.code for one in desk.context.catalogue.procedures} - {BIRTH})
    return [BIRTH, *all_codes[: many - 1]]


def asking(desk: Desk, wanted: list[str]) -> NationalProcedures:
    return NationalProcedures(desk.context.store, desk.line(), desk.clock, wanted)


def held(desk: Desk) -> set[str]:
    with desk.context.store.reading() as session:
        listed = reference.in_force(session, reference.NATIONAL, local_day(now()))
    return {one["MATTHC"] for one in listed}


def asked(sandbox: SandboxProcess) -> int:
    return int(sandbox.ask("national/calls").get(SERVICE, 0))


def test_a_change_in_the_national_list_is_proposed_with_its_origin(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    (before,) = [p for p in desk.context.catalogue.in_force(local_day(now())) if p.code == BIRTH]
    with pytest.raises(CatalogueNotTold):
        offered.propose(desk.context)
    changed = dict(shipped._procedures())[BIRTH] | {"name": "Ghi vào sổ việc sinh"}
    sandbox.change_catalogue("procedures", BIRTH, changed)

    asking(desk, codes(desk)).fetch(lambda: True)

    found = offered.propose(desk.context)
    offer = next(one for one in found.offered if one.proposed.code == BIRTH)
    (still,) = [p for p in desk.context.catalogue.in_force(local_day(now())) if p.code == BIRTH]
    assert Part.NAME in offer.parts
    assert offer.proposed.name == "Ghi vào sổ việc sinh"
    assert offer.origin is Origin.NATIONAL
    assert still.name == before.name


def test_the_list_is_asked_a_few_at_a_time_and_again_after_a_week(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    wanted = codes(desk, AT_ONCE + 2)
    round_of = asking(desk, wanted)

    before = asked(sandbox)
    round_of.fetch(lambda: True)
    first, kept_early = asked(sandbox) - before, held(desk)
    round_of.fetch(lambda: True)
    round_of.fetch(lambda: True)
    asking(desk, wanted).fetch(lambda: True)
    in_the_week = asked(sandbox) - before
    desk.ahead = EVERY + timedelta(minutes=1)
    asking(desk, wanted).fetch(lambda: True)
    after = asked(sandbox) - before

    assert first == AT_ONCE
    assert kept_early == set()
    assert in_the_week == len(wanted)
    assert after == len(wanted) + AT_ONCE
    assert BIRTH in held(desk)


def test_a_program_that_ends_in_the_middle_begins_anew_and_what_was_kept_stays(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    wanted = codes(desk, AT_ONCE + 2)
    kept = asking(desk, wanted)
    for _ in range(2):
        kept.fetch(lambda: True)
    known = held(desk)
    desk.ahead = EVERY + timedelta(minutes=1)
    asking(desk, wanted).fetch(lambda: True)  # the program ends here
    meanwhile = held(desk)
    before = asked(sandbox)
    again = asking(desk, wanted)

    for _ in range(3):
        again.fetch(lambda: True)

    assert known == meanwhile == held(desk)
    assert asked(sandbox) - before == len(wanted)


def test_a_line_that_breaks_goes_on_where_it_stood_and_keeps_what_was(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    wanted = codes(desk)
    asking(desk, wanted).fetch(lambda: True)
    known = held(desk)
    desk.ahead = EVERY + timedelta(minutes=1)
    again = asking(desk, wanted)
    sandbox.act("national/faults", names=["took_it_then_hung_up"] * 2, operation=SERVICE)

    with pytest.raises(PortalSilent):
        again.fetch(lambda: True)
    in_between = held(desk)
    sandbox.act("national/heal")
    again.fetch(lambda: True)

    assert known
    assert in_between == known
    assert held(desk) == known


def test_what_the_list_refuses_leaves_what_was_known(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, expected_log: ExpectedLog
) -> None:
    expected_log.expect("the national list does not show")
    wanted = codes(desk)
    asking(desk, wanted).fetch(lambda: True)
    known = held(desk)
    desk.ahead = EVERY + timedelta(minutes=1)
    monkeypatch.setattr("sync.dvcqg.body_of", _another_service)

    asking(desk, wanted).fetch(lambda: True)

    assert known
    assert held(desk) == known


def test_the_courier_asks_after_the_dossiers_and_stays_idle(
    desk: Desk, sandbox: SandboxProcess
) -> None:
    before = asked(sandbox)
    courier = desk.courier(codes(desk))

    report = courier.run_until_idle(timeout_s=60)
    courier.close()

    assert report.idle
    assert asked(sandbox) - before == 3
    assert BIRTH in held(desk)


def _another_service(**told: object) -> bytes:
    from sync.dvcqg_words import body_of

    return body_of(**told | {"service": "KhongCo"})  # type: ignore[arg-type]  # as it was called
