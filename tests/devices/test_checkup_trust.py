"""The doctor says what the desk cannot know about issuers of cards."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from counter.errors import NoIssuers, RevocationsMissing, RevocationsOverdue
from counter.work import CheckState
from devices import checkup
from devices.card.trust import TrustStore

MADE = datetime(2026, 1, 1, tzinfo=UTC)
RENEWED = datetime(2026, 7, 1, tzinfo=UTC)
NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Mẫu")])
KEY = ec.derive_private_key(2026, ec.SECP256R1())


def issuer() -> bytes:
    """Return an invented issuer's certificate."""
    made = (
        x509.CertificateBuilder()
        .subject_name(NAME)
        .issuer_name(NAME)
        .public_key(KEY.public_key())
        .serial_number(1)
        .not_valid_before(MADE)
        .not_valid_after(datetime(2046, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(KEY, hashes.SHA256())
    )
    return made.public_bytes(Encoding.DER)


def revocations() -> bytes:
    """Return its revocation list, which revokes nobody."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(NAME)
    made = builder.last_update(MADE).next_update(RENEWED).sign(KEY, hashes.SHA256())
    return made.public_bytes(Encoding.DER)


def test_a_desk_that_trusts_nobody_is_told_so(tmp_path: Path) -> None:
    assert isinstance(checkup.check_trust(tmp_path, MADE).error, NoIssuers)


def test_an_issuer_without_a_revocation_list_is_a_fact_and_no_failure(tmp_path: Path) -> None:
    TrustStore(tmp_path).import_bytes(issuer(), "issuer.cer")

    check = checkup.check_trust(tmp_path, MADE)

    assert (check.state, check.facts) == (CheckState.WARNING, "1")
    assert isinstance(check.error, RevocationsMissing)


def test_a_revocation_list_is_good_until_the_day_of_the_next(tmp_path: Path) -> None:
    store = TrustStore(tmp_path)
    store.import_bytes(issuer(), "issuer.cer")
    store.import_bytes(revocations(), "issuer.crl")

    assert checkup.check_trust(tmp_path, RENEWED).error is None
    after = checkup.check_trust(tmp_path, datetime(2026, 7, 2, tzinfo=UTC))
    assert isinstance(after.error, RevocationsOverdue)
