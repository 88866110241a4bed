"""Whatever a chip says, its parsers answer with a value or with an error that has a name.

A few thousand spoilt files of each kind run always, a million in all by name (``-m prove``).
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from counter.cards import Chip
from counter.errors import DeskError
from devices.card import tlv
from devices.card.apdu import Answer
from devices.card.authentic import judge
from devices.card.chip_proof import verify_active, verify_recovered
from devices.card.demo import DemoCard
from devices.card.details import holder_details
from devices.card.face import portrait
from devices.card.files import PartialFile, habits_of
from devices.card.groups import chip_text, listed_groups, mrz_text
from devices.card.infos import active_hash, chip_keys, pace_offers
from devices.card.issuers import read_issuer_file
from devices.card.keys import CipherKind, session_keys
from devices.card.messaging import open_answer
from devices.card.simulator.citizen import CARD_ACCESS, dg2
from devices.card.simulator.issuer import demonstration_issuer
from devices.card.simulator.secure import Session
from devices.card.trust import NoAnchors
from tests.devices.card.scripts import ScriptedCard
from tests.spoiling import spoil

TODAY = date(2026, 11, 25)
SECRET = b"a shared secret!"
NAME_IN_DG11 = b"\x6b\x0b\x5c\x02\x5f\x0e\x5f\x0e\x04A<<B"
RECOVERED = b"\x6a" + bytes(125) + b"\xbc"
A_FEW = 2000
MANY = 80_000

Parser = Callable[[bytes], object]


def small_face() -> bytes:
    """Return a picture that opens fast."""
    encoded = io.BytesIO()
    Image.new("RGB", (16, 16), "#d3dde6").save(encoded, "JPEG")
    return dg2(encoded.getvalue())


def parse_atr(atr: bytes) -> object:
    card = ScriptedCard()
    card.atr = atr
    return habits_of(card)


def gather(content: bytes) -> object:
    """Take a file in blocks of ten, as from a chip."""
    kept = PartialFile()
    for at in range(0, len(content), 10):
        if kept.is_whole:
            break
        kept.add(content[at : at + 10])
    return kept


def unprotect(answer: bytes) -> object:
    return open_answer(session_keys(CipherKind.AES_128, SECRET), Answer(answer, 0x9000))


def parsers(card: DemoCard) -> dict[str, tuple[Parser, bytes]]:
    """Return each parser with bytes that it understands."""
    files = card.chip().data.files
    session = Session.agree(2, SECRET)
    session.count = 0
    certificate = demonstration_issuer().csca.der
    return {
        "dg13": (chip_text, files[0x010D]),
        "dg1": (lambda data: mrz_text(data, today=TODAY), files[0x0101]),
        "dg2": (portrait, small_face()),
        "dg11": (
            lambda data: holder_details(data, None),
            b"\x6b\x0b\x5c\x02\x5f\x0e\x5f\x0e\x04A<<B",
        ),
        "dg14": (lambda data: (chip_keys(data), active_hash(data)), files[0x010E]),
        "dg15": (lambda data: verify_active(data, bytes(8), bytes(64), digest=None), files[0x010F]),
        "com": (listed_groups, files[0x011E]),
        "card access": (pace_offers, CARD_ACCESS),
        "sod": (lambda data: judge(data, {}, NoAnchors(), Chip.NOT_CHECKED), files[0x011D]),
        "file": (gather, files[0x010D]),
        "answer": (unprotect, session.close(0xB0, b"\x61\x5b", 0x9000)),
        "atr": (parse_atr, card.chip().atr),
        "recovered": (
            lambda data: verify_recovered(data, bytes(8)),
            b"\x6a" + bytes(125) + b"\xbc",
        ),
        "certificate": (read_issuer_file, certificate),
    }


NAMES = (
    *("dg13", "dg1", "dg2", "dg11", "dg14", "dg15", "com"),
    *("card access", "sod", "file", "answer", "atr", "recovered", "certificate"),
)


def attack(parse: Parser, good: bytes, *, rounds: int, seed: int) -> int:
    """Give *parse* that many spoilt inputs; return how many it refused by name."""
    chance = random.Random(seed)
    refused = 0
    for _ in range(rounds):
        try:
            parse(spoil(chance, good))
        except DeskError:
            refused += 1
    return refused


@pytest.mark.parametrize("name", NAMES)
def test_a_spoilt_file_gives_a_value_or_an_error_with_a_name(name: str, card: DemoCard) -> None:
    parse, good = parsers(card)[name]

    attack(parse, good, rounds=A_FEW, seed=1)


def test_every_parser_is_attacked(card: DemoCard) -> None:
    assert tuple(parsers(card)) == NAMES


@pytest.mark.parametrize("name", ["dg13", "dg14", "answer", "certificate"])
def test_spoilt_files_are_refused_and_not_guessed_at(name: str, card: DemoCard) -> None:
    parse, good = parsers(card)[name]

    assert attack(parse, good, rounds=400, seed=2) > 100


def test_a_spoilt_answer_never_opens(card: DemoCard) -> None:
    parse, good = parsers(card)["answer"]
    chance = random.Random(3)
    spoilt = {spoil(chance, good) for _ in range(5000)} - {good}

    opened = 0
    for answer in spoilt:
        try:
            parse(answer)
        except DeskError:
            continue
        opened += 1

    assert opened == 0


@given(st.binary(max_size=200))
def test_any_bytes_are_data_objects_or_are_not(data: bytes) -> None:
    try:
        found = list(tlv.read_all(data))
    except tlv.BadTlv:
        return
    assert sum(len(one.value) for one in found) <= len(data)


@given(st.sampled_from((0x02, 0x30, 0x87, 0x5F1F, 0x7F49)), st.binary())
def test_what_is_written_is_read_again(tag: int, value: bytes) -> None:
    written = tlv.write(tag, value)

    read = tlv.read(written)

    assert (read.tag, read.value, read.end) == (tag, value, len(written))


@pytest.mark.prove
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("name", NAMES)
def test_a_million_spoilt_files_crash_nothing(name: str, card: DemoCard) -> None:
    """Eighty thousand of each of the fourteen kinds."""
    parse, good = parsers(card)[name]

    attack(parse, good, rounds=MANY, seed=4)
