"""Update packages: signed by the province, never older than what was taken before.

A package is a zip file of ``manifest.json``, ``manifest.sig`` (Ed25519 over the manifest's bytes,
RFC 8032) and the files the manifest lists with size and SHA-256. Every package has a ``serial``;
a desk takes only a higher one than it ever took, and than its own program was released under, so
an old package cannot be played again. To go back, the province signs the older program under a new
serial and says ``back``; any other program older than the one that runs is refused. The data stay
as they are, and a program that is too old for them refuses to open them (``store.too_new``).

Each program lies in a folder of its own; the file ``current`` names the one that starts next. It
is written last and at once, so a power cut leaves the old program or the new one, never half.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import stat
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from counter.errors import (
    UpdateNotOurs,
    UpdateNotYet,
    UpdateRefused,
    UpdateSerialUnread,
    UpdateTooOld,
)
from counter.fleet import version_key
from counter.folder import folder_error, sync_folder
from counter.health import MOST
from program import LEAST_SERIAL, VERSION, placed, province, taken
from program.private import for_all_users

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
MOST_OF_A_MANIFEST = 4 * 1024 * 1024
MOST_OF_A_PROGRAM = 2 * 1024 * 1024 * 1024
"""Bytes of all files together; the bundle has about 300 MB."""

UNREADABLE = (
    *(KeyError, IndexError, ValueError, OSError, EOFError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error, struct.error),
)
"""What a damaged zip file raises; an unknown version or a password is a RuntimeError."""

KINDS = ("program", "settings")
HERE = f"{platform.system()}-{platform.machine()}".lower()
"""The platform packages are made for, such as ``linux-x86_64``."""


SERIAL = "update-serial"
"""The file beside the desk's settings that holds the highest serial it ever took."""

ROOTS_KEYS = Path("/etc/quay-mot-cua/update-keys")
"""Where root may keep the public keys of the province; then those in the settings count nothing."""

MOST_SERIAL = MOST
"""A desk could not tell the province of a higher one."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of a package: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says of itself.

    Attributes:
        kind: ``program``, or ``settings`` for tables of the desk's settings.
        serial: Higher with every package, going back included; at most ``MOST_SERIAL``.
        version: Of the program.
        platform: Where it runs, such as ``linux-x86_64``; ``any`` for settings.
        share: Percent of the desks that take it now, 1 to 100.
        files: By path, with forward slashes.
        back: Whether the province means this program to take the place of a newer one.
        signer: The public key in hexadecimal that signed it, as it is trusted here.
    """

    kind: str
    serial: int
    version: str
    platform: str
    share: int
    files: dict[str, Listed]
    back: bool
    signer: str = ""

    @property
    def name(self) -> str:
        """The folder it is unpacked to; the starter reads all three from it."""
        return f"{self.serial}-{self.version}" + ("-back" if self.back else "")


def take(
    package: Path | IO[bytes],
    folder: Path,
    settings: Path,
    desk_id: str,
    keys: Sequence[str],
    *,
    now: bool,
    running: str = VERSION,
) -> Manifest:
    """Unpack *package* into *folder* and let it be what starts next.

    Programs that run, the one before and those that came up last stay; older ones are removed.
    Settings are unpacked beside the desk's own, where no more right is needed than to change those.

    Args:
        package: The zip file.
        folder: Where the programs lie.
        settings: The desk's settings file, which a package of settings changes.
        desk_id: Decides whether this desk is among the share that takes it now.
        keys: Public keys in hexadecimal, of which one must have signed.
        now: Take it before this desk's turn.
        running: The version of the program that runs.

    Raises:
        UpdateRefused: No known key signed it, or a file is not what the manifest lists.
        UpdateNotOurs: It is for another kind of computer.
        UpdateSerialUnread: What was taken before cannot be told.
        UpdateTooOld: A package of this serial or a higher one was taken before, another desk of
            this computer took a program of a higher one, or its program is older than the one that
            runs and the province did not say ``back``.
        UpdateNotYet: Other desks take it first.
        BadSettings: With its settings the desk's would have a mistake.
        DiskFull, StoreReadOnly: It cannot be written; the program that runs is untouched.
    """
    with _opened(package) as archive:
        manifest = read_manifest(archive, keys)
        if manifest.platform not in {HERE, "any"}:
            raise UpdateNotOurs
        if manifest.serial <= max(LEAST_SERIAL, taken_serial(settings.parent, folder)):
            raise UpdateTooOld
        if manifest.kind == "program":
            is_older = version_key(manifest.version) < version_key(running)
            if manifest.serial < taken.started_serial(folder) or (is_older and not manifest.back):
                raise UpdateTooOld
        if not now and turn_of(desk_id, manifest.serial) > manifest.share:
            raise UpdateNotYet
        try:
            if manifest.kind == "settings":
                _take_settings(archive, manifest, settings)
            with for_all_users():
                if manifest.kind == "program":
                    _take_program(archive, manifest, folder)
                placed.replace(settings.with_name(SERIAL), str(manifest.serial))
        except OSError as error:
            raise folder_error(error) from error
    return manifest


