"""Data objects as the chip builds and reads them."""

from __future__ import annotations

from collections.abc import Iterator


class Malformed(Exception):
    """The terminal sent something that is no data object."""


def obj(tag: int, *values: bytes) -> bytes:
    """Return one data object around *values*."""
    value = b"".join(values)
    head = tag.to_bytes(1 if tag < 0x100 else 2, "big")
    if len(value) < 128:
        return head + bytes([len(value)]) + value
    width = 1 if len(value) < 0x100 else 2 if len(value) < 0x10000 else 3
    return head + bytes([0x80 + width]) + len(value).to_bytes(width, "big") + value


def integer(number: int) -> bytes:
    """Return a small non-negative INTEGER."""
    return obj(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield tag and value of the objects in *data*."""
    rest = memoryview(data)
    try:
        while rest:
            tag, used = rest[0], 1
            if tag & 0x1F == 0x1F:
                tag, used = tag << 8 | rest[1], 2
            length = rest[used]
            used += 1
            if length > 0x80:
                width = length - 0x80
                length = int.from_bytes(rest[used : used + width], "big")
                used += width
            if used + length > len(rest):
                raise Malformed
            yield tag, bytes(rest[used : used + length])
            rest = rest[used + length :]
    except IndexError as error:
        raise Malformed from error


def first(data: bytes, tag: int) -> bytes | None:
    """Return the value of the first object with *tag*."""
    return next((value for found, value in objects(data) if found == tag), None)
