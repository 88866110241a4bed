"""A desk that changes its key and kills itself at a step of the disk, as a power cut would.

Run by the test through ``ready``: ``main(FOLDER, STEP, BUG)`` ends at its STEP-th step.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

from counter.desk import rekeying
from counter.folder import DataFolder
from counter.store import key_change
from tests.faults.desk_writing import opening
from tests.faults.steps import Steps


def main(folder: str, step: str, bug: str) -> None:
    """Change the key; print how many steps the disk was asked for when it came to the end."""
    steps = Steps(int(step))
    steps.count((os, "fsync"), (Path, "replace"), (Path, "unlink"), (Path, "rename"))
    if bug == "key first":

        def swap(folder: DataFolder) -> None:
            folder.next_key.replace(folder.key)
            os.kill(os.getpid(), signal.SIGKILL)

        key_change.swap = swap
    rekeying.change_key(opening(Path(folder)))
    print(steps.taken, flush=True)  # noqa: T201 - the test reads it
