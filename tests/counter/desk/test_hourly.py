"""The backups made by the hour: one an hour whatever the clock says, and the newest stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter.desk import hourly
from counter.desk.context import Context
from counter.desk.opening import Opening, open_desk
from counter.desk.recovery import Restoring, restore
from counter.folder import DataFolder
from counter.store.backup import COPY
from tests.counter.desk.conftest import Run, SetClock


@pytest.fixture
def run(context: Context, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(hourly, "KEPT_COPIES", 3)
    context.store.clocks = Run()
    return context.store.clocks


def pass_hours(context: Context, clock: SetClock, run: Run, into: Path, hours: int) -> list[Path]:
    """Let *hours* pass, the window asking again and again; return what was made."""
    made = []
    for _ in range(hours):
        for _ in range(3):
            copied = hourly.back_up_by_the_hour(context, into)
            made += [] if copied is None else [copied]
        clock.move(hours=1)
        run.hours += 1
    return made


def kept(into: Path) -> set[Path]:
    return set(into.glob("*.motcua"))


def test_backups_by_the_hour_are_made_once_an_hour_and_the_oldest_go(
    context: Context, clock: SetClock, run: Run, tmp_path: Path
) -> None:
    made = pass_hours(context, clock, run, tmp_path, 5)

    assert len(made) == 5
    assert kept(tmp_path) == set(made[-3:])


@pytest.mark.parametrize("days", [-400, 400])
def test_a_clock_that_jumps_costs_no_new_backup(
    context: Context, clock: SetClock, run: Run, tmp_path: Path, days: int
) -> None:
    before = pass_hours(context, clock, run, tmp_path, 4)
    clock.move(days=days)
    first = pass_hours(context, clock, run, tmp_path, 1)
    kept_then = kept(tmp_path)
    clock.move(days=-days)
    after = pass_hours(context, clock, run, tmp_path, 2)

    assert [len(before), len(first), len(after)] == [4, 1, 2]
    assert kept_then == {*before[-2:], *first}
    assert kept(tmp_path) == {*first, *after}


def test_an_hour_that_comes_twice_has_two_backups(
    context: Context, clock: SetClock, run: Run, tmp_path: Path
) -> None:
    made = pass_hours(context, clock, run, tmp_path, 1)
    clock.move(hours=-1)
    made += pass_hours(context, clock, run, tmp_path, 1)

    assert len(made) == len(kept(tmp_path)) == 2


def test_a_clock_that_goes_to_and_fro_makes_no_more_than_one_an_hour(
    context: Context, clock: SetClock, run: Run, tmp_path: Path
) -> None:
    made = []
    for days in (400, -400, 30, -30):
        made.append(hourly.back_up_by_the_hour(context, tmp_path))
        clock.move(days=days)

    assert [copied is None for copied in made] == [False, True, True, True]


def test_another_run_of_the_computer_makes_none_in_the_same_hour(
    context: Context, clock: SetClock, run: Run, tmp_path: Path
) -> None:
    first = hourly.back_up_by_the_hour(context, tmp_path)
    run.boot, run.hours = "second run", 0.01
    again = hourly.back_up_by_the_hour(context, tmp_path)
    clock.move(hours=1)
    later = hourly.back_up_by_the_hour(context, tmp_path)

    assert [first is None, again is None, later is None] == [False, True, False]


def test_a_restored_desk_lets_the_oldest_of_the_lost_computer_go_first(
    context: Context, opening: Opening, clock: SetClock, run: Run, tmp_path: Path
) -> None:
    into, place = tmp_path / "hourly", DataFolder(tmp_path / "new")
    of_the_lost = pass_hours(context, clock, run, into, 3)
    restore(Restoring(place, of_the_lost[0], training=True, clock=clock))

    with open_desk(replace(opening, folder=place, settings_path=None)) as again:
        made = hourly.back_up_by_the_hour(again, into)

    assert made is not None
    assert kept(into) == {*of_the_lost[1:], made}


def test_the_backups_of_a_desk_whose_name_begins_alike_stay(
    context: Context, clock: SetClock, run: Run, tmp_path: Path
) -> None:
    desk_id = context.settings.settings.desk.id
    others = {tmp_path / f"{desk_id}-B-20261125T0{hour}Z.motcua" for hour in range(3)}
    for other in others:
        other.write_bytes(b"of another desk")

    made = pass_hours(context, clock, run, tmp_path, 5)

    assert kept(tmp_path) == {*made[-3:], *others}


def test_what_an_older_program_made_goes_before_what_is_noted(
    context: Context, clock: SetClock, run: Run, tmp_path: Path
) -> None:
    desk_id = context.settings.settings.desk.id
    for hour in range(3):
        (tmp_path / f"{desk_id}-20991125T0{hour}Z.motcua").write_bytes(b"of a clock that ran ahead")

    made = pass_hours(context, clock, run, tmp_path, 2)

    assert {path.name for path in kept(tmp_path)} == {
        f"{desk_id}-20991125T02Z.motcua",
        *(path.name for path in made),
    }


def test_the_backup_of_the_hour_is_one_that_restores(
    context: Context, clock: SetClock, run: Run, tmp_path: Path
) -> None:
    made = pass_hours(context, clock, run, tmp_path, 1)

    copied = restore(Restoring(DataFolder(tmp_path / "new"), made[0], training=True, clock=clock))

    assert copied.path == made[0]


def test_what_a_killed_program_left_half_written_goes_with_the_next_backup(
    context: Context, clock: SetClock, run: Run, tmp_path: Path
) -> None:
    desk_id = context.settings.settings.desk.id
    for name in (f"{desk_id}-20260103T07Z.motcua.part", f"{desk_id}-B-20260103T07Z.motcua.part"):
        (tmp_path / name).write_bytes(b"half of one")
    context.store.beside(COPY).write_bytes(b"half of one")

    pass_hours(context, clock, run, tmp_path, 1)

    assert [path.name for path in tmp_path.glob("*.part")] == [
        f"{desk_id}-B-20260103T07Z.motcua.part"
    ]
    assert not context.store.beside(COPY).exists()


def test_a_disk_without_room_keeps_fewer_but_never_less_than_three(
    context: Context, clock: SetClock, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = pass_hours(context, clock, run, tmp_path, 3)
    monkeypatch.setattr(hourly, "KEPT_COPIES", 48)
    made += pass_hours(context, clock, run, tmp_path, 4)
    roomy = kept(tmp_path)
    monkeypatch.setattr(hourly, "ROOM_BYTES", 10**18)

    made += pass_hours(context, clock, run, tmp_path, 2)

    assert roomy == set(made[:7])
    assert kept(tmp_path) == set(made[-4:])


def age_of(context: Context) -> timedelta | None:
    with context.store.reading() as session:
        return hourly.find_age(session, context.clock(), context.store.clocks.read())


def test_the_age_of_the_newest_backup_is_counted_whatever_the_clock_says(
    context: Context, clock: SetClock, run: Run, tmp_path: Path
) -> None:
    before = age_of(context)
    clock.move(days=400)
    pass_hours(context, clock, run, tmp_path, 2)
    clock.move(days=-400)

    run.hours += 30

    assert before is None
    assert age_of(context) == timedelta(hours=31)


def test_the_second_backup_of_an_hour_that_came_twice_counts_as_the_newest(
    context: Context, clock: SetClock, run: Run, tmp_path: Path
) -> None:
    pass_hours(context, clock, run, tmp_path, 1)
    clock.move(hours=-1)
    run.boot = "second run"
    (tmp_path / "a name that sorts last.motcua").write_bytes(b"")
    context_age = [hourly.back_up_by_the_hour(context, tmp_path), age_of(context)]

    assert context_age == [None, timedelta(0)]


def test_after_another_start_the_clock_tells_the_age_unless_it_had_run_ahead(
    context: Context, clock: SetClock, run: Run, tmp_path: Path
) -> None:
    pass_hours(context, clock, run, tmp_path, 1)
    run.boot = "second run"
    by_the_clock = age_of(context)
    clock.move(hours=-2)

    assert (by_the_clock, age_of(context)) == (timedelta(hours=1), None)
