"""One whole reading over the simulated chip: every way in, every limit, in few commands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter.cards import Access, Can, CardSecrets, Groups, Issuer, MrzKey, Signature, Verdict
from counter.errors import CardNeedsSecret, CardSwapped, NotACitizenCard, WrongCan, WrongMrz
from counter.ports import CardTextRead
from counter.values import PartialDate
from devices.card.demo import DemoCard
from devices.card.files import TEXT_BLOCK, Habits
from devices.card.simulator.chip import Limits, SimulatedChip
from devices.card.simulator.citizen import CARD_ACCESS, make_chip
from devices.card.simulator.faults import Fault, FaultKind, FaultyChip
from devices.card.simulator.slot import VirtualSlot
from tests.devices.card.conftest import Desk


def mrz_key(card: DemoCard) -> MrzKey:
    born, until = card.citizen.born, card.citizen.expires
    return MrzKey(
        card.number.digits[3:],
        born[8:] + born[3:5] + born[:2],
        until[8:] + until[3:5] + until[:2],
    )


def test_the_six_digits_open_the_card_and_all_of_it_is_read(desk: Desk, card: DemoCard) -> None:
    reading = desk.read(card.chip(), CardSecrets(can=card.can))

    assert reading.text is not None
    assert reading.text.id_number == card.number
    assert reading.text.full_name == card.name
    assert reading.mrz.personal_number == card.number.digits
    assert reading.portrait is not None
    assert (reading.portrait.width, reading.portrait.height) == (480, 640)
    assert reading.access is Access.PACE_CAN
    assert reading.conflicts == ()


@pytest.mark.parametrize("index", range(9))
def test_every_invented_citizen_is_read_without_a_conflict(
    desk: Desk, cards: tuple[DemoCard, ...], index: int
) -> None:
    reading = desk.read(cards[index].chip(), CardSecrets(can=cards[index].can))

    assert reading.text is not None
    assert reading.text.full_name == cards[index].name
    assert reading.conflicts == ()


def test_a_card_that_never_expires_says_so_in_its_own_words(
    desk: Desk, cards: tuple[DemoCard, ...]
) -> None:
    reading = desk.read(cards[3].chip(), CardSecrets(can=cards[3].can))

    assert reading.text is not None
    assert reading.text.expires_on is None
    assert reading.text.expires_text == "Không thời hạn"
    assert reading.text.date_of_birth == PartialDate(1950)
    assert reading.text.father_name is None


@pytest.mark.parametrize(
    ("limits", "first_text", "all_of_it"),
    [
        pytest.param(Limits(), 9, 16, id="everything at once"),
        pytest.param(Limits(2048), 9, 25, id="gives 2048 bytes"),
        pytest.param(Limits(2048, refuses=True), 9, 25, id="refuses more than 2048"),
        pytest.param(Limits(256), 11, 96, id="short answers only"),
    ],
)
def test_the_first_text_comes_after_few_commands(
    desk: Desk, card: DemoCard, limits: Limits, first_text: int, all_of_it: int
) -> None:
    reading = desk.read(card.chip(limits), CardSecrets(can=card.can))

    assert reading.timing.apdus_to_first_text <= first_text
    assert reading.timing.apdus <= all_of_it


def test_the_name_is_told_once_and_before_the_photo(desk: Desk, card: DemoCard) -> None:
    desk.read(card.chip(Limits(256)), CardSecrets(can=card.can))

    texts = [at for at, event in enumerate(desk.told) if isinstance(event, CardTextRead)]
    assert len(texts) == 1
    assert texts[0] < len(desk.told) / 4


def test_the_machine_readable_zone_opens_the_card_too(desk: Desk, card: DemoCard) -> None:
    reading = desk.read(card.chip(), CardSecrets(mrz=mrz_key(card)))

    assert reading.access is Access.PACE_MRZ


@pytest.mark.parametrize("limits", [Limits(), Limits(256)], ids=["long", "short"])
def test_a_chip_without_pace_is_opened_the_older_way(
    desk: Desk, card: DemoCard, limits: Limits
) -> None:
    chip = SimulatedChip(make_chip(card.citizen, pace=False, limits=limits))

    reading = desk.read(chip, CardSecrets(mrz=mrz_key(card)))

    assert reading.access is Access.BAC
    assert reading.text is not None


def test_a_chip_without_short_identifiers_is_read_by_selecting(desk: Desk, card: DemoCard) -> None:
    reading = desk.read(card.chip(Limits(sfi=False)), CardSecrets(can=card.can))

    assert reading.text is not None
    assert reading.timing.apdus <= 24


def test_six_wrong_digits_are_called_so(desk: Desk, card: DemoCard) -> None:
    with pytest.raises(WrongCan):
        desk.read(card.chip(), CardSecrets(can=Can("000000")))


def test_a_wrong_zone_is_called_so(desk: Desk, card: DemoCard) -> None:
    with pytest.raises(WrongMrz):
        desk.read(card.chip(), CardSecrets(mrz=replace(mrz_key(card), date_of_birth="990132")))


def test_wrong_digits_do_not_keep_the_right_zone_out(desk: Desk, card: DemoCard) -> None:
    reading = desk.read(card.chip(), CardSecrets(can=Can("000000"), mrz=mrz_key(card)))

    assert reading.access is Access.PACE_MRZ


def test_a_chip_without_pace_asks_for_its_zone(desk: Desk, card: DemoCard) -> None:
    chip = SimulatedChip(make_chip(card.citizen, pace=False))

    with pytest.raises(CardNeedsSecret):
        desk.read(chip, CardSecrets(can=card.can))


def test_a_bank_card_is_no_citizen_card(desk: Desk, card: DemoCard) -> None:
    class BankCard(SimulatedChip):
        def process(self, apdu: bytes) -> bytes:
            return b"\x6a\x82"

    with pytest.raises(NotACitizenCard):
        desk.read(BankCard(make_chip(card.citizen)), CardSecrets(can=card.can))


def test_without_issuers_the_card_is_unverified_and_says_why(desk: Desk, card: DemoCard) -> None:
    truth = desk.read(card.chip(), CardSecrets(can=card.can)).authenticity

    assert (truth.groups, truth.signature) == (Groups.MATCH, Signature.VALID)
    assert truth.issuer is Issuer.UNKNOWN
    assert truth.verdict is Verdict.UNVERIFIED
    assert "issuer.unknown" in truth.reasons


def test_a_changed_group_is_forged(desk: Desk, card: DemoCard) -> None:
    data = make_chip(card.citizen)
    changed = data.files[0x010D].replace("Thử".encode(), "Thẻ".encode())
    chip = SimulatedChip(replace(data, files={**data.files, 0x010D: changed}))

    truth = desk.read(chip, CardSecrets(can=card.can)).authenticity

    assert truth.verdict is Verdict.FORGED
    assert "groups.dg13" in truth.reasons


def test_a_lost_session_is_opened_again_and_finished_blocks_are_kept(
    desk: Desk, card: DemoCard
) -> None:
    plain = desk.read(card.chip(Limits(2048)), CardSecrets(can=card.can)).timing.apdus
    faults = {15: Fault(FaultKind.STATUS, 0x6988)}

    reading = desk.read(FaultyChip(card.chip(Limits(2048)), faults), CardSecrets(can=card.can))

    assert reading.text is not None
    assert reading.timing.apdus <= plain + 1 + 9 + 1  # the lost one, a new session, a new place


def test_another_card_after_a_lost_session_is_noticed(
    desk: Desk, cards: tuple[DemoCard, ...]
) -> None:
    first, other = cards[0], cards[1]
    twin = replace(other.citizen, number="099999" + first.can.digits)
    chip = FaultyChip(first.chip(Limits(2048)), {14: Fault(FaultKind.PULLED)})
    desk.slot.insert(chip)
    reading = desk.reading(CardSecrets(can=first.can))
    with pytest.raises(Exception, match=r"card\.pulled"):
        desk.run(reading)
    desk.slot.insert(SimulatedChip(make_chip(twin)))

    with pytest.raises(CardSwapped):
        desk.run(reading)


def test_the_next_card_of_a_series_is_spared_a_question(desk: Desk, card: DemoCard) -> None:
    first = desk.read(card.chip(), CardSecrets(can=card.can))
    habits = Habits(card_access=CARD_ACCESS)
    desk.slot.insert(card.chip())

    reading = desk.run(replace(desk.reading(CardSecrets(can=card.can)), habits=habits))

    assert reading.timing.apdus == first.timing.apdus - 1
    assert reading.timing.apdus_to_first_text == 8


def test_a_chip_that_drops_the_session_when_too_much_is_wanted_is_asked_so_once(
    desk: Desk, card: DemoCard
) -> None:
    limits = Limits(2048, drops=True)
    first = desk.read(card.chip(limits), CardSecrets(can=card.can))
    desk.slot.insert(card.chip(limits))
    learned = Habits(most=TEXT_BLOCK)

    later = desk.run(replace(desk.reading(CardSecrets(can=card.can)), habits=learned))

    assert first.portrait == later.portrait
    assert later.timing.apdus <= 25
    assert first.timing.apdus <= later.timing.apdus + 11  # a session more


def test_a_card_of_another_series_is_asked_after_all(desk: Desk, card: DemoCard) -> None:
    habits = Habits(card_access=CARD_ACCESS)
    chip = SimulatedChip(make_chip(card.citizen, pace=False))
    desk.slot.insert(chip)

    reading = desk.run(replace(desk.reading(CardSecrets(mrz=mrz_key(card))), habits=habits))

    assert reading.access is Access.BAC
    assert habits.card_access is None


def test_a_chip_that_refuses_long_commands_unannounced_keeps_its_session(
    desk: Desk, card: DemoCard
) -> None:
    limits = Limits(256, keeps=True, announces=False)

    reading = desk.read(card.chip(limits), CardSecrets(can=card.can))

    assert reading.text is not None
    assert reading.timing.apdus_to_first_text <= 11
    assert reading.timing.apdus <= 97


def test_a_chip_that_drops_its_session_over_a_long_command_is_opened_again(
    desk: Desk, card: DemoCard
) -> None:
    limits = Limits(256, announces=False)

    reading = desk.read(card.chip(limits), CardSecrets(can=card.can))

    assert reading.text is not None
    assert reading.timing.apdus_to_first_text <= 20


def test_a_reader_that_carries_no_long_command_costs_no_session(card: DemoCard) -> None:
    desk = Desk(VirtualSlot(longest_command=261))

    reading = desk.read(card.chip(), CardSecrets(can=card.can))

    assert reading.text is not None
    assert reading.timing.apdus_to_first_text <= 11


def test_a_reader_that_says_it_carries_none_is_believed(card: DemoCard) -> None:
    desk = Desk(VirtualSlot(longest_command=261, carries_long=False))

    reading = desk.read(card.chip(), CardSecrets(can=card.can))

    assert reading.timing.apdus_to_first_text <= 10
