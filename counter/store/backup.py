"""One backup in one file: the encrypted database and what is needed to open it elsewhere.

The file is a ZIP archive without compression. Its database is encrypted as on the desk, its key
is wrapped by the desk's passphrase, and a keyed digest (HMAC-SHA256, RFC 2104) over the list of
members tells a backup that was made here from one that was put together elsewhere. Nothing in it
is readable without the passphrase but the settings and the seals of the audit chain.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from counter.errors import BackupExists, BackupOvertaken, BackupSpoilt, BadBackup
from counter.folder import sync_folder
from counter.store.store import Store

PART = ".part"
"""Ends the name of a backup that is being written."""

COPY = "desk.db.copy"
"""Name of the database's copy while it is being carried into a backup."""

LIST = "backup.json"
FORMAT = "quay-mot-cua-backup-1"
DATABASE = "desk.db"
BLOCK = 1 << 20
SLICE = 1 << 20
"""Bytes after which what was written is brought to the disk: an act of the desk that has to be on
the same disk waits for no more than that."""

ENCRYPTED = 1
"""Bit of a member's flags: it asks for the archive's own passphrase, which ours never have."""

LIST_BYTES, LIST_BYTES_A_MEMBER = 4096, 128
"""Most the list takes, besides twelve for each character of a name."""

LONGEST_NAME = 255
"""Bytes; what every file system takes."""

_SPOILT = (
    zipfile.BadZipFile,
    AttributeError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    OverflowError,
    RuntimeError,
    FileExistsError,
    NotADirectoryError,
)
"""What reading a spoilt archive raises; the last two when one name is both file and folder."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself.

    Attributes:
        made_at: When, RFC 3339.
        members: SHA-256 of each file in it, by name.
        proof: Keyed digest over all of the above.
    """

    format: str
    desk_id: str
    made_at: str
    members: dict[str, str]
    proof: str


def write(
    store: Store,
    target: Path,
    *,
    desk_id: str,
    moment: datetime,
    beside: Mapping[str, Path],
    step: Callable[[], None] = lambda: None,
) -> None:
    """Copy the open database, its files and those *beside* it into the new file *target*.

    The desk goes on working meanwhile, on other threads too; the copy is of one moment. *target*
    appears whole or not at all, was read back as it was written, and is on the disk with its name
    when this returns.

    Args:
        step: Called between two pieces of at most ``BLOCK`` bytes; what it raises ends the copying.

    Raises:
        BackupExists: The file is there.
        BackupOvertaken: A dossier's file was erased or moved meanwhile; the next try may go well.
        BackupSpoilt: What is read back is not what was written.
        OSError: It cannot be written.
    """
    if target.exists():
        raise BackupExists
    # Beside the database, not beside *target*: while it is copied its log cannot be emptied, and a
    # share of another computer may take as long as it likes.
    copy = store.beside(COPY)
    part = target.with_name(target.name + PART)
    try:
        for leftover in (copy, part):
            leftover.unlink(missing_ok=True)
        step()  # whoever gave up while the folder did not answer may have closed the database
        store.copy_to(copy)
        step()
        # Listed after the copy: a file comes before its fact, so no fact in it lacks its file.
        seen = _seen(store.files.glob("*"))
        scans = {f"files/{path.name}": path for path in seen}
        parts = {name: path for name, path in beside.items() if path.is_file()}
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(part, flags, 0o600), "wb") as file:
            flow = _Flow(file, step)
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                members = {
                    name: _put(archive, name, path, flow.check)
                    for name, path in ({DATABASE: copy} | parts | scans).items()
                }
                said = Backup(FORMAT, desk_id, moment.isoformat(), members, "")
                said = replace(said, proof=_proof(store.key, said))
                archive.writestr(LIST, json.dumps(asdict(said), indent=1))
            flow.bring_to_disk()
        if _seen(seen) != seen:
            raise BackupOvertaken
        _read_back(part, said, step)
        step()
        part.rename(target)
        sync_folder(target.parent)
    finally:
        for ours in (copy, part):
            ours.unlink(missing_ok=True)


