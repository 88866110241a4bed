"""Provinces and communes of today, found by a few letters.

Since 01/07/2025 there are two levels: 34 provinces, and communes, wards and special zones below
them. Addresses written before name districts too; they are kept as they are written, not as units.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path

from counter.datafiles import checked, in_file
from counter.errors import BadData
from counter.matching import Names, plain

FILE = "units-2026.json"


@dataclass(frozen=True, slots=True)
class Province:
    """A province or centrally-run city.

    Attributes:
        code: Two digits.
        kind: ``Tỉnh`` or ``Thành phố``.
    """

    code: str
    kind: str
    name: str

    @property
    def full_name(self) -> str:
        """``Thành phố Hà Nội``."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, ward or special zone.

    Attributes:
        code: Five digits.
        kind: ``Xã``, ``Phường`` or ``Đặc khu``.
    """

    code: str
    kind: str
    name: str
    province: Province

    @property
    def full_name(self) -> str:
        """``Phường Ba Đình, Thành phố Hà Nội``."""
        return f"{self.kind} {self.name}, {self.province.full_name}"


@dataclass(frozen=True, slots=True)
class ToldUnit:
    """A province or commune as the portal's list of units tells it.

    Attributes:
        code: Two digits, or five.
        kind: ``Tỉnh``, ``Xã``, ``Phường`` and so on.
        province: Two digits; empty for a province.
    """

    code: str
    kind: str
    name: str
    province: str


class Units:
    """Every unit of today."""

    def __init__(self, communes: Iterable[Commune]) -> None:
        self.communes = tuple(sorted(communes, key=lambda commune: commune.code))
        provinces = {commune.province.code: commune.province for commune in self.communes}
        self.provinces = tuple(provinces[code] for code in sorted(provinces))
        self._by_code = {commune.code: commune for commune in self.communes}
        within = {code: plain(province.name) for code, province in provinces.items()}
        names = [plain(c.name) + within[c.province.code] for c in self.communes]
        kinds = {commune.kind: plain(commune.kind) for commune in self.communes}
        self._names = Names(names)
        self._kinds = Names(kinds.values())
        self._full_names = Names(
            kinds[commune.kind] + name for commune, name in zip(self.communes, names, strict=True)
        )

    def find_code(self, code: str) -> Commune | None:
        """Return the commune with these five digits, None when there is none."""
        return self._by_code.get(code)

    def find(self, text: str, limit: int = 12, near: str | None = None) -> tuple[Commune, ...]:
        """Return the communes that a few letters without accents find, best first.

        The name may be followed by the province's ("tan lap lao cai", "tl lc") and led by its kind
        ("phuong ba dinh").

        Args:
            near: Code of the province whose communes come first among equals.
        """
        fits = self._names.find(text, enough=limit)
        if len(fits) < limit and self._kinds.find(text.strip().split(" ")[0]):
            fits = self._full_names.find(text, enough=limit) | fits
        found = [
            (fit, self.communes[place].province.code != near, len(self.communes[place].name), place)
            for place, fit in fits.items()
        ]
        return tuple(self.communes[place] for *_, place in nsmallest(limit, found))


@dataclass(frozen=True, slots=True)
class _Province:
    code: str
    kind: str
    name: str
    communes: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class _File:
    about: str
    notice: str
    provinces: tuple[_Province, ...]


def with_told(units: Units, told: Iterable[ToldUnit], gone: Iterable[str]) -> Units:
    """Return *units* as the portal tells them since: new and renamed ones in, those *gone* out.

    A commune in a province nobody here knows is left out: its address could not be written.
    """
    provinces = {province.code: province for province in units.provinces}
    communes = {commune.code: commune for commune in units.communes}
    for code in gone:
        communes.pop(code, None)
    for one in sorted(told, key=lambda one: one.province):
        if not one.province:
            provinces[one.code] = Province(one.code, one.kind, one.name)
        elif one.province in provinces:
            communes[one.code] = Commune(one.code, one.kind, one.name, provinces[one.province])
    return Units(communes.values())


def load_units(folder: Path) -> Units:
    """Read every unit; it takes some ten milliseconds, so it is done when first asked for.

    Raises:
        BadData: The file cannot be read or has mistakes, each named.
    """
    try:
        tree = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadData((f"{FILE}: không đọc được tệp",)) from error
    communes = []
    for read in checked(_File, tree, in_file(FILE)).provinces:
        province = Province(read.code, read.kind, read.name)
        for kind, names in read.communes.items():
            communes += [Commune(code, kind, name, province) for code, name in names.items()]
    return Units(communes)
