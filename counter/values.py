"""Small values that every room uses: money, time, names, numbers and identifiers."""

from __future__ import annotations

import os
import re
import time
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import NewType, Self
from uuid import UUID

from counter.errors import BadCitizenNumber, BadDate, BadDossierCode, BadName, BadPhone

VIETNAM = timezone(timedelta(hours=7), "UTC+07:00")
"""Civil time of the whole country; no summer time since 1975."""

CLOCK_WRONG_S = 120
"""Clocks further apart than this are told to people; the work goes on (contract, clock skew)."""

Dong = NewType("Dong", int)
"""Whole Vietnamese đồng; never a fraction, never a float."""

DossierId = NewType("DossierId", UUID)
"""Identity of a dossier: a UUIDv7 made at the desk and never shown to people."""


def now() -> datetime:
    """Return the moment, aware, in UTC. Only main.py reads it; everybody else is given a clock."""
    return datetime.now(UTC)


def uuid7(moment: datetime | None = None) -> UUID:
    """Make a version 7 UUID (RFC 9562, 5.7) for *moment*, by default now."""
    milliseconds = int(moment.timestamp() * 1000) if moment else time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (random >> 68 & 0xFFF) << 64
    value |= 0b10 << 62 | random & (1 << 62) - 1
    return UUID(int=value)


_UNSEEN = {"Cc", "Cf", "Cs"}


def nfc(text: str) -> str:
    """Return *text* composed (Unicode NFC), the only form kept inside the house."""
    return unicodedata.normalize("NFC", text)


def tidy_text(text: str) -> str:
    """Compose *text*, leave single spaces only, and nothing that is written and not seen.

    Signs without a shape (of direction, of no width, of control, halves of a sign) make two texts
    look alike, or one look like another; no Vietnamese word needs one.
    """
    seen = "".join(c for c in " ".join(nfc(text).split()) if unicodedata.category(c) not in _UNSEEN)
    return " ".join(seen.split())


def tidy_name(text: str) -> str:
    """Compose a person's name and leave single spaces only.

    Raises:
        BadName: It is empty, longer than 300 characters, or holds digits or control characters.
    """
    name = tidy_text(text)
    is_controlled = any(unicodedata.category(c) == "Cc" for c in "".join(text.split()))
    if not name or len(name) > 300 or is_controlled or any(c.isdigit() for c in name):
        raise BadName
    return name


def tidy_phone(text: str) -> str | None:
    """Return a telephone number as digits with an optional leading plus, None when empty.

    Raises:
        BadPhone: It is not 8 to 15 digits.
    """
    phone = re.sub(r"[\s.\-()]", "", text)
    if not phone:
        return None
    if not re.fullmatch(r"\+?[0-9]{8,15}", phone):
        raise BadPhone
    return phone


def fold(text: str) -> str:
    """Return *text* in small letters without accents, đ as d, for searching.

    Both tone styles (hoà, hòa) and both Unicode forms fold alike.
    """
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


