"""Data group 2: the face, taken out of its records as a picture that a screen can show."""

from __future__ import annotations

import hashlib
import io
import warnings

from counter.cards import Portrait
from counter.errors import CardUnreadable
from devices.card import tlv

MOST_PIXELS = 20_000_000
DEEPEST = 12
JPEG = b"\xff\xd8\xff"
JP2 = b"\0\0\0\x0cjP  "
J2K = b"\xff\x4f\xff\x51"


def portrait(dg2: bytes) -> Portrait:
    """Return the picture of data group 2; JPEG 2000 becomes PNG, JPEG stays as it is.

    Raises:
        CardUnreadable: There is no picture in it that can be opened.
    """
    return picture(_encoded(dg2))


def picture(data: bytes) -> Portrait:
    """Check the encoded picture *data* and return it in a form that screens show."""
    from PIL import Image  # a desk that waits for its first card does without

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Pillow only warns of a picture made to fill memory
            with Image.open(io.BytesIO(data), formats=("JPEG", "JPEG2000")) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise CardUnreadable("picture too large")
                image.load()
                if image.format == "JPEG":
                    return _portrait("image/jpeg", image.size, data)
                changed = io.BytesIO()
                image.convert("RGB").save(changed, "PNG")
                return _portrait("image/png", image.size, changed.getvalue())
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as error:
        raise CardUnreadable("picture cannot be opened") from error


def _portrait(mime: str, size: tuple[int, int], data: bytes) -> Portrait:
    digest = hashlib.sha256(data).hexdigest()
    return Portrait(mime=mime, width=size[0], height=size[1], data=data, sha256=digest)


def _encoded(dg2: bytes) -> bytes:
    """Return the first face's picture: ISO/IEC 19794-5 in 5F2E, ISO/IEC 39794-5 in 7F2E."""
    template = tlv.get(dg2, 0x75, 0x7F61, 0x7F60)
    record = tlv.find(template, 0x5F2E) or tlv.find(template, 0x7F2E)
    if record is None:
        raise CardUnreadable("data group 2 without a face")
    if record.value.startswith(b"FAC\0"):
        return _iso_19794_5(record.value)
    if record.tag == 0x7F2E:
        return _iso_39794_5(record.value)
    return _first_picture(record.value)


def _iso_19794_5(record: bytes) -> bytes:
    """Return the first picture of a face record: 14 + 20 + 8 for each feature point + 12 bytes."""
    length = int.from_bytes(record[14:18], "big")
    points = int.from_bytes(record[18:20], "big")
    start = 14 + 20 + 8 * points + 12
    image = record[start : 14 + length]
    if not image.startswith((JPEG, JP2, J2K)):
        return _first_picture(record)
    return image


def _iso_39794_5(block: bytes) -> bytes:
    """Return the first octets in a face image block that begin like a picture.

    The block is nested deeper in every edition; its image is a value of its own in all of them.
    """
    waiting = [(block, 0)]
    while waiting:
        value, depth = waiting.pop(0)
        if value.startswith((JPEG, JP2, J2K)):
            return value
        if depth < DEEPEST:
            waiting += [(part.value, depth + 1) for part in _parts(value)]
    return _first_picture(block)


def _parts(value: bytes) -> list[tlv.Tlv]:
    try:
        return list(tlv.read_all(value))
    except tlv.BadTlv:
        return []  # text or numbers that look like no data object


def _first_picture(record: bytes) -> bytes:
    """Return what begins like a picture, to the end of *record*; readers skip what follows it."""
    starts = [at for at in (record.find(sign) for sign in (JPEG, JP2, J2K)) if at >= 0]
    if not starts:
        raise CardUnreadable("data group 2 without a picture")
    return record[min(starts) :]
