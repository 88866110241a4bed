"""When two contents say the same: the contract's rule, kept apart because many records need it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sync.sandbox.schema import is_moment


def same(one: Any, other: Any) -> bool:
    """Tell whether two values say the same: null is absent, moments are compared as moments."""
    return bool(_plain(one) == _plain(other))


def changed_fields(one: Any, other: Any, base: str = "") -> list[str]:
    """Return the JSON pointers at which two objects differ, each as deep as objects go."""
    found: list[str] = []
    for name in dict.fromkeys((*one, *other)):
        before, after = one.get(name), other.get(name)
        if same(before, after):
            continue
        if isinstance(before, dict) and isinstance(after, dict):
            found += changed_fields(before, after, f"{base}/{name}")
        else:
            found.append(f"{base}/{name}")
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        parts = {name: _plain(part) for name, part in value.items() if part is not None}
        return ("object", frozenset(parts), tuple(parts[name] for name in sorted(parts)))
    if isinstance(value, list):
        return ("list", *(_plain(part) for part in value))
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, str) and is_moment(value):
        return datetime.fromisoformat(value).astimezone(UTC)
    return value
