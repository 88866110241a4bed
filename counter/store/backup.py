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
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from counter.errors import BackupExists, BadBackup
from counter.store.store import Store
from counter.work import Copied

LIST = "backup.json"
FORMAT = "quay-mot-cua-backup-1"
DATABASE = "desk.db"
BLOCK = 1 << 20
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
    key: bytes,
    target: Path,
    *,
    desk_id: str,
    moment: datetime,
    beside: dict[str, Path],
) -> Copied:
    """Copy the open database, its files and those *beside* it into the new file *target*.

    The desk goes on working meanwhile; the copy is of one moment. *target* appears whole or not at
    all, and is on the disk with its name when this returns.

    Raises:
        BackupExists: The file is there.
        OSError: It cannot be written.
    """
    if target.exists():
        raise BackupExists
    copy = target.with_name(f"{target.name}.database")
    part = target.with_name(f"{target.name}.part")
    try:
        for leftover in (copy, part):
            leftover.unlink(missing_ok=True)
        store.copy_to(copy)
        # Listed after the copy: a file comes before its fact, so no fact in it lacks its file.
        scans = {f"files/{p.name}": p for p in sorted(store.files.glob("*"))}
        parts = {n: p for n, p in sorted((beside | scans).items()) if p.is_file()}
        files = {DATABASE: copy, **parts}
        members = {name: digest_of(path) for name, path in files.items()}
        said = Backup(FORMAT, desk_id, moment.isoformat(), members, "")
        proven = {**asdict(said), "proof": _proof(key, said)}
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(part, flags, 0o600), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                archive.writestr(LIST, json.dumps(proven, indent=1))
                for name, path in files.items():
                    archive.write(path, name)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
        _keep_name(target.parent)
    finally:
        copy.unlink(missing_ok=True)
        part.unlink(missing_ok=True)
    return Copied(target, target.stat().st_size, digest_of(target))


def unpack(source: Path, into: Path) -> Backup:
    """Unpack the backup *source* into the empty folder *into*, each file checked.

    Nothing is believed of a file that may come from anywhere: it unpacks to no more than its own
    size.

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
                place = into / name
                place.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as member, place.open("xb") as file:
                    while block := member.read(BLOCK):
                        file.write(block)
                    file.flush()
                    os.fsync(file.fileno())
                if digest_of(place) != said.members[name]:
                    raise BadBackup(f"{name} was changed")
    except _SPOILT as error:
        raise BadBackup from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # it names a place before its own beginning
            raise BadBackup from error
        raise
    return said


def check(said: Backup, key: bytes) -> None:
    """Check that the backup was made by who holds *key*.

    Raises:
        BadBackup: It was not.
    """
    if not hmac.compare_digest(_proof(key, said).encode(), said.proof.encode()):
        raise BadBackup("put together elsewhere")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _keep_name(folder: Path) -> None:
    """Let a new name in *folder* last through a power cut; Windows keeps it by itself."""
    if os.name != "posix":
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


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
