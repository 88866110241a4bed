"""Certificates and revocation lists of card issuers, as files bring them.

A file holds certificates or a revocation list, in DER or PEM, or a master list: many certificates
under one signature (ICAO Doc 9303-12, 7.3), with revocation lists beside them if its maker likes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from asn1crypto import core, crl, pem, x509

from counter.errors import BadTrustFile, CardUnreadable
from devices.card.signatures import UnknownScheme, WrongSignature, load_key, verify
from devices.card.signed import BROKEN, SignedData, parse_signed, parsing

LARGEST_FILE = 32 << 20
MASTER_LIST = "2.23.136.1.1.2"
DEMONSTRATION_KEY = "e3bd91b5ad198c2d7a93330224f0eb1f1dca94261eab894f1d393a872b852cab"
"""SHA-256 of the public key that anybody can compute: it vouches for invented citizens."""


class _Certificates(core.SetOf):  # type: ignore[misc]  # asn1crypto carries no types
    _child_spec = x509.Certificate


class _MasterList(core.Sequence):  # type: ignore[misc]  # asn1crypto carries no types
    _fields: ClassVar[list[object]] = [
        ("version", core.Integer),
        ("certificates", _Certificates),
    ]


@dataclass(frozen=True, slots=True)
class IssuerFile:
    """What one file brings.

    Attributes:
        vouched: The certificates stand under the signature of a master list that was checked.
    """

    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()
    vouched: bool = field(default=False)


def read_issuer_file(content: bytes) -> IssuerFile:
    """Take a file apart.

    Raises:
        BadTrustFile: It holds nothing of the kind, or a master list that was changed.
    """
    if len(content) > LARGEST_FILE:
        raise BadTrustFile("too large")
    try:
        blocks = der_blocks(content)
        found = [_read_der(der) for der in blocks]
    except CardUnreadable as error:
        raise BadTrustFile(str(error)) from error
    certificates = tuple(one for part in found for one in part.certificates)
    crls = tuple(one for part in found for one in part.crls)
    if not certificates and not crls:
        raise BadTrustFile("empty")
    return IssuerFile(certificates, crls, vouched=any(part.vouched for part in found))


def der_blocks(content: bytes) -> list[bytes]:
    """Return the DER of every part of a PEM file, or *content* itself when it is none."""
    if not pem.detect(content):
        return [content]
    with parsing():
        return [der for _, _, der in pem.unarmor(content, multiple=True)]


def _read_der(der: bytes) -> IssuerFile:
    """Tell the three kinds apart by what parses whole."""
    for read in (_as_certificate, _as_crl):
        try:
            return read(der)
        except BROKEN:
            continue
    return _as_master_list(der)


def _as_certificate(der: bytes) -> IssuerFile:
    certificate = x509.Certificate.load(der, strict=True)
    _require_readable(certificate)
    return IssuerFile(certificates=(certificate,))


def _as_crl(der: bytes) -> IssuerFile:
    found = crl.CertificateList.load(der, strict=True)
    made = found["tbs_cert_list"]["this_update"].native
    if not isinstance(made, datetime) or not found.issuer.native:
        raise ValueError("no revocation list")
    return IssuerFile(crls=(found,))


def _require_readable(certificate: x509.Certificate) -> None:
    """Read what is needed later, so that a broken certificate shows itself now."""
    names = certificate.subject.hashable, certificate.issuer.hashable
    days = certificate.not_valid_before, certificate.not_valid_after
    if not (all(names) and days[0] <= days[1] and certificate.public_key.algorithm):
        raise ValueError("no certificate")


def _as_master_list(der: bytes) -> IssuerFile:
    signed = parse_signed(der)
    if signed.content_type != MASTER_LIST:
        raise CardUnreadable("another kind of signed message")
    with parsing():
        listed = tuple(_MasterList.load(signed.content, strict=True)["certificates"])
        for certificate in listed:
            _require_readable(certificate)
    _require_own_issuer(signed, listed)
    return IssuerFile(certificates=listed, crls=signed.crls, vouched=True)


def _require_own_issuer(signed: SignedData, listed: tuple[x509.Certificate, ...]) -> None:
    """Check that the list's signer was certified by an issuer that the list itself brings.

    Whoever imports a list decides to trust it; the chain proves that it is whole and was made by
    the authority it names.
    """
    signer = signed.verify()
    for issuer in (*signed.certificates, *listed):
        if is_issued_by(signer, issuer) and is_issued_by(issuer, issuer):
            return
    raise WrongSignature("the signer of the list has no issuer in it")


def sha256_of(entry: x509.Certificate | crl.CertificateList) -> str:
    """Return the fingerprint of a certificate or revocation list."""
    return hashlib.sha256(entry.dump()).hexdigest()


def key_sha256_of(certificate: x509.Certificate) -> str:
    """Return the fingerprint of a certificate's public key, the same in all that hold it."""
    return hashlib.sha256(certificate.public_key.dump()).hexdigest()


def is_issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Say whether *issuer* is named as issuer and its key made the signature."""
    return _is_signed_by(issuer, certificate, "tbs_certificate", "signature_value")


def is_crl_of(revoked: crl.CertificateList, issuer: x509.Certificate) -> bool:
    """Say whether *issuer* made the revocation list."""
    return _is_signed_by(issuer, revoked, "tbs_cert_list", "signature")


def _is_signed_by(
    issuer: x509.Certificate,
    signed: x509.Certificate | crl.CertificateList,
    text: str,
    signature: str,
) -> bool:
    """Say the same of either; *text* and *signature* are what the two call those parts."""
    try:
        if signed.issuer != issuer.subject:
            return False
        key = load_key(issuer.public_key)
        made = bytes(signed[signature].native)
        verify(key, signed["signature_algorithm"], made, signed[text].dump())
    except (WrongSignature, UnknownScheme, *BROKEN):
        return False
    return True


def may_issue(certificate: x509.Certificate) -> bool:
    """Say whether it is a certificate of an issuer and not of a signer."""
    try:
        usage = certificate.key_usage_value
        return bool(certificate.ca) and (usage is None or "key_cert_sign" in usage.native)
    except BROKEN:
        return False


def has_usable_key(certificate: x509.Certificate) -> bool:
    """Say whether its key is of a kind this program can compute with."""
    try:
        load_key(certificate.public_key)
    except UnknownScheme:
        return False
    return True
