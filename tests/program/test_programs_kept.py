"""Whatever is taken, the programs that run stay where they are, and so does the one before."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program.test_updates import Desk, desk

__all__ = ["desk"]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def programs_of(desk: Desk) -> set[str]:
    return {path.name for path in desk.programs.iterdir() if path.is_dir()}


def test_a_program_that_runs_stays_however_often_another_is_taken_before_its_next_start(
    desk: Desk,
) -> None:
    runs = desk.programs / desk.take(desk.package({"quay": "cũ"}, serial=1)).name
    window = shutil.copy2(shutil.which("cat") or "", runs / "quay-mot-cua")

    with subprocess.Popen([window], stdin=subprocess.PIPE) as open_window:
        for serial in (2, 3, 4):
            desk.take(desk.package({"quay": "mới"}, serial=serial))
        while_it_runs = programs_of(desk)
        open_window.terminate()
    desk.take(desk.package({"quay": "mới"}, serial=5))

    assert while_it_runs == {"1-0.2.0", "3-0.2.0", "4-0.2.0"}
    assert programs_of(desk) == {"4-0.2.0", "5-0.2.0"}


def test_what_is_left_of_a_program_half_removed_goes_with_the_next(desk: Desk) -> None:
    for serial in (1, 2):
        desk.take(desk.package({"quay": "cũ"}, serial=serial))
    left: Path = desk.programs / "1-0.2.0.part"
    (left / "lib").mkdir(parents=True)

    desk.take(desk.package({"quay": "mới"}, serial=3))

    assert programs_of(desk) == {"2-0.2.0", "3-0.2.0"}
