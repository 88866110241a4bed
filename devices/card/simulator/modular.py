"""Numbers modulo a prime, for the simulated chip alone: the same questions as a curve answers."""

from __future__ import annotations

from dataclasses import dataclass

from devices.card.modp import MODP_GROUPS


@dataclass(frozen=True, slots=True)
class Modular:
    """The subgroup of order ``order`` modulo ``p``; an element is one number."""

    p: int
    generator: int
    order: int
    tag: int = 0x84

    def multiply(self, scalar: int, element: int) -> int:
        """Return *element* to the power of *scalar*."""
        return pow(element, scalar % self.order, self.p)

    def plus(self, one: int, other: int) -> int:
        """Return the product."""
        return one * other % self.p

    def to_bytes(self, element: int) -> bytes:
        """Return *element* in as many bytes as the prime has."""
        return element.to_bytes(-(-self.p.bit_length() // 8), "big")

    def from_bytes(self, data: bytes) -> int | None:
        """Read an element; None when it is none of the subgroup."""
        element = int.from_bytes(data, "big")
        inside = 1 < element < self.p - 1 and pow(element, self.order, self.p) == 1
        return element if inside else None

    def secret(self, element: int) -> bytes:
        """Return what both sides make their keys of."""
        return self.to_bytes(element)

    def encode_number(self, number: int) -> int:
        """Return the element that integrated mapping makes of *number*."""
        return pow(number, (self.p - 1) // self.order, self.p)


GROUPS = {one.parameter: Modular(one.p, one.g, one.q) for one in MODP_GROUPS}
