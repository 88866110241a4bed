"""Whom the desk trusts: what is taken in, what is not, and how signers stand by it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from counter.cards import CardSecrets, Issuer, IssuerKind, Verdict
from counter.errors import BadTrustFile, UnknownCertificate
from devices.card.demo import DemoCard
from devices.card.issuers import MASTER_LIST
from devices.card.simulator.ber import integer, obj
from devices.card.simulator.chip import SimulatedChip
from devices.card.simulator.citizen import make_chip
from devices.card.simulator.issuer import Signer, make_issuer, signed_message
from devices.card.sod import parse_sod
from devices.card.trust import TrustStore
from tests.conftest import ExpectedLog
from tests.devices.card.conftest import Desk

DER = serialization.Encoding.DER
PEM = serialization.Encoding.PEM
SIGNED_AT = datetime(2024, 7, 1, tzinfo=UTC)
ISSUER = make_issuer("thử kho tin cậy")

Write = Callable[[bytes], Path]


@pytest.fixture
def store(tmp_path: Path) -> TrustStore:
    return TrustStore(tmp_path / "trust")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(content: bytes) -> Path:
        path = tmp_path / "brought.bin"
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def trusting(store: TrustStore, write: Write) -> TrustStore:
    """A store that trusts the issuer of these tests."""
    store.import_file(write(ISSUER.csca.der))
    return store


def signer(of: Signer = ISSUER.document_signer) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(of.der)


def revoke(serial: int, made_at: datetime, by: Signer = ISSUER.csca) -> bytes:
    """Return a revocation list that names *serial*."""
    one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(made_at).build()
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(by.certificate.subject)
        .last_update(made_at)
        .next_update(made_at + timedelta(days=90))
        .add_revoked_certificate(one)
    )
    return builder.sign(by.key, hashes.SHA384()).public_bytes(DER)


def test_a_desk_trusts_nobody_until_somebody_is_taken_in(store: TrustStore) -> None:
    assert store.list() == ()
    assert store.judge(signer(), SIGNED_AT) is Issuer.UNKNOWN


@pytest.mark.parametrize("form", [DER, PEM], ids=["der", "pem"])
def test_an_issuer_certificate_is_taken_in_from_either_form(
    store: TrustStore, write: Write, form: serialization.Encoding
) -> None:
    added, rejected = store.import_file(write(ISSUER.csca.certificate.public_bytes(form)))

    assert (added, rejected) == (1, ())
    (entry,) = store.list()
    assert (entry.kind, entry.country, entry.source) == (IssuerKind.CSCA, "VN", "brought.bin")
    assert store.judge(signer(), SIGNED_AT) is Issuer.TRUSTED


def test_taking_in_twice_changes_nothing(trusting: TrustStore, write: Write) -> None:
    before = trusting.list()

    added, rejected = trusting.import_file(write(ISSUER.csca.der))

    assert (added, rejected) == (0, ())
    assert trusting.list() == before


def test_a_certificate_is_removed_by_its_fingerprint(trusting: TrustStore) -> None:
    (entry,) = trusting.list()

    trusting.remove(entry.sha256.upper())

    assert trusting.list() == ()
    assert trusting.judge(signer(), SIGNED_AT) is Issuer.UNKNOWN


def test_removing_what_is_not_there_is_refused(trusting: TrustStore) -> None:
    with pytest.raises(UnknownCertificate):
        trusting.remove("00" * 32)


def test_a_document_signer_is_no_issuer(store: TrustStore, write: Write) -> None:
    added, (rejected,) = store.import_file(write(ISSUER.document_signer.der))

    assert added == 0
    assert rejected.reason == "not_an_issuer"


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"\x30\x80", b"-----BEGIN CERTIFICATE-----\nxx\n", ISSUER.csca.der[:-1]],
)
def test_a_file_with_nothing_in_it_is_refused(
    store: TrustStore, write: Write, content: bytes
) -> None:
    with pytest.raises(BadTrustFile):
        store.import_file(write(content))


def test_a_changed_issuer_certificate_is_not_taken_in(store: TrustStore, write: Write) -> None:
    changed = bytearray(ISSUER.csca.der)
    changed[-1] ^= 1

    added, (rejected,) = store.import_file(write(bytes(changed)))

    assert added == 0
    assert rejected.reason == "wrong_signature"


def test_an_issuer_of_the_same_name_with_another_key_vouches_for_nobody(
    store: TrustStore, write: Write
) -> None:
    builder = (
        x509.CertificateBuilder()
        .subject_name(ISSUER.csca.certificate.subject)
        .issuer_name(ISSUER.csca.certificate.subject)
        .public_key(ISSUER.document_signer.key.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2021, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    )
    imposter = builder.sign(ISSUER.document_signer.key, hashes.SHA256())
    store.import_file(write(imposter.public_bytes(DER)))

    assert store.judge(signer(), SIGNED_AT) is Issuer.UNKNOWN


def test_a_signer_that_ran_out_after_signing_is_fine(trusting: TrustStore) -> None:
    assert trusting.judge(signer(), datetime(2035, 12, 31, tzinfo=UTC)) is Issuer.TRUSTED


@pytest.mark.parametrize(
    "moment", [datetime(2036, 6, 1, tzinfo=UTC), datetime(2020, 6, 1, tzinfo=UTC)]
)
def test_a_signer_outside_its_days_is_expired(trusting: TrustStore, moment: datetime) -> None:
    assert trusting.judge(signer(), moment) is Issuer.EXPIRED


def test_a_revoked_signer_is_revoked(trusting: TrustStore, write: Write) -> None:
    serial = ISSUER.document_signer.certificate.serial_number

    added, rejected = trusting.import_file(write(revoke(serial, SIGNED_AT)))

    assert (added, rejected) == (1, ())
    assert trusting.judge(signer(), SIGNED_AT) is Issuer.REVOKED
    assert IssuerKind.CRL in {entry.kind for entry in trusting.list()}


def test_a_newer_revocation_list_takes_the_place_of_the_older(
    trusting: TrustStore, write: Write
) -> None:
    serial = ISSUER.document_signer.certificate.serial_number
    trusting.import_file(write(revoke(serial, SIGNED_AT)))

    trusting.import_file(write(revoke(serial + 1, SIGNED_AT + timedelta(days=30))))
    _, (rejected,) = trusting.import_file(write(revoke(serial, SIGNED_AT)))

    assert rejected.reason == "older"
    assert trusting.judge(signer(), SIGNED_AT) is Issuer.TRUSTED
    assert len(trusting.list()) == 2


def test_a_revocation_list_of_a_stranger_is_not_taken_in(
    trusting: TrustStore, write: Write
) -> None:
    stranger = make_issuer("người lạ").csca

    added, (rejected,) = trusting.import_file(write(revoke(1, SIGNED_AT, by=stranger)))

    assert added == 0
    assert rejected.reason == "unknown_issuer"


def test_a_card_of_a_trusted_issuer_lacks_only_the_proof_of_its_chip(
    desk: Desk, card: DemoCard, trusting: TrustStore
) -> None:
    desk.anchors = trusting
    chip = SimulatedChip(make_chip(card.citizen, issuer=ISSUER))

    truth = desk.read(chip, CardSecrets(can=card.can)).authenticity

    assert truth.issuer is Issuer.TRUSTED
    assert not [reason for reason in truth.reasons if reason.startswith(("issuer", "signature"))]


def test_a_card_of_a_revoked_signer_is_forged(
    desk: Desk, card: DemoCard, trusting: TrustStore, write: Write
) -> None:
    serial = ISSUER.document_signer.certificate.serial_number
    trusting.import_file(write(revoke(serial, SIGNED_AT)))
    desk.anchors = trusting
    chip = SimulatedChip(make_chip(card.citizen, issuer=ISSUER))

    truth = desk.read(chip, CardSecrets(can=card.can)).authenticity

    assert truth.verdict is Verdict.FORGED
    assert "issuer.revoked" in truth.reasons


def test_a_spoilt_folder_trusts_nobody_and_says_so(
    trusting: TrustStore, tmp_path: Path, expected_log: ExpectedLog
) -> None:
    expected_log.expect("index of trusted issuers")
    (tmp_path / "trust" / "index.json").write_text("{", encoding="utf-8")

    assert trusting.judge(signer(), SIGNED_AT) is Issuer.UNKNOWN
    with pytest.raises(BadTrustFile):
        trusting.list()


def test_a_certificate_changed_on_the_disk_vouches_for_nobody(
    trusting: TrustStore, tmp_path: Path
) -> None:
    (path,) = (tmp_path / "trust").glob("*.cer")
    path.write_bytes(make_issuer("người lạ").csca.der)

    assert trusting.judge(signer(), SIGNED_AT) is Issuer.UNKNOWN


# Bundles: a master list that a province makes of its own


PROVINCE = make_issuer("tỉnh thử nghiệm")


def bundle(*certificates: bytes, revoked: tuple[bytes, ...] = ()) -> bytes:
    """Return a bundle that the province signed."""
    listed = obj(0x30, integer(0), obj(0x31, *certificates))
    return signed_message(
        PROVINCE.document_signer,
        MASTER_LIST,
        listed,
        signed_at=SIGNED_AT,
        also=(PROVINCE.csca.der,),
        revoked=revoked,
    )


def test_a_bundle_brings_issuers_and_revocation_lists_in_one_step(
    store: TrustStore, write: Write
) -> None:
    list_of_revoked = revoke(signer().serial_number, SIGNED_AT)

    taken = store.import_file(write(bundle(ISSUER.csca.der, revoked=(list_of_revoked,))))

    assert taken == (2, ())
    assert store.judge(signer(), SIGNED_AT) is Issuer.REVOKED


def test_who_signed_a_bundle_is_no_issuer_of_cards_by_that(store: TrustStore, write: Write) -> None:
    store.import_file(write(bundle(ISSUER.csca.der)))

    assert store.judge(signer(PROVINCE.document_signer), SIGNED_AT) is Issuer.UNKNOWN


def test_a_revocation_list_of_a_stranger_in_a_bundle_is_not_taken(
    store: TrustStore, write: Write
) -> None:
    forged = revoke(signer().serial_number, SIGNED_AT, make_issuer("kẻ lạ").csca)

    added, rejected = store.import_file(write(bundle(ISSUER.csca.der, revoked=(forged,))))

    assert (added, [one.reason for one in rejected]) == (1, ["unknown_issuer"])
    assert store.judge(signer(), SIGNED_AT) is Issuer.TRUSTED


def test_a_bundle_that_was_changed_brings_nothing(store: TrustStore, write: Write) -> None:
    whole = bundle(ISSUER.csca.der)
    at = whole.index(ISSUER.csca.der) + 100
    changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]

    with pytest.raises(BadTrustFile):
        store.import_file(write(changed))
    assert store.list() == ()


# Real issuers


@pytest.fixture(scope="module")
def master_list(shared: Path) -> Path:
    return shared / "card" / "trust" / "DE_ML_2026-05-28-08-28-45.ml"


@pytest.fixture(scope="module")
def world(master_list: Path, tmp_path_factory: pytest.TempPathFactory) -> TrustStore:
    """A store with the German master list in it."""
    store = TrustStore(tmp_path_factory.mktemp("world"))
    store.import_file(master_list)
    return store


def test_every_certificate_of_a_master_list_is_taken_in(world: TrustStore) -> None:
    assert len(world.list()) == 588


def test_every_genuine_signed_list_leads_to_its_country(world: TrustStore, shared: Path) -> None:
    texts = json.loads((shared / "card" / "sod" / "genuine_sods.json").read_text())

    stands = [
        world.judge(sod.signed.verify(), sod.signed.signed_at)
        for sod in (parse_sod(bytes.fromhex(text)) for text in texts)
    ]

    assert stands == [Issuer.TRUSTED] * len(texts)


def test_a_changed_master_list_is_refused(
    store: TrustStore, write: Write, master_list: Path
) -> None:
    changed = bytearray(master_list.read_bytes())
    changed[len(changed) // 2] ^= 1

    with pytest.raises(BadTrustFile):
        store.import_file(write(bytes(changed)))
    assert store.list() == ()


def test_the_issuer_of_the_country_is_taken_in(store: TrustStore, shared: Path) -> None:
    added, rejected = store.import_file(shared / "card" / "trust" / "CSCA_Vietnam_001_2021.pem")

    assert (added, rejected) == (1, ())
    (entry,) = store.list()
    assert (entry.country, entry.kind) == ("VN", IssuerKind.CSCA)
    assert entry.sha256.startswith("6f0a20d6")
