"""A look at what is in memory finds what is there and does no harm to other threads."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from threading import Event, Thread

import pytest

from tests.alive import seen_in_memory

LOOKS = 5


@pytest.fixture
def eager() -> Iterator[None]:
    """Let threads take turns so often that a short look is interrupted as a long one would be."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.000_05)
    yield
    sys.setswitchinterval(usual)


class Kept:
    """Something to be found."""


def a_thousand() -> Iterator[object]:
    """Yield so many things that the tuple made of them is lengthened on the way."""
    for number in range(1_000):
        yield [number]


def test_what_is_kept_is_seen_and_what_went_is_not() -> None:
    kept, gone = Kept(), Kept()
    gone.itself = gone  # type: ignore[attr-defined]  # only a collection frees it
    del gone

    assert seen_in_memory(lambda one: one if isinstance(one, Kept) else None) == [kept]


@pytest.mark.usefixtures("eager")
def test_a_thread_that_makes_tuples_meanwhile_is_not_disturbed() -> None:
    enough, made, faults = Event(), [0], list[SystemError]()

    def make() -> None:
        while not enough.wait(0.000_1):
            try:
                tuple(a_thousand())
                made[0] += 1
            except SystemError as fault:
                faults.append(fault)

    makers = [Thread(target=make) for _ in range(3)]
    for maker in makers:
        maker.start()
    for _look in range(LOOKS):
        seen_in_memory(lambda one: one if isinstance(one, Kept) else None)
    enough.set()
    for maker in makers:
        maker.join()

    assert faults == []
    assert made[0] > LOOKS
