"""The bytes of files at rest: each encrypted by itself under a key of its own.

A file is encrypted with AES-256-GCM under a key derived (HKDF, RFC 5869) from a secret that lies
only in the encrypted database. When the desk's key is changed there is a new secret too, and the
one before is kept until each file was encrypted anew. The bytes are on disk as ``NAME.new`` before
the transaction of their fact ends and get their name after it.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import event
from sqlalchemy.orm import Session

from counter.errors import FileDamaged
from counter.folder import folder_error, sync_folder
from counter.store.store import Store, find_mark, forget_mark, note_mark

SECRET = "file_secret"  # noqa: S105 - names the mark, is not it
SECRET_BEFORE = "file_secret_before"  # noqa: S105 - likewise
NONCE_BYTES = 12
NEW = ".new"


def put(session: Session, folder: Path, sha256: str, content: bytes) -> None:
    """Put the encrypted bytes on disk; they get their name when the transaction has ended."""
    place, new = folder / sha256, folder / (sha256 + NEW)
    if place.exists():
        return
    _write(secret_of(session), new, sha256, content)

    def get_name(_session: Session) -> None:
        with suppress(OSError):  # tidy does it at the next start; read finds it until then
            new.replace(place)

    event.listen(session, "after_commit", get_name, once=True)


def begin_new_secret(session: Session) -> None:
    """Let every file from now on be encrypted under a new secret; the old ones are still read."""
    note_mark(session, SECRET_BEFORE, secret_of(session).hex())
    note_mark(session, SECRET, os.urandom(32).hex())


def encrypt_anew(store: Store) -> int:
    """Encrypt each file that the secret before still opens under the one of now.

    Killed half way each file is whole under one of the two, and the next call goes on.

    A file that opens with neither is damaged; ``verify`` tells of it, and the secret is kept.

    Returns:
        How many files were written.

    Raises:
        DiskFull, StoreReadOnly: It cannot be written; what was done stays.
    """
    with store.reading() as session:
        before = find_mark(session, SECRET_BEFORE)
        now = secrets_of(session)[0]
    if before is None:
        return 0
    done, damaged = 0, False
    for place in sorted(store.files.glob("*")):
        if place.name.endswith(NEW):
            continue
        with suppress(FileDamaged):
            unseal((now,), place, place.name)
            continue
        try:
            content = unseal((bytes.fromhex(before),), place, place.name)
        except FileDamaged:
            damaged = True
            continue
        new = place.with_name(place.name + NEW)
        _write(now, new, place.name, content)
        new.replace(place)
        done += 1
    if not damaged:
        with store.writing() as session:
            forget_mark(session, SECRET_BEFORE)
    return done


def _write(secret: bytes, new: Path, sha256: str, content: bytes) -> None:
    """Bring the encrypted bytes to the disk under the name *new*."""
    nonce = os.urandom(NONCE_BYTES)
    name = bytes.fromhex(sha256)
    sealed = nonce + AESGCM(_key(secret, name)).encrypt(nonce, content, name)
    try:
        new.parent.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(new, _FLAGS, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(new.parent)
    except OSError as error:
        raise folder_error(error) from error


_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def unseal(secrets: tuple[bytes, ...], place: Path, sha256: str) -> bytes:
    """Return what the file at *place* holds under one of *secrets*, checked against its name.

    Raises:
        FileDamaged: It was changed.
    """
    name = bytes.fromhex(sha256)
    sealed = place.read_bytes()
    for secret in secrets:
        with suppress(InvalidTag, ValueError):
            content = AESGCM(_key(secret, name)).decrypt(
                sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], name
            )
            if hashlib.sha256(content).digest() != name:
                raise FileDamaged(f"file {sha256[:12]} does not hash to its name")
            return content
    raise FileDamaged(f"file {sha256[:12]} was changed")


def secret_of(session: Session) -> bytes:
    """Return the secret that every file's key is derived from, made with the first file."""
    found = find_mark(session, SECRET)
    if found is None:
        found = os.urandom(32).hex()
        note_mark(session, SECRET, found)
    return bytes.fromhex(found)


def secrets_of(session: Session) -> tuple[bytes, ...]:
    """Return the secrets that files are encrypted under: of now, and the one before if any."""
    before = find_mark(session, SECRET_BEFORE)
    return (secret_of(session), *([bytes.fromhex(before)] if before else ()))


def _key(secret: bytes, name: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"file " + name).derive(secret)