@dataclass(frozen=True, slots=True, repr=False)
class CitizenNumber:
    """The twelve digits that name a citizen for life (số định danh cá nhân).

    It shows itself masked in ``repr``, ``str`` and f-strings, so that no log holds it by accident;
    ``digits`` is the number itself.

    Raises:
        BadCitizenNumber: It is not twelve ASCII digits.
    """

    digits: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{12}", self.digits):
            raise BadCitizenNumber

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number that may be typed with spaces or dots."""
        return cls(re.sub(r"[\s.]", "", text))

    @property
    def masked(self) -> str:
        """The number for screens that do not need all of it: ``001••••••345``."""
        return f"{self.digits[:3]}••••••{self.digits[-3:]}"

    @property
    def last_six(self) -> str:
        """The card access number printed on no separate line: the last six digits."""
        return self.digits[-6:]

    def __repr__(self) -> str:
        return f"CitizenNumber({self.masked})"

    def __str__(self) -> str:
        return self.masked


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A birth date that may be known only by year or month, as many elderly people's is.

    Raises:
        BadDate: The day does not exist.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1800 <= self.year <= 2099 or (self.day is not None and self.month is None):
            raise BadDate
        try:
            date(
                self.year,
                1 if self.month is None else self.month,
                1 if self.day is None else self.day,
            )
        except ValueError as error:
            raise BadDate from error

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``dd/mm/yyyy``, ``mm/yyyy`` or ``yyyy``; ``-`` and ``.`` may stand for ``/``.

        Raises:
            BadDate: It is none of these, or the day does not exist.
        """
        parts = re.split(r"[/.\-]", text.strip())
        if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts) or len(parts) > 3:
            raise BadDate
        numbers = [int(part) for part in reversed(parts)]
        return cls(*numbers)

    @classmethod
    def from_iso(cls, text: str) -> Self:
        """Read ``yyyy-mm-dd``, ``yyyy-mm`` or ``yyyy``."""
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
            raise BadDate
        return cls(*(int(part) for part in text.split("-")))

    @property
    def iso(self) -> str:
        """``1999-01-31``, ``1950-06`` or ``1950``."""
        parts = [f"{self.year:04}", *(f"{n:02}" for n in (self.month, self.day) if n is not None)]
        return "-".join(parts)

    @property
    def written(self) -> str:
        """``31/01/1999``, ``06/1950`` or ``1950``, as Vietnamese papers write it."""
        return "/".join(reversed(self.iso.split("-")))


class Sex(StrEnum):
    """Sex as the card gives it."""

    MALE = "Nam"
    FEMALE = "Nữ"
    OTHER = "Khác"


DOSSIER_CODE = re.compile(
    r"(?P<agency>(?:[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.)?[A-Z][0-9]{2}(?:\.[0-9A-Z]{1,3}){0,4})"
    r"-(?P<day>[0-9]{6})-(?P<serial>[0-9]{4,7})"
)
PROVISIONAL_CODE = re.compile(
    r"TAM-(?P<desk>[0-9A-Z]{2,12})-(?P<day>[0-9]{6})-(?P<serial>[0-9]{4})"
)


@dataclass(frozen=True, slots=True)
class DossierCode:
    """The code people read on paper: agency, day and serial (TT 01/2018/TT-VPCP, article 19).

    Raises:
        BadDossierCode: It does not have that form or names a day that does not exist.
    """

    text: str

    def __post_init__(self) -> None:
        match = DOSSIER_CODE.fullmatch(self.text)
        if match is None:
            raise BadDossierCode
        _day_of(match["day"])

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a typed or scanned code: blanks around it and small letters are forgiven."""
        return cls(text.strip().upper())

    @classmethod
    def of(cls, *, agency: str, day: date, serial: int, width: int = 4) -> Self:
        """Build the code of *serial* on *day*."""
        return cls(f"{agency}-{day:%y%m%d}-{serial:0{width}}")

    @property
    def agency(self) -> str:
        """The agency part, such as ``H55.242``."""
        return self.text.rsplit("-", 2)[0]

    @property
    def day(self) -> date:
        """The local day of the code."""
        return _day_of(self.text.rsplit("-", 2)[1])

    @property
    def serial(self) -> int:
        """The ordinal within the agency and day."""
        return int(self.text.rsplit("-", 1)[1])

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class ProvisionalCode:
    """The code printed when no serial number was left; it stays scannable for ever.

    Raises:
        BadDossierCode: It does not have the form ``TAM-Q03-261123-0001``.
    """

    text: str

    def __post_init__(self) -> None:
        match = PROVISIONAL_CODE.fullmatch(self.text)
        if match is None:
            raise BadDossierCode
        _day_of(match["day"])

    def __str__(self) -> str:
        return self.text


def _day_of(digits: str) -> date:
    try:
        return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError as error:
        raise BadDossierCode from error


def local_day(moment: datetime) -> date:
    """Return the Vietnamese calendar day of *moment*; a day begins at local midnight."""
    return moment.astimezone(VIETNAM).date()


def rfc3339(moment: datetime) -> str:
    """Write *moment* in Vietnamese time to the second, as the portal's contract wants it."""
    return moment.astimezone(VIETNAM).isoformat(timespec="seconds")
