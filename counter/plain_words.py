"""What people come for in their own words, by the letter of the field; the office's own data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from counter.datafiles import checked, in_file, read_toml

FILE = "services.toml"


@dataclass(frozen=True, slots=True)
class PlainWords:
    """One field in everyday words.

    Attributes:
        vi: In Vietnamese.
        en: In English.
    """

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class _File:
    services: dict[str, PlainWords]


def load_plain(folder: Path) -> Mapping[str, PlainWords]:
    """Read the words for each field's letter.

    Raises:
        BadData: The file cannot be read or has mistakes, each named.
    """
    return checked(_File, {"services": read_toml(folder / FILE)}, in_file(FILE)).services
