"""Makes bundles as a province would, for the tests of whoever installs or fetches them."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime

from devices.card.bundle import DATA, KIND
from devices.card.simulator.issuer import Signer, make_issuer, signed_message

PROVINCE = make_issuer("tỉnh thử nghiệm").document_signer
MADE_AT = datetime(2026, 11, 1, tzinfo=UTC)


def fingerprint(of: Signer = PROVINCE) -> str:
    """Return what the settings name the signer by."""
    return hashlib.sha256(of.der).hexdigest()


def bundle(
    serial: object, *entries: bytes, by: Signer = PROVINCE, kind: str = KIND, content: str = DATA
) -> bytes:
    """Return a bundle of *entries*, each the DER of a certificate or revocation list."""
    told = {
        "kind": kind,
        "serial": serial,
        "entries": [base64.b64encode(entry).decode("ascii") for entry in entries],
    }
    return signed_message(by, content, json.dumps(told).encode("ascii"), signed_at=MADE_AT)
