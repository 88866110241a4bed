"""The issuer of invented cards: a CSCA of its own, a document signer, and signed hashes.

The keys come from words anybody can read here, so that demonstration cards stay the same from
one run to the next. They prove nothing about anybody; only a training desk may trust them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import ClassVar

from asn1crypto import algos, cms, core, crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LDS_SECURITY_OBJECT = "2.23.136.1.1.1"


@dataclass(frozen=True, slots=True)
class Signer:
    """A key and its certificate."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        """The certificate's bytes."""
        return self.certificate.public_bytes(serialization.Encoding.DER)


@dataclass(frozen=True, slots=True)
class Issuer:
    """A country signing authority and the document signer it certified."""

    csca: Signer
    document_signer: Signer

    def sign(self, groups: Mapping[int, bytes], signed_at: datetime) -> bytes:
        """Return EF.SOD over the hashes of *groups* (ICAO Doc 9303-10, 4.6.2)."""
        content = _lds_security_object(groups)
        signer = self.document_signer
        body = signed_message(signer, LDS_SECURITY_OBJECT, content, signed_at=signed_at)
        length = len(body).to_bytes(2, "big")
        return b"\x77\x82" + length + body


def signed_message(
    by: Signer,
    content_type: str,
    content: bytes,
    *,
    signed_at: datetime,
    also: Sequence[bytes] = (),
    revoked: Sequence[bytes] = (),
) -> bytes:
    """Return *content* with the signature of *by* (RFC 5652).

    Args:
        content_type: What the content is, as a dotted identifier.
        also: Certificates that go along with the signer's.
        revoked: Revocation lists that go along.
    """
    certificate = asn1_x509.Certificate.load(by.der)
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": [content_type]},
            {"type": "message_digest", "values": [hashlib.sha256(content).digest()]},
            {"type": "signing_time", "values": [cms.Time({"utc_time": signed_at})]},
        ]
    )
    how = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
    signer = {
        "version": "v1",
        "sid": {
            "issuer_and_serial_number": {
                "issuer": certificate.issuer,
                "serial_number": certificate.serial_number,
            }
        },
        "digest_algorithm": {"algorithm": "sha256"},
        "signed_attrs": attributes,
        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
        "signature": by.key.sign(attributes.dump(), how),
    }
    signed = {
        "version": "v3",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {
            "content_type": content_type,
            "content": core.ParsableOctetString(content),
        },
        "certificates": [certificate, *(asn1_x509.Certificate.load(der) for der in also)],
        "signer_infos": [signer],
    }
    if revoked:
        signed["crls"] = [crl.CertificateList.load(der) for der in revoked]
    info = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})
    body: bytes = info.dump()
    return body


class _GroupHash(core.Sequence):  # type: ignore[misc]  # asn1crypto carries no types
    _fields: ClassVar[list[object]] = [("number", core.Integer), ("digest", core.OctetString)]


class _GroupHashes(core.SequenceOf):  # type: ignore[misc]  # asn1crypto carries no types
    _child_spec = _GroupHash


class _SecurityObject(core.Sequence):  # type: ignore[misc]  # asn1crypto carries no types
    _fields: ClassVar[list[object]] = [
        ("version", core.Integer),
        ("algorithm", algos.DigestAlgorithm),
        ("hashes", _GroupHashes),
    ]


def _lds_security_object(groups: Mapping[int, bytes]) -> bytes:
    made: bytes = _SecurityObject(
        {
            "version": 0,
            "algorithm": {"algorithm": "sha256"},
            "hashes": [
                {"number": number, "digest": hashlib.sha256(content).digest()}
                for number, content in sorted(groups.items())
            ],
        }
    ).dump()
    return made


@cache
def demonstration_issuer() -> Issuer:
    """Return the issuer of every demonstration card; the same in every run."""
    return make_issuer("trình diễn, không có giá trị")


def make_issuer(
    words: str,
    *,
    country: str = "VN",
    issued_at: datetime = datetime(2021, 1, 1, tzinfo=UTC),
    csca_until: datetime = datetime(2046, 1, 1, tzinfo=UTC),
    signer_until: datetime = datetime(2036, 1, 1, tzinfo=UTC),
) -> Issuer:
    """Make an issuer whose keys come from *words*."""
    csca_key = _key(f"CSCA {words}", ec.SECP384R1())
    signer_key = _key(f"DS {words}", ec.BrainpoolP384R1())
    csca_name = _name(words, "CSCA", country)
    csca = _certify(
        csca_key.public_key(),
        csca_name,
        csca_name,
        (issued_at, csca_until),
        csca_key,
        authority=True,
    )
    signer = _certify(
        signer_key.public_key(),
        _name(words, "Document Signer", country),
        csca_name,
        (issued_at, signer_until),
        csca_key,
        authority=False,
    )
    return Issuer(Signer(csca_key, csca), Signer(signer_key, signer))


def _key(words: str, curve: ec.EllipticCurve) -> ec.EllipticCurvePrivateKey:
    secret = int.from_bytes(hashlib.sha256(words.encode("utf-8")).digest(), "big")
    return ec.derive_private_key(secret, curve)


def _name(words: str, role: str, country: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, country),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, words),
            x509.NameAttribute(NameOID.COMMON_NAME, role),
        ]
    )


def _certify(
    public: ec.EllipticCurvePublicKey,
    subject: x509.Name,
    issuer: x509.Name,
    valid: tuple[datetime, datetime],
    by: ec.EllipticCurvePrivateKey,
    *,
    authority: bool,
) -> x509.Certificate:
    serial = hashlib.sha256(subject.public_bytes() + b"serial").digest()[:8]
    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(int.from_bytes(serial, "big") >> 1)
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False
        )
    )
    if authority:
        builder = builder.add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
    return builder.sign(by, hashes.SHA384(), ecdsa_deterministic=True)
