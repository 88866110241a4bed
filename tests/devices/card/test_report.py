"""A reading on the command line has exactly the promised keys."""

from __future__ import annotations

import json

from counter.cards import CardSecrets
from devices.card.demo import DemoCard
from devices.card.report import reading_as_json
from tests.devices.card.conftest import Desk

CITIZEN = (
    "id_number full_name date_of_birth sex nationality ethnicity religion place_of_origin "
    "place_of_residence identifying_features issued_on expires_on father_name mother_name "
    "spouse_name old_id_number"
)


def test_a_reading_prints_the_promised_keys_in_their_order(desk: Desk, card: DemoCard) -> None:
    printed = reading_as_json(desk.read(card.chip(), CardSecrets(can=card.can)))

    assert list(printed) == [
        "citizen",
        "mrz",
        "portrait",
        "access",
        "authenticity",
        "conflicts",
        "timing",
    ]
    assert isinstance(printed["citizen"], dict)
    assert list(printed["citizen"]) == CITIZEN.split()
    assert printed["access"] == "pace-can"
    assert json.loads(json.dumps(printed, ensure_ascii=False)) == printed


def test_a_card_without_end_prints_its_words(desk: Desk, cards: tuple[DemoCard, ...]) -> None:
    printed = reading_as_json(desk.read(cards[3].chip(), CardSecrets(can=cards[3].can)))

    assert isinstance(printed["citizen"], dict)
    assert printed["citizen"]["expires_on"] is None
    assert printed["citizen"]["expires_text"] == "Không thời hạn"
    assert printed["citizen"]["date_of_birth"] == "1950"
