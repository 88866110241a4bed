"""A desk that renews its damaged queue and kills itself at a step, as a power cut would.

Run by the test through ``ready``: ``main(FOLDER, STEP)`` ends at its STEP-th step.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from counter.desk import renewing as desk_renewing
from counter.desk.opening import Opening, open_desk
from counter.office import renewing
from counter.office.office import Office
from counter.store import trail
from counter.store.store import Store
from tests.faults import desk_writing
from tests.faults.steps import Steps

MOMENT = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)


def opening(folder: Path) -> Opening:
    """How the desk is opened, always at the same moment: a number is of a day."""
    return replace(desk_writing.opening(folder), clock=lambda: MOMENT)


def main(folder: str, step: str) -> None:
    """Renew the queue; print how many steps were taken when it came to the end."""
    steps = Steps(int(step))
    with open_desk(opening(Path(folder))) as context:
        steps.count(
            (os, "fsync"),
            (Path, "unlink"),
            (Path, "rename"),
            (renewing, "_keep"),
            (renewing, "fold_log"),
            (renewing, "sync_folder"),
            (Office, "writing"),
            (Store, "noting"),
            (trail, "note"),
        )
        desk_renewing.renew_queue(context)
        print(steps.taken, flush=True)  # noqa: T201 - the test reads it
