"""An issuer vouches for documents of its own state and of no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter.cards import CardSecrets, Issuer, Verdict
from devices.card.demo import DemoCard
from devices.card.groups import issuing_state
from devices.card.simulator.ber import obj
from devices.card.simulator.chip import SimulatedChip
from devices.card.simulator.citizen import make_chip
from devices.card.simulator.issuer import make_issuer
from devices.card.simulator.proofs import secrets_from
from devices.card.states import two_letters
from devices.card.trust import TrustStore
from tests.devices.card.conftest import Desk


@pytest.mark.parametrize(
    ("state", "letters"),
    [
        *(("VNM", "VN"), ("D", "DE"), ("GBR", "GB"), ("AUT", "AT"), ("CHN", "CN"), ("KOR", "KR")),
        *(("IRQ", "IQ"), ("SWE", "SE"), ("SVN", "SI"), ("SVK", "SK"), ("UKR", "UA"), ("PRK", "KP")),
        *(("EUE", "EU"), ("UNO", "UN"), ("RKS", "KS"), ("LAO", "LA"), ("KHM", "KH"), ("", "")),
    ],
)
def test_a_state_is_known_by_its_three_letters(state: str, letters: str) -> None:
    assert two_letters(state) == letters


@pytest.mark.parametrize(
    ("zone", "state"), [("IDVNM" + "<" * 85, "VNM"), ("P<D<<" + "<" * 83, "D")], ids=str
)
def test_the_issuing_state_stands_in_the_zone(zone: str, state: str) -> None:
    assert issuing_state(obj(0x61, obj(0x5F1F, zone.encode()))) == state


@pytest.mark.parametrize(
    ("country", "stands"),
    [
        ("VN", (Issuer.TRUSTED, Verdict.AUTHENTIC, ())),
        ("vn", (Issuer.TRUSTED, Verdict.AUTHENTIC, ())),
        ("DE", (Issuer.UNKNOWN, Verdict.UNVERIFIED, ("issuer.other_state",))),
    ],
    ids=["its own state", "in small letters", "another state"],
)
def test_a_trusted_issuer_signs_for_its_own_state_only(
    desk: Desk,
    card: DemoCard,
    tmp_path: Path,
    country: str,
    stands: tuple[Issuer, Verdict, tuple[str, ...]],
) -> None:
    maker = make_issuer("thử nghiệm", country=country)
    (tmp_path / "issuer.cer").write_bytes(maker.csca.der)
    store = TrustStore(tmp_path / "trust")
    store.import_file(tmp_path / "issuer.cer")
    desk.anchors = store
    data = make_chip(card.citizen, issuer=maker, secrets=secrets_from("chip"))

    truth = desk.read(SimulatedChip(data), CardSecrets(can=card.can)).authenticity

    assert (truth.issuer, truth.verdict, truth.reasons) == stands
