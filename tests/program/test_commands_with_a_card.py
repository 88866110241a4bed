"""An account that asks for the officer's own card answers for a command only with that card."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from counter import own_cards
from counter.cards import CardReading, CardSecrets
from counter.desk.opening import open_desk
from counter.store import trail
from counter.store.people_tables import OfficerRow
from counter.values import local_day, now
from devices.card import apart, once
from devices.card.demo import DemoAnchors, demo_cards
from devices.card.simulator.slot import VirtualSlot
from program import RESOURCES, VERSION, own_card, rooms
from tests.program.test_commands_under_an_account import (  # noqa: F401 - a real desk's commands
    HEAD,
    NO_ACCESS,
    Run,
    person,
    run,
)
from ui import terminal
from ui.command_line import parse
from ui.terminal import DONE, NO_DEVICE

OWN, ANOTHER = demo_cards(RESOURCES / "demo" / "cards")[:2]


def read(slot: VirtualSlot, can: CardSecrets) -> CardReading:
    return once.read_card(slot, can, DemoAnchors(), today=local_day(now()))


@pytest.fixture
def slot(
    run: Run,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> VirtualSlot:
    """The reader of a desk whose leader's card is enrolled; somebody sits at the terminal."""
    slot = VirtualSlot()
    slot.insert(OWN.chip())
    with open_desk(rooms.opening(parse(["--data", str(tmp_path / "desk")], VERSION))) as context:
        reading = read(slot, CardSecrets(can=OWN.can))
        with context.store.writing() as session:
            row = session.get_one(OfficerRow, HEAD)
            row.card = own_cards.digest(reading, trail.secret(session))
    monkeypatch.setattr(apart, "ApartReaders", lambda _silence_s: slot)
    monkeypatch.setattr(own_card, "anchors_of", lambda _folder: DemoAnchors())
    return slot


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let somebody sit at the terminal and type these six digits."""

    def sit(digits: str) -> None:
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr(terminal, "ask_own_card", lambda: digits)

    return sit


def test_with_nobody_at_the_terminal_it_is_said_what_to_do(
    run: Run,  # noqa: F811
    slot: VirtualSlot,
    tmp_path: Path,
) -> None:
    code, told = run(*person(tmp_path), account=HEAD)

    assert (code, told["error"]["code"]) == (NO_ACCESS, "people.card_needs_person")
    assert "đầu đọc" in told["error"]["message"]
    assert not (tmp_path / "p.json").exists()


def test_the_own_card_on_the_reader_lets_the_officer_answer(
    run: Run,  # noqa: F811
    slot: VirtualSlot,
    at_terminal: Callable[[str], None],
    tmp_path: Path,
) -> None:
    at_terminal(OWN.can.digits)

    code, told = run(*person(tmp_path), account=HEAD)

    assert (code, told["dossiers"]) == (DONE, 0)


def test_another_card_is_refused(
    run: Run,  # noqa: F811
    slot: VirtualSlot,
    at_terminal: Callable[[str], None],
    tmp_path: Path,
) -> None:
    slot.remove()
    slot.insert(ANOTHER.chip())
    at_terminal(ANOTHER.can.digits)

    code, told = run(*person(tmp_path), account=HEAD)

    assert (code, told["error"]["code"]) == (NO_ACCESS, "people.another_card")
    assert not (tmp_path / "p.json").exists()


def test_without_a_reader_nobody_is_asked_for_digits(
    run: Run,  # noqa: F811
    slot: VirtualSlot,
    at_terminal: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    at_terminal("none")
    monkeypatch.setattr(slot, "look", lambda: ())

    code, told = run(*person(tmp_path), account=HEAD)

    assert (code, told["error"]["code"]) == (NO_DEVICE, "card.no_reader")
