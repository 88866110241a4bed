"""A program that does not come up is left for the one before, and only such a one."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest

from counter.folder import DataFolder
from tests.house.test_starter import HOUSE, Machine, debian, machine

__all__ = ["machine"]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the starter is Debian's")

CRASHES = "#!/bin/sh\nkill -ABRT $$\n"
HANGS = "#!/bin/sh\necho begun\nread -r nothing\n"
NOTES = f"""#!{sys.executable}
import os, sys
sys.path.insert(0, {str(HOUSE)!r})
from program import trial
trial.{{note}}()
told = trial.find_went_back()
print("{{words}}", "" if told is None else "instead of " + told.version)
"""
STANDS = NOTES.format(note="stood", words="stood")
STANDS_THEN_CRASHES = NOTES.format(note="stood", words="stood") + "os.abort()\n"
PROGRAM = f'#!/bin/sh\nexec {sys.executable} {HOUSE}/main.py "$@"\n'
FALLS = f"""#!{sys.executable}
import sys
sys.path.insert(0, {str(HOUSE)!r})
import main
from program import trial, {{room}}
def fall(*_told, **_named):
    raise KeyError("a fault of the new program")
{{room}}.{{name}} = fall
with trial.orderly():
    raise SystemExit(main.main(sys.argv[1:]))
