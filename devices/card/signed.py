"""Signed messages of issuers: the shell around EF.SOD and around master lists (RFC 5652)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import cms, core, crl, x509

from counter.errors import CardUnreadable
from devices.card.signatures import WrongSignature, hash_by, load_key, verify

BROKEN = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What ``asn1crypto`` raises over bytes that are no ASN.1, some of it only when they are used."""


class BadSignedData(CardUnreadable):
    """The bytes are no message with one signer."""


@contextmanager
def parsing() -> Iterator[None]:
    """Turn what a parser raises over foreign bytes into ``BadSignedData``."""
    try:
        yield
    except BROKEN as error:
        raise BadSignedData("form") from error


@dataclass(frozen=True, slots=True)
class SignedData:
    """A signed message taken apart; nothing in it is proven yet.

    Attributes:
        certificates: Those the message carries, in its order.
        crls: Revocation lists it carries; the signature does not cover them.
        signer: What the one signer says.
        content_type: Object identifier in dots.
    """

    content: bytes = field(repr=False)
    content_type: str
    certificates: tuple[x509.Certificate, ...] = field(repr=False)
    signer: cms.SignerInfo = field(repr=False)
    crls: tuple[crl.CertificateList, ...] = field(default=(), repr=False)

    @property
    def signed_at(self) -> datetime | None:
        """When the signer says it signed; None when it does not say."""
        with parsing():
            found = [a["values"][0].native for a in self._attributes("signing_time")]
            return found[0] if found and isinstance(found[0], datetime) else None

    def verify(self) -> x509.Certificate:
        """Check the signature and return the certificate of who signed.

        Raises:
            WrongSignature: Content, attributes or signature were changed.
            UnknownScheme: The signature is of a kind that cannot be checked.
            BadSignedData: The signer's certificate is not there.
        """
        with parsing():
            digest = str(self.signer["digest_algorithm"]["algorithm"].native)
            certificate = self._signer_certificate()
            key = load_key(certificate.public_key)
            signature = bytes(self.signer["signature"].native)
            how = self.signer["signature_algorithm"]
            verify(key, how, signature, self._signed_bytes(digest), digest=digest)
            return certificate

    def _signed_bytes(self, digest: str) -> bytes:
        attributes = self.signer["signed_attrs"]
        if not len(attributes):
            return self.content
        told = bytes(self._attribute("message_digest").native)
        if told != hash_by(digest, self.content):
            raise WrongSignature("digest of the content")
        if self._attribute("content_type").dotted != self.content_type:
            raise WrongSignature("content type")
        signed: bytes = attributes.dump()
        return b"\x31" + signed[1:]  # signed as a SET, sent with a tag of its own

    def _signer_certificate(self) -> x509.Certificate:
        sid = self.signer["sid"]
        if sid.name == "issuer_and_serial_number":
            serial = sid.chosen["serial_number"].native
            named = [one for one in self.certificates if one.serial_number == serial]
        else:
            key = bytes(sid.chosen.native)
            named = [one for one in self.certificates if one.key_identifier == key]
        # Some signers name themselves wrongly; the only certificate there is then meant.
        if not named and len(self.certificates) == 1:
            named = list(self.certificates)
        if not named:
            raise BadSignedData("no certificate of the signer")
        return named[0]

    def _attributes(self, name: str) -> list[cms.CMSAttribute]:
        attributes = self.signer["signed_attrs"]
        return [a for a in attributes if a["type"].native == name and len(a["values"]) == 1]

    def _attribute(self, name: str) -> core.Asn1Value:
        found = self._attributes(name)
        if len(found) != 1:
            raise BadSignedData(f"not one attribute {name}")
        return found[0]["values"][0]


def parse_signed(data: bytes) -> SignedData:
    """Take a signed message apart.

    Raises:
        BadSignedData: It has another form or not one signer.
    """
    with parsing():
        signed = cms.ContentInfo.load(data, strict=True)["content"]
        if not isinstance(signed, cms.SignedData):
            raise BadSignedData("not signed data")
        signers = signed["signer_infos"]
        if len(signers) != 1:
            raise BadSignedData("not one signer")
        wrapped = signed["encap_content_info"]
        certificates = tuple(
            one.chosen for one in signed["certificates"] if one.name == "certificate"
        )
        return SignedData(
            content=bytes(wrapped["content"].native),
            content_type=wrapped["content_type"].dotted,
            certificates=certificates,
            signer=signers[0],
            crls=tuple(
                one.chosen
                for one in signed["crls"] or ()
                if isinstance(one.chosen, crl.CertificateList)
            ),
        )
