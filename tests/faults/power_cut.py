"""What lies on a disk after the power went: rebuilt from a record of everything written.

Until a file is synchronised, each 512-byte sector written to it may be there, may be missing, or
may be garbage; a new length or a removal may have happened or not. What was synchronised stays.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

HEAD = struct.Struct("=c3xiqq")
SECTOR = 512


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a program did to a file: W rite, S ync, T runcate or U nlink."""

    kind: str
    name: str
    offset: int
    length: int
    data: bytes


def steps(log: bytes) -> Iterator[Step]:
    """Yield what the record holds, in order."""
    place = 0
    while place + HEAD.size <= len(log):
        kind, path, offset, length = HEAD.unpack_from(log, place)
        place += HEAD.size
        name = Path(log[place : place + path].decode()).name
        place += path
        data = log[place : place + length] if kind == b"W" else b""
        place += len(data)
        yield Step(kind.decode(), name, offset, length, data)


@dataclass(slots=True)
class Disk:
    """The files of one folder: what is safe, and what was done since."""

    safe: dict[str, bytearray]
    pending: dict[str, list[Step]] = field(default_factory=dict)

    def take(self, step: Step) -> None:
        """Let *step* happen."""
        waiting = self.pending.setdefault(step.name, [])
        waiting.append(step)
        if step.kind == "S":
            self._settle(step.name)

    def after_cut(self, chance: Random) -> dict[str, bytearray]:
        """Return the files as a power cut may leave them now."""
        found = {}
        for name in {*self.safe, *self.pending}:
            safe = self.safe.get(name)
            content = None if safe is None else bytearray(safe)
            for step in self.pending.get(name, ()):
                content = _maybe(content, step, chance)
            if content is not None:
                found[name] = content
        return found

    def _settle(self, name: str) -> None:
        content: bytearray | None = self.safe.get(name)
        for step in self.pending.pop(name):
            content = _done(content, step)
        if content is None:
            self.safe.pop(name, None)
        else:
            self.safe[name] = content


def _done(content: bytearray | None, step: Step) -> bytearray | None:
    """Return *content* after *step*; it is changed in place."""
    held = bytearray() if content is None else content
    if step.kind == "W":
        _write(held, step.offset, step.data)
    elif step.kind == "T":
        del held[step.length :]
        held.extend(bytes(step.length - len(held)))
    elif step.kind == "U":
        return None
    return held


def _maybe(content: bytearray | None, step: Step, chance: Random) -> bytearray | None:
    """Return *content* as it may be when nobody waited for *step* to be on the disk."""
    if step.kind in {"T", "U"}:
        return _done(content, step) if chance.random() < 0.5 else content
    if step.kind == "S":
        return content
    held = bytearray() if content is None else content
    for begin in range(0, len(step.data), SECTOR):
        piece = step.data[begin : begin + SECTOR]
        fate = chance.random()
        if fate < 0.1:
            _write(held, step.offset + begin, chance.randbytes(len(piece)))
        elif fate > 0.55:
            _write(held, step.offset + begin, piece)
    return held


def _write(held: bytearray, offset: int, data: bytes) -> None:
    held.extend(bytes(max(0, offset - len(held))))
    held[offset : offset + len(data)] = data
