"""A card that knows one conversation by heart: each command must come as it was recorded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ICAO: dict[str, Any] = json.loads(
    (Path(__file__).parent / "icao9303_11.json").read_text(encoding="ascii")
)
"""The numbers of the worked examples in ICAO Doc 9303-11, by appendix and section."""


class ScriptedCard:
    """Implements ``transport.Transport`` over pairs of command and answer.

    Attributes:
        said: How many of the pairs were used.
    """

    reader = "script"
    atr = b""
    carries_long = True

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self._pairs = [(bytes.fromhex(asked), bytes.fromhex(told)) for asked, told in pairs]
        self.said = 0

    def transmit(self, command: bytes) -> tuple[bytes, int]:
        assert self.said < len(self._pairs), f"one command too many: {command.hex()}"
        expected, answer = self._pairs[self.said]
        assert command.hex() == expected.hex()
        self.said += 1
        return answer[:-2], int.from_bytes(answer[-2:], "big")

    def reset(self) -> None:
        """A recording knows no reset."""

    def disconnect(self) -> None:
        """A recording needs no farewell."""

    @property
    def is_over(self) -> bool:
        """Whether everything recorded was said."""
        return self.said == len(self._pairs)


def given(*values: bytes) -> Any:
    """Return a source of "random" bytes or numbers that yields *values* one after the other."""
    left = list(values)

    def take(_: int) -> bytes:
        return left.pop(0)

    return take


def given_numbers(*values: str) -> Any:
    """Return a source of "random" numbers, written here in hexadecimal."""
    left = [int(value, 16) for value in values]

    def take(_: int) -> int:
        return left.pop(0)

    return take
