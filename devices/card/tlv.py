"""Tag, length, value (ISO/IEC 8825-1 as cards use it), read within strict bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from counter.errors import CardUnreadable


class BadTlv(CardUnreadable):
    """Bytes that should be tag, length and value are not."""


@dataclass(frozen=True, slots=True)
class Tlv:
    """One data object.

    Attributes:
        tag: All tag bytes as one number, such as 0x7F61.
        value: The value bytes.
        end: Offset of the byte after it, counted from where reading began.
    """

    tag: int
    value: bytes = field(repr=False)
    end: int

    @property
    def children(self) -> list[Tlv]:
        """The data objects inside it."""
        return list(read_all(self.value))


def read_head(data: bytes, start: int = 0) -> tuple[int, int, int]:
    """Return tag, offset of the value and length of the value of the object at *start*.

    The value need not be there yet: a file's first block tells how long the file is.

    Raises:
        BadTlv: Tag or length is cut off, indefinite, or longer than four bytes.
    """
    try:
        at = start + 1
        tag = data[start]
        if tag & 0x1F == 0x1F:
            while True:
                tag = tag << 8 | data[at]
                at += 1
                if data[at - 1] < 0x80:
                    break
                if at - start > 4:
                    raise BadTlv("tag too long")
        length = data[at]
        at += 1
        if length >= 0x80:
            size = length & 0x7F
            if not 1 <= size <= 4 or at + size > len(data):
                raise BadTlv("length field")
            length = int.from_bytes(data[at : at + size], "big")
            at += size
    except IndexError as error:
        raise BadTlv("cut off in the head") from error
    return tag, at, length


def read(data: bytes, start: int = 0) -> Tlv:
    """Return the data object at *start*.

    Raises:
        BadTlv: It is not whole.
    """
    tag, at, length = read_head(data, start)
    if at + length > len(data):
        raise BadTlv("cut off in the value")
    return Tlv(tag, data[at : at + length], at + length)


def read_all(data: bytes) -> Iterator[Tlv]:
    """Yield the data objects that fill *data* from its first byte to its last."""
    at = 0
    while at < len(data):
        found = read(data, at)
        yield found
        at = found.end


def find(data: bytes, tag: int) -> Tlv | None:
    """Return the first object with *tag* at the top of *data*."""
    return next((found for found in read_all(data) if found.tag == tag), None)


def get(data: bytes, *tags: int) -> bytes:
    """Return the value at the end of the path *tags*.

    Raises:
        BadTlv: A tag of the path is missing.
    """
    for tag in tags:
        found = find(data, tag)
        if found is None:
            raise BadTlv(f"no tag {tag:X}")
        data = found.value
    return data


def write(tag: int, value: bytes) -> bytes:
    """Return the data object *tag* with *value*, lengths as short as they can be."""
    size = len(value)
    if size < 0x80:
        length = bytes((size,))
    else:
        digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
        length = bytes((0x80 | len(digits),)) + digits
    return tag.to_bytes((tag.bit_length() + 7) // 8 or 1, "big") + length + value
