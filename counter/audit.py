"""The chain of who did what: each entry is tied to the one before by SHA-256.

An entry holds no personal data of a citizen, only who acted, when, what and on which dossier.
Every hundredth entry is sealed with the desk's Ed25519 key (RFC 8032), and the seals are kept
beside the database and in every backup, so that also an end cut off or a chain written anew is
found by whoever holds an older seal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

GENESIS = "0" * 64
"""Stands before the first entry."""

SEALED_EVERY = 100
"""Entries from one seal to the next; less when the desk is closed or a quarter of an hour ends."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act.

    Attributes:
        seq: Its place in the chain, from 1 without a gap.
        at: UTC, as text of fixed width.
        officer: Code of who acted; ``program`` and ``portal`` stand for those two.
        action: What was done, such as ``dossier.received`` or ``dossier.read``.
        subject: The dossier's id in hexadecimal, or the account that was acted on.
        detail: Facts that belong to the action; never personal data.
        link: SHA-256 over the link before and everything above, hexadecimal.
    """

    seq: int
    at: str
    officer: str
    action: str
    subject: str
    detail: str
    link: str


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature over one entry's place and link, and with it over all before."""

    seq: int
    link: str
    at: str
    public_key: str
    signature: str

    def is_good(self) -> bool:
        """Tell whether the signature holds for its own key."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.public_key))
            key.verify(bytes.fromhex(self.signature), _sealed(self.seq, self.link, self.at))
        except (InvalidSignature, ValueError):
            return False
        return True


def newest_seal_at(seals: Sequence[Seal]) -> datetime | None:
    """Return when the last good one of *seals* was made; a day that cannot be read is none."""
    for one in reversed(seals):
        with suppress(ValueError):
            if one.is_good():
                return datetime.fromisoformat(one.at)
    return None


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold, and why, in English for the log."""

    seq: int
    reason: str


def link_of(before: str, seq: int, at: str, officer: str, action: str, *rest: str) -> str:
    """Return the link of an entry; *rest* is its subject and detail. SQL calls it by position."""
    told = json.dumps([before, seq, at, officer, action, *rest], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def make_seed() -> bytes:
    """Return the 32 bytes of a new signing key."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def seal(seed: bytes, *, seq: int, link: str, at: str) -> Seal:
    """Sign the chain up to the entry *seq*."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    signature = key.sign(_sealed(seq, link, at))
    return Seal(seq, link, at, key.public_key().public_bytes_raw().hex(), signature.hex())


def breaks(entries: Iterable[Entry], seals: Sequence[Seal], *, last: int) -> Iterator[Break]:
    """Yield every place where the chain does not hold.

    Args:
        entries: The chain as it lies on disk, by ``seq``.
        seals: Every seal that is known, from inside and outside the database.
        last: The highest ``seq`` the database ever gave out.
    """
    wanted: dict[int, list[Seal]] = {}
    keys = {one.public_key for one in seals}
    if len(keys) > 1:
        yield Break(0, "seals of more than one key")
    for one in seals:
        if one.is_good():
            wanted.setdefault(one.seq, []).append(one)
        else:
            yield Break(one.seq, "a seal's signature does not hold")
    before, expected = GENESIS, 1
    for entry in entries:
        if entry.seq != expected:
            yield Break(entry.seq, f"entry {expected} should stand here")
        link = link_of(
            before,
            entry.seq,
            entry.at,
            entry.officer,
            entry.action,
            entry.subject,
            entry.detail,
        )
        if link != entry.link:
            yield Break(entry.seq, "does not follow from the entry before")
        for one in wanted.pop(entry.seq, ()):
            if one.link != entry.link:
                yield Break(entry.seq, "is not what was sealed")
        before, expected = entry.link, entry.seq + 1
    if expected != last + 1:
        yield Break(last, f"the end is cut off after entry {expected - 1}")
    for seq in sorted(wanted):
        yield Break(seq, "was sealed and is gone")


def _sealed(seq: int, link: str, at: str) -> bytes:
    return f"quay-mot-cua audit\n{seq}\n{link}\n{at}".encode()
