"""The demonstration's cards: every verdict an officer can meet, and nobody real."""

from __future__ import annotations

from pathlib import Path

import pytest
from asn1crypto import x509

from counter.cards import CardSecrets, Issuer, Verdict
from devices.card.demo import DemoAnchors, DemoCard, demo_issuer
from devices.card.issuers import DEMONSTRATION_KEY, key_sha256_of
from devices.card.simulator.chip import SimulatedChip
from devices.card.simulator.issuer import Issuer as MadeIssuer
from devices.card.simulator.issuer import make_issuer
from devices.card.trust import TrustStore
from devices.codes import parse_card_qr
from tests.devices.card.conftest import Desk


@pytest.fixture
def training(desk: Desk, tmp_path: Path) -> Desk:
    """A training desk: it trusts the issuer of the demonstration."""
    store = TrustStore(tmp_path / "trust")
    store.import_bytes(demo_issuer(), "trình diễn")
    desk.anchors = store
    return desk


def verdict(desk: Desk, card: DemoCard, chip: SimulatedChip) -> Verdict:
    return desk.read(chip, CardSecrets(can=card.can)).authenticity.verdict


def test_a_training_desk_meets_every_verdict(training: Desk, card: DemoCard) -> None:
    assert verdict(training, card, card.chip()) is Verdict.AUTHENTIC
    assert verdict(training, card, card.changed_chip()) is Verdict.FORGED
    assert verdict(training, card, card.copied_chip()) is Verdict.FORGED


def test_a_desk_without_issuers_stays_calm(desk: Desk, card: DemoCard) -> None:
    truth = desk.read(card.chip(), CardSecrets(can=card.can)).authenticity

    assert truth.verdict is Verdict.UNVERIFIED
    assert truth.reasons == ("issuer.unknown",)


def test_a_changed_birth_date_shows_as_a_conflict_too(training: Desk, card: DemoCard) -> None:
    reading = training.read(card.changed_chip(), CardSecrets(can=card.can))

    assert [conflict.name for conflict in reading.conflicts] == ["date_of_birth"]


def test_the_printed_code_of_every_card_opens_its_chip(cards: tuple[DemoCard, ...]) -> None:
    numbers = [parse_card_qr(card.qr_text).id_number for card in cards]

    assert numbers == [card.number for card in cards]
    assert len({number.digits for number in numbers}) == len(cards) >= 8


def test_a_card_stays_the_same_from_one_run_to_the_next(card: DemoCard) -> None:
    groups = (0x0101, 0x0102, 0x010D, 0x010E, 0x010F)
    once, again = (card.chip().data.files for _ in range(2))

    assert all(once[group] == again[group] for group in groups)


def test_the_demonstration_reads_its_own_card_as_real_and_no_other(
    desk: Desk, card: DemoCard
) -> None:
    desk.anchors = DemoAnchors()
    strange = signer_of(make_issuer("nơi khác"))

    assert verdict(desk, card, card.chip()) is Verdict.AUTHENTIC
    assert verdict(desk, card, card.copied_chip()) is Verdict.FORGED
    assert DemoAnchors().judge(strange, None) is Issuer.UNKNOWN


def signer_of(issuer: MadeIssuer) -> x509.Certificate:
    return x509.Certificate.load(issuer.document_signer.der)


def test_the_key_no_real_desk_believes_is_the_demonstrations() -> None:
    assert key_sha256_of(x509.Certificate.load(demo_issuer())) == DEMONSTRATION_KEY
