"""What the small files of the chip say: the machine-readable zone and the Vietnamese text.

Every function takes the bytes of one whole file and returns values, or raises ``CardUnreadable``;
nothing here talks to a card.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from counter.cards import ChipText, MrzText
from counter.errors import BadCitizenNumber, BadDate, CardUnreadable
from counter.values import CitizenNumber, PartialDate, Sex, fold, tidy_text
from devices.card import tlv
from devices.card.dates import birth_of, day_of

LARGEST_TEXT = 8192
"""Bytes of data group 13; ten times what any seen card holds."""
DEEPEST = 6
MOST_FIELDS = 64


def listed_groups(com: bytes) -> tuple[int, ...]:
    """Return the numbers of the data groups that EF.COM names; nothing is proven by them."""
    tags = {0x61: 1, 0x75: 2, 0x63: 3, 0x76: 4, 0x6E: 14, 0x6F: 15, 0x70: 16}
    tags |= {0x65 + i: 5 + i for i in range(9)}
    return tuple(tags[tag] for tag in tlv.get(com, 0x60, 0x5C) if tag in tags)


# Data group 1


def mrz_text(dg1: bytes, *, today: date) -> MrzText:
    """Read data group 1: three lines of thirty (TD1) or two lines of 44 (TD3).

    Args:
        today: Two-digit years of birth lie before it.
    """
    return parse_mrz(_zone_of(dg1), today=today)


def _zone_of(dg1: bytes) -> str:
    try:
        return tlv.get(dg1, 0x61, 0x5F1F).decode("ascii").replace("\n", "")
    except UnicodeDecodeError as error:
        raise CardUnreadable("machine-readable zone is not ASCII") from error


def issuing_state(dg1: bytes) -> str:
    """Return the state that issued the document, as its machine-readable zone writes it."""
    return _zone_of(dg1)[2:5].rstrip("<")


def parse_mrz(zone: str, *, today: date) -> MrzText:
    """Read the characters of a machine-readable zone (ICAO Doc 9303-5 and -4).

    Raises:
        CardUnreadable: It has another length or holds no number.
    """
    if len(zone) == 90:
        number, rest = zone[5:14], zone[15:30]
        if zone[14] == "<":  # a longer number goes on in the optional data, check digit last
            number += rest.split("<", 1)[0][:-1]
            rest = ""
        birth, sex, expiry, nation = zone[30:36], zone[37], zone[38:44], zone[45:48]
        name = zone[60:]
    elif len(zone) == 88:
        number, rest, name = zone[44:53], zone[72:86], zone[5:44]
        birth, sex, expiry, nation = zone[57:63], zone[64], zone[65:71], zone[54:57]
    else:
        raise CardUnreadable("machine-readable zone has another length")
    number = number.rstrip("<")
    if not number:
        raise CardUnreadable("machine-readable zone without a number")
    personal = rest[:12] if rest[:12].isdigit() else rest.rstrip("<")
    return MrzText(
        document_number=number,
        personal_number=personal or None,
        full_name=" ".join(name.replace("<", " ").split()),
        date_of_birth=_mrz_birth(birth, today),
        sex=sex if sex in {"M", "F"} else "X",
        expires_on=_mrz_expiry(expiry),
        nationality=nation.rstrip("<"),
    )


def _mrz_birth(text: str, today: date) -> PartialDate | None:
    if not text[:2].isdigit():
        return None
    year = 2000 + int(text[:2])
    if year > today.year:
        year -= 100
    parts = [int(part) for part in (text[2:4], text[4:6]) if part.isdigit() and part != "00"]
    try:
        return PartialDate(year, *parts)
    except BadDate:
        return PartialDate(year)


def _mrz_expiry(text: str) -> date | None:
    # A card that never expires is filled up, or bears the last day of the century.
    if not text.isdigit() or text == "991231":
        return None
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return None


# Data group 13


@dataclass(frozen=True, slots=True)
class Dg13:
    """The numbered fields of data group 13 before they are given names.

    Attributes:
        texts: The strings of each field, in order; an absent value is no string.
    """

    texts: dict[int, tuple[str, ...]] = field(repr=False)

    def one(self, number: int) -> str | None:
        """Return the text of field *number*, None when it is absent or empty."""
        return next((text for text in self.texts.get(number, ()) if text), None)

    def place(self, number: int, index: int) -> str | None:
        """Return text *index* of field *number*, None when it is absent or empty."""
        return next(islice(self.texts.get(number, ()), index, None), None) or None


def read_dg13(dg13: bytes) -> Dg13:
    """Take data group 13 apart: 6D { SEQUENCE { version, OID, SET OF { number, value } } }."""
    if len(dg13) > LARGEST_TEXT:
        raise CardUnreadable("data group 13 too large")
    outer = tlv.read(tlv.get(dg13, 0x6D))
    fields = tlv.find(outer.value, 0x31)
    if fields is None:
        raise CardUnreadable("data group 13 without fields")
    texts: dict[int, tuple[str, ...]] = {}
    for one in islice(tlv.read_all(fields.value), MOST_FIELDS):
        parts = one.children
        if not parts or parts[0].tag != 0x02 or not 1 <= len(parts[0].value) <= 2:
            raise CardUnreadable("data group 13 with a field without number")
        number = int.from_bytes(parts[0].value, "big")
        texts[number] = tuple(text for part in parts[1:] for text in _strings(part, DEEPEST))
    return Dg13(texts)


def _strings(node: tlv.Tlv, depth: int) -> list[str]:
    """Return the strings in *node*; an empty one keeps its place, father's before mother's."""
    if depth == 0:
        raise CardUnreadable("data group 13 nested too deep")
    if node.tag in {0x30, 0x31}:
        inner = [text for child in node.children for text in _strings(child, depth - 1)]
        return inner or [""]
    if node.tag == 0x05:
        return [""]
    encodings = {0x0C: "utf-8", 0x13: "utf-8", 0x16: "utf-8", 0x04: "utf-8", 0x1E: "utf-16-be"}
    try:
        return [tidy_text(node.value.decode(encodings.get(node.tag, "utf-8")))]
    except UnicodeDecodeError as error:
        raise CardUnreadable("data group 13 with broken text") from error


def chip_text(dg13: bytes) -> ChipText:
    """Read data group 13 of the Vietnamese card; both layouts of the parents are known."""
    fields = read_dg13(dg13)
    try:
        number = CitizenNumber.parse(fields.one(1) or "")
    except BadCitizenNumber as error:
        raise CardUnreadable("data group 13 without a citizen number") from error
    name = fields.one(2)
    if name is None:
        raise CardUnreadable("data group 13 without a name")
    expires_on, expires_text = _expiry(fields.one(12))
    return ChipText(
        id_number=number,
        full_name=name,
        date_of_birth=_birth(fields.one(3)),
        sex=sex_of(fields.one(4)),
        nationality=fields.one(5),
        ethnicity=fields.one(6),
        religion=fields.one(7),
        place_of_origin=fields.one(8),
        place_of_residence=fields.one(9),
        identifying_features=fields.one(10),
        issued_on=_expiry(fields.one(11))[0],
        expires_on=expires_on,
        expires_text=expires_text,
        father_name=fields.place(13, 0),
        mother_name=fields.place(13, 1),
        spouse_name=fields.one(14),
        old_id_number=fields.one(15),
    )


def sex_of(text: str | None) -> Sex | None:
    """Read ``Nam``, ``Nữ`` or ``Khác``, also without accents."""
    return {"nam": Sex.MALE, "nu": Sex.FEMALE, "khac": Sex.OTHER}.get(fold(text or ""))


def _birth(text: str | None) -> PartialDate | None:
    try:
        return birth_of(text or "")
    except BadDate:
        return None


def _expiry(text: str | None) -> tuple[date | None, str | None]:
    try:
        return day_of(text or ""), None
    except BadDate:
        return None, text
