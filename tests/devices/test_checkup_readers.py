"""The doctor says what is wrong with the card readers, and with which."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter.errors import NoCardService, NoReader, ReaderBusy, ReaderDriverMissing
from counter.work import CheckState
from devices import checkup
from devices.card.simulator.slot import VirtualSlot
from devices.card.transport import ReaderState


class BusySlot(VirtualSlot):
    """A reader that another program holds."""

    def look(self) -> tuple[ReaderState, ...]:
        return tuple(replace(state, busy=True) for state in super().look())


def test_a_reader_that_is_ready_is_named() -> None:
    check = checkup.check_readers(VirtualSlot("ACR 00"), "ACR")

    assert (check.state, check.facts) == (CheckState.OK, "ACR 00")


def test_a_reader_that_another_program_holds_is_a_warning() -> None:
    check = checkup.check_readers(BusySlot(), "")

    assert check.state is CheckState.WARNING
    assert isinstance(check.error, ReaderBusy)


def test_a_stopped_service_is_called_so() -> None:
    slot = VirtualSlot()
    slot.stop_service()

    assert isinstance(checkup.check_readers(slot, "").error, NoCardService)


@pytest.mark.parametrize(
    ("plugged", "error"),
    [((), NoReader), (("ACR122U",), ReaderDriverMissing)],
    ids=["nothing on the cable", "a reader on the cable"],
)
def test_a_reader_that_the_service_cannot_use_is_told_from_none(
    plugged: tuple[str, ...], error: type[Exception]
) -> None:
    slot = VirtualSlot()
    slot.unplug()

    assert isinstance(checkup.check_readers(slot, "", lambda: plugged).error, error)
