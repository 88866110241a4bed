"""No bytes that a chip may give break the reader: it reads them or says they cannot be read.

A sample runs always; a million by name (``-m prove``).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.errors import CardUnreadable
from devices.card import face, groups, infos, tlv
from devices.card.apdu import Answer, Command
from devices.card.chip_proof import verify_active
from devices.card.demo import DemoCard
from devices.card.keys import CipherKind, session_keys
from devices.card.messaging import SessionLost, open_answer, protect
from devices.card.simulator.chip import ChipData
from devices.card.simulator.citizen import CARD_ACCESS, make_chip
from devices.card.simulator.proofs import secrets_from
from devices.card.simulator.secure import Plain, Session
from devices.card.sod import parse_sod

TODAY = date(2026, 11, 25)
SAMPLE = 300
WHOLE = 1_000_000
Target = Callable[[bytes], object]


def _sod(data: bytes) -> None:
    parse_sod(data).signed.verify()


def _proof(data: bytes) -> None:
    verify_active(data, b"12345678", bytes(256), digest=None)


TARGETS: dict[str, tuple[int, Target]] = {
    "dg1": (0x0101, lambda data: groups.mrz_text(data, today=TODAY)),
    "dg2": (0x0102, face.portrait),
    "dg13": (0x010D, groups.chip_text),
    "dg14": (0x010E, infos.chip_keys),
    "dg15": (0x010F, _proof),
    "com": (0x011E, groups.listed_groups),
    "card access": (0x011C, infos.pace_offers),
    "sod": (0x011D, _sod),
}
"""What reads each file, and the file."""


@pytest.fixture(scope="module")
def chip(card: DemoCard) -> ChipData:
    """A chip with every file, its photo small so that many can be tried."""
    data = make_chip(replace(card.citizen, portrait=_small_picture()), secrets=secrets_from("chip"))
    return replace(data, files={0x011C: CARD_ACCESS, 0x010F: b"\x6f\x00", **data.files})


def _small_picture() -> bytes:
    from io import BytesIO

    from PIL import Image

    encoded = BytesIO()
    Image.new("RGB", (8, 8), "#aabbcc").save(encoded, "JPEG")
    return encoded.getvalue()


def mutated(data: bytes, dice: random.Random) -> bytes:
    """Return *data* with one to four of the harms that make parsers stumble."""
    out = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(out) + 1)
        match dice.randrange(7):
            case 0:
                out[at : at + 1] = dice.randbytes(1)
            case 1:
                out[at : at + 1] = dice.choice((b"\x00", b"\x7f", b"\x80", b"\x81\xff", b"\xff"))
            case 2:
                del out[at : at + dice.randint(1, 8)]
            case 3:
                out[at:at] = dice.randbytes(dice.randint(1, 8))
            case 4:
                out[at:at] = out[at : at + dice.randint(1, 64)]
            case 5:
                del out[at:]
            case _:
                out[at:at] = dice.choice(
                    (b"\x30\x80", b"\x30\x84\x7f\xff\xff\xff", b"\x1f\xff\xff")
                )
    return bytes(out)


def try_many(original: bytes, target: Target, count: int, seed: int) -> int:
    """Feed *count* mutations to *target*; return how many were refused."""
    dice = random.Random(seed)
    refused = 0
    for _ in range(count):
        try:
            target(mutated(original, dice))
        except CardUnreadable:
            refused += 1
    return refused


@pytest.mark.parametrize("name", TARGETS)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(chip: ChipData, name: str) -> None:
    file, target = TARGETS[name]

    refused = try_many(chip.files[file], target, SAMPLE, seed=1)

    assert refused > 0


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.binary(max_size=200))
def test_bytes_of_no_kind_are_refused(name: str, data: bytes) -> None:
    try:
        TARGETS[name][1](data)
    except CardUnreadable:
        return
    assert name in {"card access", "com"}  # a set of nothing is a set


@given(st.binary(max_size=64))
def test_what_is_read_as_data_objects_is_written_back_the_same_or_longer(data: bytes) -> None:
    try:
        found = list(tlv.read_all(data))
    except tlv.BadTlv:
        return

    again = b"".join(tlv.write(one.tag, one.value) for one in found)

    assert [(one.tag, one.value) for one in tlv.read_all(again)] == [
        (one.tag, one.value) for one in found
    ]
    assert len(again) <= len(data)


@given(
    st.recursive(
        st.tuples(st.sampled_from([0x04, 0x0C, 0x81]), st.binary(max_size=300)),
        lambda inner: st.tuples(st.sampled_from([0x30, 0x7F61]), st.lists(inner, max_size=3)),
        max_leaves=8,
    )
)
def test_data_objects_come_back_as_they_were_written(tree: object) -> None:
    encoded = _encode(tree)

    assert _decode(tlv.read(encoded), tree)


def _encode(tree: object) -> bytes:
    assert isinstance(tree, tuple)
    tag, value = tree
    return tlv.write(tag, value if isinstance(value, bytes) else b"".join(map(_encode, value)))


def _decode(found: tlv.Tlv, tree: object) -> bool:
    assert isinstance(tree, tuple)
    tag, value = tree
    if isinstance(value, bytes):
        return (found.tag, found.value) == (tag, value)
    inner = found.children
    return len(inner) == len(value) and all(map(_decode, inner, value))


SECRET = b"a secret of thirty-two bytes, no"


def answer_of(kind: CipherKind, data: bytes) -> tuple[Session, bytes]:
    """Return a chip's session, and its protected answer with *data* to one command."""
    ours = session_keys(kind, SECRET)
    session = Session.agree(int(kind), SECRET)
    sent = protect(ours, Command(0x00, 0xB0, 0x00, 0x00, le=256))
    session.open(Plain(sent.cla, sent.ins, sent.p1, sent.p2, sent.data, 256))
    return session, session.close(0xB0, data, 0x9000)


