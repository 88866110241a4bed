"""The data folder of one desk: which file lies where, and who may work in it.

A folder belongs either to a real desk or to training, for good. The mark lies inside the
encrypted database; the file ``TRAINING`` beside it repeats it so that a wrong start is refused
before a passphrase is asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from counter.errors import DeskError, DiskFull, PlaceMissing, SecondInstance, StoreReadOnly

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_LOCK, 1)
else:
    import fcntl

    def _try_lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


PIECE = 1 << 20
"""Bytes of a file written at a time."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The files of one desk."""

    root: Path

    @property
    def settings(self) -> Path:
        """The settings the desk was set up with."""
        return self.root / "site.toml"

    @property
    def draft(self) -> Path:
        """What was answered of a first setting-up that is not finished; holds no secret."""
        return self.root / "setup.json"

    @property
    def key(self) -> Path:
        """The wrapped key of the desk database."""
        return self.root / "desk.key"

    @property
    def next_key(self) -> Path:
        """The key that is to come, wrapped, while the desk's key is being changed."""
        return self.root / "desk.key.next"

    @property
    def next_store(self) -> Path:
        """The desk database under that key."""
        return self.root / "desk.db.next"

    @property
    def key_change(self) -> Path:
        """The sign that the key is to be changed when the desk is opened next."""
        return self.root / "key-change-asked"

    @property
    def store(self) -> Path:
        """The encrypted desk database."""
        return self.root / "desk.db"

    @property
    def ready(self) -> Path:
        """A desk taken from a backup, whole, that is about to take its place here."""
        return self.root / "restore.ready"

    @property
    def files(self) -> Path:
        """The files of dossiers, each encrypted by itself."""
        return self.root / "files"

    @property
    def office(self) -> Path:
        """The office database when everything is on one computer."""
        return self.root / "office.db"

    @property
    def queue_copy(self) -> Path:
        """The copy of the office database that goes into the desk's backups."""
        return self.root / "queue-copy.db"

    @property
    def reserve(self) -> Path:
        """Numbers given out while a shared office database is away."""
        return self.root / "reserve.db"

    @property
    def papers(self) -> Path:
        """The office's own words for papers, when it has any."""
        return self.root / "papers.toml"

    @property
    def notice(self) -> Path:
        """The office's own notice on personal data, when it has any."""
        return self.root / "notice.toml"

    @property
    def old_units(self) -> Path:
        """The table of old units that the office imported."""
        return self.root / "old-units.csv"

    @property
    def tray(self) -> Path:
        """Papers that go to no printer."""
        return self.root / "tray"

    @property
    def trust(self) -> Path:
        """Certificates of card issuers."""
        return self.root / "trust"

    @property
    def sandbox(self) -> Path:
        """What the demonstration's portal keeps."""
        return self.root / "sandbox"

    @property
    def alive(self) -> Path:
        """Touched every few seconds by a screen that nobody sits at; see docs/kiosk.md."""
        return self.root / "alive"

    @property
    def log(self) -> Path:
        """Log files; they hold no personal data."""
        return self.root / "log"

    @property
    def seals(self) -> Path:
        """The seals of the audit chain, kept outside the database they speak for."""
        return self.root / "audit-seals.jsonl"

    @property
    def health_mark(self) -> Path:
        """How this computer is named where the health of many desks is gathered."""
        return self.root / "health-mark"

    @property
    def training(self) -> Path:
        """The sign that this folder serves training."""
        return self.root / "TRAINING"

    @property
    def accounts(self) -> Path:
        """The sign that officers sign in at this desk."""
        return self.root / "ACCOUNTS"

    def has_accounts(self) -> bool:
        """Tell whether officers sign in at the desk that lives here, without opening it.

        The accounts themselves lie in the encrypted database. Whoever may write in this folder may
        also write what it keeps, so the sign asks no less of them than the folder does.
        """
        return self.is_set_up() and self.accounts.exists() and not self.training.exists()

    def note_accounts(self) -> None:
        """Keep the sign that officers sign in here.

        Raises:
            DiskFull, StoreReadOnly: It cannot be written.
        """
        if self.accounts.exists():
            return
        try:
            self.accounts.touch(mode=0o600)
        except OSError as error:
            raise folder_error(error) from error

    def is_real(self) -> bool:
        """Tell whether a desk lives here that is not for training."""
        return self.settings.exists() and not self.training.exists()

    def is_set_up(self) -> bool:
        """Tell whether a desk lives here."""
        return self.key.exists() and self.settings.exists()

    def make(self) -> None:
        """Make the folder, readable by this user only.

        Raises:
            DiskFull, StoreReadOnly: It cannot be made.
        """
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            for part in (self.tray, self.trust, self.log):
                part.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise folder_error(error) from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only program at work here while the block runs.

        The operating system gives the lock back when the program ends, however it ends. Two
        programs draining one outbox is how duplicates are born.

        Raises:
            SecondInstance: Another program works here.
        """
        self.make()
        try:
            file = os.open(self.root / "desk.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise folder_error(error) from error
        try:
            try:
                _try_lock(file)
            except OSError as error:
                raise SecondInstance from error
            yield
        finally:
            os.close(file)


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Hold the lock file *path* while the block runs, after whoever holds it now.

    For changes of a few files that a window, a command and the courier may make side by side; it
    works between threads and between programs.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(file)
        yield
    finally:
        os.close(file)


@contextmanager
def held_by_one(path: Path) -> Iterator[None]:
    """Hold the lock file *path* while the block runs; it is free again however the program ends.

    Raises:
        OSError: Another program holds it, or it cannot be made.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _try_lock(file)
        yield
    finally:
        os.close(file)


def write_privately(path: Path, content: bytes, step: Callable[[], None] = lambda: None) -> None:
    """Write a file that only this account can read, whole or not at all.

    A file that is there is replaced; whoever could read that one cannot read this.

    Args:
        step: Called between two pieces of at most ``PIECE`` bytes; what it raises ends the work.

    Raises:
        OSError: It cannot be written; what was there stays.
    """
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(fresh, flags, 0o600), "wb") as file:
            for start in range(0, len(content), PIECE):
                file.write(content[start : start + PIECE])
                step()
        step()
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Bring the folder's own list of names to the disk; Windows does that by itself.

    Raises:
        OSError: It cannot.
    """
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def free_place(place: Path) -> Path:
    """Return *place*, or one beside it when what was made in the same second lies there."""
    number, found = 1, place
    while found.exists():
        number += 1
        found = place.with_name(f"{place.stem}-{number}{place.suffix}")
    return found


def named_error(error: OSError, named: Path) -> DeskError:
    """Return what an *error* means where somebody named the path; there may be no such place."""
    import errno

    if error.errno in {errno.ENOENT, errno.ENOTDIR} and not named.exists():
        return PlaceMissing(str(error.strerror))
    return folder_error(error)


def folder_error(error: OSError) -> DiskFull | StoreReadOnly:
    """Return what an *error* of the file system means at the desk."""
    import errno

    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(str(error.strerror))
    return StoreReadOnly(str(error.strerror))
