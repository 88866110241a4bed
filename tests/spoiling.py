"""Spoils what the program reads: bytes as a bad line or disk would, values as an enemy would."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

DEEPEST = 30
"""No file of ours nests so far."""

STRANGE: tuple[Any, ...] = (
    None, True, 0, -1, 1 << 70, 0.5, 1e308, "", " ", "0", "-1", "𐎠", "\u202egnol", "a\u0000b",
    "' OR 1=1 --", "<img src=x>", "=1+1", "%s%n{0}", "../../etc/passwd", "2026-02-30",
    "9999-12-31T23:59:59.999999999+99:99", "N" * 70_000, [], [[]], {}, {"": None}, [None] * 3000,
)  # fmt: skip
"""Values that stand where others are expected."""


def spoil(chance: Random, good: bytes) -> bytes:
    """Return *good* with a few bytes changed, lost, doubled or put in."""
    data = bytearray(good)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(6):
            case 0 if data:
                data[at % len(data)] ^= 1 << chance.randrange(8)
            case 1 if data:
                data[at % len(data)] = chance.choice((0x00, 0x7F, 0x80, 0x81, 0x84, 0x30, 0xFF))
            case 2:
                del data[at : at + chance.randint(1, 8)]
            case 3:
                data[at:at] = data[at : at + chance.randint(1, 32)]
            case 4:
                data[at:at] = chance.randbytes(chance.randint(1, 4))
            case _:
                del data[at:]
    return bytes(data)


LITERALS = (
    "true", "0", "-1", "1e400", "nan", "-inf", "0x7fffffffffffffffffff", '""', '"\\u0000"', "''",
    "2026-02-28", "2026-11-25T08:00:00Z", "25:61:00", "[]", "[[]]", "{}", "{a = 1}", '["a", 1, []]',
    "[" * 3000 + "]" * 3000, '"' + "N" * 70_000 + '"', '"{0.__class__}"', '"{office"', '"\\ud800"',
)  # fmt: skip


def spoil_toml(chance: Random, good: bytes) -> bytes:
    """Return the TOML *good* with a few of its lines made strange."""
    lines = good.decode().splitlines()
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        key, equals, _value = lines[at].partition(" = ")
        match chance.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                lines.insert(at, "stranger = 1")
            case 3:
                lines[at] = chance.choice(("[", "[[a]]", "[a.b.c]", "= 1", "\ufeff", "a." * 4000))
            case _ if equals:
                lines[at] = f"{key} = {chance.choice(LITERALS)}"
        if not lines:
            break
    return "\n".join(lines).encode()


def spoil_tree(chance: Random, good: Any) -> Any:
    """Return a copy of *good*, JSON or TOML read, with a few values, keys or lists made strange."""
    tree = copy.deepcopy(good)
    for _ in range(chance.randint(1, 3)):
        places = list(_places(tree))
        if not places:
            return chance.choice(STRANGE)
        holder, key = chance.choice(places)
        match chance.randrange(5):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, dict):
                holder[f"{key}\u0301"] = holder.pop(key)
            case 2 if isinstance(holder, list):
                holder.extend(copy.deepcopy(holder[key]) for _ in range(chance.choice((1, 200))))
            case 3:
                holder[key] = _deep(chance.choice((3, 90, 400)))
            case _:
                holder[key] = copy.deepcopy(chance.choice(STRANGE))
    return tree


def _places(tree: Any, level: int = 0) -> Iterator[tuple[Any, Any]]:
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in list(inner):
        yield tree, key
        if isinstance(value, dict | list) and level < DEEPEST:
            yield from _places(value, level + 1)


def _deep(levels: int) -> list[Any]:
    tree: list[Any] = []
    for _ in range(levels):
        tree = [tree]
    return tree
