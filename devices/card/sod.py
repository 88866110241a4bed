"""EF.SOD: the issuer's signed list of what every group of the chip hashes to."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import ClassVar

from asn1crypto import algos, core

from devices.card import tlv
from devices.card.signatures import hash_by
from devices.card.signed import BadSignedData, SignedData, parse_signed, parsing

LARGEST_SOD = 65536


class _GroupHash(core.Sequence):  # type: ignore[misc]  # asn1crypto carries no types
    _fields: ClassVar[list[object]] = [("number", core.Integer), ("digest", core.OctetString)]


class _GroupHashes(core.SequenceOf):  # type: ignore[misc]  # asn1crypto carries no types
    _child_spec = _GroupHash


class _SecurityObject(core.Sequence):  # type: ignore[misc]  # asn1crypto carries no types
    _fields: ClassVar[list[object]] = [
        ("version", core.Integer),
        ("algorithm", algos.DigestAlgorithm),
        ("hashes", _GroupHashes),
        ("lds_version", core.Any, {"optional": True}),
    ]


@dataclass(frozen=True, slots=True)
class SecurityObject:
    """EF.SOD taken apart; nothing in it is proven yet.

    Attributes:
        algorithm: Hash of the groups, such as ``sha256``.
        hashes: By number of the group.
        signed: The message that carries the list.
    """

    algorithm: str
    hashes: dict[int, bytes]
    signed: SignedData = field(repr=False)

    def covers(self, number: int, content: bytes) -> bool:
        """Say whether the list names group *number* with the hash of *content*."""
        listed = self.hashes.get(number)
        return listed is not None and hmac.compare_digest(listed, hash_by(self.algorithm, content))


def parse_sod(sod: bytes) -> SecurityObject:
    """Take EF.SOD apart (ICAO Doc 9303-10, 4.6.2).

    Raises:
        CardUnreadable: It has another form.
    """
    if len(sod) > LARGEST_SOD:
        raise BadSignedData("too large")
    signed = parse_signed(tlv.get(sod, 0x77))
    with parsing():
        listed = _SecurityObject.load(signed.content)
        return SecurityObject(
            algorithm=str(listed["algorithm"]["algorithm"].native),
            hashes={one["number"].native: bytes(one["digest"].native) for one in listed["hashes"]},
            signed=signed,
        )
