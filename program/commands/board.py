"""``board``: the display board."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Open the board and return when it is ended."""
    from program import board

    return board.run(arguments)
