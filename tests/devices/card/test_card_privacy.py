"""What a reading leaves behind: status words and lengths in the log, and nothing in memory."""

from __future__ import annotations

import logging
from contextlib import suppress

import pytest

from counter.cards import Can, CardSecrets
from counter.errors import CardPulled, DeskError, WrongCan
from counter.values import fold
from devices.card.apdu import Channel
from devices.card.demo import DemoCard
from devices.card.messaging import Keys, SecureChannel
from devices.card.simulator.chip import Limits
from devices.card.simulator.faults import Fault, FaultKind, FaultyChip
from tests.devices.card.conftest import Desk


def personal(card: DemoCard) -> set[str]:
    """Return what must be nowhere: numbers, names and addresses, as written and folded."""
    c = card.citizen
    words = {c.number, c.number[3:], c.number[-6:], c.name, c.residence, c.origin, c.born}
    words |= {word for word in (c.father, c.mother, c.old_number) if word}
    return words | {fold(word) for word in words} | {fold(word).upper() for word in words}


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({}, id="no fault"),
        pytest.param({12: Fault(FaultKind.STATUS, 0x6988)}, id="session lost"),
        pytest.param({12: Fault(FaultKind.GARBLED)}, id="garbled"),
        pytest.param({9: Fault(FaultKind.UNPROTECTED)}, id="unprotected"),
        pytest.param({1: Fault(FaultKind.STATUS, 0x6A82)}, id="no card access"),
        pytest.param({12: Fault(FaultKind.PULLED)}, id="pulled"),
    ],
)
def test_a_log_tells_nothing_about_the_citizen(
    desk: Desk, card: DemoCard, caplog: pytest.LogCaptureFixture, fault: dict[int, Fault]
) -> None:
    caplog.set_level(logging.DEBUG)
    chip = FaultyChip(card.chip(Limits(2048)), fault)

    try:
        desk.read(chip, CardSecrets(can=card.can))
    except DeskError as error:
        logging.getLogger("desk").info("reading failed: %s (%s)", error.code, error)

    assert not [word for word in personal(card) if word in caplog.text]


def test_wrong_digits_are_logged_by_their_status_alone(
    desk: Desk, card: DemoCard, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    with pytest.raises(WrongCan):
        desk.read(card.chip(), CardSecrets(can=Can("918273")))

    assert "918273" not in caplog.text
    assert "6300" in caplog.text


def test_a_reading_that_was_given_up_keeps_no_byte_of_the_card(desk: Desk, card: DemoCard) -> None:
    desk.slot.insert(FaultyChip(card.chip(Limits(2048)), {18: Fault(FaultKind.PULLED)}))
    reading = desk.reading(CardSecrets(can=card.can))
    with pytest.raises(CardPulled):
        desk.run(reading)
    kept = [part.content for part in reading._files.values()]
    assert any(kept)

    reading.wipe()

    assert not any(kept)
    assert not reading._files


def test_secrets_do_not_show_themselves(desk: Desk, cards: tuple[DemoCard, ...]) -> None:
    card = cards[5]
    desk.slot.insert(card.chip())
    reading = desk.reading(CardSecrets(can=card.can))
    desk.run(reading)

    shown = f"{reading!r} {card!r} {card.chip().data!r}"

    assert card.can.digits not in shown
    assert card.number.digits not in shown


@pytest.mark.parametrize("kind", [FaultKind.PULLED, FaultKind.GARBLED], ids=lambda kind: kind.name)
@pytest.mark.parametrize("at", [11, 15, 999], ids=["opened", "proven", "never"])
def test_the_keys_of_every_session_are_overwritten(
    desk: Desk, card: DemoCard, monkeypatch: pytest.MonkeyPatch, kind: FaultKind, at: int
) -> None:
    keys: list[Keys] = []
    begin, rekey = SecureChannel.__init__, SecureChannel.rekey

    def note_begin(channel: SecureChannel, below: Channel, first: Keys) -> None:
        keys.append(first)
        begin(channel, below, first)

    def note_rekey(channel: SecureChannel, other: Keys) -> None:
        keys.append(other)
        rekey(channel, other)

    monkeypatch.setattr(SecureChannel, "__init__", note_begin)
    monkeypatch.setattr(SecureChannel, "rekey", note_rekey)
    with suppress(CardPulled):
        desk.read(FaultyChip(card.chip(), {at: Fault(kind)}), CardSecrets(can=card.can))

    assert keys
    assert not any(any(one.encryption) or any(one.sealing) for one in keys)
