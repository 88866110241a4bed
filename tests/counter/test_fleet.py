"""What many desks tell is gathered: the troubled first, nothing hostile believed."""

from __future__ import annotations

import json
import os
import random
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter.calendar import load_calendar
from counter.errors import FleetFolderAway
from counter.fleet import CHECKS, Fleet, Trouble, Unreadable, judge, read_fleet, version_key
from counter.health import FORMAT, MOST_BYTES, DeskHealth, write_health
from counter.values import VIETNAM
from counter.work import CheckState

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
TEN = datetime(2026, 11, 26, 10, 0, tzinfo=VIETNAM)
"""Ten in the morning of a Thursday."""


def well(desk: str = "H55.242-Q01", **other: Any) -> DeskHealth:
    """A desk that told half an hour before ten that all is well."""
    states = dict.fromkeys(CHECKS, CheckState.OK)
    known: dict[str, Any] = {
        "format": FORMAT,
        "office": "H55.242",
        "desk": desk,
        "machine": "0a1b2c3d",
        "version": "0.1.0",
        "serial": 4,
        "turn": 17,
        "at": TEN - timedelta(minutes=30),
        "since": TEN - timedelta(days=90),
        "is_open": True,
        "uptime_s": 3600,
        "unsent": 0,
        "parked": 0,
        "oldest_unsent_s": None,
        "numbers_left": 40,
        "backup_age_s": 1800,
        "backup_failed": False,
        "seal_age_s": 600,
        "portal_seal_age_s": None,
        "disk_free_mb": 90_000,
        "clock_skew_s": 0,
        "crash_reports": 0,
        "reading_only": False,
        "checked_at": None,
    }
    return DeskHealth(**(known | states | other))


def judged(*desks: DeskHealth, moment: datetime = TEN) -> Fleet:
    return judge(desks, (), load_calendar(RESOURCES / "calendars"), moment)


def test_a_fleet_without_trouble_is_well() -> None:
    fleet = judged(well(), well("H55.242-Q02", machine="11111111"))

    assert fleet.is_well
    assert fleet.versions == (("0.1.0", 2),)


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        ({"reading_only": True}, Trouble.READING_ONLY),
        ({"at": TEN - timedelta(days=1)}, Trouble.SILENT),
        ({"is_open": False, "at": TEN - timedelta(days=2)}, Trouble.SILENT),
        ({"at": TEN - timedelta(days=400)}, Trouble.SILENT),
        ({"portal": CheckState.FAILED}, Trouble.CHECK_FAILED),
        ({"backup_failed": True}, Trouble.BACKUP_FAILED),
        ({"backup_age_s": 90_000}, Trouble.BACKUP_OLD),
        ({"backup_age_s": None}, Trouble.BACKUP_OLD),
        ({"unsent": 3, "oldest_unsent_s": 90_000}, Trouble.UNSENT_OLD),
        ({"disk_free_mb": 1999}, Trouble.DISK_LOW),
        ({"clock_skew_s": -121}, Trouble.CLOCK_WRONG),
        ({"at": TEN + timedelta(hours=1)}, Trouble.CLOCK_WRONG),
    ],
)
def test_each_trouble_is_found_by_itself(change: dict[str, Any], trouble: Trouble) -> None:
    (desk,) = judged(well(**change)).desks

    assert desk.troubles == (trouble,)


@pytest.mark.parametrize(
    "change",
    [
        {"is_open": False},
        {"is_open": True},
        {"portal": CheckState.WARNING},
        {"portal": None},
        {"unsent": 3, "oldest_unsent_s": 80_000},
    ],
)
def test_a_night_a_warning_or_an_hours_messages_are_no_trouble(change: dict[str, Any]) -> None:
    yesterday, overnight = {"at": TEN - timedelta(hours=18)}, TEN.replace(hour=8)

    (desk,) = judged(well(**yesterday | change), moment=overnight).desks

    assert desk.troubles == ()


def test_a_desk_at_work_on_two_computers_is_the_worst_trouble() -> None:
    copied = well(machine="ffffffff", since=TEN - timedelta(hours=2))
    full = well("H55.242-Q02", disk_free_mb=100, backup_failed=True)

    fleet = judged(full, well(), copied)

    assert [one.troubles[0] for one in fleet.desks[:2]] == [Trouble.TWO_MACHINES] * 2
    assert fleet.desks[2].troubles == (Trouble.BACKUP_FAILED, Trouble.DISK_LOW)


@pytest.mark.parametrize(
    "other",
    [
        {"since": TEN + timedelta(days=9)},
        {"at": TEN - timedelta(days=6000), "clock_skew_s": 6000 * 24 * 3600},
    ],
)
def test_a_clock_that_is_wrong_hides_no_desk(other: dict[str, Any]) -> None:
    fleet = judged(well(), well(machine="ffffffff", **other))

    assert {one.health.machine for one in fleet.desks} == {"0a1b2c3d", "ffffffff"}
    assert fleet.replaced == 0


def test_a_desk_that_went_on_at_a_new_computer_is_told_once() -> None:
    lost = well(at=TEN - timedelta(days=3), since=TEN - timedelta(days=300))
    new = well(machine="ffffffff", since=TEN - timedelta(days=2))

    fleet = judged(lost, new)

    assert [one.health.machine for one in fleet.desks] == ["ffffffff"]
    assert (fleet.replaced, fleet.is_well) == (1, True)


def test_a_desk_whose_clock_was_put_back_is_not_lost() -> None:
    fleet = judged(well(since=TEN + timedelta(days=300)))

    assert len(fleet.desks) == 1


