"""The steps of each database stand in one line: every number once, each after the one before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
LINES = sorted(path.parent for path in HOUSE.glob("counter/**/migrations/versions/0001*.py"))


@pytest.mark.parametrize("line", LINES, ids=lambda line: str(line.relative_to(HOUSE)))
def test_the_steps_of_a_database_stand_in_one_line(line: Path) -> None:
    steps = sorted(line.glob("[0-9]*.py"))
    told = [re.findall(r'^(?:down_)?revision = "?(\w+)"?', s.read_text(), re.M) for s in steps]
    numbers = [f"{number:04}" for number in range(1, len(steps) + 1)]

    assert [step.name[:4] for step in steps] == numbers
    assert told == [[n, before] for n, before in zip(numbers, ["None", *numbers], strict=False)]