class _Flow:
    """What is written to one file, brought to the disk a slice at a time."""

    def __init__(self, file: BinaryIO, step: Callable[[], None]) -> None:
        self._file = file
        self._step = step
        self._on_disk = 0

    def check(self) -> None:
        """Take note of one more block; raises what the step does."""
        self._step()
        if self._file.tell() - self._on_disk >= SLICE:
            self.bring_to_disk()

    def bring_to_disk(self) -> None:
        """Return when everything written is on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._on_disk = self._file.tell()


def _seen(paths: Iterable[Path]) -> dict[Path, tuple[int, int, int]]:
    """Return what tells each of *paths* that is there from one removed or written over."""
    found = {}
    for path in sorted(paths):
        with suppress(FileNotFoundError):
            told = path.stat()
            found[path] = (told.st_ino, told.st_size, told.st_mtime_ns)
    return found


def _put(archive: zipfile.ZipFile, name: str, path: Path, check: Callable[[], None]) -> str:
    """Put one file into *archive*; return the SHA-256 of what was put there."""
    digest = hashlib.sha256()
    try:
        # A computer whose clock stopped has files from before ZIP knows of.
        info = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
        source = path.open("rb")
    except FileNotFoundError as error:
        raise BackupOvertaken from error
    with source, archive.open(info, "w") as member:
        while block := source.read(BLOCK):
            digest.update(block)
            member.write(block)
            check()
    return digest.hexdigest()


def _read_back(part: Path, said: Backup, step: Callable[[], None]) -> None:
    """Read a backup just written, from the disk where the system can be asked for that.

    Raises:
        BackupSpoilt: It is not what was written.
        OSError: It cannot be read.
    """
    try:
        with part.open("rb") as file:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            with zipfile.ZipFile(file) as archive:
                is_whole = _read_list(archive) == said and said.members == {
                    name: _digest_in(archive, name, step)
                    for name in archive.namelist()
                    if name != LIST
                }
    except _SPOILT as error:
        raise BackupSpoilt from error
    if not is_whole:
        raise BackupSpoilt


def _digest_in(archive: zipfile.ZipFile, name: str, step: Callable[[], None]) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while block := member.read(BLOCK):
            digest.update(block)
            step()
    return digest.hexdigest()


def unpack(source: Path, into: Path, step: Callable[[], None] = lambda: None) -> Backup:
    """Unpack the backup *source* into the empty folder *into*, each file checked.

    Nothing is believed of a file that may come from anywhere: it unpacks to no more than its own
    size.

    Args:
        step: Called between two pieces of at most ``BLOCK`` bytes; what it raises ends the work.

    Raises:
        BadBackup: It is none, or was changed or cut.
        OSError: *source* cannot be read or *into* not written.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            _weigh(archive.infolist(), source.stat().st_size)
            said = _read_list(archive)
            names = set(archive.namelist()) - {LIST}
            if said.format != FORMAT or names != set(said.members) or not _are_plain(names):
                raise BadBackup("list and members do not agree")
            for name in names:
                step()
                place = into / name
                place.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as member, place.open("xb") as file:
                    while block := member.read(BLOCK):
                        step()
                        file.write(block)
                    file.flush()
                    os.fsync(file.fileno())
                if digest_of(place, step) != said.members[name]:
                    raise BadBackup(f"{name} was changed")
    except _SPOILT as error:
        raise BadBackup from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # it names a place before its own beginning
            raise BadBackup from error
        raise
    return said


def unpack_one(source: Path, name: str, target: Path, most: int, step: Callable[[], None]) -> None:
    """Take one file out of the backup *source*, to the new file *target*; it is not checked.

    Args:
        most: Bytes; a larger one is not taken out.
        step: As ``unpack`` takes it.

    Raises:
        BadBackup: It is none, or has no such file.
        OSError: *source* cannot be read or *target* not written.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            info = archive.getinfo(name)
            if info.compress_type != zipfile.ZIP_STORED or info.file_size > most:
                raise BadBackup("compressed, or too large")
            with archive.open(info) as member, target.open("xb") as file:
                while block := member.read(BLOCK):
                    step()
                    file.write(block)
    except _SPOILT as error:
        raise BadBackup from error


def check(said: Backup, key: bytes) -> None:
    """Check that the backup was made by who holds *key*.

    Raises:
        BadBackup: It was not.
    """
    if not hmac.compare_digest(_proof(key, said).encode(), said.proof.encode()):
        raise BadBackup("put together elsewhere")


def digest_of(path: Path, step: Callable[[], None] = lambda: None) -> str:
    """Return the SHA-256 of a file; *step* as ``unpack`` takes it."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            step()
    return digest.hexdigest()


def _weigh(members: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse members that unpack to more than the archive's *size* bytes, or that hide in it."""
    if any(m.compress_type != zipfile.ZIP_STORED or m.flag_bits & ENCRYPTED for m in members):
        raise BadBackup("compressed or encrypted")
    if len({m.filename for m in members}) != len(members):
        raise BadBackup("a name twice")
    if sum(m.file_size for m in members) > size:
        raise BadBackup("larger than itself")


def _read_list(archive: zipfile.ZipFile) -> Backup:
    """Return what the archive says of itself, every word of it text; raises one of ``_SPOILT``."""
    most = LIST_BYTES + sum(LIST_BYTES_A_MEMBER + len(n) * 12 for n in archive.namelist())
    if archive.getinfo(LIST).file_size > most:
        raise BadBackup("list is too long")
    said = Backup(**json.loads(archive.read(LIST)))
    words = (said.format, said.desk_id, said.made_at, said.proof, *said.members.values())
    "".join(words).encode()  # fails on what is no text, or none that can be written
    return said


def _are_plain(names: set[str]) -> bool:
    """Tell whether every member stays inside the folder it is unpacked into."""
    return all(
        name == name.strip("/")
        and len(name.encode()) <= LONGEST_NAME
        and ".." not in name.split("/")
        and "\\" not in name
        and ":" not in name
        for name in names
    )


def _proof(key: bytes, said: Backup) -> str:
    told = json.dumps({**asdict(said), "proof": ""}, sort_keys=True)
    return hmac.new(key, f"backup\n{told}".encode(), "sha256").hexdigest()
