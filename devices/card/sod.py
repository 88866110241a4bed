"""EF.SOD: the issuer's signed list of what every group of the chip hashes to."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from asn1crypto import algos, cms, core, x509

from counter.errors import CardUnreadable
from devices.card import tlv
from devices.card.signatures import WrongSignature, hash_by, load_key, verify

LARGEST_SOD = 65536


class BadSod(CardUnreadable):
    """EF.SOD is not what a chip's issuer makes."""


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
        certificates: Of document signers, as the chip carries them.
    """

    algorithm: str
    hashes: dict[int, bytes]
    certificates: tuple[x509.Certificate, ...] = field(repr=False)
    signer: cms.SignerInfo = field(repr=False)
    content: bytes = field(repr=False)
    content_type: str

    def covers(self, number: int, content: bytes) -> bool:
        """Say whether the list names group *number* with the hash of *content*."""
        listed = self.hashes.get(number)
        return listed is not None and hmac.compare_digest(listed, hash_by(self.algorithm, content))


def parse_sod(sod: bytes) -> SecurityObject:
    """Take EF.SOD apart (ICAO Doc 9303-10, 4.6.2).

    Raises:
        BadSod: It has another form.
    """
    if len(sod) > LARGEST_SOD:
        raise BadSod("too large")
    try:
        info = cms.ContentInfo.load(tlv.get(sod, 0x77), strict=True)
        signed = info["content"]
        if not isinstance(signed, cms.SignedData):
            raise BadSod("not signed data")
        wrapped = signed["encap_content_info"]
        content = bytes(wrapped["content"].native)
        listed = _SecurityObject.load(content)
        signers = signed["signer_infos"]
        if len(signers) != 1:
            raise BadSod("not one signer")
        return SecurityObject(
            algorithm=str(listed["algorithm"]["algorithm"].native),
            hashes={one["number"].native: bytes(one["digest"].native) for one in listed["hashes"]},
            certificates=tuple(
                one.chosen for one in signed["certificates"] if one.name == "certificate"
            ),
            signer=signers[0],
            content=content,
            content_type=wrapped["content_type"].dotted,
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise BadSod("form") from error


def signer_certificates(sod: SecurityObject) -> list[x509.Certificate]:
    """Return the certificates that the signer may mean, the one it names first."""
    sid = sod.signer["sid"]
    if sid.name == "issuer_and_serial_number":
        serial = sid.chosen["serial_number"].native
        named = [one for one in sod.certificates if one.serial_number == serial]
    else:
        key = bytes(sid.chosen.native)
        named = [one for one in sod.certificates if one.key_identifier == key]
    return named + [one for one in sod.certificates if one not in named]


def verify_signature(sod: SecurityObject) -> x509.Certificate:
    """Check the signature over the list and return the certificate of who signed it.

    Raises:
        WrongSignature: List, attributes or signature were changed.
        UnknownScheme: The signature is of a kind that cannot be checked.
        BadSod: There is no certificate.
    """
    signer = sod.signer
    digest = str(signer["digest_algorithm"]["algorithm"].native)
    attributes = signer["signed_attrs"]
    data = sod.content
    if len(attributes):
        told = _attribute(attributes, "message_digest")
        if bytes(told.native) != hash_by(digest, sod.content):
            raise WrongSignature("digest of the list")
        if _attribute(attributes, "content_type").dotted != sod.content_type:
            raise WrongSignature("content type")
        data = b"\x31" + attributes.dump()[1:]  # signed as a SET, sent with a tag of its own
    candidates = signer_certificates(sod)
    if not candidates:
        raise BadSod("no certificate of the signer")
    signature = bytes(signer["signature"].native)
    certificate = candidates[0]
    key = load_key(certificate.public_key)
    verify(key, signer["signature_algorithm"], signature, data, digest=digest)
    return certificate


def signed_at(sod: SecurityObject) -> datetime | None:
    """Return when the signer says it signed; None when it does not say."""
    try:
        told = _attribute(sod.signer["signed_attrs"], "signing_time").native
    except BadSod:
        return None
    return told if isinstance(told, datetime) else None


def _attribute(attributes: cms.CMSAttributes, name: str) -> core.Asn1Value:
    for attribute in attributes:
        if attribute["type"].native == name and len(attribute["values"]) == 1:
            return attribute["values"][0]
    raise BadSod(f"no attribute {name}")
