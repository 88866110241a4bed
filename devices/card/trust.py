"""The issuers of chip cards that a desk trusts: certificates in the data folder."""

from __future__ import annotations

from datetime import datetime

from asn1crypto import x509

from counter.cards import Issuer


class NoAnchors:
    """A desk that trusts nobody yet: every issuer is unknown to it."""

    def judge(self, signer: x509.Certificate, moment: datetime | None) -> Issuer:
        """Say how *signer* stands."""
        return Issuer.UNKNOWN