def _take_settings(archive: zipfile.ZipFile, manifest: Manifest, settings: Path) -> None:
    given = dict(_checked(archive, manifest)).get("settings.toml")
    if given is None:
        raise UpdateRefused
    province.apply_settings(settings, given, manifest.signer)


def _take_program(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    before = taken.started(folder)
    if before != manifest.name or not _lies_whole(folder / before, manifest):
        _unpack(archive, manifest, folder)
    placed.replace(folder / taken.CURRENT, manifest.name)
    running = Path(sys.executable).parent.name
    runs = taken.running_in(folder) | taken.stood_in(folder, taken.STARTS)
    taken.remove_others(folder, {manifest.name, before, running} | runs)


def taken_serial(home: Path, programs: Path) -> int:
    """Return the highest serial that was ever taken; 0 before the first.

    Args:
        home: The data folder, which no package of settings can name anew.
        programs: Where the programs lie; the first desks kept their serial there.

    Raises:
        UpdateSerialUnread: It cannot be read.
    """
    return max(_serial_in(home / SERIAL), _serial_in(programs / "serial"))


def _lies_whole(program: Path, manifest: Manifest) -> bool:
    """Tell whether every file of the package lies there already; whoever runs it keeps it so."""
    return all(
        (program / path).is_file() and _digest(program / path) == listed.sha256
        for path, listed in manifest.files.items()
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _serial_in(path: Path) -> int:
    try:
        serial = int(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        return 0
    except (OSError, ValueError) as error:
        raise UpdateSerialUnread from error
    if not 0 <= serial <= MOST_SERIAL:
        raise UpdateSerialUnread
    return serial


def turn_of(desk_id: str, serial: int) -> int:
    """Return when a desk takes a package: at a share of 1 to 100 percent, evenly by chance."""
    digest = hashlib.sha256(f"{serial}:{desk_id}".encode()).digest()
    return int.from_bytes(digest[:8]) % 100 + 1


def trusted_keys(named: Sequence[str]) -> tuple[str, ...]:
    """Return whose packages are taken: root's own list where there is one, else what is *named*.

    The settings are a file of the desk's account, and what root takes by them runs as every
    account. Root's list has one key on each line, and remarks after ``#``; one that holds no key
    takes no package.

    Args:
        named: The keys in the settings.

    Raises:
        StoreReadOnly: Root's list is there and cannot be read.
    """
    try:
        lines = ROOTS_KEYS.read_text(encoding="ascii", errors="replace").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return tuple(named)
    except OSError as error:
        raise folder_error(error) from error
    return tuple(key for line in lines if (key := line.partition("#")[0].strip()))


def read_manifest(archive: zipfile.ZipFile, keys: Sequence[str]) -> Manifest:
    """Return the manifest of a package that one of *keys* signed.

    It is read once: what was signed is what is understood, whoever writes the file meanwhile.

    Raises:
        UpdateRefused: None did, or it cannot be understood.
    """
    body = _read(archive, MANIFEST, MOST_OF_A_MANIFEST)
    signature = _read(archive, SIGNATURE, 64)
    signer = next((key for key in keys if _is_signed(body, signature, key)), None)
    if signer is None:
        raise UpdateRefused
    try:
        return replace(_understood(json.loads(body)), signer=signer)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UpdateRefused from error


def make(tree: Path, package: Path, key: Ed25519PrivateKey, told: dict[str, object]) -> None:
    """Pack and sign the files of *tree*; *told* gives every other field of the manifest.

    Links within the tree are packed as the files they lead to.
    """
    paths = sorted(path for path in tree.rglob("*") if path.is_file())
    files = {}
    for path in paths:
        content = path.read_bytes()
        name = path.relative_to(tree).as_posix()
        files[name] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    body = json.dumps({**told, "files": files}, ensure_ascii=False, sort_keys=True).encode()
    with zipfile.ZipFile(package, "x", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, body)
        archive.writestr(SIGNATURE, key.sign(body))
        for path in paths:
            archive.write(path, path.relative_to(tree).as_posix())


def _opened(package: Path | IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(package)
    except UNREADABLE as error:
        raise UpdateRefused from error


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    try:
        with archive.open(name) as file:
            content = file.read(most + 1)
    except UNREADABLE as error:
        raise UpdateRefused from error
    if len(content) > most:
        raise UpdateRefused
    return content


def _is_signed(body: bytes, signature: bytes, key: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, body)
    except (InvalidSignature, ValueError):
        return False
    return True


def _understood(told: dict[str, Any]) -> Manifest:
    manifest = Manifest(
        kind=told["kind"],
        serial=told["serial"],
        version=told["version"],
        platform=told["platform"],
        share=told["share"],
        files={name: Listed(one["size"], one["sha256"]) for name, one in told["files"].items()},
        back=told.get("back", False),
    )
    sizes = [one.size for one in manifest.files.values()]
    texts = (manifest.version, manifest.platform, *manifest.files)
    is_sound = (
        manifest.kind in KINDS
        and all(type(number) is int and number >= 0 for number in (manifest.serial, *sizes))
        and manifest.serial <= MOST_SERIAL
        and type(manifest.share) is int
        and type(manifest.back) is bool
        and 1 <= manifest.share <= 100
        and all(isinstance(text, str) for text in texts)
        and taken.VERSION.fullmatch(manifest.version) is not None
        and all(is_inside(name) for name in manifest.files)
        and sum(sizes) <= MOST_OF_A_PROGRAM
    )
    if not is_sound:
        raise ValueError("the manifest does not hold together")
    return manifest


def is_inside(name: str) -> bool:
    """Say whether a path stays inside the folder it is unpacked to, on every system."""
    path = PurePosixPath(name)
    return bool(name) and not (
        path.is_absolute()
        or name != path.as_posix()
        or ".." in path.parts
        or any(set(part) & set('\\:*?"<>|') or part.endswith((" ", ".")) for part in path.parts)
    )


def _checked(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each file that is listed; refuse one that is not."""
    if sorted(archive.namelist()) != sorted([MANIFEST, SIGNATURE, *manifest.files]):
        raise UpdateRefused
    for path, listed in manifest.files.items():
        content = _read(archive, path, listed.size)
        if len(content) != listed.size or hashlib.sha256(content).hexdigest() != listed.sha256:
            raise UpdateRefused
        yield path, content


def _unpack(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    half, whole = folder / f"{manifest.name}.part", folder / manifest.name
    shutil.rmtree(half, ignore_errors=True)
    try:
        for path, content in _checked(archive, manifest):
            placed.write(half / path, content)
            starts = archive.getinfo(path).external_attr >> 16 & stat.S_IXUSR
            (half / path).chmod(0o755 if starts else 0o644)
        shutil.rmtree(whole, ignore_errors=True)
        half.rename(whole)
        sync_folder(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)
