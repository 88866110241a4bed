"""The damaged queue begins anew and the machine stops at any step: no number comes twice."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from counter.desk import queueing, renewing
from counter.desk.opening import open_desk
from counter.errors import DeskError, QueueSound
from counter.folder import DataFolder
from counter.office import renewing as office_renewing
from counter.store import trail
from tests.faults import renewing_desk
from tests.faults.ready import begin
from tests.faults.renewing_desk import opening

pytestmark = pytest.mark.slow

RUBBISH = Random(4).randbytes(50_000)


@pytest.fixture(scope="module")
def damaged_desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """A desk whose queue was damaged in the morning, and every number given out before."""
    folder = tmp_path_factory.mktemp("queue") / "desk"
    with open_desk(opening(folder)) as context:
        given = {queueing.take_ticket(context.hall, letter, None).number for letter in "AABBA"}
    for kept in folder.glob("office.db*"):
        kept.unlink()
    DataFolder(folder).office.write_bytes(RUBBISH)
    with open_desk(opening(folder)) as context:
        given |= {queueing.take_ticket(context.hall, "A", None).number for _ in range(2)}
    return folder, given


def renew(folder: Path, step: int) -> list[str]:
    """Renew and stop at *step*; return what was printed: nothing when it was stopped."""
    life = begin(renewing_desk.main, str(folder), str(step))
    printed = life.printed.read().splitlines()
    life.process.join()
    life.printed.close()
    return printed


def wrong(folder: Path, given: set[str]) -> str | None:
    """Go on after a stop; return what is wrong, None when nothing is."""
    try:
        with open_desk(opening(folder)) as context:
            fresh = [queueing.take_ticket(context.hall, "A", None).number]
            try:
                renewing.renew_queue(context)
            except QueueSound:
                was_done = True
            else:
                was_done = False
            fresh += [queueing.take_ticket(context.hall, "A", None).number for _ in range(2)]
            with context.store.reading() as session:
                broken = list(trail.find_breaks(session, ()))
                begun = trail.find_entries(session, newest=9, action=renewing.BEGUN)
    except DeskError as error:
        return f"does not go on: {error.code}"
    if len(set(fresh) | given) != len(fresh) + len(given):
        return f"{fresh} were given before"
    if broken or not begun:
        return f"the chain does not tell: {broken}"
    if (folder / "office.db").read_bytes() != RUBBISH:
        return "the damaged file was touched"
    if not was_done and not (folder / "office-2.db").exists():
        return "nothing was renewed"
    return None


def stop_everywhere(desk: tuple[Path, set[str]], folder: Path, every: int) -> list[str]:
    """Stop a renewal at each *every*-th step; return what was wrong."""
    whole, given = desk
    shutil.copytree(whole, folder / "whole")
    (steps,) = renew(folder / "whole", 0)
    found = []
    for step in range(int(steps), 0, -every):
        place = folder / f"stopped-{step}"
        shutil.copytree(whole, place)
        assert renew(place, step) == []
        if problem := wrong(place, given):
            found.append(f"step {step}: {problem}")
        shutil.rmtree(place)
    return found


@pytest.mark.parametrize(
    "every", [9, pytest.param(1, marks=[pytest.mark.prove, pytest.mark.timeout(0)])]
)
def test_stopped_at_any_step_no_number_comes_twice(
    damaged_desk: tuple[Path, set[str]], tmp_path: Path, every: int
) -> None:
    assert stop_everywhere(damaged_desk, tmp_path, every) == []


def test_a_renewal_that_goes_on_in_the_same_letter_is_found(
    damaged_desk: tuple[Path, set[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The harness finds the mistake it is there for."""
    monkeypatch.setattr(office_renewing, "_choose", lambda *_words: "A")

    found = stop_everywhere(damaged_desk, tmp_path, 9)

    assert any("given before" in line for line in found)
