"""The simulated card, its reader, and a desk that reads it."""

from __future__ import annotations

import queue
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from counter.cards import CardReading, CardSecrets
from counter.ports import CardEvent, CardOpening, CardTextRead
from devices.card.authentic import Anchors
from devices.card.demo import DemoCard, demo_cards
from devices.card.files import habits_of
from devices.card.reading import Reading
from devices.card.simulator.faults import Answering
from devices.card.simulator.slot import VirtualSlot
from devices.card.trust import NoAnchors

HOUSE = Path(__file__).resolve().parents[3]
TODAY = date(2026, 11, 25)
WAIT_S = 60.0
E = TypeVar("E")


@pytest.fixture(scope="session")
def cards() -> tuple[DemoCard, ...]:
    """The invented citizens of the demonstration."""
    return demo_cards(HOUSE / "resources" / "demo" / "cards")


@pytest.fixture(scope="session")
def card(cards: tuple[DemoCard, ...]) -> DemoCard:
    """One of them."""
    return cards[0]


@pytest.fixture
def slot() -> VirtualSlot:
    return VirtualSlot(silence_s=0.05)


@dataclass
class Desk:
    """Reads a card on a virtual reader and keeps what it was told on the way."""

    slot: VirtualSlot
    anchors: Anchors = field(default_factory=NoAnchors)
    told: list[CardOpening | CardTextRead] = field(default_factory=list)

    def reading(self, secrets: CardSecrets) -> Reading:
        transport = self.slot.connect(self.slot.name)
        return Reading(secrets, self.anchors, habits_of(transport), TODAY)

    def read(self, chip: Answering, secrets: CardSecrets) -> CardReading:
        self.slot.insert(chip)
        return self.run(self.reading(secrets))

    def run(self, reading: Reading) -> CardReading:
        return reading.run(self.slot.connect(self.slot.name), self.told.append)


@pytest.fixture
def desk(slot: VirtualSlot) -> Desk:
    return Desk(slot)


class Ear:
    """Hears what a watch tells, and waits for it."""

    def __init__(self) -> None:
        self.heard: list[CardEvent] = []
        self._queue: queue.SimpleQueue[CardEvent] = queue.SimpleQueue()

    def tell(self, event: CardEvent) -> None:
        self._queue.put(event)

    def wait_for(
        self, kind: type[E], fits: Callable[[E], bool] = lambda _: True, wait_s: float = WAIT_S
    ) -> E:
        """Return the next event of *kind* that fits; everything on the way is kept in ``heard``.

        Raises:
            queue.Empty: For *wait_s* seconds nothing was told.
        """
        while True:
            event = self._queue.get(timeout=wait_s)
            self.heard.append(event)
            if isinstance(event, kind) and fits(event):
                return event


@pytest.fixture
def ear() -> Ear:
    return Ear()
