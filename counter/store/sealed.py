"""The bytes of files at rest: each encrypted by itself under a key of its own.

A file is encrypted with AES-256-GCM under a key derived (HKDF, RFC 5869) from a secret that lies
only in the encrypted database, so a new key for the desk leaves the files as they are. The bytes
are on disk as ``NAME.new`` before the transaction of their fact ends and get their name after it.
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
from counter.folder import folder_error
from counter.store.store import find_mark, note_mark

SECRET = "file_secret"  # noqa: S105 - names the mark, is not it
NONCE_BYTES = 12
NEW = ".new"


def put(session: Session, folder: Path, sha256: str, content: bytes) -> None:
    """Put the encrypted bytes on disk; they get their name when the transaction has ended."""
    place, new = folder / sha256, folder / (sha256 + NEW)
    if place.exists():
        return
    nonce = os.urandom(NONCE_BYTES)
    name = bytes.fromhex(sha256)
    sealed = nonce + AESGCM(_key(secret_of(session), name)).encrypt(nonce, content, name)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(new, _FLAGS, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(folder)
    except OSError as error:
        raise folder_error(error) from error

    def get_name(_session: Session) -> None:
        with suppress(OSError):  # tidy does it at the next start; read finds it until then
            new.replace(place)

    event.listen(session, "after_commit", get_name, once=True)


_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def _sync_folder(folder: Path) -> None:
    """Bring the folder's own list to the disk; Windows does that by itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unseal(secret: bytes, place: Path, sha256: str) -> bytes:
    """Return what the file at *place* holds, checked against its name.

    Raises:
        FileDamaged: It was changed.
    """
    name = bytes.fromhex(sha256)
    sealed = place.read_bytes()
    try:
        content = AESGCM(_key(secret, name)).decrypt(
            sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], name
        )
    except (InvalidTag, ValueError) as error:
        raise FileDamaged(f"file {sha256[:12]} was changed") from error
    if hashlib.sha256(content).digest() != name:
        raise FileDamaged(f"file {sha256[:12]} does not hash to its name")
    return content


def secret_of(session: Session) -> bytes:
    """Return the secret that every file's key is derived from, made with the first file."""
    found = find_mark(session, SECRET)
    if found is None:
        found = os.urandom(32).hex()
        note_mark(session, SECRET, found)
    return bytes.fromhex(found)


def _key(secret: bytes, name: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"file " + name).derive(secret)
