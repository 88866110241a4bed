"""The backups a desk makes by itself, one an hour, and how many of them are kept.

The clock of a desk may run ahead, be set back or stop. So the clock only names a backup: when one
is due is told by how long the computer has run, and which is the oldest by the order in which they
were made, as the desk noted it. What is not noted was made by another installation, before a
restore, or by an older program: it is older than all that is noted, and goes first.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC
from pathlib import Path

from sqlalchemy.orm import Session

from counter.desk.context import Context
from counter.desk.recovery import HOURLY, back_up
from counter.folder import folder_error
from counter.people import THE_PROGRAM
from counter.store import trail
from counter.store.clocks import ClockReading
from counter.store.store import find_mark, note_mark
from counter.work import Copied

KEPT_COPIES = 48
"""Backups made by the hour that are kept: two days of a desk that never closes."""

HOUR_MS = 3_600_000

_HOUR = "????????T??Z"
"""The hour in a backup's name; desks whose names begin alike may share a folder."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What the desk noted of its hourly backups.

    Attributes:
        boot: The run of the computer in which the newest was made.
        uptime_ms: How long it had run then.
        names: Of those kept, in the order they were made.
    """

    boot: str
    uptime_ms: int
    names: list[str]


def back_up_by_the_hour(context: Context, into: Path) -> Copied | None:
    """Write this hour's backup into the folder *into* and remove the oldest; None when none is due.

    Whatever the clock says, the one just made stays, and one run of the computer makes no more than
    one an hour.

    Raises:
        DiskFull, StoreReadOnly: It cannot be written; the older ones are kept.
    """
    desk_id = context.settings.settings.desk.id
    stem = f"{desk_id}-{context.clock().astimezone(UTC):%Y%m%dT%H}Z"
    clocks = context.store.clocks.read()
    with context.store.reading() as session:
        made = _made(session)
    if not _is_due(made, clocks, into, stem):
        return None
    try:
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        copied = back_up(context, _free_name(into, stem), THE_PROGRAM)
        names = [name for name in made.names if (into / name).exists()] + [copied.path.name]
        told = _Made(clocks.boot, clocks.uptime_ms, names)
        with context.store.writing() as session:
            note_mark(session, HOURLY, json.dumps(asdict(told)))
        with context.store.reading() as session:
            trail.write_seals(seals_beside(session, into), trail.seals(session))
        ours = into.glob(f"{desk_id}-{_HOUR}*.motcua")
        unknown = sorted(path.name for path in ours if path.name not in names)
        for oldest in [*unknown, *names][:-KEPT_COPIES]:
            (into / oldest).unlink()
    except OSError as error:
        raise folder_error(error) from error
    return copied


def seals_beside(session: Session, into: Path) -> Path:
    """Return where the seals of the audit chain lie beside the hourly backups, on their disk.

    A restored desk begins a file of its own: its chain goes on from the backup, not from the last
    seal of the computer that was lost.
    """
    desk_id, install = find_mark(session, "desk_id"), trail.install_of(session)
    return into / f"{desk_id}-{install}-audit-seals.jsonl"


def _made(session: Session) -> _Made:
    noted = find_mark(session, HOURLY)
    return _Made("", 0, []) if noted is None else _Made(**json.loads(noted))


def _is_due(made: _Made, clocks: ClockReading, into: Path, stem: str) -> bool:
    """Tell whether an hour went by since the newest backup, or that one is not there."""
    newest = made.names[-1] if made.names else ""
    if not newest:
        return not (into / f"{stem}.motcua").exists()
    if not (into / newest).exists():
        return True
    if clocks.boot == made.boot:
        return clocks.uptime_ms - made.uptime_ms >= HOUR_MS
    return not newest.startswith(stem)


def _free_name(into: Path, stem: str) -> Path:
    """Return the place of a backup of this hour, which comes twice when the clock is set back."""
    place, turn = into / f"{stem}.motcua", 1
    while place.exists():
        turn += 1
        place = into / f"{stem}-{turn}.motcua"
    return place
