"""Is it real? Groups against the signed list, the list against its signer, he against trust.

Source: ICAO Doc 9303-11, 5.1. The verdict's rule itself stands in ``counter.cards.Authenticity``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from asn1crypto import x509

from counter.cards import Authenticity, Chip, Groups, Issuer, Signature
from counter.errors import CardUnreadable
from devices.card.groups import issuing_state
from devices.card.signatures import UnknownScheme, WrongSignature
from devices.card.signed import BadSignedData, parsing
from devices.card.sod import SecurityObject, parse_sod
from devices.card.states import two_letters


class Anchors(Protocol):
    """The issuers a desk trusts."""

    def judge(self, signer: x509.Certificate, moment: datetime | None) -> Issuer:
        """Say how *signer* stands when it signed at *moment*; None when that is not known."""


def judge(
    sod: bytes | None, groups: Mapping[int, bytes], anchors: Anchors, chip: Chip
) -> Authenticity:
    """Return what is proven about the *groups* that were read.

    Args:
        sod: EF.SOD; None when the chip has none.
        groups: The exact bytes read, by number.
        chip: What the chip proved with its own keys.
    """
    if sod is None:
        return _nothing_proven(Signature.MISSING, "signature.missing", chip)
    try:
        listed = parse_sod(sod)
    except CardUnreadable:
        return _nothing_proven(Signature.INVALID, "signature.malformed", chip)
    reasons: list[str] = []
    matching = _match_groups(listed, groups, reasons)
    signature, issuer = _judge_signer(listed, anchors, groups.get(1), reasons)
    if signature is not Signature.VALID or matching is not Groups.MATCH:
        # A chip's own proof stands on keys in groups that nobody vouches for.
        chip = Chip.NOT_CHECKED if chip in {Chip.GENUINE, Chip.CLONE} else chip
    if chip is not Chip.GENUINE:
        reasons.append(f"chip.{chip}")
    return Authenticity(matching, signature, issuer, chip, tuple(reasons))


def _nothing_proven(signature: Signature, reason: str, chip: Chip) -> Authenticity:
    chip = Chip.NOT_CHECKED if chip is Chip.GENUINE else chip
    reasons = (reason, "issuer.unknown", f"chip.{chip}")
    return Authenticity(Groups.MATCH, signature, Issuer.UNKNOWN, chip, reasons)


def _match_groups(
    listed: SecurityObject, groups: Mapping[int, bytes], reasons: list[str]
) -> Groups:
    try:
        changed = [n for n, content in groups.items() if not listed.covers(n, content)]
    except UnknownScheme:
        changed = list(groups)
    reasons.extend(f"groups.dg{number}" for number in changed)
    return Groups.MISMATCH if changed else Groups.MATCH


def _judge_signer(
    listed: SecurityObject, anchors: Anchors, dg1: bytes | None, reasons: list[str]
) -> tuple[Signature, Issuer]:
    try:
        signer = listed.signed.verify()
        signed_at = listed.signed.signed_at
    except UnknownScheme:
        reasons.extend(("signature.unknown_scheme", "issuer.unknown"))
        return Signature.MISSING, Issuer.UNKNOWN
    except (WrongSignature, BadSignedData):
        reasons.extend(("signature.invalid", "issuer.unknown"))
        return Signature.INVALID, Issuer.UNKNOWN
    issuer = anchors.judge(signer, signed_at)
    if issuer is Issuer.TRUSTED and not _signs_for(signer, dg1):
        reasons.append("issuer.other_state")
        return Signature.VALID, Issuer.UNKNOWN
    if issuer is not Issuer.TRUSTED:
        reasons.append(f"issuer.{issuer}")
    return Signature.VALID, issuer


def _signs_for(signer: x509.Certificate, dg1: bytes | None) -> bool:
    """Say whether the document is of the state whose issuer certified the signer."""
    if dg1 is None:
        return False
    try:
        with parsing():
            country = signer.issuer.native.get("country_name", "")
        return bool(country) and country.upper() == two_letters(issuing_state(dg1))
    except (CardUnreadable, AttributeError):
        return False
