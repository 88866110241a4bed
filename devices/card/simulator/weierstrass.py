"""Elliptic curves by the textbook, for the simulated chip alone: plain, open to every side channel.

The reader computes with OpenSSL; the chip's own arithmetic makes their agreement a proof.
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.card.curve_numbers import CURVES, CurveNumbers

Affine = tuple[int, int]
_Jacobian = tuple[int, int, int]
INFINITY: _Jacobian = (1, 1, 0)


@dataclass(frozen=True, slots=True)
class Weierstrass:
    """One curve in Jacobian coordinates."""

    numbers: CurveNumbers
    tag: int = 0x86

    @property
    def p(self) -> int:
        """The prime of the coordinates."""
        return self.numbers.p

    @property
    def order(self) -> int:
        """The order of the base point."""
        return self.numbers.n

    def secret(self, point: Affine) -> bytes:
        """Return what both sides make their keys of: the abscissa."""
        return point[0].to_bytes(self.numbers.size, "big")

    def encode_number(self, number: int) -> Affine:
        """Return the point that integrated mapping makes of *number*."""
        p, a, b = self.p, self.numbers.a, self.numbers.b
        alpha = p - number * number % p
        x = (p - b) * pow(a, -1, p) * (1 + pow(alpha * (1 + alpha), -1, p)) % p
        height = (x**3 + a * x + b) % p
        root = pow(height, (3 * p - 1) // 4, p)
        if pow(height, (p - 1) // 2, p) == 1:
            return x, root
        return alpha * x % p, root * number**3 % p

    @property
    def generator(self) -> Affine:
        """The base point."""
        return self.numbers.gx, self.numbers.gy

    def multiply(self, scalar: int, point: Affine) -> Affine:
        """Return *scalar* times *point*."""
        total = INFINITY
        for bit in bin(scalar % self.numbers.n)[2:]:
            total = self._double(total)
            if bit == "1":
                total = self._add(total, (*point, 1))
        return self._affine(total)

    def plus(self, one: Affine, other: Affine) -> Affine:
        """Return the sum of two points."""
        return self._affine(self._add((*one, 1), (*other, 1)))

    def contains(self, point: Affine) -> bool:
        """Say whether *point* is on the curve."""
        x, y = point
        n = self.numbers
        return 0 <= x < n.p and 0 <= y < n.p and (y * y - x**3 - n.a * x - n.b) % n.p == 0

    def to_bytes(self, point: Affine) -> bytes:
        """Return *point* uncompressed."""
        return b"\x04" + b"".join(part.to_bytes(self.numbers.size, "big") for part in point)

    def from_bytes(self, data: bytes) -> Affine | None:
        """Read an uncompressed point; None when it is none of this curve."""
        half = self.numbers.size
        if len(data) != 2 * half + 1 or data[0] != 4:
            return None
        point = int.from_bytes(data[1 : half + 1], "big"), int.from_bytes(data[half + 1 :], "big")
        return point if self.contains(point) else None

    def _double(self, point: _Jacobian) -> _Jacobian:
        x, y, z = point
        p = self.numbers.p
        if z == 0 or y == 0:
            return INFINITY
        s = 4 * x * y * y % p
        m = (3 * x * x + self.numbers.a * pow(z, 4, p)) % p
        x3 = (m * m - 2 * s) % p
        return x3, (m * (s - x3) - 8 * pow(y, 4, p)) % p, 2 * y * z % p

    def _add(self, one: _Jacobian, other: _Jacobian) -> _Jacobian:
        p = self.numbers.p
        if one[2] == 0:
            return other
        if other[2] == 0:
            return one
        z1, z2 = one[2] * one[2] % p, other[2] * other[2] % p
        u1, u2 = one[0] * z2 % p, other[0] * z1 % p
        s1, s2 = one[1] * z2 * other[2] % p, other[1] * z1 * one[2] % p
        h, r = (u2 - u1) % p, (s2 - s1) % p
        if h == 0:
            return self._double(one) if r == 0 else INFINITY
        h2 = h * h % p
        h3, v = h * h2 % p, u1 * h2 % p
        x3 = (r * r - h3 - 2 * v) % p
        return x3, (r * (v - x3) - s1 * h3) % p, h * one[2] * other[2] % p

    def _affine(self, point: _Jacobian) -> Affine:
        x, y, z = point
        p = self.numbers.p
        back = pow(z, -1, p)
        return x * back * back % p, y * back * back * back % p


BY_PARAMETER = {numbers.parameter: Weierstrass(numbers) for numbers in CURVES}
