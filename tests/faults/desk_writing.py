"""A desk in a process of its own that receives until it is ended; each receipt is a line.

Run as ``python desk_writing.py FOLDER DOSSIERS BUG``. A dossier whose receipt would be on paper is
appended to ``FOLDER/acknowledged`` and printed. BUG names a mistake of ``mistakes.py``, ``normal``
lets the disk finish later than the desk says, ``none`` is the desk as it is.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import event

from counter.desk import recovery
from counter.desk.opening import Opening, open_desk
from counter.desk.rehearsal import rehearse
from counter.folder import DataFolder
from counter.values import now
from tests.faults import mistakes

HOUSE = Path(__file__).resolve().parents[2]
RESOURCES = HOUSE / "resources"
NAMES = RESOURCES / "demo" / "names.toml"


def opening(folder: Path) -> Opening:
    """How the training desk in *folder* is opened."""
    return Opening(
        folder=DataFolder(folder),
        settings_path=RESOURCES / "demo" / "site.toml",
        training=True,
        resources=RESOURCES,
        clock=now,
    )


def main(folder: str, dossiers: str, bug: str) -> None:
    """Receive; the end of the process is the end of the desk."""
    place = Path(folder)
    file = os.open(place / "acknowledged", os.O_WRONLY | os.O_CREAT, 0o600)
    written = 0
    if bug in mistakes.BUGS:
        mistakes.BUGS[bug]()
    with open_desk(opening(place)) as context:
        if bug == "normal":

            def hurry(connection: Any, _record: object, _proxy: object) -> None:
                connection.cursor().execute("PRAGMA synchronous = NORMAL")

            event.listen(context.store.engine, "checkout", hurry)
        if bug == "backup":
            recovery.back_up(context, place / "copy.motcua")
        for number in range(int(dossiers)):
            (code,) = rehearse(context, dossiers=1, seed=number, names=NAMES)
            line = f"{code}\n".encode()
            written += os.pwrite(file, line, written)
            print(code, flush=True)  # noqa: T201 - the receipt comes out of the printer


if __name__ == "__main__":
    main(*sys.argv[1:])
