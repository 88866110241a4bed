"""Where a written address lies today: read from its words, or from a table of the old units.

An address is kept as it is written. Since 01/07/2025 there is no district between commune and
province; one that still names it is looked up in a table which the office imports, since which
commune became which is told by each province's own resolution.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from pathlib import Path

from counter.errors import BadData
from counter.units import Commune, ToldUnit, Units, load_units, with_told
from counter.values import fold, nfc

HEADER = ("tinh", "huyen", "xa", "ma_xa_moi")
"""Columns of the table: names of before, and the five digits of today."""

_KINDS = (
    *("thanh pho", "thi xa", "thi tran", "dac khu"),
    *("tinh", "tp", "tx", "tt", "xa", "phuong", "quan", "huyen"),
)
_SHORT = {"p": "phuong", "x": "xa", "tp": "thanh pho", "tt": "thi tran"}


@dataclass(frozen=True, slots=True)
class Placed:
    """What is known of where an address lies today.

    Attributes:
        communes: One when it is certain, several when an old unit was divided, none when unknown.
        detail: The address before its units, such as house, street and hamlet.
        is_old: It names a district, as addresses did before 01/07/2025.
    """

    communes: tuple[Commune, ...]
    detail: str = field(repr=False)
    is_old: bool

    @property
    def commune(self) -> Commune | None:
        """The commune, None unless it is certain."""
        return self.communes[0] if len(self.communes) == 1 else None


@dataclass(frozen=True, slots=True)
class OldUnit:
    """One line of the table: a commune of before, and one it became or is part of."""

    province: str
    district: str
    commune: str
    code: str


def read_table(text: str, units: Units) -> tuple[OldUnit, ...]:
    """Read a table of old units: CSV parted by commas or semicolons, with the ``HEADER``.

    Raises:
        BadData: It has mistakes, each named with its line.
    """
    lines = nfc(text.removeprefix("\ufeff"))
    first = lines.partition("\n")[0]
    rows = csv.reader(StringIO(lines), delimiter=";" if ";" in first else ",")
    found: list[OldUnit] = []
    wrong: list[str] = []
    for number, row in enumerate(rows, 1):
        cells = tuple(cell.strip() for cell in row)
        if number == 1:
            if cells != HEADER:
                raise BadData((f"dòng 1: phải là {','.join(HEADER)}",))
        elif any(cells):
            mistake = _mistake(cells, units)
            if mistake:
                wrong.append(f"dòng {number}: {mistake}")
            else:
                found.append(OldUnit(*cells))
    if wrong:
        raise BadData(tuple(wrong))
    if not found:
        raise BadData(("không có dòng nào",))
    return tuple(found)


def _mistake(cells: tuple[str, ...], units: Units) -> str:
    if len(cells) != len(HEADER):
        return f"phải có {len(HEADER)} cột"
    if not all(cells):
        return "có ô để trống"
    if units.find_code(cells[-1]) is None:
        return f"không có đơn vị nào mang mã {cells[-1]}"
    return ""


class Gazetteer:
    """The units of today and the table of old ones, read when they are first asked for.

    Touched by the ``counter`` thread only.

    Args:
        told: Reads what the portal's list of units says: communes, and codes that are no more.
    """

    def __init__(
        self,
        folder: Path,
        table: Path,
        told: Callable[[], tuple[Sequence[ToldUnit], Sequence[str]]] = lambda: ((), ()),
    ) -> None:
        self._folder = folder
        self._table = table
        self._told = told

    @cached_property
    def units(self) -> Units:
        """Every unit of today: what ships, and what the portal told since."""
        told, gone = self._told()
        shipped = load_units(self._folder)
        return with_told(shipped, told, gone) if told or gone else shipped

    def place(self, address: str) -> Placed:
        """Return where *address* lies today."""
        parts = [part.strip() for part in address.split(",") if part.strip()]
        if len(parts) < 2:
            return Placed((), address, is_old=False)
        codes = self._today.get((_name(parts[-2]), _name(parts[-1])), ())
        communes = self._communes(codes)
        if len(communes) > 1:
            kind = _kind(parts[-2])
            communes = tuple(c for c in communes if fold(c.kind) == kind) or communes
        if communes:
            return Placed(communes, ", ".join(parts[:-2]), is_old=False)
        if len(parts) < 3:
            return Placed((), address, is_old=False)
        district = _kind(parts[-2]) in {"huyen", "quan", "thi xa", "thanh pho"}
        key = (_name(parts[-3]), _name(parts[-2]), _name(parts[-1]))
        found = self._communes(self._old.get(key, ()))
        return Placed(found, ", ".join(parts[:-3]), is_old=district or bool(found))

    def _communes(self, codes: Iterable[str]) -> tuple[Commune, ...]:
        return tuple(c for code in codes if (c := self.units.find_code(code)) is not None)

    @cached_property
    def _today(self) -> Mapping[tuple[str, str], list[str]]:
        named: dict[tuple[str, str], list[str]] = defaultdict(list)
        for commune in self.units.communes:
            named[fold(commune.name), fold(commune.province.name)].append(commune.code)
        return named

    @cached_property
    def _old(self) -> Mapping[tuple[str, str, str], list[str]]:
        named: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        if self._table.exists():
            for old in read_table(self._table.read_text(encoding="utf-8"), self.units):
                codes = named[_name(old.commune), _name(old.district), _name(old.province)]
                if old.code not in codes:
                    codes.append(old.code)
        return named


def _words(text: str) -> tuple[str, str]:
    """Return kind and name of a written unit, without accents; the kind may be missing."""
    folded = fold(text).replace(".", " ")
    folded = " ".join(folded.split())
    head, _, rest = folded.partition(" ")
    if rest and head in _SHORT:
        return _SHORT[head], rest
    for kind in _KINDS:
        if folded.startswith(f"{kind} "):
            return kind, folded.removeprefix(f"{kind} ")
    return "", folded


def _kind(text: str) -> str:
    return _words(text)[0]


def _name(text: str) -> str:
    return _words(text)[1]
