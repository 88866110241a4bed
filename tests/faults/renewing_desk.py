"""A desk that renews its damaged queue and kills itself at a step, as a power cut would.

Run by the test through ``ready``: ``main(FOLDER, STEP)`` ends at its STEP-th step.
"""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from counter.desk import renewing as desk_renewing
from counter.desk.opening import Opening, open_desk
from counter.office import renewing
from counter.office.office import Office
from counter.store import trail
from counter.store.store import Store
from tests.faults import desk_writing

MOMENT = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)


def opening(folder: Path) -> Opening:
    """How the desk is opened, always at the same moment: a number is of a day."""
    return replace(desk_writing.opening(folder), clock=lambda: MOMENT)


def main(folder: str, step: str) -> None:
    """Renew the queue; print how many steps were taken when it came to the end."""
    left = int(step)
    taken = 0

    def counted(honest: Any) -> Any:
        def act(*words: Any, **named: Any) -> Any:
            nonlocal taken
            taken += 1
            if taken == left:
                os.kill(os.getpid(), signal.SIGKILL)
            return honest(*words, **named)

        return act

    with open_desk(opening(Path(folder))) as context:
        for owner, name in (
            (os, "fsync"),
            (Path, "unlink"),
            (Path, "rename"),
            (renewing, "_keep"),
            (renewing, "fold_log"),
            (renewing, "sync_folder"),
            (Office, "writing"),
            (Store, "noting"),
            (trail, "note"),
        ):
            setattr(owner, name, counted(getattr(owner, name)))
        desk_renewing.renew_queue(context)
        print(taken, flush=True)  # noqa: T201 - the test reads it
