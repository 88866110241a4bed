"""The window killed while a visit is typed: no more than the last two seconds are lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from counter.desk.desk import Desk
from counter.desk.opening import open_desk
from counter.desk.visits import text_of
from tests.faults.desk_writing import opening
from tests.faults.visit_typing import A_LETTER_MS, HOUSE

SCRIPT = Path(__file__).with_name("visit_typing.py")
LOST_AT_MOST = 2000 // A_LETTER_MS
"""Letters in two seconds of the window's own time, so that a busy machine does not count."""


def typed_until_killed(folder: Path, letters: int, bug: str) -> int:
    """Kill the window when *letters* were typed; return how many it had said."""
    return int(said_until_killed(folder, letters, bug)[-1])


def said_until_killed(folder: Path, lines: int, bug: str) -> list[str]:
    """Kill the window when it had said *lines*; return all it said."""
    with subprocess.Popen(
        [sys.executable, str(SCRIPT), str(folder), bug],
        cwd=HOUSE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    ) as window:
        assert window.stdout is not None
        said = []
        for line in window.stdout:
            said.append(line.strip())
            if len(said) == lines:
                window.kill()
                break
        said += window.stdout.read().splitlines()
    assert len(said) >= lines, "it ended by itself"
    return said


def kept_letters(folder: Path) -> int:
    """Return how much of the name is on disk when the desk is opened again."""
    with open_desk(opening(folder)) as context:
        kept = Desk(context).visits().kept()
    assert len(kept) <= 1
    return len(kept[0].visit.person.full_name) if kept else 0


def lost(folder: Path, letters: int, bug: str = "none") -> int:
    said = typed_until_killed(folder, letters, bug)
    return said - kept_letters(folder)


@pytest.mark.slow
def test_a_killed_window_loses_no_more_than_two_seconds_of_typing(tmp_path: Path) -> None:
    assert lost(tmp_path / "desk", 90) <= LOST_AT_MOST


@pytest.mark.slow
def test_a_window_that_keeps_nothing_is_found_out(tmp_path: Path) -> None:
    assert lost(tmp_path / "desk", 60, "forgetful") > LOST_AT_MOST


def lost_of_a_whole_visit(folder: Path, letters: int, bug: str) -> int:
    """Return how many letters a visit with everything lost; all else must be as it was."""
    said = said_until_killed(folder, letters, bug)
    with open_desk(opening(folder)) as context:
        (kept,) = Desk(context).visits().kept()
    return len(said) - 1 - said.index(text_of(kept.visit))


@pytest.mark.slow
def test_a_killed_window_keeps_declaration_owner_and_waiting_dossiers(tmp_path: Path) -> None:
    assert lost_of_a_whole_visit(tmp_path / "desk", 60, "whole") <= LOST_AT_MOST


@pytest.mark.slow
def test_a_window_that_keeps_no_answers_is_found_out(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not in list"):
        lost_of_a_whole_visit(tmp_path / "desk", 40, "answerless")


@pytest.mark.prove
def test_a_window_killed_at_any_moment_loses_no_more_than_two_seconds(tmp_path: Path) -> None:
    random = Random(14)

    losses = [lost(tmp_path / f"desk-{n}", random.randint(45, 160)) for n in range(12)]

    assert max(losses) <= LOST_AT_MOST, losses
