"""The simulated chip is written apart from the reader, so that one mistake cannot stand twice."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SIMULATOR = Path(__file__).resolve().parents[3] / "devices" / "card" / "simulator"
NUMBERS = {"curve_numbers.CURVES", "curve_numbers.CurveNumbers", "modp.MODP_GROUPS"}
SEAM = {"transport.LongCommandRefused", "transport.ReaderState"}
"""The virtual reader stands on the reader's side of the seam and speaks its words."""


def shared_with_reader(path: Path) -> set[str]:
    """Return what a file takes from the card room outside the simulator."""
    room = "devices.card."
    return {
        f"{node.module.removeprefix(room)}.{alias.name}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(room)
        for alias in node.names
        if node.module and not node.module.startswith(f"{room}simulator")
    }


@pytest.mark.parametrize("path", sorted(SIMULATOR.glob("*.py")), ids=lambda path: path.name)
def test_the_chip_shares_nothing_with_the_reader_but_the_numbers_of_the_standards(
    path: Path,
) -> None:
    allowed = NUMBERS | SEAM if path.name == "slot.py" else NUMBERS

    assert shared_with_reader(path) <= allowed
