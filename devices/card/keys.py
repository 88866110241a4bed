"""From a password to the keys of a session (ICAO Doc 9303-11, 9.7)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import IntEnum

from counter.cards import Access, Can, MrzKey
from devices.card.messaging import AES, TRIPLE_DES, Keys, Suite

FOR_ENCRYPTION = 1
FOR_SEALING = 2
FOR_NONCE = 3


class CipherKind(IntEnum):
    """The cipher of a protocol: the last arc of its object identifier."""

    TRIPLE_DES = 1
    AES_128 = 2
    AES_192 = 3
    AES_256 = 4

    @property
    def suite(self) -> Suite:
        """The secure messaging that goes with it."""
        return TRIPLE_DES if self is CipherKind.TRIPLE_DES else AES


def derive(kind: CipherKind, secret: bytes, purpose: int) -> bytes:
    """Return the key of *kind* that *secret* yields for *purpose*."""
    text = secret + purpose.to_bytes(4, "big")
    match kind:
        case CipherKind.TRIPLE_DES:
            return odd_parity(hashlib.sha1(text).digest()[:16])  # noqa: S324 - as the standard says
        case CipherKind.AES_128:
            return hashlib.sha1(text).digest()[:16]  # noqa: S324 - as the standard says
        case CipherKind.AES_192:
            return hashlib.sha256(text).digest()[:24]
        case CipherKind.AES_256:
            return hashlib.sha256(text).digest()


def key_bytes(kind: CipherKind) -> int:
    """Return how many bytes a key of *kind* has."""
    return {CipherKind.AES_192: 24, CipherKind.AES_256: 32}.get(kind, 16)


def session_keys(kind: CipherKind, secret: bytes, counter: int = 0) -> Keys:
    """Return the session that a shared *secret* yields."""
    return Keys(
        suite=kind.suite,
        encryption=bytearray(derive(kind, secret, FOR_ENCRYPTION)),
        sealing=bytearray(derive(kind, secret, FOR_SEALING)),
        counter=counter,
    )


def odd_parity(key: bytes) -> bytes:
    """Return a DES *key* with the parity bits that the standard's examples show."""
    return bytes(byte & 0xFE | (byte >> 1).bit_count() % 2 ^ 1 for byte in key)


_VALUES = {"<": 0} | {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


def check_digit(text: str) -> str:
    """Return the check digit of a field of the machine-readable zone (ICAO Doc 9303-3, 4.9)."""
    return str(sum(_VALUES[c] * (7, 3, 1)[i % 3] for i, c in enumerate(text)) % 10)


def mrz_information(mrz: MrzKey) -> bytes:
    """Return number, birth and expiry with their check digits; a short number is filled up."""
    fields = (mrz.document_number.ljust(9, "<"), mrz.date_of_birth, mrz.date_of_expiry)
    return "".join(field + check_digit(field) for field in fields).encode("ascii")


@dataclass(frozen=True, slots=True)
class Password:
    """What PACE proves to know, without telling it.

    Attributes:
        reference: Which password it is: 1 for the machine-readable zone, 2 for the CAN.
        access: How the way is called when it opened the chip.
    """

    reference: int
    secret: bytes = field(repr=False)
    access: Access


def can_password(can: Can) -> Password:
    """Return the password of the card access number."""
    return Password(2, can.digits.encode("ascii"), Access.PACE_CAN)


def mrz_password(mrz: MrzKey) -> Password:
    """Return the password of the machine-readable zone."""
    digest = hashlib.sha1(mrz_information(mrz)).digest()  # noqa: S324 - as the standard says
    return Password(1, digest, Access.PACE_MRZ)
