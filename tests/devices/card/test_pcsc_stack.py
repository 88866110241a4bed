"""The simulated card behind a real PC/SC service: pcscd, a virtual reader, pyscard, our child."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from counter.cards import Access, Can, CardReading, CardSecrets, MrzKey, Verdict
from counter.errors import (
    CardAbsent,
    CardPulled,
    CardSilent,
    NoCardService,
    NoReader,
    ReaderBusy,
    WrongCan,
)
from counter.ports import (
    CardFailed,
    CardPlaced,
    CardRead,
    CardRemoved,
    CardTextRead,
    ReadersChanged,
)
from devices.card.apart import ApartReaders
from devices.card.demo import DemoCard
from devices.card.once import read_card
from devices.card.simulator.chip import Limits, SimulatedChip
from devices.card.simulator.citizen import make_chip
from devices.card.simulator.faults import Answering, Fault, FaultKind, FaultyChip
from devices.card.simulator.issuer import demonstration_issuer
from devices.card.trust import NoAnchors, TrustStore
from devices.card.watch import CardWatch
from tests.devices.card.conftest import TODAY, Ear
from tests.devices.card.pcsc_stack import PcscStack, wait_until


@pytest.fixture
def stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PcscStack]:
    stack = PcscStack(tmp_path)
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", str(stack.socket))
    stack.start()
    yield stack
    stack.stop()


@pytest.fixture
def readers(stack: PcscStack) -> Iterator[ApartReaders]:
    readers = ApartReaders(silence_s=30.0)
    yield readers
    readers.close()


@pytest.fixture
def watch(readers: ApartReaders, stack: PcscStack, ear: Ear) -> Iterator[CardWatch]:
    watch = CardWatch(readers, NoAnchors(), lambda: TODAY, only=stack.reader)
    watch.start(ear.tell)
    yield watch
    watch.stop()


@contextmanager
def laid_until_seen(stack: PcscStack, ear: Ear, chip: Answering) -> Iterator[None]:
    """Lay a card down, again if need be: pcscd can miss one right after another that failed."""
    for _ in range(9):
        with stack.card(chip):
            try:
                ear.wait_for(CardPlaced, wait_s=5.0)
            except queue.Empty:
                continue
            yield
            return
    pytest.fail("the card was never seen")


def read(readers: ApartReaders, stack: PcscStack, secrets: CardSecrets) -> CardReading:
    return read_card(readers, secrets, NoAnchors(), today=TODAY, reader=stack.reader)


@pytest.mark.parametrize(
    ("limits", "most"),
    [
        pytest.param(Limits(), (9, 16), id="everything at once"),
        pytest.param(Limits(2048), (9, 25), id="2048 bytes at once"),
        pytest.param(Limits(256), (11, 96), id="short answers only"),
    ],
)
def test_a_card_is_read_through_the_systems_service_in_as_few_commands(
    readers: ApartReaders,
    stack: PcscStack,
    card: DemoCard,
    limits: Limits,
    most: tuple[int, int],
) -> None:
    with stack.card(card.chip(limits)):
        reading = read(readers, stack, CardSecrets(can=card.can))

    assert reading.text is not None
    assert reading.text.id_number == card.number
    assert reading.portrait is not None
    assert (reading.timing.apdus_to_first_text, reading.timing.apdus) <= most
    assert reading.timing.apdus <= most[1]


def test_a_trusted_card_is_found_authentic_through_the_service(
    readers: ApartReaders, stack: PcscStack, card: DemoCard, tmp_path: Path
) -> None:
    certificate = tmp_path / "issuer.cer"
    certificate.write_bytes(demonstration_issuer().csca.der)
    trust = TrustStore(tmp_path / "trust")
    trust.import_file(certificate)

    with stack.card(card.chip()):
        reading = read_card(
            readers, CardSecrets(can=card.can), trust, today=TODAY, reader=stack.reader
        )

    assert reading.authenticity.verdict is Verdict.AUTHENTIC
    assert reading.timing.apdus <= 17


@pytest.mark.parametrize(("pace", "access"), [(True, Access.PACE_MRZ), (False, Access.BAC)])
def test_the_zone_opens_a_card_through_the_service(
    readers: ApartReaders, stack: PcscStack, card: DemoCard, pace: bool, access: Access
) -> None:
    zone = MrzKey(card.number.digits[3:], "990131", "390131")
    chip = SimulatedChip(make_chip(card.citizen, pace=pace))

    with stack.card(chip):
        reading = read(readers, stack, CardSecrets(mrz=zone))

    assert reading.access is access
    assert reading.text is not None


def test_wrong_digits_are_called_so_through_the_service(
    readers: ApartReaders, stack: PcscStack, card: DemoCard
) -> None:
    with stack.card(card.chip()), pytest.raises(WrongCan):
        read(readers, stack, CardSecrets(can=Can("000000")))


def test_without_a_card_the_wait_ends(readers: ApartReaders, stack: PcscStack) -> None:
    with pytest.raises(CardAbsent):
        read_card(
            readers,
            CardSecrets(),
            NoAnchors(),
            today=TODAY,
            reader=stack.reader,
            wait_s=0.5,
        )


def test_without_a_service_that_is_said(
    readers: ApartReaders, stack: PcscStack, card: DemoCard
) -> None:
    stack.stop()

    with pytest.raises(NoCardService):
        read(readers, stack, CardSecrets(can=card.can))


def test_a_card_pulled_half_way_and_put_back_is_finished(
    watch: CardWatch, stack: PcscStack, ear: Ear, card: DemoCard
) -> None:
    chip = FaultyChip(card.chip(Limits(2048)), {15: Fault(FaultKind.PULLED)})
    watch.expect(CardSecrets(can=card.can))
    with stack.card(chip):
        failed = ear.wait_for(CardFailed)

    with laid_until_seen(stack, ear, chip):
        read = ear.wait_for(CardRead)

    assert isinstance(failed.error, CardPulled)
    assert read.reading.text is not None
    assert read.reading.timing.apdus <= 25 + 9 + 4


def test_a_silent_chip_is_given_up_and_the_next_card_is_read(
    watch: CardWatch, readers: ApartReaders, stack: PcscStack, ear: Ear, card: DemoCard
) -> None:
    readers.silence_s = 3.0
    watch.expect(CardSecrets(can=card.can))
    with stack.card(FaultyChip(card.chip(), {4: Fault(FaultKind.SILENT)})):
        failed = ear.wait_for(CardFailed)

    assert isinstance(failed.error, CardSilent)
    readers.silence_s = 30.0
    watch.expect(CardSecrets(can=card.can))
    with laid_until_seen(stack, ear, card.chip()):
        ear.wait_for(CardRead)


def test_closing_the_program_does_not_wait_for_a_silent_reader(
    stack: PcscStack, ear: Ear, card: DemoCard
) -> None:
    chip = FaultyChip(card.chip(), {4: Fault(FaultKind.SILENT)})
    watch = CardWatch(ApartReaders(silence_s=3600), NoAnchors(), lambda: TODAY)
    watch.start(ear.tell)
    watch.expect(CardSecrets(can=card.can))
    with stack.card(chip):
        wait_until(lambda: chip.commands == 4, "the chip to fall silent")

        watch.stop()

    assert not [e for e in ear.heard if isinstance(e, CardRead)]


def test_the_service_may_stop_and_start_under_the_watch(
    watch: CardWatch, stack: PcscStack, ear: Ear, card: DemoCard
) -> None:
    ear.wait_for(ReadersChanged, lambda e: bool(e.names))
    stack.stop()
    stopped = ear.wait_for(ReadersChanged)
    stack.start()
    ear.wait_for(ReadersChanged, lambda e: bool(e.names))
    watch.expect(CardSecrets(can=card.can))
    with laid_until_seen(stack, ear, card.chip()):
        ear.wait_for(CardRead)

    assert isinstance(stopped.error, NoCardService)


def test_the_service_dying_in_the_middle_of_a_reading_is_survived(
    watch: CardWatch, stack: PcscStack, ear: Ear, card: DemoCard
) -> None:
    watch.expect(CardSecrets(can=card.can))
    with stack.card(FaultyChip(card.chip(Limits(256)), {40: Fault(FaultKind.SILENT)})) as there:
        ear.wait_for(CardTextRead)
        stack.stop()
        there.remove()
    failed = ear.wait_for(CardFailed)
    stack.start()
    watch.expect(CardSecrets(can=card.can))
    with laid_until_seen(stack, ear, card.chip()):
        ear.wait_for(CardRead)

    assert isinstance(failed.error, NoCardService | CardSilent | CardPulled)


def test_a_reader_without_its_cable_is_missed_until_it_is_back(
    watch: CardWatch, stack: PcscStack, ear: Ear, card: DemoCard
) -> None:
    ear.wait_for(ReadersChanged, lambda e: bool(e.names))
    stack.stop()
    stack.unplug()
    stack.start()
    gone = ear.wait_for(ReadersChanged, lambda e: isinstance(e.error, NoReader))
    stack.stop()
    stack.plug()
    stack.start()
    ear.wait_for(ReadersChanged, lambda e: bool(e.names))
    watch.expect(CardSecrets(can=card.can))
    with laid_until_seen(stack, ear, card.chip()):
        ear.wait_for(CardRead)

    assert gone.names == ()


def test_two_cards_one_after_the_other_are_told_apart(
    watch: CardWatch, stack: PcscStack, ear: Ear, cards: tuple[DemoCard, ...]
) -> None:
    for card in cards[:2]:
        watch.expect(CardSecrets(can=card.can))
        with laid_until_seen(stack, ear, card.chip()):
            read = ear.wait_for(CardRead)
        ear.wait_for(CardRemoved)
        assert read.reading.text is not None
        assert read.reading.text.id_number == card.number


def test_a_reader_that_another_program_holds_is_called_busy(
    readers: ApartReaders, stack: PcscStack, card: DemoCard
) -> None:
    scard = pytest.importorskip("smartcard.scard", reason="pyscard is not installed")
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    with stack.card(card.chip()):
        wait_until(lambda: any(one.occupied for one in readers.look()), "the card")
        _, held, _ = scard.SCardConnect(
            context, stack.reader, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T1
        )
        try:
            states = readers.look()
            with pytest.raises(ReaderBusy):
                read(readers, stack, CardSecrets(can=card.can))
        finally:
            scard.SCardDisconnect(held, scard.SCARD_RESET_CARD)
            scard.SCardReleaseContext(context)

    assert [one.busy for one in states if one.occupied] == [True]
