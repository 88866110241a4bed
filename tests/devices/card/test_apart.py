"""PC/SC in a process of its own: what it is asked and says, and how it is given up."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter.cards import CardSecrets
from counter.errors import CardAbsent, CardPulled, CardSilent, NoCardService
from devices.card.apart import (
    FROZEN_WORD,
    HOUSE,
    ApartReaders,
    Attendant,
    Child,
    ChildProcess,
    NoPcsc,
    _receive,
    _send,
    serve,
)
from devices.card.demo import DemoCard
from devices.card.once import read_card
from devices.card.simulator.faults import Fault, FaultKind, FaultyChip
from devices.card.simulator.slot import VirtualSlot
from devices.card.transport import LongCommandRefused
from devices.card.trust import NoAnchors
from tests.devices.card.conftest import TODAY


class ChildThread:
    """A child that is a thread of the test, so that its lines are seen to run."""

    def __init__(self, attendant: Attendant | NoPcsc) -> None:
        self._ours, theirs = socket.socketpair()
        self._theirs = theirs
        self._thread = threading.Thread(target=serve, args=(theirs, attendant), name="child")
        self._thread.start()

    def ask(self, request: dict[str, Any], limit_s: float) -> Any:
        self._ours.settimeout(limit_s)
        _send(self._ours, request)
        return _receive(self._ours)

    def interrupt(self) -> None:
        self._ours.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        self._ours.close()
        self._thread.join()
        self._theirs.close()


@pytest.fixture
def apart(slot: VirtualSlot) -> Iterator[ApartReaders]:
    """The virtual reader behind a child."""
    readers = ApartReaders(silence_s=30.0, start=lambda: ChildThread(Attendant(slot)))
    yield readers
    readers.close()


def test_readers_are_told_as_the_child_sees_them(apart: ApartReaders, slot: VirtualSlot) -> None:
    assert apart.look() == slot.look()
    slot.unplug()
    assert apart.look() == ()


def test_a_card_is_read_through_the_child(
    apart: ApartReaders, slot: VirtualSlot, card: DemoCard
) -> None:
    slot.insert(card.chip())

    reading = read_card(apart, CardSecrets(can=card.can), NoAnchors(), today=TODAY, wait_s=0)

    assert reading.text is not None
    assert reading.text.id_number == card.number


def test_errors_cross_the_line_with_their_name(
    apart: ApartReaders, slot: VirtualSlot, card: DemoCard
) -> None:
    with pytest.raises(CardAbsent):
        apart.connect(slot.name)
    slot.stop_service()
    with pytest.raises(NoCardService):
        apart.look()
    slot.start_service()
    slot.insert(FaultyChip(card.chip(), {1: Fault(FaultKind.PULLED)}))
    with pytest.raises(CardPulled):
        apart.connect(slot.name).transmit(bytes.fromhex("00B09C0000"))


def test_a_command_too_long_for_the_reader_is_told_apart(card: DemoCard) -> None:
    slot = VirtualSlot(longest_command=261)
    slot.insert(card.chip())
    readers = ApartReaders(start=lambda: ChildThread(Attendant(slot)))

    try:
        with pytest.raises(LongCommandRefused):
            readers.connect(slot.name).transmit(bytes(262))
    finally:
        readers.close()


def test_a_card_is_let_go_by_whoever_held_it(
    apart: ApartReaders, slot: VirtualSlot, card: DemoCard
) -> None:
    slot.insert(card.chip())
    transport = apart.connect(slot.name)
    transport.disconnect()

    with pytest.raises(CardPulled):
        transport.transmit(bytes.fromhex("00B09C0000"))


class SilentChild:
    """A child that takes everything and never answers."""

    ended = False

    def ask(self, request: dict[str, Any], limit_s: float) -> Any:
        raise TimeoutError

    def interrupt(self) -> None:
        """It waits for nothing."""

    def end(self) -> None:
        self.ended = True


def test_a_child_that_does_not_answer_is_ended_and_another_started(slot: VirtualSlot) -> None:
    silent = SilentChild()
    children: list[Child] = [ChildThread(Attendant(slot)), silent]
    readers = ApartReaders(start=children.pop)

    with pytest.raises(NoCardService):
        readers.look()
    seen = readers.look()
    readers.close()

    assert silent.ended
    assert [state.name for state in seen] == [slot.name]


def test_a_connection_of_a_child_that_was_given_up_is_dead(
    apart: ApartReaders, slot: VirtualSlot, card: DemoCard
) -> None:
    slot.insert(card.chip())
    transport = apart.connect(slot.name)
    apart.close()
    apart.look()

    with pytest.raises(CardSilent):
        transport.transmit(bytes.fromhex("00B09C0000"))
    transport.disconnect()


def test_a_machine_without_the_library_has_no_service() -> None:
    readers = ApartReaders(start=lambda: ChildThread(NoPcsc()))

    try:
        with pytest.raises(NoCardService):
            readers.look()
    finally:
        readers.close()


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let children look for the service where there is none."""
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", str(tmp_path / "pcscd.comm"))


@pytest.mark.usefixtures("nowhere")
@pytest.mark.skipif(os.name == "nt", reason="the service of Windows cannot be hidden")
def test_a_real_child_says_that_there_is_no_service_and_ends_with_us() -> None:
    readers = ApartReaders()

    try:
        with pytest.raises(NoCardService):
            readers.look()
        child = readers.generation
    finally:
        readers.close()

    assert isinstance(child, ChildProcess)
    assert child._process.poll() is not None


@pytest.mark.usefixtures("nowhere")
@pytest.mark.skipif(os.name == "nt", reason="the service of Windows cannot be hidden")
def test_a_driver_that_takes_the_child_down_takes_nothing_else() -> None:
    readers = ApartReaders()
    try:
        with pytest.raises(NoCardService):
            readers.look()
        first = readers.generation
        assert isinstance(first, ChildProcess)
        os.kill(first._process.pid, signal.SIGSEGV)
        first._process.wait()

        with pytest.raises(NoCardService, match="answer"):
            readers.look()
        with pytest.raises(NoCardService, match=r"PC/SC|library"):
            readers.look()
    finally:
        readers.close()


@pytest.mark.usefixtures("nowhere")
@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script with a first line")
def test_a_frozen_program_starts_itself_to_attend_the_readers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = tmp_path / "called"
    program = tmp_path / "quay-mot-cua"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nfrom pathlib import Path\n"
        f"Path({str(called)!r}).write_text(sys.argv[1])\n"
        f"sys.path.insert(0, {str(HOUSE)!r})\n"
        "from main import main\nsys.exit(main(sys.argv[1:]))\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    readers = ApartReaders()

    try:
        with pytest.raises(NoCardService, match=r"PC/SC|library"):
            readers.look()
    finally:
        readers.close()

    assert called.read_text(encoding="utf-8") == FROZEN_WORD
