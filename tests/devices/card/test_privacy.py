"""What a card tells is for the officer's eyes: no log holds it and no memory keeps it."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from counter.cards import Can, CardSecrets
from counter.errors import DeskError
from counter.ports import CardEvent, CardFailed, CardRead
from devices.card.demo import DemoCard
from devices.card.files import PartialFile
from devices.card.simulator.chip import Limits, SimulatedChip
from devices.card.simulator.citizen import make_chip
from devices.card.simulator.faults import Fault, FaultKind, FaultyChip
from devices.card.simulator.slot import VirtualSlot
from devices.card.trust import NoAnchors
from devices.card.watch import CardWatch
from devices.codes import parse_card_qr
from tests.devices.card.conftest import TODAY, Desk, Ear


def secrets_of(card: DemoCard) -> CardSecrets:
    return CardSecrets(can=card.can, told=parse_card_qr(card.qr_text))


def personal(card: DemoCard) -> list[str]:
    """Return what must stand nowhere."""
    citizen = card.citizen
    names = [citizen.name, citizen.father or "", citizen.mother or "", citizen.residence]
    plain = [name.upper() for name in names if name]
    return [card.number.digits, card.can.digits, card.number.digits[3:], *names[:1], *plain]


@pytest.mark.parametrize(
    "fault",
    [None, *(Fault(kind) for kind in FaultKind)],
    ids=lambda fault: fault.kind.name if fault else "none",
)
def test_no_log_tells_whose_card_it_was(
    desk: Desk, card: DemoCard, caplog: pytest.LogCaptureFixture, fault: Fault | None
) -> None:
    caplog.set_level(logging.DEBUG)
    chip = FaultyChip(card.chip(Limits(2048)), {12: fault} if fault else {})

    try:
        desk.read(chip, secrets_of(card))
    except DeskError as error:
        logging.getLogger("desk").info("%s %r %s", error, error, error.fields)

    written = caplog.text + "".join(str(record.args) for record in caplog.records)
    assert [word for word in personal(card) if word and word in written] == []


def test_a_forged_card_is_logged_no_closer(
    desk: Desk, card: DemoCard, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    data = make_chip(card.citizen)
    changed = data.files[0x010D].replace(b"Kinh", b"Mong")

    desk.read(SimulatedChip(replace(data, files={**data.files, 0x010D: changed})), secrets_of(card))

    assert [word for word in personal(card) if word and word in caplog.text] == []


def test_secrets_and_readings_show_nothing_of_themselves(desk: Desk, card: DemoCard) -> None:
    desk.slot.insert(card.chip())
    reading = desk.reading(secrets_of(card))
    desk.run(reading)

    shown = repr(reading) + repr(secrets_of(card)) + str(secrets_of(card))

    assert [word for word in personal(card) if word and word in shown] == []


def test_bytes_that_are_not_needed_any_more_are_overwritten() -> None:
    kept = PartialFile()
    kept.add(b"\x61\x03abc")
    bytes_of_it = kept.content

    kept.wipe()

    assert bytes(bytes_of_it) == b""
    assert kept.length is None


@pytest.mark.parametrize("can", [None, "000000"], ids=["read", "refused"])
def test_the_watch_keeps_nothing_after_a_reading(
    slot: VirtualSlot, ear: Ear, card: DemoCard, can: str | None
) -> None:
    watch = CardWatch(slot, NoAnchors(), lambda: TODAY)
    watch.start(ear.tell)
    watch.expect(CardSecrets(can=Can(can) if can else card.can))
    slot.insert(card.chip())
    ear.wait_for(object, lambda event: isinstance(event, CardRead | CardFailed))

    watch.stop()

    assert watch._secrets is None
    assert watch._reading is None


def test_events_are_told_with_the_name_only_where_it_is_shown(desk: Desk, card: DemoCard) -> None:
    desk.read(card.chip(), secrets_of(card))

    progress: list[CardEvent] = [one for one in desk.told if "part" in repr(one)]

    assert len(progress) > 2
    assert card.name not in "".join(map(repr, progress))
