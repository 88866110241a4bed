"""A command of the program with little patience, so that a folder that hangs is given up soon.

Run by the test as a program of its own, with ``hang_disk`` loaded before it: its words are the
command's.
"""

from __future__ import annotations

import sys

from counter import errands
from main import main

PATIENCE_S = 1.5

if __name__ == "__main__":
    errands.WAITED_S = errands.FILE_S = PATIENCE_S
    raise SystemExit(main(sys.argv[1:]))
