"""What a card tells never keeps the window waiting: each event takes a few milliseconds at most."""

from __future__ import annotations

from statistics import median
from time import thread_time

import pytest

from counter.cards import Portrait
from counter.errors import CardPulled
from counter.ports import (
    CardEvent,
    CardFailed,
    CardOpening,
    CardPlaced,
    CardRead,
    CardRemoved,
    CardTextRead,
)
from devices.card.simulator.portraits import Looks, draw
from tests.ui.citizens import AUTHENTIC, THU, reading
from tests.ui.conftest import Office

LONGEST_S = 0.005
FACE = Portrait("image/jpeg", 480, 640, draw(Looks("short", "none", "#e8c39e")), "0" * 64)
EVENTS: tuple[CardEvent, ...] = (
    CardPlaced("reader"),
    CardOpening(0.1),
    CardTextRead(THU, None),
    CardOpening(0.6),
    CardFailed(CardPulled()),
    CardRead(reading(THU, authenticity=AUTHENTIC, portrait=FACE)),
    CardRemoved("reader"),
)


@pytest.mark.prove  # by the clock, so by name: a busy machine must not fail the suite
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_a_card_event_takes_five_milliseconds_at_most(office: Office, event: CardEvent) -> None:
    """In processor time of the main thread, the median of several, after the first was shown."""
    office.window.on_card(event)

    def once() -> float:
        began = thread_time()
        office.window.on_card(event)
        return thread_time() - began

    assert median(once() for _ in range(9)) <= LONGEST_S


def test_nothing_of_a_person_stays_in_the_window_after_the_visit(office: Office) -> None:
    for event in EVENTS:
        office.window.on_card(event)

    office.window.receive.identity.begin_again()
    office.settle()

    identity = office.window.receive.identity
    assert identity.is_empty()
    assert not identity.has_photo
    assert THU.full_name not in office.everything_shown()
    assert office.hands.secrets[-1] is None
