"""``read-card``: read and verify one card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from counter.errors import CardNeedsSecret, WrongFolder
from counter.folder import folder_error
from counter.outside import write_outside
from counter.values import CitizenNumber, local_day, now
from program import RESOURCES
from program.rooms import anchors_of, data_folder
from program.told import told
from ui import terminal

if TYPE_CHECKING:
    import argparse

    from counter.cards import CardSecrets
    from devices.card.transport import Readers


def run(arguments: argparse.Namespace) -> int:
    """Read and verify one card."""
    from devices.card.demo import DemoAnchors
    from devices.card.noted import NotedReaders
    from devices.card.once import read_card as read_one
    from devices.card.report import reading_as_json

    folder = data_folder(arguments)
    if arguments.demo and folder.is_real():
        raise WrongFolder
    readers, secrets = card_at_hand(arguments)
    anchors = DemoAnchors() if is_simulated(arguments) else anchors_of(folder)
    noted = NotedReaders(readers)
    try:
        reading = read_one(
            noted,
            secrets,
            anchors,
            today=local_day(now()),
            reader=arguments.reader,
            wait_s=arguments.wait,
        )
    finally:
        noted.close()
        if arguments.session is not None:
            write_file(arguments.session, noted.as_json().encode("utf-8"))
    if arguments.portrait is not None and reading.portrait is not None:
        write_file(arguments.portrait, reading.portrait.data)
    terminal.answer(
        reading_as_json(reading), terminal.reading_words(reading), as_json=arguments.json
    )
    return terminal.DOES_NOT_HOLD if reading.authenticity.is_forged else terminal.DONE


def write_file(path: Path, data: bytes) -> None:
    """Write a file that was asked for on the command line."""
    try:
        write_outside(path, data)
    except OSError as error:
        raise folder_error(error) from error


def is_simulated(arguments: argparse.Namespace) -> bool:
    """Tell whether the demonstration's own card is meant and no real reader."""
    return bool(arguments.demo) and not arguments.reader


def card_at_hand(arguments: argparse.Namespace) -> tuple[Readers, CardSecrets]:
    """Return the readers to look at and what opens the card that was asked for."""
    from counter.cards import Can, CardSecrets, MrzKey

    secrets = CardSecrets()
    if arguments.id is not None:
        number = CitizenNumber.parse(told("--id", arguments.id))
        secrets = CardSecrets(can=Can.of(number), told=number)
    elif arguments.can is not None:
        secrets = CardSecrets(can=Can(told("--can", arguments.can)))
    elif arguments.mrz is not None:
        secrets = CardSecrets(mrz=MrzKey.parse(told("--mrz", arguments.mrz)))
    if is_simulated(arguments):
        from devices.card.demo import demo_cards
        from devices.card.simulator.slot import VirtualSlot

        card = demo_cards(RESOURCES / "demo" / "cards")[0]
        slot = VirtualSlot()
        slot.insert(card.chip())
        return slot, secrets if secrets != CardSecrets() else CardSecrets(can=card.can)
    if secrets == CardSecrets():
        raise CardNeedsSecret
    from devices.card.apart import ApartReaders

    return ApartReaders(), secrets
