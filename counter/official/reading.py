"""An official catalogue read from a file or from what the portal answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from counter.datafiles import foreign
from counter.errors import BadData, BadOfficial
from counter.official.lines import Official
from counter.official.national import National, national
from counter.official.portal import Portal, portal
from counter.outside import read_outside
from counter.values import nfc


def read_official(path: Path) -> tuple[Official, ...]:
    """Read a file as DVCQG's ``LayThuTuc`` answers it, or a page of the portal's catalogue.

    Raises:
        BadOfficial: It cannot be read, or is neither.
    """
    try:
        tree = json.loads(nfc(read_outside(path).decode("utf-8-sig")))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BadOfficial(file=path.name) from error
    return official_of(tree, path.name)


def official_of(tree: object, name: str) -> tuple[Official, ...]:
    """Return the procedures in *tree*, the JSON of an answer; *name* says where it is from.

    Raises:
        BadOfficial: It holds none.
    """
    entries = _entries(tree)
    if not entries:
        raise BadOfficial(file=name)
    try:
        if "MATTHC" in entries[0]:
            return tuple(map(national, foreign(tuple[National, ...], _lowered(entries))))
        return tuple(map(portal, foreign(tuple[Portal, ...], entries)))
    except (BadData, ValueError) as error:
        raise BadOfficial(file=name) from error


def _entries(tree: object) -> list[dict[str, Any]]:
    """Return the procedures of an answer: under ``result``, ``items``, in a list, or one alone."""
    if isinstance(tree, dict):
        for key in ("result", "items"):
            if isinstance(tree.get(key), list):
                tree = tree[key]
                break
        else:
            tree = [tree]
    if not isinstance(tree, list) or not all(isinstance(entry, dict) for entry in tree):
        return []
    return tree


def _lowered(tree: object) -> object:
    if isinstance(tree, dict):
        return {str(key).lower(): _lowered(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_lowered(value) for value in tree]
    return tree
