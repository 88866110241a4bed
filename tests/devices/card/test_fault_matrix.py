"""Every command of a reading fails once, in every way: the card is read right, or not at all.

What the desk shows is never wrong; a fault ends in an error with a name, or heals. The full
counts run by name (``-m prove``); a sample of them runs always.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from counter.cards import CardReading, CardSecrets, MrzKey
from counter.errors import CardPulled, CardSilent, CardSwapped, DeskError
from devices.card.demo import DemoCard
from devices.card.simulator.chip import ChipData, Limits, SimulatedChip
from devices.card.simulator.citizen import make_chip
from devices.card.simulator.faults import Fault, FaultKind, FaultyChip
from devices.card.simulator.proofs import secrets_from
from tests.devices.card.conftest import Desk

STATUS_WORDS = (
    *(0x6282, 0x6283, 0x6110, 0x6C10, 0x6300, 0x6700, 0x6982, 0x6985, 0x6987, 0x6988),
    *(0x6A80, 0x6A82, 0x6A86, 0x6A87, 0x6A88, 0x6B00, 0x6D00, 0x6E00, 0x6F00, 0x9000),
)
TAMPERED = (
    FaultKind.TRUNCATED,
    FaultKind.GARBLED,
    FaultKind.UNPROTECTED,
    FaultKind.REPEATED,
)
PACE_COMMANDS = 7
"""EF.CardAccess, five of PACE, SELECT: what comes before the first protected answer is shown."""


@pytest.fixture(scope="module")
def by_pace(card: DemoCard) -> ChipData:
    """A chip with everything, whose answers are long enough for several blocks of the photo."""
    citizen = replace(card.citizen, portrait=card.portrait)
    return make_chip(citizen, secrets=secrets_from("chip"), limits=Limits(4096))


@pytest.fixture(scope="module")
def by_bac(card: DemoCard) -> ChipData:
    """The same without elliptic curves, which makes a reading fifty times as fast."""
    citizen = replace(card.citizen, portrait=card.portrait)
    return make_chip(citizen, pace=False, limits=Limits(4096))


@pytest.fixture(scope="module")
def secrets(card: DemoCard) -> dict[str, CardSecrets]:
    zone = MrzKey(card.number.digits[3:], "990131", "390131")
    return {"pace": CardSecrets(can=card.can), "bac": CardSecrets(mrz=zone)}


def count(desk: Desk, data: ChipData, secrets: CardSecrets) -> int:
    """Return how many commands an undisturbed reading takes."""
    return desk.read(SimulatedChip(data), secrets).timing.apdus


def read_with(
    desk: Desk, data: ChipData, secrets: CardSecrets, at: int, fault: Fault
) -> CardReading | DeskError:
    """Read a card whose command *at* fails; one that was pulled is laid down again, once."""
    chip = FaultyChip(SimulatedChip(data), {at: fault})
    desk.slot.insert(chip)
    reading = desk.reading(secrets)
    try:
        return desk.run(reading)
    except CardPulled:
        desk.slot.insert(chip)
        return desk.run(reading)
    except DeskError as error:
        return error


def assert_right(card: DemoCard, reading: CardReading) -> None:
    """What is shown is what the card says, all of it."""
    assert reading.text is not None
    assert reading.text.id_number == card.number
    assert reading.text.full_name == card.name
    assert reading.mrz.personal_number == card.number.digits
    assert reading.portrait is not None
    assert reading.portrait.data == card.portrait
    assert reading.conflicts == ()
    assert not [r for r in reading.authenticity.reasons if r.startswith(("groups", "signature"))]


def assert_safe(card: DemoCard, result: CardReading | DeskError) -> None:
    """Either everything is right, or there is an error with a name and nothing is shown."""
    if isinstance(result, CardReading):
        assert_right(card, result)
    else:
        assert result.code.startswith("card.")


def test_a_card_pulled_at_any_command_is_read_to_its_end_when_it_is_back(
    desk: Desk, card: DemoCard, by_pace: ChipData, secrets: dict[str, CardSecrets]
) -> None:
    commands = count(desk, by_pace, secrets["pace"])

    results = [
        read_with(desk, by_pace, secrets["pace"], at, Fault(FaultKind.PULLED))
        for at in range(1, commands + 1)
    ]

    assert commands > 18
    for result in results:
        assert isinstance(result, CardReading)
        assert_right(card, result)


def test_a_pulled_card_is_not_read_twice(
    desk: Desk, by_pace: ChipData, secrets: dict[str, CardSecrets]
) -> None:
    commands = count(desk, by_pace, secrets["pace"])
    again = PACE_COMMANDS + 1 + 3 + 1  # opened, recognised, proven, its place in the file found

    result = read_with(desk, by_pace, secrets["pace"], commands, Fault(FaultKind.PULLED))

    assert isinstance(result, CardReading)
    assert result.timing.apdus <= commands + again + 1


@pytest.mark.parametrize("kind", TAMPERED, ids=lambda kind: kind.name.lower())
def test_a_tampered_answer_after_opening_heals(
    desk: Desk,
    card: DemoCard,
    by_pace: ChipData,
    secrets: dict[str, CardSecrets],
    kind: FaultKind,
) -> None:
    commands = count(desk, by_pace, secrets["pace"])

    for at in range(PACE_COMMANDS, commands + 1, 3):
        result = read_with(desk, by_pace, secrets["pace"], at, Fault(kind))
        assert isinstance(result, CardReading)
        assert_right(card, result)


@pytest.mark.parametrize("kind", TAMPERED, ids=lambda kind: kind.name.lower())
def test_a_tampered_answer_while_opening_shows_nothing_wrong(
    desk: Desk,
    card: DemoCard,
    by_pace: ChipData,
    secrets: dict[str, CardSecrets],
    kind: FaultKind,
) -> None:
    for at in range(1, PACE_COMMANDS):
        assert_safe(card, read_with(desk, by_pace, secrets["pace"], at, Fault(kind)))


@pytest.mark.parametrize("status", STATUS_WORDS, ids=lambda status: f"{status:04X}")
def test_a_false_status_word_at_any_command_shows_nothing_wrong(
    desk: Desk, card: DemoCard, by_bac: ChipData, secrets: dict[str, CardSecrets], status: int
) -> None:
    commands = count(desk, by_bac, secrets["bac"])

    for at in range(1, commands + 1):
        fault = Fault(FaultKind.STATUS, status)
        assert_safe(card, read_with(desk, by_bac, secrets["bac"], at, fault))


@pytest.mark.parametrize("status", [0x6987, 0x6988, 0x6F00, 0x6A82, 0x6982], ids="{:04X}".format)
def test_a_session_the_chip_forgot_is_opened_again(
    desk: Desk, card: DemoCard, by_bac: ChipData, secrets: dict[str, CardSecrets], status: int
) -> None:
    commands = count(desk, by_bac, secrets["bac"])
    opening = 5

    for at in range(opening + 1, commands + 1):
        fault = Fault(FaultKind.STATUS, status)
        result = read_with(desk, by_bac, secrets["bac"], at, fault)
        assert isinstance(result, CardReading)
        assert_right(card, result)


def test_a_chip_silent_at_any_command_is_given_up(
    desk: Desk, by_bac: ChipData, secrets: dict[str, CardSecrets]
) -> None:
    commands = count(desk, by_bac, secrets["bac"])

    results = [
        read_with(desk, by_bac, secrets["bac"], at, Fault(FaultKind.SILENT))
        for at in range(1, commands + 1)
    ]

    assert {type(result) for result in results} == {CardSilent}


def test_another_card_is_noticed_wherever_the_first_was_pulled(
    desk: Desk, card: DemoCard, by_bac: ChipData, secrets: dict[str, CardSecrets]
) -> None:
    """The other one even has the same zone; its texts are those of somebody else."""
    other = replace(card.citizen, name="Trần Văn Khác", portrait=card.portrait)
    data = make_chip(other, pace=False, limits=Limits(4096))
    commands = count(desk, by_bac, secrets["bac"])
    seen = set()

    for at in range(1, commands + 1):
        desk.slot.insert(FaultyChip(SimulatedChip(by_bac), {at: Fault(FaultKind.PULLED)}))
        reading = desk.reading(secrets["bac"])
        with pytest.raises(CardPulled):
            desk.run(reading)
        desk.slot.insert(SimulatedChip(data))
        try:
            name = desk.run(reading).mrz.full_name
        except CardSwapped:
            name = "noticed"
        seen.add(name)

    # Pulled before it said who it is, the card that lies there now is simply read.
    assert seen == {"noticed", "TRAN VAN KHAC"}


def test_a_card_swapped_unseen_in_the_middle_is_noticed(
    desk: Desk, card: DemoCard, by_bac: ChipData, secrets: dict[str, CardSecrets]
) -> None:
    """No event tells of it: the connection of before talks to the new card."""
    other = replace(card.citizen, name="Trần Văn Khác", portrait=card.portrait)
    swapped = SimulatedChip(make_chip(other, pace=False, limits=Limits(4096)))

    class Swap(SimulatedChip):
        commands = 0

        def process(self, apdu: bytes) -> bytes:
            self.commands += 1
            if self.commands == 9:
                desk.slot.swap_unseen(swapped)
                return swapped.process(apdu)
            return super().process(apdu)

    with pytest.raises(CardSwapped):
        desk.read(Swap(by_bac), secrets["bac"])


@pytest.mark.prove
@pytest.mark.parametrize(
    "limits",
    [Limits(), Limits(2048), Limits(2048, refuses=True), Limits(256)],
    ids=["everything", "2048", "refuses more than 2048", "short"],
)
@pytest.mark.timeout(7200)
def test_every_fault_at_every_command_of_every_card(
    desk: Desk, card: DemoCard, secrets: dict[str, CardSecrets], limits: Limits
) -> None:
    citizen = replace(card.citizen, portrait=card.portrait)
    data = make_chip(citizen, secrets=secrets_from("chip"), limits=limits)
    commands = count(desk, data, secrets["pace"])
    faults = [Fault(kind) for kind in (*TAMPERED, FaultKind.PULLED)]
    faults += [Fault(FaultKind.STATUS, status) for status in STATUS_WORDS]

    for at, fault in itertools.product(range(1, commands + 1), faults):
        assert_safe(card, read_with(desk, data, secrets["pace"], at, fault))
