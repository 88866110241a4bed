"""Whom the desk believes to be the portal, and what it shows of itself.

One TLS context is made here and decides alone: neither ``verify=`` nor an environment variable
can widen it. Where public keys are pinned, a certificate that a trusted authority has issued for
another key is refused too.
"""

from __future__ import annotations

import base64
import hashlib
import ssl
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from counter.errors import PortalSilent


@dataclass(frozen=True, slots=True)
class Trust:
    """What is believed of the portal and shown to it.

    Attributes:
        ca_file: Certificate authority (PEM) trusted instead of the operating system's.
        certificate: This desk's own certificate (PEM) for mutual TLS; None shows none.
        key: Its private key (PEM); None when it stands in the file of the certificate.
        passphrase: What opens *key*, where it is encrypted.
        pins: ``sha256/`` and the base64 SHA-256 of a public key's SubjectPublicKeyInfo, as RFC
            7469, 2.4 writes it; one of them must be the portal's. Empty pins nothing.
    """

    ca_file: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    passphrase: str = field(default="", repr=False)
    pins: tuple[str, ...] = ()

    def context(self) -> ssl.SSLContext:
        """Return the context that decides about the portal.

        Raises:
            PortalSilent: A file is missing or holds not what it should.
        """
        try:
            trust = ssl.create_default_context(cafile=str(self.ca_file) if self.ca_file else None)
        except OSError as error:
            raise PortalSilent("the certificate authority file cannot be read") from error
        trust.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.certificate is not None:
            try:
                # An empty answer, or OpenSSL would ask for a passphrase on the terminal.
                trust.load_cert_chain(self.certificate, self.key, lambda: self.passphrase)
            except OSError as error:
                raise PortalSilent("the desk's certificate or its key cannot be used") from error
        return trust

    def check(self, certificate: bytes | None) -> None:
        """Pass when the *certificate* (DER) carries a pinned key, or none is pinned.

        Raises:
            ssl.SSLCertVerificationError: It carries another key.
        """
        if self.pins and (certificate is None or pin_of(certificate) not in self.pins):
            refused = ssl.SSLCertVerificationError("the portal's key is not the pinned one")
            refused.verify_message = "not the pinned key"
            raise refused


def pin_of(certificate: bytes) -> str:
    """Return the pin of the key in a *certificate* (DER)."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    told = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return "sha256/" + base64.b64encode(hashlib.sha256(told).digest()).decode("ascii")
