"""A desk whose disk cannot be written is opened to read: from a copy, and it promises nothing.

The encrypted files are copied to where this computer keeps passing things, write-ahead log
included, so that everything a receipt was given for is found. No act is taken there and no message
sent. Who read what is noted in the copy and carried over when the disk can be written again.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from counter.audit import Entry
from counter.desk.context import Context
from counter.desk.opening import Opening, open_desk
from counter.errors import DiskFull, StoreReadOnly
from counter.folder import DataFolder, folder_error, held_by_one
from counter.spare import NAME as SPARE
from counter.store import trail

BEGAN = "desk.read_only_began"
PROBE_BYTES = 4 * 1024 * 1024
"""So much must go onto the disk before acts are promised again."""

PLACES = (Path("/dev/shm"),)  # noqa: S108 - a folder of our own is made in it
"""Where a copy may lie besides the computer's own temporary folder, when that is full too."""

PREFIX = "motcua-read-only-"
"""How the folder of a copy is named, wherever it lies."""

HELD = "held-while-it-is-read"
"""File in a copy that the program reading it has locked; no other folder has one."""

_NOT_COPIED = ("desk.lock", SPARE)
_NOT_COPIED_ENDS = ("-shm", "-line", "-turn")


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
            root = Path(house.enter_context(TemporaryDirectory(prefix=PREFIX, dir=place)))
            house.enter_context(held_by_one(root / HELD))
            _copy(folder.root, root)
        except OSError as error:
            raise folder_error(error) from error
        copied = replace(opening, folder=DataFolder(root), copy_of=folder)
        context = house.enter_context(open_desk(copied))
        _note_beginning(context)
        yield context


def remove_left_over() -> int:
    """Remove the copies that programs of this account left when they were killed; say how many.

    A copy that a running program reads stays, and so does every folder that is none of ours.
    """
    removed = 0
    for place in _places():
        for copy in place.glob(f"{PREFIX}*"):
            if not _is_ours(copy):
                continue
            with suppress(OSError):
                with held_by_one(copy / HELD):
                    for part in copy.iterdir():
                        if part.name != HELD:
                            shutil.rmtree(part) if part.is_dir() else part.unlink()
                shutil.rmtree(copy)
                removed += 1
    return removed


def _is_ours(copy: Path) -> bool:
    """Tell whether a program of this account made *copy*; a link is not followed."""
    try:
        said = copy.lstat()
        is_own = sys.platform == "win32" or said.st_uid == os.getuid()
        return is_own and stat.S_ISDIR(said.st_mode) and stat.S_ISREG((copy / HELD).lstat().st_mode)
    except OSError:
        return False


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


def _places() -> tuple[Path, ...]:
    """Return where a copy may lie on this computer."""
    import tempfile

    try:
        return (Path(tempfile.gettempdir()), *PLACES)
    except FileNotFoundError:  # the computer's temporary folder cannot be written either
        return PLACES


def _room_for(folder: DataFolder) -> Path | None:
    """Return where a copy has room, None when nowhere."""
    wanted = 2 * sum(part.stat().st_size for part in _parts(folder.root))
    for place in _places():
        usable = place.is_dir() and os.access(place, os.W_OK)
        if usable and shutil.disk_usage(place).free > wanted + PROBE_BYTES:
            return place
    return None


def _parts(root: Path) -> list[Path]:
    """Return the files of the desk that a copy needs: those of the folder itself."""
    return [
        part
        for part in sorted(root.iterdir())
        if part.is_file()
        and part.name not in _NOT_COPIED
        and not part.name.endswith(_NOT_COPIED_ENDS)
        and ".before-" not in part.name
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
