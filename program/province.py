"""Settings the province signed: its tables take the place of the desk's, and lock nobody out."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from counter.errors import UpdateKeyLost, UpdateRefused
from counter.settings import check_settings
from program import placed

PROVINCES = frozenset({"portal", "card", "deadlines", "updates"})
"""Tables of the settings that the province may set; the others are the desk's own."""

_TABLE = re.compile(r"^(?=\[)", re.MULTILINE)


def apply_settings(path: Path, new: bytes, signer: str) -> None:
    """Put the tables of *new* in the place of the desk's own, which are kept as ``.before``.

    The key that signed them stays among the keys they name: a key is only left by a package that
    another signed, so nobody can name keys alone that nobody has.

    Args:
        path: The desk's settings.
        new: TOML in UTF-8.
        signer: The public key in hexadecimal that signed *new*.

    Raises:
        UpdateRefused: It is no TOML, or touches a table that is this desk's alone.
        UpdateKeyLost: It names keys for updates, and not the one that signed it.
        BadSettings: With them the settings would have a mistake; nothing was changed.
    """
    try:
        given = new.decode()
        tables = tomllib.loads(given)
    except ValueError as error:
        raise UpdateRefused from error
    if not set(tables) <= PROVINCES:
        raise UpdateRefused
    old = path.read_text(encoding="utf-8")
    kept = [part for part in _TABLE.split(old) if _table_of(part) not in tables]
    merged = "".join(kept).rstrip() + "\n\n" + given
    check_settings(merged)
    if "updates" in tables and signer.lower() not in _keys_of(tables):
        raise UpdateKeyLost
    placed.replace(path.with_name(path.name + ".before"), old)
    placed.replace(path, merged)


def _keys_of(tables: dict[str, Any]) -> set[str]:
    """Return the keys that sound settings name for updates."""
    return {key.lower() for key in tables["updates"].get("keys", ())}


def _table_of(part: str) -> str:
    """Return the first name of the table a part of a settings file begins with."""
    found = re.match(r"\[+\s*\"?([A-Za-z0-9_-]+)", part)
    return found[1] if found else ""
