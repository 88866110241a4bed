"""A desk that runs the program before says so: in the window, to the doctor, to the province."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

import main
from counter.calendar import load_calendar
from counter.desk.opening import Opening, open_desk
from counter.errors import StoreTooNew
from counter.fleet import Trouble, judge
from counter.folder import DataFolder
from counter.values import now
from program import RESOURCES, trial
from tests.program.test_health import Told, told
from ui import terminal
from ui.fleet_words import fleet_words

__all__ = ["told"]

Run = Callable[..., tuple[int, dict[str, object]]]


@pytest.fixture
def went_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The starter says that the program of serial 6 does not come up."""
    monkeypatch.setenv(trial.INSTEAD_OF, "6-0.4.0")


@pytest.fixture
def run(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command at the demonstration desk and return its code and answer."""

    def ran(*command: str) -> tuple[int, dict[str, object]]:
        code = main.main(["--data", str(tmp_path / "desk"), "--demo", *command, "--json"])
        answer: dict[str, object] = json.loads(capfdbinary.readouterr().out)
        return code, answer

    return ran


@pytest.mark.parametrize("said", ["", "nonsense", "../../etc", "6-0.4.0.part", "6"])
def test_what_names_no_program_is_not_believed(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(trial.INSTEAD_OF, said)

    assert trial.find_went_back() is None


@pytest.mark.parametrize("said", ["6-0.4.0", "6-0.4.0-back"])
def test_a_program_is_known_by_its_serial_and_its_version(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv(trial.INSTEAD_OF, said)

    assert trial.find_went_back() == trial.WentBack(6, "0.4.0")


@pytest.mark.usefixtures("went_back")
def test_the_doctor_names_the_program_that_does_not_come_up(run: Run) -> None:
    code, answer = run("doctor")

    checks = answer["checks"]
    assert isinstance(checks, list)
    [program] = [one for one in checks if one["name"] == "program"]
    assert program["state"] == "warning"
    assert "0.4.0" in program["message"]
    assert (code, answer["ok"]) == (terminal.DONE, True)


@pytest.mark.usefixtures("went_back")
def test_data_that_the_failed_program_renewed_are_told_of_clearly(run: Run, tmp_path: Path) -> None:
    run("rehearse", "--dossiers", "1")
    renew(tmp_path / "desk")

    _code, answer = run("verify")

    error = answer["error"]
    assert isinstance(error, dict)
    assert error["code"] == "update.went_back_too_far"
    assert "Bản 0.4.0 vừa nhận không mở được" in error["message"]
    assert "báo ngay tỉnh" in error["message"]


def test_a_program_too_old_for_other_reasons_says_what_it_always_said() -> None:
    assert trial.clearly(StoreTooNew()).code == "store.too_new"


def renew(desk: Path) -> None:
    """Mark the demonstration's data as a newer program's."""
    how = Opening(DataFolder(desk), None, True, RESOURCES, now)
    with open_desk(how) as context, context.store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))


@pytest.mark.usefixtures("went_back")
def test_the_province_hears_which_package_does_not_come_up(told: Told) -> None:
    told.teller.tell(told.rooms)

    health = told.health()
    fleet = judge([health], (), load_calendar(RESOURCES / "calendars"), health.at)
    assert health.went_back_from == 6
    assert Trouble.WENT_BACK in fleet.desks[0].troubles
    assert "gói 6 không mở được, chạy bản trước" in "\n".join(fleet_words(fleet))


def test_a_desk_that_runs_what_it_should_is_in_no_such_trouble(told: Told) -> None:
    told.teller.tell(told.rooms)

    health = told.health()
    fleet = judge([health], (), load_calendar(RESOURCES / "calendars"), health.at)
    assert health.went_back_from is None
    assert Trouble.WENT_BACK not in fleet.desks[0].troubles