def opened(kind: CipherKind, answer: bytes) -> bytes:
    keys = session_keys(kind, SECRET)
    protect(keys, Command(0x00, 0xB0, 0x00, 0x00, le=256))
    return open_answer(keys, Answer(answer, 0x9000)).data


@pytest.mark.parametrize("kind", CipherKind)
def test_a_protected_answer_is_taken_as_it_was_made(kind: CipherKind) -> None:
    _, answer = answer_of(kind, b"whole")

    assert opened(kind, answer) == b"whole"


def refuse_answers(kind: CipherKind, count: int, seed: int) -> int:
    """Change a protected answer *count* times; return how often it was refused."""
    _, answer = answer_of(kind, b"the name of a citizen, or a part of a photo")
    dice = random.Random(seed)
    refused = 0
    for _ in range(count):
        changed = mutated(answer, dice)
        try:
            data = opened(kind, changed)
        except SessionLost:
            refused += 1
        else:
            assert (changed, data) == (answer, b"the name of a citizen, or a part of a photo")
    return refused


@pytest.mark.parametrize("kind", CipherKind)
def test_a_protected_answer_with_any_harm_is_never_taken(kind: CipherKind) -> None:
    assert refuse_answers(kind, SAMPLE, seed=2) > SAMPLE * 0.9


@pytest.mark.prove
@pytest.mark.timeout(7200)
def test_a_million_damaged_files_and_answers_break_nothing(chip: ChipData) -> None:
    shares = {"dg13": 300_000, "dg1": 200_000, "card access": 100_000, "com": 60_000}
    shares |= {"dg14": 40_000, "dg15": 40_000, "dg2": 40_000, "sod": 20_000}
    tried = 0
    for name, share in shares.items():
        file, target = TARGETS[name]
        try_many(chip.files[file], target, share, seed=3)
        tried += share
    for kind in CipherKind:
        refuse_answers(kind, 50_000, seed=4)
        tried += 50_000

    assert tried >= WHOLE
