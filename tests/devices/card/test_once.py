"""Reading one card for the command line: waits for it, reads it, lets it go."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter.cards import Can, CardSecrets
from counter.errors import CardAbsent, NoReader, WhichReader, WrongCan
from devices.card.demo import DemoCard
from devices.card.once import by_likelihood, fitting, is_contactless, read_card
from devices.card.simulator.slot import VirtualSlot
from devices.card.transport import ReaderState
from devices.card.trust import NoAnchors
from tests.devices.card.conftest import TODAY


def test_a_card_that_lies_there_is_read_at_once(slot: VirtualSlot, card: DemoCard) -> None:
    slot.insert(card.chip())

    reading = read_card(slot, CardSecrets(can=card.can), NoAnchors(), today=TODAY, wait_s=0)

    assert reading.text is not None
    assert reading.text.id_number == card.number


def test_any_part_of_a_readers_name_finds_it(slot: VirtualSlot, card: DemoCard) -> None:
    slot.insert(card.chip())

    reading = read_card(
        slot, CardSecrets(can=card.can), NoAnchors(), today=TODAY, reader="Slot 00", wait_s=0
    )

    assert reading.portrait is not None


def test_waiting_without_a_card_ends(slot: VirtualSlot, card: DemoCard) -> None:
    with pytest.raises(CardAbsent):
        read_card(slot, CardSecrets(can=card.can), NoAnchors(), today=TODAY, wait_s=0.15)


def test_a_reader_that_is_not_there_is_called_so(slot: VirtualSlot, card: DemoCard) -> None:
    with pytest.raises(NoReader):
        read_card(slot, CardSecrets(can=card.can), NoAnchors(), today=TODAY, reader="ACS", wait_s=0)


def test_a_refused_secret_leaves_the_card_free_for_the_next(
    slot: VirtualSlot, card: DemoCard
) -> None:
    slot.insert(card.chip())
    wrong = CardSecrets(can=Can("000000"))
    with pytest.raises(WrongCan):
        read_card(slot, wrong, NoAnchors(), today=TODAY, wait_s=0)

    reading = read_card(slot, CardSecrets(can=card.can), NoAnchors(), today=TODAY, wait_s=0)

    assert reading.text is not None


class TwoReaders(VirtualSlot):
    """Two readers of one make; the second holds what lies on it, the first what it is told."""

    first_is_occupied = False

    def look(self) -> tuple[ReaderState, ...]:
        return (ReaderState("Virtual Slot 01", occupied=self.first_is_occupied), *super().look())


@pytest.mark.parametrize("both", [False, True], ids=["both empty", "both with a card"])
def test_two_readers_of_one_name_are_not_guessed_at(card: DemoCard, both: bool) -> None:
    readers = TwoReaders()
    readers.first_is_occupied = both
    if both:
        readers.insert(card.chip())
    secrets = CardSecrets(can=card.can)

    with pytest.raises(WhichReader):
        read_card(readers, secrets, NoAnchors(), today=TODAY, reader="Virtual", wait_s=0)


def test_of_two_readers_the_one_with_a_card_is_meant(card: DemoCard) -> None:
    readers = TwoReaders()
    readers.insert(card.chip())
    secrets = CardSecrets(can=card.can)

    reading = read_card(readers, secrets, NoAnchors(), today=TODAY, reader="Virtual", wait_s=0)

    assert reading.text is not None


def test_a_whole_name_is_meant_exactly() -> None:
    states = (ReaderState("ACR", occupied=False), ReaderState("ACR 2", occupied=False))

    assert fitting(states, "ACR") == states[:1]


@pytest.mark.parametrize(
    ("atr", "contactless"),
    [
        ("3B8580018073C021C0D6", True),
        ("3B8F8001804F0CA000000306030001000000006A", True),
        ("3B9F958131FE9F006646530523002571DF000000000002", False),
        ("3FFF", False),
        ("", True),
    ],
    ids=["citizen", "memory", "signing key", "old", "not known"],
)
def test_a_card_on_an_antenna_is_known_by_its_answer(atr: str, contactless: bool) -> None:
    assert is_contactless(bytes.fromhex(atr)) is contactless


SIGNING_KEY = ReaderState("Token 00", occupied=True, atr=bytes.fromhex("3B9F958131FE9F00"))


def test_a_signing_key_is_left_alone_unless_it_is_named() -> None:
    assert fitting((SIGNING_KEY,), "") == ()
    assert fitting((SIGNING_KEY,), "Token") == (SIGNING_KEY,)


def test_a_card_with_contacts_is_tried_after_those_on_an_antenna() -> None:
    contacts = replace(SIGNING_KEY, name="Reader 00")
    antenna = replace(contacts, name="Reader 01", atr=bytes.fromhex("3B80800101"))

    assert fitting((contacts, antenna), "") == (contacts, antenna)
    assert by_likelihood((contacts, antenna)) == [antenna, contacts]
