"""Whom a desk trusts, asked about when a card lies there.

Most of what it takes to read a chip is loaded then: the officer types the six digits meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from program.rooms import anchors_of

if TYPE_CHECKING:
    from datetime import datetime

    from asn1crypto import x509

    from counter.cards import Issuer
    from counter.folder import DataFolder


@dataclass(frozen=True, slots=True)
class IssuersAtNeed:
    """The issuers in a data folder; see ``devices.card.authentic.Anchors``."""

    folder: DataFolder

    def judge(self, signer: x509.Certificate, moment: datetime | None) -> Issuer:
        """Say how *signer* stands when it signed at *moment*; None when that is not known."""
        return anchors_of(self.folder).judge(signer, moment)
