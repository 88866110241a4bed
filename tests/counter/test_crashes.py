"""A fault leaves a report of where it was, with nothing of anybody in it."""

from __future__ import annotations

import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from counter.crashes import MOST_KEPT, find_fresh, mark_read, write_report
from counter.errors import UnknownDossier
from program.faults import keep_native

HOUSE = Path(__file__).resolve().parents[2]
MOMENT = datetime(2026, 11, 25, 2, 12, tzinfo=UTC)
NUMBER, NAME = "001099012345", "Nguyễn Văn Thử"


def fail_with(number: str, name: str) -> None:
    known = {"somebody else": 1}
    try:
        known[f"{name} {number}"] += 1
    except KeyError as error:
        raise UnknownDossier(f"{name} has no dossier") from error


def reported(folder: Path, *, after: timedelta = timedelta()) -> Path:
    try:
        fail_with(NUMBER, NAME)
    except UnknownDossier as error:
        path = write_report(
            folder, error, error.__traceback__, moment=MOMENT + after, version="0.1.0"
        )
        assert path is not None
        return path
    raise AssertionError("nothing failed")


def test_a_report_says_where_and_what_kind_and_names_nobody(tmp_path: Path) -> None:
    text = reported(tmp_path / "log").read_text(encoding="utf-8")

    assert f"{UnknownDossier.__module__}.UnknownDossier (desk.unknown_dossier)" in text
    assert "builtins.KeyError" in text
    assert "test_crashes.py" in text
    assert "fail_with" in text
    assert not [one for one in (NUMBER, NAME, "Thử", "somebody", str(HOUSE)) if one in text]


def test_a_report_is_for_this_user_only_and_offered_once(tmp_path: Path) -> None:
    path = reported(tmp_path)
    fresh = find_fresh(tmp_path)

    mark_read(fresh)

    assert [one.path for one in fresh] == [path]
    assert find_fresh(tmp_path) == []
    kept = list(tmp_path.iterdir())
    assert len(kept) == 1
    assert stat.S_IMODE(kept[0].stat().st_mode) == 0o600


def test_old_reports_make_room(tmp_path: Path) -> None:
    for second in range(MOST_KEPT + 5):
        reported(tmp_path, after=timedelta(seconds=second))

    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == MOST_KEPT
    assert names[-1].startswith(f"crash-{MOMENT + timedelta(seconds=MOST_KEPT + 4):%Y%m%d-%H%M%S}")


def test_a_disk_that_takes_nothing_costs_the_report_only(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("", encoding="ascii")
    try:
        fail_with(NUMBER, NAME)
    except UnknownDossier as error:
        made = write_report(
            tmp_path / "log", error, error.__traceback__, moment=MOMENT, version="0.1.0"
        )

    assert made is None


def test_a_run_killed_from_inside_leaves_its_report_too(tmp_path: Path) -> None:
    code = (
        "import sys; from program.faults import watch; from pathlib import Path;"
        f"watch(Path(sys.argv[1]), 'test'); citizen = {NAME!r};"
        "import faulthandler; faulthandler._sigabrt()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=HOUSE, capture_output=True, check=False
    )

    keep_native(tmp_path)
    fresh = find_fresh(tmp_path)
    assert ended.returncode != 0
    assert len(fresh) == 1
    assert "Aborted" in fresh[0].text
    assert NAME not in fresh[0].text


def test_a_fault_on_any_thread_is_reported_and_still_told(tmp_path: Path) -> None:
    code = (
        "import sys, threading; from program.faults import watch; from pathlib import Path;"
        "watch(Path(sys.argv[1]), 'test');"
        f"t = threading.Thread(target=lambda: {{}}[{NUMBER!r}]); t.start(); t.join();"
        f"{{}}[{NAME!r}]"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=HOUSE,
        capture_output=True,
        check=False,
        text=True,
    )

    fresh = find_fresh(tmp_path)
    assert ended.stderr.count("KeyError") == 2
    assert len(fresh) == 2
    assert not [one for one in fresh if NAME in one.text or NUMBER in one.text]
