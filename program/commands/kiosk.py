"""``kiosk``: the citizens' window."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Open the kiosk and return when it is ended."""
    from program import kiosk

    return kiosk.run(arguments)
