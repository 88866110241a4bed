"""A chip proves to be no copy of its files; a copy is found out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from counter.cards import CardSecrets, Chip, MrzKey, Verdict
from devices.card.chip_proof import ProofFailed, verify_active, verify_recovered
from devices.card.demo import DemoCard
from devices.card.simulator.chip import ChipData, Limits, SimulatedChip
from devices.card.simulator.citizen import make_chip
from devices.card.simulator.issuer import demonstration_issuer
from devices.card.simulator.proofs import CA_ECDH_AES_128, ChipSecrets, dg15, secrets_from, sign
from devices.card.trust import TrustStore
from tests.devices.card.conftest import Desk

NONCE = bytes.fromhex("F173589974BF40C6")
EITHER = secrets_from("một chip")
OTHER = secrets_from("chip khác")


@pytest.fixture(scope="module")
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture
def trusting(desk: Desk, tmp_path: Path) -> Desk:
    """A desk that trusts the issuer of the demonstration."""
    certificate = tmp_path / "issuer.cer"
    certificate.write_bytes(demonstration_issuer().csca.der)
    store = TrustStore(tmp_path / "trust")
    store.import_file(certificate)
    desk.anchors = store
    return desk


def read(desk: Desk, card: DemoCard, data: ChipData) -> tuple[Chip, Verdict]:
    truth = desk.read(SimulatedChip(data), CardSecrets(can=card.can)).authenticity
    return truth.chip, truth.verdict


@pytest.mark.parametrize("limits", [Limits(), Limits(256)], ids=["long", "short"])
def test_a_card_with_everything_in_order_is_authentic(
    trusting: Desk, card: DemoCard, limits: Limits
) -> None:
    truth = trusting.read(card.chip(limits), CardSecrets(can=card.can)).authenticity

    assert truth.verdict is Verdict.AUTHENTIC
    assert truth.reasons == ()


@pytest.mark.parametrize("last_arc", [1, 2, 3, 4], ids=["3des", "aes-128", "aes-192", "aes-256"])
def test_agreeing_on_keys_proves_a_chip_with_every_cipher(
    trusting: Desk, card: DemoCard, last_arc: int
) -> None:
    oid = CA_ECDH_AES_128[:-1] + bytes([last_arc])
    secrets = ChipSecrets(agreement=EITHER.agreement, oid=oid)

    stands = read(trusting, card, make_chip(card.citizen, secrets=secrets))

    assert stands == (Chip.GENUINE, Verdict.AUTHENTIC)


@pytest.mark.parametrize("limits", [Limits(), Limits(256)], ids=["long", "short"])
def test_signing_with_rsa_proves_a_chip_even_in_pieces(
    trusting: Desk, card: DemoCard, rsa_key: rsa.RSAPrivateKey, limits: Limits
) -> None:
    secrets = ChipSecrets(signing=rsa_key)

    stands = read(trusting, card, make_chip(card.citizen, secrets=secrets, limits=limits))

    assert stands == (Chip.GENUINE, Verdict.AUTHENTIC)


def test_a_chip_without_keys_stays_unverified(trusting: Desk, card: DemoCard) -> None:
    stands = read(trusting, card, make_chip(card.citizen))

    assert stands == (Chip.NOT_SUPPORTED, Verdict.UNVERIFIED)


@pytest.mark.parametrize(
    "copied",
    [
        pytest.param(ChipSecrets(OTHER.agreement, OTHER.signing), id="both keys"),
        pytest.param(ChipSecrets(EITHER.agreement, OTHER.signing), id="the signing key"),
    ],
)
def test_a_copy_of_the_files_without_their_keys_is_found_out(
    trusting: Desk, card: DemoCard, copied: ChipSecrets
) -> None:
    genuine = make_chip(card.citizen, secrets=EITHER)

    stands = read(trusting, card, replace(genuine, secrets=copied))

    assert stands == (Chip.CLONE, Verdict.FORGED)


def test_a_copy_of_a_chip_that_only_agrees_is_found_out(trusting: Desk, card: DemoCard) -> None:
    genuine = make_chip(card.citizen, secrets=ChipSecrets(agreement=EITHER.agreement))

    stands = read(trusting, card, replace(genuine, secrets=ChipSecrets(OTHER.agreement)))

    assert stands == (Chip.CLONE, Verdict.FORGED)


def test_a_chip_that_signs_is_no_copy_though_its_new_session_does_not_hold(
    trusting: Desk, card: DemoCard
) -> None:
    data = make_chip(card.citizen, secrets=EITHER)
    muddled = replace(data, secrets=ChipSecrets(OTHER.agreement, EITHER.signing))

    assert read(trusting, card, muddled) == (Chip.GENUINE, Verdict.AUTHENTIC)


def test_a_chip_that_refuses_to_prove_itself_stays_unverified(
    trusting: Desk, card: DemoCard
) -> None:
    data = make_chip(card.citizen, secrets=EITHER)

    stands = read(trusting, card, replace(data, secrets=ChipSecrets(oid=b"\x00")))

    assert stands == (Chip.NOT_CHECKED, Verdict.UNVERIFIED)


def test_a_chip_that_refuses_to_agree_may_still_sign(trusting: Desk, card: DemoCard) -> None:
    data = make_chip(card.citizen, secrets=EITHER)
    refusing = replace(data, secrets=ChipSecrets(None, EITHER.signing))

    assert read(trusting, card, refusing) == (Chip.GENUINE, Verdict.AUTHENTIC)


@pytest.mark.parametrize("group", [0x010E, 0x010F])
def test_keys_that_cannot_be_read_do_not_take_the_name_away(
    desk: Desk, card: DemoCard, group: int
) -> None:
    data = make_chip(card.citizen, secrets=EITHER)
    spoilt = data.files[group][:2] + b"\x04" + data.files[group][3:]

    reading = desk.read(
        SimulatedChip(replace(data, files={**data.files, group: spoilt})),
        CardSecrets(can=card.can),
    )

    assert reading.text is not None
    assert reading.authenticity.verdict is Verdict.FORGED  # its issuer signed other bytes


def test_a_proof_with_keys_nobody_vouches_for_counts_for_nothing(
    trusting: Desk, card: DemoCard
) -> None:
    genuine = make_chip(card.citizen, secrets=EITHER)
    own = make_chip(card.citizen, secrets=OTHER)
    groups = (0x010E, 0x010F)
    files = {**genuine.files, **{group: own.files[group] for group in groups}}

    stands = read(trusting, card, replace(own, files=files))

    assert stands == (Chip.NOT_CHECKED, Verdict.FORGED)


# The signature itself


def test_the_worked_example_of_the_standard_is_recovered(shared: Path) -> None:
    example = json.loads((shared / "card" / "icao" / "icao9303_11_aa_rsa.json").read_text())

    verify_recovered(bytes.fromhex(example["F"]), bytes.fromhex(example["RND_IFD"]))
    with pytest.raises(ProofFailed):
        verify_recovered(bytes.fromhex(example["F"]), bytes(8))


@pytest.mark.parametrize(
    "message",
    [b"", b"\xbc", b"\x6a" + bytes(126) + b"\xbc", bytes(126) + b"\x34\xcc", b"\x6a\x34\xcc"],
)
def test_a_message_of_another_shape_is_no_proof(message: bytes) -> None:
    with pytest.raises(ProofFailed):
        verify_recovered(message, NONCE)


def test_the_reference_key_signs_and_is_believed(shared: Path) -> None:
    folder = shared / "card" / "specimen_bsi"
    key = serialization.load_der_private_key((folder / "DG15_sk.pkcs8").read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)

    signature = sign(ChipSecrets(signing=key), NONCE, bytes(range(256)))

    assert signature is not None
    group = (folder / "Datagroup15.bin").read_bytes()
    verify_active(group, NONCE, signature, digest=None)
    with pytest.raises(ProofFailed):
        verify_active(group, bytes(8), signature, digest=None)


@pytest.mark.parametrize("named", ["sha256", None])
def test_a_signature_over_other_bytes_is_no_proof(named: str | None) -> None:
    key = ChipSecrets(signing=ec.derive_private_key(5, ec.SECP384R1()))
    group = dg15(key)
    signature = sign(key, NONCE, b"")
    assert group is not None
    assert signature is not None

    verify_active(group, NONCE, signature, digest=named)
    for wrong in (signature[:-1] + bytes([signature[-1] ^ 1]), b"", b"\0" * len(signature)):
        with pytest.raises(ProofFailed):
            verify_active(group, NONCE, wrong, digest=named)


@pytest.mark.parametrize(
    ("pace", "reasons"), [(True, ()), (False, ("access.older",))], ids=["pace", "bac"]
)
def test_opening_the_older_way_is_said_where_the_chip_knows_better(
    trusting: Desk, card: DemoCard, pace: bool, reasons: tuple[str, ...]
) -> None:
    zone = MrzKey(card.number.digits[3:], "990131", "390131")
    chip = SimulatedChip(make_chip(card.citizen, pace=pace, secrets=EITHER))

    truth = trusting.read(chip, CardSecrets(mrz=zone)).authenticity

    assert (truth.verdict, truth.reasons) == (Verdict.AUTHENTIC, reasons)
