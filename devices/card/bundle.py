"""A province's bundle: every issuer it vouches for, in one signed file that replaces the last.

The shell is a signed message (RFC 5652) over a JSON object: ``kind``, a ``serial`` that only
grows, and ``entries``, the certificates and revocation lists as base64 of their DER. Who may sign
stands in the desk's settings as the fingerprint of a certificate: the signer is known before the
first bundle comes, so none that anybody else made can be installed.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass

from counter.errors import BadTrustFile, BundleNotVouched, CardUnreadable
from devices.card.issuers import LARGEST_FILE, IssuerFile, der_blocks, read_issuer_file, sha256_of
from devices.card.signed import SignedData, parse_signed

DATA = "1.2.840.113549.1.7.1"
KIND = "motcua.trust-bundle"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose signature was checked.

    Attributes:
        serial: Of this bundle; a later one has a greater one.
        sha256: Of what was signed.
        brings: All it vouches for.
    """

    serial: int
    sha256: str
    brings: IssuerFile

    @property
    def fingerprints(self) -> frozenset[str]:
        """Of every certificate and revocation list in it."""
        return frozenset(map(sha256_of, (*self.brings.certificates, *self.brings.crls)))


def find_bundle(content: bytes, signers: Collection[str]) -> Bundle | None:
    """Return the bundle in *content*; None when it is another kind of file.

    Args:
        signers: Fingerprints of the certificates that may sign, as lower-case hexadecimal.

    Raises:
        BundleNotVouched: None of them signed it.
        BadTrustFile: It was changed, or has another form.
    """
    signed = _find_message(content)
    if signed is None:
        return None
    try:
        signer = sha256_of(signed.verify())
    except CardUnreadable as error:
        raise BadTrustFile(str(error)) from error
    if signer not in signers:
        raise BundleNotVouched(f"signed by {signer[:16]}")
    return _read(signed.content)


def _find_message(content: bytes) -> SignedData | None:
    """Return the signed message if it carries plain data; a master list names its own kind."""
    if len(content) > LARGEST_FILE:
        return None
    try:
        blocks = der_blocks(content)
        signed = parse_signed(blocks[0]) if len(blocks) == 1 else None
    except CardUnreadable:
        return None
    return signed if signed is not None and signed.content_type == DATA else None


def _read(content: bytes) -> Bundle:
    try:
        told = json.loads(content)
        kind, serial, entries = told["kind"], told["serial"], told["entries"]
        ders = [base64.b64decode(entry, validate=True) for entry in entries]
    except (ValueError, TypeError, LookupError) as error:
        raise BadTrustFile("no bundle") from error
    if kind != KIND or type(serial) is not int or serial < 1:
        raise BadTrustFile("another kind of bundle")
    parts = [read_issuer_file(der) for der in ders]
    brings = IssuerFile(
        certificates=tuple(one for part in parts for one in part.certificates),
        crls=tuple(one for part in parts for one in part.crls),
        vouched=True,
    )
    return Bundle(serial, hashlib.sha256(content).hexdigest(), brings)
