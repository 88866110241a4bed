"""The desk database's key: 256 random bits, kept on disk only wrapped by the passphrase.

``desk.key`` beside the database holds the wrapped key. The wrapping key is derived with Argon2id
(RFC 9106) and wraps with AES-256-GCM, so a wrong passphrase is noticed before any database is
opened, and a new passphrase rewraps without touching the data. Spaces around a passphrase are none
of it: nobody sees them typed, and no file of one line keeps them.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from counter.errors import StoreDamaged, WrongKey
from counter.values import nfc

ITERATIONS = 3
MEMORY_KIB = 64 * 1024
LANES = 4
MOST_ITERATIONS, MOST_MEMORY_KIB, MOST_LANES = 2 * ITERATIONS, 2 * MEMORY_KIB, 2 * LANES
"""A key file that asks for more work than this is none of ours."""

MOST_BYTES = 4096
"""Of a key file; ours takes about 400."""


def make_key(path: Path, passphrase: str) -> bytes:
    """Make a key, wrap it with *passphrase* into the file *path* and return its 32 bytes.

    Raises:
        FileExistsError: The file is there; a key is never replaced.
    """
    key = os.urandom(32)
    wrap_key(path, key, passphrase)
    return key


def wrap_key(path: Path, key: bytes, passphrase: str) -> None:
    """Write *key*, wrapped with *passphrase*, into the new file *path*; it is on the disk then.

    Raises:
        FileExistsError: The file is there.
    """
    salt, nonce = os.urandom(16), os.urandom(12)
    slot = {
        "kdf": "argon2id",
        "iterations": ITERATIONS,
        "memory_kib": MEMORY_KIB,
        "lanes": LANES,
        "salt": salt.hex(),
        "nonce": nonce.hex(),
    }
    wrapped = AESGCM(_derive(passphrase.strip(), slot)).encrypt(nonce, key, b"desk.key")
    text = json.dumps({**slot, "wrapped": wrapped.hex()}, indent=1)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def open_key(path: Path, passphrase: str) -> bytes:
    """Return the 32 bytes that *passphrase* unwraps from the file *path*.

    Raises:
        WrongKey: The passphrase is wrong.
        StoreDamaged: The file is missing or cannot be read as a key.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError("too long")
        slot = json.loads(path.read_text(encoding="ascii"))
        nonce, wrapped = bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"])
        for spoken in dict.fromkeys((passphrase.strip(), passphrase)):  # the first ones kept spaces
            with suppress(InvalidTag):
                return AESGCM(_derive(spoken, slot)).decrypt(nonce, wrapped, b"desk.key")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise StoreDamaged("key file cannot be read") from error
    raise WrongKey


def _derive(passphrase: str, slot: dict[str, object]) -> bytes:
    """Return the wrapping key; ValueError when *slot* asks for work that ours never do."""
    return Argon2id(
        salt=bytes.fromhex(str(slot["salt"])),
        length=32,
        iterations=_bounded(slot["iterations"], MOST_ITERATIONS),
        lanes=_bounded(slot["lanes"], MOST_LANES),
        memory_cost=_bounded(slot["memory_kib"], MOST_MEMORY_KIB),
    ).derive(nfc(passphrase).encode())


def _bounded(told: object, most: int) -> int:
    """Return the number *told* by a key file that may come from anywhere."""
    number = int(str(told))
    if not 0 < number <= most:
        raise ValueError("more work than ours")
    return number
