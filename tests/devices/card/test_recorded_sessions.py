"""Conversations with real chips, recorded: the reader says the same and takes the answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from counter.cards import MrzKey
from counter.errors import CardUnreadable
from devices.card.apdu import Command, PlainChannel
from devices.card.bac import open_by_bac
from devices.card.files import File, Habits, read_file
from devices.card.infos import pace_offers
from devices.card.keys import mrz_password
from devices.card.messaging import AES, TRIPLE_DES, Keys, SecureChannel
from devices.card.pace import open_by_pace
from tests.devices.card.scripts import ScriptedCard, given, given_numbers


class Recording:
    """One recorded conversation and the numbers that stand beside it."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.numbers: list[str] = told["hex_literals"]
        self.pairs = [(step["req"], step["rsp"]) for step in told["apdus"]]
        self.card = ScriptedCard(*self.pairs)

    def secure(self, suite: str, encryption: int, sealing: int, counter: int) -> SecureChannel:
        """Return a channel with the keys at these places among the numbers."""
        keys = Keys(
            suite={"aes": AES, "3des": TRIPLE_DES}[suite],
            encryption=bytearray(bytes.fromhex(self.numbers[encryption])),
            sealing=bytearray(bytes.fromhex(self.numbers[sealing])),
            counter=int(self.numbers[counter], 16),
        )
        return SecureChannel(PlainChannel(self.card), keys)


@pytest.fixture(scope="module")
def recorded(shared: Path) -> dict[str, Recording]:
    path = shared / "card" / "recorded" / "apdu_sessions.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    return {name: Recording(one) for name, one in told.items()}


def test_a_chip_is_opened_by_its_zone_as_recorded(recorded: dict[str, Recording]) -> None:
    session = recorded["TestDoBAC"]
    nonce, ours, encryption, sealing, counter = session.numbers
    random = given(bytes.fromhex(nonce), bytes.fromhex(ours))

    keys = open_by_bac(PlainChannel(session.card), MrzKey("L898902C", "690806", "940623"), random)

    assert session.card.is_over
    assert keys.encryption.hex().upper() == encryption
    assert keys.sealing.hex().upper() == sealing
    assert keys.counter == int(counter, 16)


def test_a_chip_that_is_told_its_parameters_is_opened_as_recorded(
    recorded: dict[str, Recording],
) -> None:
    session = recorded["TestDoPace_GM_ECDH"]
    numbers = session.numbers
    (offer,) = pace_offers(bytes.fromhex(numbers[4]))

    keys = open_by_pace(
        PlainChannel(session.card),
        offer,
        mrz_password(MrzKey("T22000129", "640812", "101031")),
        several=True,
        draw=given_numbers(numbers[0], numbers[3]),
    ).keys

    assert session.card.is_over
    assert keys.encryption.hex().upper() == numbers[5]
    assert keys.sealing.hex().upper() == numbers[6]


@pytest.mark.parametrize(
    ("name", "suite", "keys", "last"),
    [
        ("TestNfcSessionSecureMessagingTDES", "3des", (1, 2, 3), 18),
        ("TestNfcSessionSecureMessagingAES", "aes", (1, 2, 3), 22),
    ],
    ids=["3des", "aes"],
)
def test_a_protected_conversation_is_spoken_as_recorded(
    recorded: dict[str, Recording],
    name: str,
    suite: str,
    keys: tuple[int, int, int],
    last: int,
) -> None:
    session = recorded[name]
    channel = session.secure(suite, *keys)

    channel.send(Command(0x00, 0xA4, 0x02, 0x0C, data=b"\x01\x1e")).require_ok()
    head = channel.send(Command(0x00, 0xB0, 0x00, 0x00, le=4)).require_ok()
    rest = channel.send(Command(0x00, 0xB0, 0x00, 0x04, le=last)).require_ok()

    assert session.card.is_over
    assert (head + rest).hex().upper() == session.numbers[0]


def test_keys_agreed_with_a_real_chip_are_spoken_as_recorded(
    recorded: dict[str, Recording],
) -> None:
    session = recorded["TestChipAuthAT"]
    numbers = session.numbers
    channel = session.secure("aes", 1, 2, 3)
    oid = bytes.fromhex("04007F00070202030202")
    public = bytes.fromhex("04" + numbers[5] + numbers[6])

    select = Command(0x00, 0x22, 0x41, 0xA4, data=b"\x80\x0a" + oid)
    channel.send(select).require_ok()
    template = b"\x7c\x43\x80\x41" + public
    answer = channel.send(Command(0x00, 0x86, 0, 0, data=template, le=256)).require_ok()

    assert session.card.said == 2
    assert answer == b"\x7c\x00"


@pytest.mark.parametrize(
    "name",
    [
        "TestReadFileErrorReadingHeader",
        "TestReadFileErrorMissingHeaderLength",
        "TestReadFileErrorEmptyResponse",
        "TestReadFileErrorLastFrame",
    ],
)
def test_a_file_that_breaks_off_is_an_error_and_never_a_short_file(
    recorded: dict[str, Recording], name: str
) -> None:
    pairs = [pair for pair in recorded[name].pairs if not pair[0].startswith("00A402")]
    card = AnyLength([bytes.fromhex(told) for _, told in pairs])

    with pytest.raises(CardUnreadable):
        read_file(PlainChannel(card), File.DG1, Habits())


class AnyLength(ScriptedCard):
    """Gives recorded answers one after the other, whatever length is asked for; then nothing."""

    def __init__(self, answers: list[bytes]) -> None:
        super().__init__()
        self._answers = answers

    def transmit(self, command: bytes) -> tuple[bytes, int]:
        answer = self._answers.pop(0) if self._answers else b"\x6f\x00"
        return answer[:-2], int.from_bytes(answer[-2:], "big")


def test_a_file_is_whole_however_the_recorded_chip_cuts_it(
    recorded: dict[str, Recording],
) -> None:
    session = recorded["TestReadFileSuccess"]
    answers = [bytes.fromhex(told) for asked, told in session.pairs if asked.startswith("00B0")]

    content = read_file(PlainChannel(AnyLength(answers)), File.DG1, Habits())

    assert content.hex().upper() == session.numbers[0]


def test_bytes_behind_the_end_of_a_file_are_left_out(recorded: dict[str, Recording]) -> None:
    session = recorded["TestReadFileErrorMoreData"]
    answers = [bytes.fromhex(told) for asked, told in session.pairs if asked.startswith("00B0")]

    content = read_file(PlainChannel(AnyLength(answers)), File.DG1, Habits())

    assert content.hex().upper() == recorded["TestReadFileSuccess"].numbers[0]
