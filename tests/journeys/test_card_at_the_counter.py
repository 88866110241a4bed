"""A card at the whole program: pulled and put back, changed for another, and forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import text

from counter.cards import Can, CardReading, CardSecrets, ChipText, MrzText, Portrait
from devices.card.demo import DemoCard, demo_cards
from devices.card.files import PartialFile
from devices.card.messaging import Keys, SecureChannel
from devices.card.once import read_card
from devices.card.reading import Reading
from devices.card.simulator.faults import Answering, Fault, FaultKind, FaultyChip
from devices.card.simulator.slot import VirtualSlot
from devices.card.trust import NoAnchors
from tests.alive import seen_in_memory
from tests.journeys.conftest import Counter

RESOURCES = Path(__file__).parents[2] / "resources"
CARD, OTHER = demo_cards(RESOURCES / "demo" / "cards")[1:3]
BIRTH = "1.001193"
OF_A_VISIT = {
    *(CardReading, ChipText, MrzText, Portrait, CardSecrets, Can),
    *(Reading, PartialFile, SecureChannel, Keys),
}
"""What holds a citizen's data, a secret or a session's keys."""
JPEG, JPEG_2000, JPEG_IN_BASE64 = b"\xff\xd8\xff", b"\x00\x00\x00\x0cjP  ", b"/9j/"
JPEG_IN_PDF = b"/DCTDecode"


def slot_of(counter: Counter) -> VirtualSlot:
    slot = counter.rooms.slot
    assert slot is not None
    return slot


def commands_of_a_whole_reading(card: DemoCard) -> int:
    slot, chip = VirtualSlot(), FaultyChip(card.chip(), {})
    slot.insert(chip)
    secrets = CardSecrets(can=card.can)
    read_card(slot, secrets, NoAnchors(), today=date(2026, 11, 25))
    return chip.commands


def pull_before_the_end(counter: Counter) -> int:
    """Show the text of a card that is pulled near its end; return how long a whole one takes."""
    whole = commands_of_a_whole_reading(CARD)
    slot_of(counter).insert(FaultyChip(CARD.chip(), {whole - 2: Fault(FaultKind.PULLED)}))
    counter.type_into("card_digits", CARD.number.last_six)
    counter.until(lambda: "Thẻ được lấy ra khi chưa đọc xong." in counter.window.notice.text)
    return whole


def read(counter: Counter, chip: Answering) -> None:
    slot_of(counter).insert(chip)
    counter.type_into("card_digits", CARD.number.last_six)
    counter.until(lambda: "Đã đọc xong" in counter.window.receive.identity.waiting.text)


def receive(counter: Counter) -> None:
    counter.choose("dk khai sinh", BIRTH)
    counter.tick_demanded()
    counter.receive()
    counter.until(lambda: len(counter.tray()) == 2)


def alive() -> list[object]:
    """Return what of a visit is in memory."""
    return seen_in_memory(lambda one: one if type(one) in OF_A_VISIT else None)


def test_a_card_put_back_goes_on_where_it_was_pulled(counter: Counter) -> None:
    whole = pull_before_the_end(counter)
    identity = counter.window.receive.identity
    shown_meanwhile = (identity.person.name, identity.has_photo)
    again = FaultyChip(CARD.chip(), {})

    slot_of(counter).insert(again)
    counter.until(lambda: identity.has_photo)

    assert shown_meanwhile == (CARD.name, False)
    assert identity.person.name == CARD.name
    assert again.commands < whole
    assert counter.window.notice.text == ""


def test_another_card_in_between_is_noticed_in_words(counter: Counter) -> None:
    pull_before_the_end(counter)
    identity = counter.window.receive.identity

    slot_of(counter).insert(OTHER.chip())
    counter.until(lambda: "không phải thẻ vừa quét" in counter.window.notice.text)

    assert identity.person.name == CARD.name
    assert not identity.has_photo


def test_after_the_visit_nothing_of_the_card_is_in_memory(counter: Counter) -> None:
    before = alive()
    known = {id(one) for one in before}
    read(counter, CARD.chip())
    during = {type(one) for one in alive() if id(one) not in known}
    receive(counter)

    slot_of(counter).remove()
    counter.press(Qt.Key.Key_F10)
    counter.until(counter.window.receive.identity.is_empty)
    counter.until(lambda: not counter.window.receive.identity.waiting.text)

    assert {CardReading, ChipText, Portrait} <= during
    assert [one for one in alive() if id(one) not in known] == []


def kept_in_the_database(counter: Counter) -> Iterator[bytes]:
    """Yield every value of the opened database."""
    with counter.rooms.context.store.reading() as session:
        named = text("SELECT name FROM sqlite_master WHERE type = 'table'")
        for name in session.scalars(named).all():
            for row in session.execute(text(f'SELECT * FROM "{name}"')):  # noqa: S608 - our names
                yield from (
                    one if isinstance(one, bytes) else str(one).encode()
                    for one in row
                    if one is not None
                )


def has_picture_of(card: DemoCard, kept: bytes) -> bool:
    """Say whether bytes hold the card's photo, a piece of it or any photo of that kind."""
    piece = card.portrait[len(card.portrait) // 2 :][:48]
    return piece in kept or any(sign in kept for sign in (JPEG_2000, JPEG_IN_BASE64, JPEG_IN_PDF))


def test_a_reception_leaves_no_photo_on_disk(counter: Counter) -> None:
    read(counter, CARD.chip())
    receive(counter)

    in_the_database = list(kept_in_the_database(counter))
    root = counter.rooms.context.hall.folder.root
    files = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}

    assert CARD.name.encode() in b"\n".join(in_the_database)
    assert not any(has_picture_of(CARD, one) or JPEG in one[:64] for one in in_the_database)
    assert {".db", ".pdf", ".png"} <= {path.suffix for path in files}
    assert [path.name for path, kept in files.items() if has_picture_of(CARD, kept)] == []


@pytest.mark.parametrize("encode", [bytes, lambda photo: b"x" + photo[40:]], ids=["all", "most"])
def test_a_photo_that_was_left_would_be_found(encode: Callable[[bytes], bytes]) -> None:
    assert has_picture_of(CARD, encode(CARD.portrait))


def read_dossiers(counter: Counter) -> int:
    """Return how often a dossier was noted as read by somebody."""
    with counter.rooms.context.store.reading() as session:
        asked = text("SELECT count(*) FROM audit WHERE action = 'dossier.read'")
        return int(session.scalar(asked) or 0)


def test_a_reception_reads_no_dossier_on_a_page_that_nobody_sees(counter: Counter) -> None:
    read(counter, CARD.chip())
    receive(counter)
    unseen = read_dossiers(counter)

    counter.press(Qt.Key.Key_F4)
    counter.until(lambda: counter.window.dossiers.detail.view is not None)

    assert (unseen, read_dossiers(counter)) == (0, 1)
