"""Data groups 11 and 12: what some documents tell besides their machine-readable zone.

The Vietnamese card has neither; passports and other cards may (ICAO Doc 9303-10, 4.7.11 and 12).
"""

from __future__ import annotations

from datetime import date

from counter.cards import HolderDetails
from counter.errors import BadDate, CardUnreadable
from counter.values import PartialDate, tidy_text
from devices.card import tlv

LARGEST = 65536
OTHER_NAMES, OTHER_NAME = 0xA0, 0x5F0F
BIRTH, ISSUED = 0x5F2B, 0x5F26
NAMES = {0x5F0E: "full_name"}
LINES = {
    0x5F10: "personal_number",
    0x5F11: "place_of_birth",
    0x5F42: "address",
    0x5F12: "phone",
    0x5F13: "profession",
    0x5F14: "title",
    0x5F19: "issuing_authority",
    0x5F1B: "endorsements",
}


def holder_details(dg11: bytes | None, dg12: bytes | None) -> HolderDetails | None:
    """Read what data groups 11 and 12 say; None when the document has neither.

    Raises:
        CardUnreadable: One of them is no such group.
    """
    if dg11 is None and dg12 is None:
        return None
    found: dict[str, str | None] = {}
    others: tuple[str, ...] = ()
    birth: PartialDate | None = None
    issued: date | None = None
    for one in [*_parts(dg11, 0x6B), *_parts(dg12, 0x6C)]:
        if one.tag in NAMES:
            found[NAMES[one.tag]] = _name(one.value)
        elif one.tag in LINES:
            found[LINES[one.tag]] = _lines(one.value)
        elif one.tag == OTHER_NAMES:
            others += tuple(
                name
                for inner in one.children
                if inner.tag == OTHER_NAME and (name := _name(inner.value))
            )
        elif one.tag == BIRTH:
            birth = _birth(one.value)
        elif one.tag == ISSUED:
            issued = _day(one.value)
    return HolderDetails(
        full_name=found.get("full_name"),
        other_names=others,
        personal_number=found.get("personal_number"),
        date_of_birth=birth,
        place_of_birth=found.get("place_of_birth"),
        address=found.get("address"),
        phone=found.get("phone"),
        profession=found.get("profession"),
        title=found.get("title"),
        issuing_authority=found.get("issuing_authority"),
        issued_on=issued,
        endorsements=found.get("endorsements"),
    )


def _parts(group: bytes | None, tag: int) -> list[tlv.Tlv]:
    if group is None:
        return []
    if len(group) > LARGEST:
        raise CardUnreadable("data group too large")
    return list(tlv.read_all(tlv.get(group, tag)))


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")  # older documents, before UTF-8 was the rule


def _name(value: bytes) -> str | None:
    return tidy_text(_text(value).replace("<", " ")) or None


def _lines(value: bytes) -> str | None:
    """Return a text whose lines are divided by fillers, with commas instead."""
    lines = (tidy_text(line) for line in _text(value).split("<"))
    return ", ".join(line for line in lines if line) or None


def _digits(value: bytes) -> str:
    """Return the eight digits of a date: two to a byte, or one to a byte."""
    return value.hex() if len(value) == 4 else _text(value)


def _birth(value: bytes) -> PartialDate | None:
    digits = _digits(value)
    parts = (digits[:4], digits[4:6], digits[6:8])
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    year, month, day = (int(part) for part in parts)
    try:
        return PartialDate(year, month or None, (day or None) if month else None)
    except BadDate:
        return None


def _day(value: bytes) -> date | None:
    found = _birth(value)
    if found is None or found.month is None or found.day is None:
        return None
    return date(found.year, found.month, found.day)