def test_versions_are_ordered_as_numbers_and_those_behind_are_told() -> None:
    versions = ["0.10.0", "0.9.9", "1.0.0rc1", "1.0.0", "1.0.0a2"]
    desks = [well(f"H55.242-Q0{n}", version=one) for n, one in enumerate(versions)]

    fleet = judged(*desks)

    ordered = ["1.0.0", "1.0.0rc1", "1.0.0a2", "0.10.0", "0.9.9"]
    assert sorted(versions, key=version_key, reverse=True) == ordered
    assert [name for name, _count in fleet.versions] == ordered
    assert [one.health.version for one in fleet.desks if not one.troubles] == ["1.0.0"]


def test_what_desks_wrote_is_read_and_half_a_file_is_not_looked_at(tmp_path: Path) -> None:
    desks = {well(), well("H55.242-Q02")}
    for one in desks:
        write_health(tmp_path, one)
    (tmp_path / f".{well().file_name}.abcd.part").write_text("{", encoding="ascii")

    told, bad = read_fleet(tmp_path)

    assert (set(told), bad) == (desks, ())


def tree_of(**other: object) -> dict[str, Any]:
    """A desk's file as a tree, for a hostile hand to change."""
    health = well()
    told = {name: getattr(health, name) for name in DeskHealth.__dataclass_fields__}
    moments = {key: value.isoformat() for key, value in told.items() if hasattr(value, "isoformat")}
    return told | moments | other


HOSTILE: dict[str, tuple[bytes, Unreadable]] = {
    "empty": (b"", Unreadable.NO_JSON),
    "garbage": (bytes(range(256)), Unreadable.NO_JSON),
    "deep": (b"[" * 4000, Unreadable.NO_JSON),
    "deep and closed": (b"[" * 1900 + b"]" * 1900, Unreadable.NO_JSON),
    "deep inside": (b'{"unsent":' + b"[" * 400 + b"]" * 400 + b"}", Unreadable.NO_HEALTH),
    "large": (b" " * (MOST_BYTES + 1), Unreadable.TOO_LARGE),
    "list": (b"[1]", Unreadable.NO_HEALTH),
    "no keys": (b"{}", Unreadable.NO_HEALTH),
    "surrogate": (json.dumps(tree_of(desk="\ud800")).encode(), Unreadable.NO_HEALTH),
    "not a number": (json.dumps(tree_of(unsent=float("nan"))).encode(), Unreadable.NO_HEALTH),
    "huge": (json.dumps(tree_of(unsent=10**400)).encode(), Unreadable.NO_HEALTH),
    "words": (json.dumps(tree_of(unsent="ba")).encode(), Unreadable.NO_HEALTH),
    "more keys": (json.dumps(tree_of(note="họ tên")).encode(), Unreadable.NO_HEALTH),
    "a name": (json.dumps(tree_of(desk="Nguyễn Văn Thử")).encode(), Unreadable.NO_HEALTH),
    "year one": (
        json.dumps(tree_of(at="0001-01-01T00:00:00+14:00")).encode(),
        Unreadable.NO_HEALTH,
    ),
    "no offset": (json.dumps(tree_of(at="2026-11-25T10:00:00")).encode(), Unreadable.NO_HEALTH),
    "newer": (json.dumps({"format": FORMAT + 1, "new": 1}).encode(), Unreadable.NEWER),
    "older": (json.dumps(tree_of(format=0)).encode(), Unreadable.NO_HEALTH),
    "other name": (json.dumps(tree_of(machine="99999999")).encode(), Unreadable.OTHER_NAME),
}


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_a_hostile_file_is_named_with_its_reason(tmp_path: Path, kind: str) -> None:
    body, reason = HOSTILE[kind]
    (tmp_path / well().file_name).write_bytes(body)

    told, bad = read_fleet(tmp_path)

    assert (told, [(one.name, one.reason) for one in bad]) == ((), [(well().file_name, reason)])


def test_a_desks_own_bytes_spoilt_at_random_never_stop_the_reading(tmp_path: Path) -> None:
    chance, sound = random.Random(7), json.dumps(tree_of()).encode()
    for number in range(400):
        body = bytearray(sound)
        for _ in range(chance.randint(1, 4)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        (tmp_path / f"{number}.json").write_bytes(body)

    told, bad = read_fleet(tmp_path)

    assert (told, len(bad)) == ((), 400)


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of another system")
def test_links_pipes_and_folders_are_not_opened(tmp_path: Path) -> None:
    outside = write_health(tmp_path, well()).rename(tmp_path / "outside")
    share = tmp_path / "share"
    share.mkdir()
    (share / well().file_name).symlink_to(outside)
    os.mkfifo(share / "pipe.json")
    (share / "folder.json").mkdir()

    told, bad = read_fleet(share)

    assert told == ()
    assert [one.reason for one in bad] == [Unreadable.NO_FILE] * 3


@pytest.mark.skipif(sys.platform == "win32", reason="such names do not exist there")
def test_the_name_of_a_file_cannot_write_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "\x1b[2J\u202e\n.json").write_bytes(b"")

    _told, (bad,) = read_fleet(tmp_path)

    assert bad.name == "?[2J??.json"


def test_a_folder_that_is_not_there_or_is_flooded_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FleetFolderAway):
        read_fleet(tmp_path / "gone")
    monkeypatch.setattr("counter.fleet.MOST_FILES", 2)
    for number in range(3):
        (tmp_path / f"{number}.json").write_bytes(b"{}")

    with pytest.raises(FleetFolderAway):
        read_fleet(tmp_path)


def test_the_same_desk_told_twice_by_one_computer_is_one(tmp_path: Path) -> None:
    write_health(tmp_path, well())
    write_health(tmp_path, replace(well(), unsent=5))

    told, _bad = read_fleet(tmp_path)

    assert [one.unsent for one in told] == [5]
