"""A desk whose disk cannot be written is opened to read: from a copy, and it promises nothing.

The encrypted files are copied to where this computer keeps passing things, write-ahead log
included, so that everything a receipt was given for is found. No act is taken there and no message
sent. Who read what is noted in the copy and carried over when the disk can be written again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from counter.audit import Entry
from counter.desk.context import Context
from counter.desk.opening import Opening, open_desk
from counter.errors import DiskFull, StoreReadOnly
from counter.folder import DataFolder, folder_error
from counter.spare import NAME as SPARE
from counter.store import trail

BEGAN = "desk.read_only_began"
PROBE_BYTES = 4 * 1024 * 1024
"""So much must go onto the disk before acts are promised again."""

PLACES = (Path("/dev/shm"),)  # noqa: S108 - a folder of our own is made in it
"""Where a copy may lie besides the computer's own temporary folder, when that is full too."""

_NOT_COPIED = (
    "desk.lock",
    SPARE,
    "desk.db-shm",
    "office.db-shm",
    "reserve.db-shm",
    "office.db-line",
    "reserve.db-line",
)


@contextmanager
def open_to_read(opening: Opening) -> Iterator[Context]:
    """Open a copy of the desk in ``opening.folder`` for reading only; nothing there is touched.

    Raises:
        StoreReadOnly, DiskFull: There is no room for a copy either.
        NoKey, WrongKey, StoreDamaged: The copy does not open.
    """
    folder = opening.folder
    with ExitStack() as house:
        place = _room_for(folder)
        if place is None:
            raise DiskFull("no room for a copy to read")
        try:
            root = Path(house.enter_context(TemporaryDirectory(prefix="motcua-", dir=place)))
            _copy(folder.root, root)
        except OSError as error:
            raise folder_error(error) from error
        copied = replace(opening, folder=DataFolder(root), copy_of=folder)
        context = house.enter_context(open_desk(copied))
        _note_beginning(context)
        yield context


def noted(context: Context) -> tuple[Entry, ...]:
    """Return what was noted in the copy since it was opened, oldest first."""
    with context.store.reading() as session:
        (began,) = trail.find_entries(session, newest=1, action=BEGAN)
        fresh = trail.entries(session, newest=1_000_000)
    return tuple(sorted((e for e in fresh if e.seq >= began.seq), key=lambda e: e.seq))


def carry_over(context: Context, entries: tuple[Entry, ...]) -> None:
    """Note in the desk, open again, what was read while it could not be written."""
    with context.store.writing() as session:
        for entry in entries:
            trail.note(
                session,
                officer=entry.officer,
                action=entry.action,
                moment=context.clock(),
                subject=entry.subject,
                detail=f"read only at {entry.at} {entry.detail}".strip(),
            )


def find_trouble(folder: DataFolder) -> DiskFull | StoreReadOnly | None:
    """Return why the disk does not take what acts write; tried by writing and removing as much.

    A desk that has space kept back has what it needs on a full disk.
    """
    if (folder.root / SPARE).exists() and os.access(folder.root, os.W_OK):
        return None
    probe = folder.root / "can-it-be-written"
    try:
        with probe.open("wb") as file:
            file.write(bytes(PROBE_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return folder_error(error)
    finally:
        _remove(probe)
    return None


def _remove(place: Path) -> None:
    try:
        place.unlink(missing_ok=True)
    except OSError:
        return  # a disk that takes nothing back either; it was never written


def _room_for(folder: DataFolder) -> Path | None:
    """Return where a copy has room, None when nowhere."""
    import tempfile

    wanted = 2 * sum(part.stat().st_size for part in _parts(folder.root))
    places: tuple[Path, ...]
    try:
        places = (Path(tempfile.gettempdir()), *PLACES)
    except FileNotFoundError:  # the computer's temporary folder cannot be written either
        places = PLACES
    for place in places:
        usable = place.is_dir() and os.access(place, os.W_OK)
        if usable and shutil.disk_usage(place).free > wanted + PROBE_BYTES:
            return place
    return None


def _parts(root: Path) -> list[Path]:
    """Return the files of the desk that a copy needs: those of the folder itself."""
    return [
        part
        for part in sorted(root.iterdir())
        if part.is_file() and part.name not in _NOT_COPIED and ".before-" not in part.name
    ]


def _copy(root: Path, into: Path) -> None:
    for part in _parts(root):
        shutil.copyfile(part, into / part.name)
    if (root / "trust").is_dir():
        shutil.copytree(root / "trust", into / "trust", copy_function=shutil.copyfile)
    DataFolder(into).make()


def _note_beginning(context: Context) -> None:
    desk = context.settings.settings.desk
    with context.store.noting() as session:
        trail.note(
            session, officer="program", action=BEGAN, moment=context.clock(), subject=desk.id
        )
