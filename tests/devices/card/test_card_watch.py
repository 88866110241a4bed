"""The watch over the readers: cards come and go, readers too, and no fault ends it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from counter.cards import Can, CardSecrets
from counter.errors import (
    CardPulled,
    CardSilent,
    NoCardService,
    NoReader,
    NotACitizenCard,
    ReaderBusy,
    SoftwareFault,
    WrongCan,
)
from counter.ports import (
    CardEvent,
    CardFailed,
    CardOpening,
    CardPlaced,
    CardRead,
    CardRemoved,
    CardTextRead,
    ReadersChanged,
)
from devices.card.demo import DemoCard
from devices.card.simulator.chip import SimulatedChip
from devices.card.simulator.faults import Fault, FaultKind, FaultyChip
from devices.card.simulator.slot import Latency, SlotTransport, VirtualSlot
from devices.card.transport import ReaderState
from devices.card.trust import NoAnchors
from devices.card.watch import CardWatch
from tests.conftest import ExpectedLog
from tests.devices.card.conftest import TODAY, Ear
from tests.devices.card.pcsc_stack import wait_until


@pytest.fixture
def watch(slot: VirtualSlot, ear: Ear) -> Iterator[CardWatch]:
    watch = CardWatch(slot, NoAnchors(), lambda: TODAY)
    watch.start(ear.tell)
    yield watch
    watch.stop()


def test_a_card_laid_down_after_its_digits_were_typed_is_read(
    watch: CardWatch, slot: VirtualSlot, ear: Ear, card: DemoCard
) -> None:
    watch.expect(CardSecrets(can=card.can))
    slot.insert(card.chip())

    text = ear.wait_for(CardTextRead)
    read = ear.wait_for(CardRead)

    assert text.text.id_number == card.number
    assert read.reading.portrait is not None


def test_a_card_that_lies_there_is_read_when_its_digits_are_typed(
    watch: CardWatch, slot: VirtualSlot, ear: Ear, card: DemoCard
) -> None:
    slot.insert(card.chip())
    assert ear.wait_for(CardPlaced).reader == slot.name
    watch.expect(CardSecrets(can=card.can))

    assert ear.wait_for(CardRead).reading.text is not None


def test_nothing_is_sent_to_a_card_nobody_asked_about(
    watch: CardWatch, slot: VirtualSlot, ear: Ear, card: DemoCard
) -> None:
    chip = FaultyChip(card.chip(), {})
    slot.insert(chip)
    ear.wait_for(CardPlaced)
    slot.remove()
    ear.wait_for(CardRemoved)

    assert chip.commands == 0


def test_wrong_digits_are_tried_once_and_then_the_right_ones_open_it(
    watch: CardWatch, slot: VirtualSlot, ear: Ear, card: DemoCard
) -> None:
    slot.insert(card.chip())
    watch.expect(CardSecrets(can=Can("000000")))
    assert isinstance(ear.wait_for(CardFailed).error, WrongCan)
    watch.expect(CardSecrets(can=card.can))

    ear.wait_for(CardRead)

    assert len([e for e in ear.heard if isinstance(e, CardFailed)]) == 1


def test_a_card_pulled_half_way_goes_on_where_it_stopped(
    watch: CardWatch, slot: VirtualSlot, ear: Ear, card: DemoCard
) -> None:
    whole = FaultyChip(card.chip(), {})
    chip = FaultyChip(card.chip(), {11: Fault(FaultKind.PULLED)})
    slot.insert(chip)
    watch.expect(CardSecrets(can=card.can))
    assert isinstance(ear.wait_for(CardFailed).error, CardPulled)
    ear.wait_for(CardRemoved)
    slot.insert(chip)

    ear.wait_for(CardRead)

    assert len([e for e in ear.heard if isinstance(e, CardTextRead)]) == 1
    assert whole.commands == 0


def test_a_silent_chip_is_given_up(
    watch: CardWatch, slot: VirtualSlot, ear: Ear, card: DemoCard
) -> None:
    slot.insert(FaultyChip(card.chip(), {3: Fault(FaultKind.SILENT)}))
    watch.expect(CardSecrets(can=card.can))

    assert isinstance(ear.wait_for(CardFailed).error, CardSilent)


def test_a_reader_unplugged_and_plugged_again_works_on(
    watch: CardWatch, slot: VirtualSlot, ear: Ear, card: DemoCard
) -> None:
    ear.wait_for(ReadersChanged, lambda e: e.names == (slot.name,))
    slot.unplug()
    gone = ear.wait_for(ReadersChanged)
    slot.plug()
    back = ear.wait_for(ReadersChanged)
    watch.expect(CardSecrets(can=card.can))
    slot.insert(card.chip())

    assert isinstance(gone.error, NoReader)
    assert back == ReadersChanged((slot.name,))
    ear.wait_for(CardRead)


def test_the_watch_survives_the_card_service_stopping(
    watch: CardWatch, slot: VirtualSlot, ear: Ear, card: DemoCard
) -> None:
    slot.insert(card.chip())
    ear.wait_for(CardPlaced)
    slot.stop_service()
    stopped = ear.wait_for(ReadersChanged)
    slot.start_service()
    ear.wait_for(CardPlaced)
    watch.expect(CardSecrets(can=card.can))

    assert isinstance(stopped.error, NoCardService)
    ear.wait_for(CardRead)


def test_forgotten_digits_open_nothing(
    watch: CardWatch, slot: VirtualSlot, ear: Ear, card: DemoCard
) -> None:
    chip = FaultyChip(card.chip(), {})
    watch.expect(CardSecrets(can=card.can))
    watch.expect(None)
    slot.insert(chip)
    ear.wait_for(CardPlaced)
    slot.remove()
    ear.wait_for(CardRemoved)

    assert chip.commands == 0


def test_the_watch_ends_in_the_middle_of_a_reading(ear: Ear, card: DemoCard) -> None:
    slot = VirtualSlot(latency=Latency(command_s=0.05))
    watch = CardWatch(slot, NoAnchors(), lambda: TODAY)
    watch.start(ear.tell)
    watch.expect(CardSecrets(can=card.can))
    slot.insert(card.chip())
    ear.wait_for(CardTextRead)

    watch.stop()

    assert not [e for e in ear.heard if isinstance(e, CardRead)]


class BesideASigningKey(VirtualSlot):
    """A desk whose officer signs with a key on the USB: a reader that is never empty."""

    touched = False

    def look(self) -> tuple[ReaderState, ...]:
        key = ReaderState("Token 00", occupied=True, atr=bytes.fromhex("3B9F958131FE9F00"))
        return (key, *super().look())

    def connect(self, name: str) -> SlotTransport:
        self.touched = self.touched or name == "Token 00"
        return super().connect(name)


def test_an_officers_signing_key_is_never_touched(ear: Ear, card: DemoCard) -> None:
    slot = BesideASigningKey()
    watch = CardWatch(slot, NoAnchors(), lambda: TODAY)
    watch.start(ear.tell)
    watch.expect(CardSecrets(can=card.can))
    slot.insert(card.chip())
    ear.wait_for(CardRead)

    watch.stop()

    assert not slot.touched
    assert [e.reader for e in ear.heard if isinstance(e, CardPlaced)] == [slot.name]


class SlowToNotice(VirtualSlot):
    """A system that sees a card go late: until told it says that the card still lies there."""

    late: tuple[ReaderState, ...] | None = None

    def look(self) -> tuple[ReaderState, ...]:
        now = super().look()
        return now if self.late is None else self.late


def test_a_card_back_before_the_system_noticed_goes_on(ear: Ear, card: DemoCard) -> None:
    slot = SlowToNotice()
    chip = FaultyChip(card.chip(), {11: Fault(FaultKind.PULLED)})
    watch = CardWatch(slot, NoAnchors(), lambda: TODAY)
    slot.insert(chip)
    slot.late = slot.look()
    watch.start(ear.tell)
    watch.expect(CardSecrets(can=card.can))
    ear.wait_for(CardFailed)
    slot.insert(chip)

    read = ear.wait_for(CardRead)
    watch.stop()

    told = [type(e) for e in ear.heard if isinstance(e, CardPlaced | CardRemoved | CardFailed)]
    assert told == [CardPlaced, CardFailed, CardRemoved, CardPlaced]
    assert read.reading.text is not None


class Broken(VirtualSlot):
    """A reader whose code has a fault of our own making, once."""

    faults = 1

    def look(self) -> tuple[ReaderState, ...]:
        if self.faults:
            self.faults -= 1
            raise KeyError("a fault of ours")
        return super().look()


def test_a_fault_of_our_own_is_told_and_the_watch_goes_on(
    ear: Ear, card: DemoCard, expected_log: ExpectedLog
) -> None:
    expected_log.expect("card watch failed")
    slot = Broken()
    watch = CardWatch(slot, NoAnchors(), lambda: TODAY)
    watch.start(ear.tell)
    failed = ear.wait_for(CardFailed)
    watch.expect(CardSecrets(can=card.can))
    slot.insert(card.chip())

    ear.wait_for(CardRead)
    watch.stop()

    assert isinstance(failed.error, SoftwareFault)


def test_a_listener_that_fails_does_not_end_the_watch(
    slot: VirtualSlot, ear: Ear, card: DemoCard, expected_log: ExpectedLog
) -> None:
    expected_log.expect("card watch failed")
    told: list[object] = []

    def tell(event: CardEvent) -> None:
        told.append(event)
        if len(told) <= 2:
            raise RuntimeError("the window is gone")
        ear.tell(event)

    watch = CardWatch(slot, NoAnchors(), lambda: TODAY)
    watch.start(tell)
    ear.wait_for(CardFailed)
    watch.expect(CardSecrets(can=card.can))
    slot.insert(card.chip())

    ear.wait_for(CardRead)
    watch.stop()


def test_closing_the_program_does_not_wait_for_a_silent_chip(ear: Ear, card: DemoCard) -> None:
    slot = VirtualSlot(silence_s=3600)
    chip = FaultyChip(card.chip(), {3: Fault(FaultKind.SILENT)})
    watch = CardWatch(slot, NoAnchors(), lambda: TODAY)
    watch.start(ear.tell)
    watch.expect(CardSecrets(can=card.can))
    slot.insert(chip)
    ear.wait_for(CardOpening)
    wait_until(lambda: chip.commands == 3, "the chip to fall silent")

    watch.stop()

    assert not [e for e in ear.heard if isinstance(e, CardRead)]


class BankCard(SimulatedChip):
    """A card with contacts that knows nothing of travel documents."""

    atr = bytes.fromhex("3B6500002063CB6800")

    def process(self, apdu: bytes) -> bytes:
        return b"\x6a\x82"


def test_a_card_with_contacts_that_is_no_citizens_is_said_so_once(
    watch: CardWatch, slot: VirtualSlot, ear: Ear, card: DemoCard
) -> None:
    bank = FaultyChip(BankCard(card.chip().data), {})
    slot.insert(bank)
    watch.expect(CardSecrets(can=card.can))
    failed = ear.wait_for(CardFailed)
    tried = bank.commands
    watch.expect(CardSecrets(can=card.can))
    slot.insert(card.chip())

    ear.wait_for(CardRead)

    assert isinstance(failed.error, NotACitizenCard)
    assert bank.commands == tried


class HeldByTheSystem(VirtualSlot):
    """A reader whose new card the system looks at itself first."""

    busy = 0

    def connect(self, name: str) -> SlotTransport:
        self.busy -= 1
        if self.busy >= 0:
            raise ReaderBusy
        return super().connect(name)


@pytest.mark.parametrize(
    ("busy", "told"), [(3, []), (1000, [ReaderBusy])], ids=["a moment", "for good"]
)
def test_a_reader_held_for_a_moment_is_waited_for(
    ear: Ear, card: DemoCard, busy: int, told: list[type]
) -> None:
    slot = HeldByTheSystem()
    slot.busy = busy
    watch = CardWatch(slot, NoAnchors(), lambda: TODAY)
    watch.start(ear.tell)
    watch.expect(CardSecrets(can=card.can))
    slot.insert(card.chip())
    ear.wait_for(object, lambda event: isinstance(event, CardRead | CardFailed))

    watch.stop()

    assert [type(e.error) for e in ear.heard if isinstance(e, CardFailed)] == told
