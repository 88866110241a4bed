"""One desk at the national interface in a process of its own, made to be killed while it sends.

Arguments: the desk's folder, the interface's address, and ``forgetful`` for a desk that does not
keep what is in doubt.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from sync.dvcqg import National
from tests.sync.test_national import Desk

PATIENCE_S = 60.0
"""Longer than a test takes to see that the interface has the request, and to kill this."""


@dataclass(frozen=True)
class Address:
    """Where the interface is asked."""

    national_url: str


def main(folder: str, url: str, *more: str) -> int:
    """Send everything that waits; fail when something is left."""
    if "forgetful" in more:
        National._in_doubt = lambda self: set()  # type: ignore[method-assign]  # the seeded mistake
    desk = Desk(Path(folder), Address(url), timeout_s=PATIENCE_S)
    desk.sync()
    desk.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
