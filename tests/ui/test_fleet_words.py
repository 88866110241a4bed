"""The health of many desks is said as a table, and the same as one JSON object for scripts."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import main
from counter.calendar import load_calendar
from counter.fleet import BadFile, Trouble, Unreadable, judge
from counter.health import DeskHealth, parse_health, write_health
from counter.values import now
from counter.work import CheckState
from program import RESOURCES
from ui.fleet_words import REASONS, TROUBLES, fleet_json, fleet_words, span

MOMENT = "2026-11-25T10:00:00+07:00"


def desk(name: str, **other: object) -> DeskHealth:
    """A desk that told at ten that all is well."""
    tree: dict[str, Any] = {name: None for name in DeskHealth.__dataclass_fields__}
    tree |= {"format": 1, "office": "H55.242", "desk": name, "machine": "0a1b2c3d"}
    tree |= {"version": "0.1.0", "serial": 0, "turn": 1, "at": MOMENT, "since": MOMENT}
    tree |= {"is_open": True, "backup_failed": False, "reading_only": False, "backup_age_s": 60}
    tree |= dict.fromkeys(("uptime_s", "unsent", "parked", "numbers_left", "crash_reports"), 0)
    return parse_health(tree | {"disk_free_mb": 50_000} | other)


def test_the_troubled_desk_stands_first_with_what_is_wrong_in_words() -> None:
    broken = desk(
        "H55.242-Q09",
        portal="failed",
        reader="failed",
        disk_free_mb=150,
        unsent=4,
        oldest_unsent_s=200_000,
    )
    bad = (BadFile("rac.json", Unreadable.NO_JSON),)
    calendar = load_calendar(RESOURCES / "calendars")
    sound = desk("H55.242-Q01", version="0.1.0", reader=CheckState.OK.value)

    lines = fleet_words(judge((sound, broken), bad, calendar, broken.at))

    assert lines[1].startswith("H55.242-Q09")
    assert lines[1].endswith(
        "hỏng: đầu đọc thẻ, cổng dịch vụ công; chưa gửi được từ 2 ngày trước; ổ đĩa còn 150 MB"
    )
    assert lines[2].startswith("H55.242-Q01")
    assert lines[2].endswith("tốt")
    assert lines[4:6] == ["2 quầy, 1 quầy cần xem.", "  bản 0.1.0: 2 máy"]
    assert lines[-1] == "  rac.json: không đúng cú pháp JSON."


def test_every_trouble_and_every_reason_has_words() -> None:
    assert (set(TROUBLES), set(REASONS)) == (set(Trouble), set(Unreadable))


def test_the_json_holds_every_field_of_a_desk_and_what_was_judged() -> None:
    calendar = load_calendar(RESOURCES / "calendars")
    one = desk("H55.242-Q01", at="2026-11-24T10:00:00+07:00")

    told = fleet_json(judge((one,), (), calendar, one.at + timedelta(days=1)))

    (line,) = json.loads(json.dumps(told))["desks"]
    assert set(DeskHealth.__dataclass_fields__) < set(line)
    assert (line["troubles"], line["silent_s"]) == (["silent"], 86400)
    assert told["ok"] is False


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, "chưa có"), (59, "0 phút"), (7100, "118 phút"), (7200, "2 giờ"), (180_000, "2 ngày")],
)
def test_a_time_that_has_passed_is_said_in_its_largest_unit(
    seconds: int | None, words: str
) -> None:
    assert span(seconds) == words


def test_the_command_needs_no_desk_and_its_exit_code_says_whether_all_is_well(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    ask = ["--data", str(tmp_path / "none"), "fleet", "--folder", str(share), "--json"]
    fresh = now().isoformat()
    write_health(share, desk("H55.242-Q01", at=fresh, since=fresh))
    codes = [main.main(ask)]
    (share / "la.json").write_bytes(b"[" * 3000)
    codes.append(main.main(ask))
    share.rename(tmp_path / "away")
    codes.append(main.main(ask))

    said = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]

    assert codes == [0, 1, 3]
    assert (said[0]["ok"], said[1]["unreadable"]) == (
        True,
        [{"file": "la.json", "reason": "no_json"}],
    )
    assert said[2]["error"]["code"] == "health.folder_away"
    assert not (tmp_path / "none").exists()
