"""From an invented citizen to the files of his or her chip, laid out as on the Vietnamese card."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from devices.card.simulator.ber import integer, obj
from devices.card.simulator.chip import ChipData, Limits
from devices.card.simulator.issuer import Issuer, demonstration_issuer
from devices.card.simulator.proofs import ChipSecrets, dg14, dg15

CARD_ACCESS = bytes.fromhex(
    "3134300d060804007f0007020202020101300f060a04007f000702020302020201013012060a04007f00"
    "07020204020202010202010d"
)
"""PACE with generic mapping over brainpoolP256r1 and AES-128, as every seen card has it."""
ISO_10646_UTF8 = bytes.fromhex("28D316010008")
NEVER = "Không thời hạn"


@dataclass(frozen=True, slots=True)
class Citizen:
    """An invented citizen, in the words printed on the card.

    Attributes:
        number: Twelve digits.
        born: ``dd/mm/yyyy``, or ``yyyy`` where only the year is known.
        expires: ``dd/mm/yyyy`` or "Không thời hạn".
        parents_apart: Each parent in a sequence of its own, as some cards have it.
        portrait: JPEG.
    """

    number: str = field(repr=False)
    name: str = field(repr=False)
    born: str
    sex: str
    ethnicity: str
    religion: str
    origin: str
    residence: str
    features: str
    issued: str
    expires: str
    father: str | None
    mother: str | None
    spouse: str | None
    old_number: str | None
    portrait: bytes = field(repr=False)
    nationality: str = "Việt Nam"
    parents_apart: bool = True


def make_chip(
    citizen: Citizen,
    *,
    issuer: Issuer | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    pace: bool = True,
    card_access: bytes = CARD_ACCESS,
    secrets: ChipSecrets | None = None,
    more: Mapping[int, bytes] | None = None,
    signed_at: datetime = datetime(2024, 7, 1, tzinfo=UTC),
) -> ChipData:
    """Return the chip of *citizen*, signed by *issuer* or by the demonstration's.

    Args:
        secrets: Keys to prove itself with; without them it has neither group 14 nor 15.
        more: Further groups, or others in the place of the usual ones, by number.
    """
    mrz = machine_readable_zone(citizen)
    groups = {1: dg1(mrz), 2: dg2(citizen.portrait), 13: dg13(citizen)} | dict(more or {})
    secrets = ChipSecrets() if secrets is None else secrets
    if secrets.agreement is not None:
        groups[14] = dg14(secrets, card_access)
    active = dg15(secrets)
    if active:
        groups[15] = active
    files = {0x0100 | number: content for number, content in groups.items()}
    files[0x011E] = com(*groups)
    files[0x011D] = (issuer or demonstration_issuer()).sign(groups, signed_at)
    if pace:
        files[0x011C] = card_access
    information = mrz[5:15] + mrz[30:37] + mrz[38:45]
    digest = hashlib.sha1(information.encode("ascii")).digest()  # noqa: S324 - as the standard says
    can = citizen.number[-6:].encode("ascii")
    passwords = {1: digest, 2: can} if pace else {}
    return ChipData(files, passwords, digest[:16], limits, secrets)


def com(*groups: int) -> bytes:
    """Return EF.COM."""
    tags = {1: 0x61, 2: 0x75, 11: 0x6B, 12: 0x6C, 13: 0x6D, 14: 0x6E, 15: 0x6F, 16: 0x70}
    return obj(
        0x60,
        obj(0x5F01, b"0107"),
        obj(0x5F36, b"040000"),
        obj(0x5C, bytes(tags[number] for number in groups)),
    )


def dg1(mrz: str) -> bytes:
    """Return data group 1."""
    return obj(0x61, obj(0x5F1F, mrz.encode("ascii")))


def dg2(portrait: bytes) -> bytes:
    """Return data group 2: one face of ISO/IEC 19794-5 in JPEG."""
    image = b"\x01\0" + b"\0\0" * 2 + b"\x01\0" + b"\0\0" * 2  # full frontal, JPEG
    face = (20 + 12 + len(portrait)).to_bytes(4, "big") + b"\0" * 16 + image + portrait
    record = b"FAC\0010\0" + (14 + len(face)).to_bytes(4, "big") + b"\0\x01" + face
    header = obj(
        0xA1,
        obj(0x80, b"\x01\x01"),
        obj(0x81, b"\x02"),
        obj(0x87, b"\x01\x01"),
        obj(0x88, b"\0\x08"),
    )
    return obj(0x75, obj(0x7F61, obj(0x02, b"\x01"), obj(0x7F60, header, obj(0x5F2E, record))))


def dg13(citizen: Citizen) -> bytes:
    """Return data group 13: sixteen numbered fields."""
    parents = [_utf8(name or "") for name in (citizen.father, citizen.mother)]
    family = [obj(0x30, one) for one in parents] if citizen.parents_apart else [obj(0x30, *parents)]
    values: dict[int, list[bytes]] = {
        1: [_printable(citizen.number)],
        2: [_utf8(citizen.name)],
        3: [_printable(citizen.born)],
        4: [_utf8(citizen.sex)],
        5: [_utf8(citizen.nationality)],
        6: [_utf8(citizen.ethnicity)],
        7: [_utf8(citizen.religion)],
        8: [_utf8(citizen.origin)],
        9: [_utf8(citizen.residence)],
        10: [_utf8(citizen.features)],
        11: [_printable(citizen.issued)],
        12: [_utf8(citizen.expires)],
        13: family,
        14: [obj(0x30, _utf8(citizen.spouse))] if citizen.spouse else [],
        15: [_printable(citizen.old_number)] if citizen.old_number else [],
        16: [_printable(hashlib.sha256(citizen.number.encode()).hexdigest()[:16].upper())],
    }
    fields = [obj(0x30, integer(number), *parts) for number, parts in values.items()]
    return obj(0x6D, obj(0x30, integer(1), obj(0x06, ISO_10646_UTF8), obj(0x31, *fields)))


def machine_readable_zone(citizen: Citizen) -> str:
    """Return the ninety characters on the back of the card."""
    number = citizen.number
    first = f"IDVNM{number[3:]}{_check(number[3:])}{number}<<{_check(number)}"
    born = citizen.born[8:] + citizen.born[3:5] + citizen.born[:2]
    if len(citizen.born) == 4:
        born = citizen.born[2:] + "<<<<"
    until = "991231"
    if citizen.expires != NEVER:
        until = citizen.expires[8:] + citizen.expires[3:5] + citizen.expires[:2]
    sex = {"Nam": "M", "Nữ": "F"}.get(citizen.sex, "<")
    second = f"{born}{_check(born)}{sex}{until}{_check(until)}VNM<<<<<<<<<<<"
    second += _check(first[5:30] + second[:7] + second[8:15] + second[18:29])
    surname, *given = _plain(citizen.name).split()
    return first + second + f"{surname}<<{'<'.join(given)}".ljust(30, "<")[:30]


def _check(text: str) -> str:
    total = 0
    for place, sign in enumerate(text):
        value = 0 if sign == "<" else int(sign, 36)
        total += value * (7, 3, 1)[place % 3]
    return str(total % 10)


def _plain(name: str) -> str:
    spread = unicodedata.normalize("NFD", name.upper().replace("Đ", "D"))
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def _utf8(text: str) -> bytes:
    return obj(0x0C, unicodedata.normalize("NFC", text).encode("utf-8"))


def _printable(text: str) -> bytes:
    return obj(0x13, text.encode("ascii"))
