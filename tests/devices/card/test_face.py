"""The face of data group 2, in every record and picture that issuers use."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from counter.cards import CardSecrets, Portrait
from counter.errors import CardUnreadable
from devices.card.demo import DemoCard
from devices.card.face import picture, portrait
from devices.card.simulator.ber import obj
from devices.card.simulator.chip import Limits, SimulatedChip
from devices.card.simulator.citizen import dg2, make_chip
from tests.devices.card.conftest import Desk


def encoded(kind: str, size: tuple[int, int] = (12, 16)) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, kind)
    return out.getvalue()


JPEG = encoded("JPEG")


def group(record: bytes, tag: int = 0x5F2E) -> bytes:
    """Return a data group 2 around one face record."""
    inner = obj(0x7F60, obj(0xA1, obj(0x81, b"\x02")), obj(tag, record))
    return obj(0x75, obj(0x7F61, obj(0x02, b"\x01"), inner))


def shown(face: Portrait) -> tuple[str, int, int]:
    return face.mime, face.width, face.height


def test_a_jpeg_is_given_on_as_it_is() -> None:
    face = portrait(dg2(JPEG))

    assert shown(face) == ("image/jpeg", 12, 16)
    assert face.data == JPEG
    assert face.sha256 == hashlib.sha256(JPEG).hexdigest()


def test_the_specimen_of_the_standard_bodies_is_read(shared: Path) -> None:
    face = portrait((shared / "card" / "specimen_bsi" / "Datagroup2.bin").read_bytes())

    assert shown(face) == ("image/png", 413, 531)  # JPEG 2000 on the chip


def test_jpeg_2000_becomes_a_picture_that_screens_show() -> None:
    face = portrait(dg2(encoded("JPEG2000")))

    assert shown(face) == ("image/png", 12, 16)
    with Image.open(io.BytesIO(face.data)) as image:
        assert image.format == "PNG"


def test_a_bare_jpeg_2000_stream_is_read_too() -> None:
    whole = encoded("JPEG2000")

    assert portrait(dg2(whole[whole.index(b"\xff\x4f\xff\x51") :])).mime == "image/png"


def test_feature_points_before_the_picture_are_passed_over() -> None:
    points = 3
    block = 20 + 8 * points + 12 + len(JPEG)
    face = block.to_bytes(4, "big") + points.to_bytes(2, "big") + bytes(14 + 8 * points + 12) + JPEG
    record = b"FAC\x00010\x00" + (14 + len(face)).to_bytes(4, "big") + b"\x00\x01" + face

    assert portrait(group(record)).data == JPEG


def test_the_newer_record_of_39794_is_read() -> None:
    image = obj(0xA1, obj(0x80, b"\x00"), obj(0x81, JPEG))
    block = obj(
        0x65, obj(0xA0, obj(0x80, b"\x03")), obj(0xA1, obj(0x30, obj(0x80, b"\x01"), image))
    )

    assert portrait(group(obj(0xA1, block), 0x7F2E)).data == JPEG


def test_a_thumbnail_inside_does_not_end_the_picture() -> None:
    thumbnail = b"\xff\xe1" + (len(JPEG) + 2).to_bytes(2, "big") + JPEG
    whole = JPEG[:2] + thumbnail + JPEG[2:]

    assert shown(portrait(dg2(whole))) == ("image/jpeg", 12, 16)


@pytest.mark.parametrize(
    "record",
    [b"", b"FAC\x00010\x00", b"no picture at all", b"FAC\x00010\x00" + b"\xff" * 60, JPEG[:30]],
    ids=["nothing", "only a head", "text", "impossible numbers", "cut off"],
)
def test_a_record_without_a_whole_picture_is_refused(record: bytes) -> None:
    with pytest.raises(CardUnreadable):
        portrait(group(record))


def test_a_picture_made_to_fill_the_memory_is_refused() -> None:
    huge = bytearray(encoded("JPEG"))
    at = huge.index(b"\xff\xc0") + 5
    huge[at : at + 4] = b"\xff\xff\xff\xff"  # 65,535 by 65,535

    with pytest.raises(CardUnreadable):
        picture(bytes(huge))


@pytest.mark.parametrize("limits", [Limits(), Limits(2048), Limits(256)], ids=str)
def test_a_photo_beyond_32_kilobytes_is_read_whole(
    desk: Desk, card: DemoCard, limits: Limits
) -> None:
    large = encoded("JPEG", (480, 640))
    chip = SimulatedChip(make_chip(replace(card.citizen, portrait=large), limits=limits))

    reading = desk.read(chip, CardSecrets(can=card.can))

    assert len(large) > 100_000
    assert reading.portrait is not None
    assert reading.portrait.data == large


def test_a_photo_that_cannot_be_opened_does_not_take_the_name_away(
    desk: Desk, card: DemoCard
) -> None:
    chip = SimulatedChip(make_chip(replace(card.citizen, portrait=b"nothing")))

    reading = desk.read(chip, CardSecrets(can=card.can))

    assert reading.portrait is None
    assert reading.text is not None
