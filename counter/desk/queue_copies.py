"""Where the queue's damaged file takes from what it has lost: a copy beside it, or in a backup.

The copy beside it is of the last backup, and on the same disk. Where it is damaged too, those in
the backups are asked, the newest first. Each is under a key that follows from the desk's, so that
its pages can be believed; one from before a change of key tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from counter.desk import hourly
from counter.desk.context import Context
from counter.desk.housekeeping import copies_folder
from counter.errands import Step, see_through
from counter.errors import BadBackup, PlaceSilent
from counter.office import copying, renewing
from counter.office.file import remove_file
from counter.store import backup

LOOKED_AT = 5
"""Backups that are asked; older ones know too little of the days that count."""

MOST_BYTES = 1 << 30
"""No queue grows so large; more is no copy of one."""

OF_OLDER = ("series", "booking", "rating")
"""What is taken from a backup: not the places, whose letters may be others since."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What reads an earlier copy of the queue, and the tables it is asked for."""

    engine: Engine
    tables: tuple[str, ...] = renewing.COPIED


@contextmanager
def newest_copy(context: Context) -> Iterator[Copy | None]:
    """Yield the newest copy that can be read whole, else what is left of the one beside; or None.

    A folder of backups that does not answer is given up after ``errands.FILE_S``.
    """
    key, beside = context.store.key, context.hall.folder.queue_copy
    found = Copy(copying.open_copy(beside, key)) if beside.exists() else None
    if found is not None and renewing.is_whole(found.engine):
        yield found
        return
    taken = beside.with_name(f"{beside.name}.part-older")
    try:
        yield _of_a_backup(context, taken) or found
    finally:
        remove_file(taken)


def _of_a_backup(context: Context, taken: Path) -> Copy | None:
    into, desk_id = copies_folder(context), context.settings.settings.desk.id
    name = context.hall.folder.queue_copy.name
    with context.store.reading() as session:
        noted = hourly.names_noted(session)

    def find(step: Step) -> Copy | None:
        for source in _newest_first(into, desk_id, noted)[:LOOKED_AT]:
            step()
            remove_file(taken)
            with suppress(BadBackup, OSError):
                backup.unpack_one(source, name, taken, MOST_BYTES, step)
                copy = Copy(copying.open_copy(taken, context.store.key), OF_OLDER)
                if renewing.is_whole(copy.engine):
                    return copy
        return None

    try:
        return see_through(into, find)
    except (PlaceSilent, OSError):
        return None


def _newest_first(into: Path, desk_id: str, noted: list[str]) -> list[Path]:
    """Return this desk's backups: those it noted in the order they were made, then the others."""
    others = [path for path in into.glob(f"{desk_id}-*.motcua") if path.name not in noted]
    others.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [into / name for name in reversed(noted)] + others
