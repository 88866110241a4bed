"""The catalogue as the office keeps it: one file for each field, and the list of the commonest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from counter.datafiles import Place, checked, dotted, in_file, read_toml
from counter.errors import BadData
from counter.procedures import Catalogue, Field, Procedure

COMMONEST = "commonest.toml"
SHARED = ("revision", "effective_from")
"""Keys that a file may say once for all its procedures."""


def load_catalogue(folder: Path) -> Catalogue:
    """Read every file of *folder*: one for each field, and ``commonest.toml``.

    Raises:
        BadData: A file cannot be read, or has mistakes; each line names file, procedure and key.
    """
    wrong: list[str] = []
    procedures: list[Procedure] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name != COMMONEST:
            try:
                procedures += _read_field(path)
            except BadData as error:
                wrong += error.mistakes
    try:
        commonest = _read_commonest(folder / COMMONEST)
    except BadData as error:
        wrong += error.mistakes
    if not wrong:
        wrong += _at_odds(procedures, commonest)
    if wrong:
        raise BadData(tuple(wrong))
    return Catalogue(procedures, commonest)


@dataclass(frozen=True, slots=True)
class _Commonest:
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _FieldFile:
    field: Field
    procedure: tuple[Procedure, ...]


def _read_commonest(path: Path) -> tuple[str, ...]:
    return checked(_Commonest, read_toml(path), in_file(path.name)).codes


def _read_field(path: Path) -> tuple[Procedure, ...]:
    """Read one field; what its file says once above all procedures holds for each of them."""
    tree = read_toml(path)
    common = {key: tree.pop(key) for key in SHARED if key in tree}
    entries = tree.get("procedure")
    codes: list[object] = []
    if isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries):
        codes = [entry.get("code", "?") for entry in entries]
        tree["procedure"] = [
            {"field": tree.get("field"), "short_name": e.get("name"), **common, **e}
            for e in entries
        ]

    def name(place: Place) -> str:
        match place:
            case ("procedure", _, "field", *rest):
                place = ("field", *rest)
            case ("procedure", int(index), *rest) if codes:
                return f"{path.name}: {codes[index]}: {dotted(tuple(rest))}".removesuffix(": ")
        return f"{path.name}: {dotted(place)}".removesuffix(": ")

    return checked(_FieldFile, tree, name).procedure


def _at_odds(procedures: list[Procedure], commonest: tuple[str, ...]) -> Iterator[str]:
    """Yield what is right in itself but not beside the rest."""
    fields = {p.field for p in procedures}
    for letter, count in Counter(field.letter for field in fields).items():
        if count > 1:
            yield f"letter: {letter} là chữ cái của {count} lĩnh vực"
    versions = sorted(procedures, key=lambda p: (p.code, p.effective_from))
    for earlier, later in pairwise(versions):
        if earlier.code == later.code and earlier.is_in_force(later.effective_from):
            yield f"{later.code}: hai phiên bản cùng có hiệu lực ngày {later.effective_from}"
    known = {p.code for p in procedures}
    for code in commonest:
        if code not in known:
            yield f"{COMMONEST}: {code}: không có thủ tục này"
