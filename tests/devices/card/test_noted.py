"""A record for support says what happened and nothing about whom."""

from __future__ import annotations

import pytest

from counter.cards import Can, CardSecrets
from counter.errors import CardPulled, WrongCan
from devices.card.demo import DemoCard
from devices.card.noted import NotedReaders, exchanges_from
from devices.card.once import read_card
from devices.card.simulator.chip import Limits
from devices.card.simulator.faults import Fault, FaultKind, FaultyChip
from devices.card.simulator.slot import VirtualSlot
from devices.card.trust import NoAnchors
from tests.devices.card.conftest import TODAY, Desk


def read(readers: NotedReaders, secrets: CardSecrets) -> int:
    return read_card(readers, secrets, NoAnchors(), today=TODAY, wait_s=0).timing.apdus


def test_every_command_is_noted_with_its_status(slot: VirtualSlot, card: DemoCard) -> None:
    slot.insert(card.chip())
    noted = NotedReaders(slot)

    apdus = read(noted, CardSecrets(can=card.can))

    assert len(noted.exchanges) == apdus
    assert noted.exchanges[0].head == "00B09C00"
    assert {one.status for one in noted.exchanges} == {"9000", "6282"}  # end of a file


def test_nothing_of_the_citizen_stands_in_the_file(slot: VirtualSlot, card: DemoCard) -> None:
    chip = card.chip()
    slot.insert(chip)
    noted = NotedReaders(slot)
    read(noted, CardSecrets(can=card.can))

    text = noted.as_json()

    for secret in (card.number.digits, card.can.digits, card.name, card.citizen.residence):
        assert secret not in text
    assert max(len(word) for word in text.replace('"', " ").split()) < 20


def test_what_broke_off_is_noted_by_its_code(slot: VirtualSlot, card: DemoCard) -> None:
    slot.insert(FaultyChip(card.chip(), {5: Fault(FaultKind.PULLED)}))
    noted = NotedReaders(slot)
    with pytest.raises(CardPulled):
        read(noted, CardSecrets(can=card.can))

    assert noted.exchanges[-1].status == "card.pulled"
    assert exchanges_from(noted.as_json()) == tuple(noted.exchanges)


def test_a_fault_of_the_field_is_played_again_under_a_simulated_card(
    slot: VirtualSlot, card: DemoCard, desk: Desk
) -> None:
    faults = {4: Fault(FaultKind.STATUS, 0x6988), 20: Fault(FaultKind.STATUS, 0x6F00)}
    slot.insert(FaultyChip(card.chip(Limits(2048)), faults))
    noted = NotedReaders(slot)
    in_the_field = outcome(lambda: read(noted, CardSecrets(can=card.can)))

    told = exchanges_from(noted.as_json())
    again = {
        place: Fault(FaultKind.STATUS, int(one.status, 16))
        for place, one in enumerate(told, 1)
        if one.status not in {"9000", "card.pulled"}
    }
    slot.insert(FaultyChip(card.chip(Limits(2048)), again))
    played = NotedReaders(slot)

    assert outcome(lambda: read(played, CardSecrets(can=card.can))) == in_the_field
    assert [one.head for one in played.exchanges] == [one.head for one in told]


def outcome(reading: object) -> object:
    assert callable(reading)
    try:
        return reading()
    except Exception as error:  # noqa: BLE001 - whatever it is, it must come again
        return type(error)


@pytest.mark.parametrize("text", ["{}", "[]", '{"format": 2, "exchanges": []}', "null"])
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"format|record"):
        exchanges_from(text)


def test_a_wrong_number_is_noted_too(slot: VirtualSlot, card: DemoCard) -> None:
    slot.insert(card.chip())
    noted = NotedReaders(slot)
    with pytest.raises(WrongCan):
        read(noted, CardSecrets(can=Can("000000")))

    assert noted.exchanges[-1].status == "6300"