"""


def start(machine: Machine, *words: str, input: IO[bytes] | None = None) -> str:
    """Start the program and return what it and the starter said."""
    told = subprocess.run(
        [machine.starter, *words],
        stdin=input or subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return told.stdout.strip()


def left(machine: Machine, kind: str) -> set[str]:
    """Return the marks of a kind that this account has left, without what counts them."""
    names = (path.name for path in (machine.notes / str(os.getuid())).glob(f"*.{kind}*"))
    return {name.split(".try.")[0] for name in names}


def test_a_program_that_crashes_three_times_is_left_for_the_one_before(machine: Machine) -> None:
    machine.take(5, "0.3.0", play=STANDS)
    start(machine)
    machine.take(6, "0.4.0", play=CRASHES)

    said = [start(machine) for _ in range(5)]

    assert said[:3] == ["", "", ""]
    assert all("stood instead of 0.4.0" in told for told in said[3:])
    assert all("bản 6-0.4.0 không mở được 3 lần liền" in told for told in said[3:])


def test_without_one_before_the_packages_own_program_runs(machine: Machine) -> None:
    machine.take(5, "0.3.0", play=CRASHES)

    said = [start(machine, "one") for _ in range(4)]

    assert said[2] == ""
    assert said[3].endswith("package 0.2.0: one")


def test_the_next_package_is_tried_though_the_last_did_not_come_up(machine: Machine) -> None:
    machine.take(5, "0.3.0", play=CRASHES)
    for _ in range(4):
        start(machine)

    machine.take(6, "0.3.1", play=STANDS)

    assert start(machine) == "stood"


def test_the_program_to_go_back_to_is_kept_while_others_are_taken(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from program import taken

    monkeypatch.setattr(taken, "STARTS", machine.notes)
    machine.take(5, "0.3.0", play=STANDS)
    start(machine)
    for serial in (6, 7, 8):
        machine.take(serial, "0.4.0", play=CRASHES)

    kept = {path.name for path in machine.programs.iterdir() if path.is_dir()}
    said = [start(machine) for _ in range(7)]

    assert kept == {"5-0.3.0", "7-0.4.0", "8-0.4.0"}
    assert said[-1].endswith("stood instead of 0.4.0")


def test_a_program_that_stood_once_is_not_left_whatever_becomes_of_it_later(
    machine: Machine,
) -> None:
    machine.take(5, "0.3.0", play=STANDS_THEN_CRASHES)

    said = [start(machine) for _ in range(6)]

    assert said == ["stood"] * 6


def test_two_starts_cut_short_are_forgotten_when_the_third_comes_up(machine: Machine) -> None:
    machine.take(5, "0.3.0", play=CRASHES)
    for _ in range(2):
        start(machine)
    (machine.programs / "5-0.3.0" / "quay-mot-cua").write_text(STANDS, encoding="utf-8")
    start(machine)
    (machine.programs / "5-0.3.0" / "quay-mot-cua").write_text(CRASHES, encoding="utf-8")

    said = [start(machine) for _ in range(4)]

    assert said == ["", "", "", ""]


def test_an_impatient_officer_who_starts_it_many_times_does_not_make_it_fail(
    machine: Machine,
) -> None:
    machine.take(5, "0.3.0", play=HANGS)
    command = [str(machine.starter)]

    def click() -> tuple[subprocess.Popen[bytes], bytes]:
        one = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert one.stdout is not None
        return one, one.stdout.readline()

    waiting, said = zip(*(click() for _ in range(4)), strict=True)
    for one in waiting:
        one.kill()
        one.communicate()
    afterwards = start(machine, "one")

    assert said == (b"begun\n",) * 4
    assert afterwards.endswith("package 0.2.0: one")  # they have ended, and none had come up


@pytest.mark.parametrize("way", ["kiosk", "board"])
def test_a_screen_that_stands_does_not_speak_for_the_window_beside_it(
    machine: Machine, way: str
) -> None:
    machine.take(5, "0.3.0", play=STANDS)
    start(machine, way)
    (machine.programs / "5-0.3.0" / "quay-mot-cua").write_text(CRASHES, encoding="utf-8")

    said = [start(machine, "--data", "quầy") for _ in range(4)]

    assert said[3].endswith("package 0.2.0: --data")


def test_what_the_province_took_back_is_never_gone_back_to(machine: Machine) -> None:
    machine.take(5, "0.4.0", play=STANDS)
    start(machine)
    machine.take(6, "0.1.0", back=True, play=CRASHES)

    said = [start(machine, "one") for _ in range(4)]

    assert said[3].endswith("package 0.2.0: one")


def test_a_program_half_unpacked_is_never_gone_back_to(machine: Machine) -> None:
    machine.take(6, "0.4.0", play=CRASHES)
    half = machine.programs / "5-0.3.0.part"
    half.mkdir()
    (half / "quay-mot-cua").write_text(STANDS, encoding="utf-8")
    (half / "quay-mot-cua").chmod(0o755)

    said = [start(machine, "one") for _ in range(4)]

    assert said[3].endswith("package 0.2.0: one")


def test_a_start_is_made_where_nothing_can_be_noted(machine: Machine) -> None:
    machine.take(5, "0.3.0", play=STANDS)
    machine.notes.rmdir()

    assert [start(machine) for _ in range(5)] == ["stood"] * 5


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts it as somebody else")
def test_each_account_goes_back_for_itself_and_nobody_speaks_for_another(machine: Machine) -> None:
    for place in (machine.folder, *machine.folder.parents):
        with suppress(PermissionError):
            place.chmod(place.stat().st_mode | 0o055)
    machine.take(5, "0.3.0", play="#!/bin/sh\nif [ $(id -u) = 12345 ]; then exit 1; fi\necho up\n")
    (machine.notes / "12346").mkdir()  # laid there by another account
    (machine.notes / "12346" / "5-0.3.0.failed").touch()

    def starts_as(account: int) -> list[str]:
        told = (
            subprocess.run(
                [machine.starter, "one"],
                user=account,
                group=account,
                extra_groups=[],
                capture_output=True,
                text=True,
                check=False,
            )
            for _ in range(4)
        )
        return [one.stdout.strip() for one in told]

    assert starts_as(12345) == ["", "", "", "package 0.2.0: one"]
    assert starts_as(12346) == ["up"] * 4


def test_the_package_lets_every_account_note_its_starts_and_none_anothers() -> None:
    assert debian.STARTS != debian.PROGRAMS
    assert f"mine={debian.STARTS}/$(id -u)\n" in debian.starter_of("0.2.0", 4)


# The program itself, behind the starter


def test_a_command_that_refuses_what_it_is_given_has_come_up(
    machine: Machine, tmp_path: Path
) -> None:
    machine.take(5, "0.3.0", play=PROGRAM)

    said = [
        start(machine, "--no-such-word"),
        start(machine, "--data", str(tmp_path / "none"), "verify"),
        start(machine, "--version"),
    ]

    assert "không mở được" not in "".join(said)
    assert left(machine, "try") == left(machine, "stood") == set()


def test_a_window_that_is_open_already_is_no_start_that_failed(
    machine: Machine, tmp_path: Path
) -> None:
    machine.take(5, "0.3.0", play=PROGRAM)

    with DataFolder(tmp_path / "data").locked():
        start(machine, "--data", str(tmp_path / "data"), "--demo")

    assert left(machine, "try") == left(machine, "stood") == set()


@pytest.mark.parametrize("way", ["window", "kiosk", "board"])
def test_a_window_that_stands_with_its_desk_is_trusted(
    machine: Machine, tmp_path: Path, way: str
) -> None:
    machine.take(5, "0.3.0", play=PROGRAM)
    words = ["--data", str(tmp_path / "data"), "--demo", *([way] if way != "window" else [])]

    with subprocess.Popen([machine.starter, *words], stderr=subprocess.DEVNULL) as shown:
        until_noted(shown, machine, "stood")
        shown.kill()

    assert left(machine, "stood") == {f"5-0.3.0.{way}.stood"}
    assert left(machine, "try") == set()


@pytest.mark.parametrize(
    ("way", "room", "name"),
    [
        ("window", "officer", "rooms_open"),
        ("kiosk", "kiosk", "opening"),
        ("board", "board", "opening"),
    ],
)
def test_a_window_whose_desk_falls_to_a_fault_has_not_come_up(
    machine: Machine, tmp_path: Path, way: str, room: str, name: str
) -> None:
    machine.take(5, "0.3.0", play=FALLS.format(room=room, name=name))
    words = ["--data", str(tmp_path / "data"), "--demo", *([way] if way != "window" else [])]

    with subprocess.Popen([machine.starter, *words], stderr=subprocess.DEVNULL) as shown:
        until_noted(shown, machine, "fell")
        shown.kill()

    assert left(machine, "try") == {f"5-0.3.0.{way}"}
    assert left(machine, "stood") == set()


def test_such_a_window_is_counted_though_it_is_closed_in_order(
    machine: Machine, tmp_path: Path
) -> None:
    machine.take(5, "0.3.0", play=FALLS.format(room="kiosk", name="opening"))
    words = ["--data", str(tmp_path / "data"), "--demo", "kiosk"]

    with subprocess.Popen([machine.starter, *words], stderr=subprocess.DEVNULL) as shown:
        until_noted(shown, machine, "fell")
        shown.terminate()

    assert shown.returncode == 0
    assert left(machine, "try") == {"5-0.3.0.kiosk"}


def until_noted(shown: subprocess.Popen[bytes], machine: Machine, kind: str) -> None:
    """Wait until the window has left a mark of *kind*; fail when it ends before or never does."""
    for _ in range(300):
        with suppress(subprocess.TimeoutExpired):
            pytest.fail(f"the window has ended with {shown.wait(0.3)}")
        if list(machine.notes.glob(f"*/*{kind}")):
            return
    shown.kill()
    pytest.fail(f"no {kind} was noted")
