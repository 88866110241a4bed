"""Points of the chip's elliptic curves, computed by OpenSSL through ``cryptography`` alone.

OpenSSL multiplies the base point and computes shared secrets in constant time, but gives only the
abscissa of the latter. The ordinate is the square root whose sign a second shared secret decides,
so that secrets never meet arithmetic of our own.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec

from counter.errors import CardUnreadable
from devices.card.curve_numbers import CURVES, CurveNumbers

Draw = Callable[[int], int]
"""Makes a secret number from 1 to the given order less one."""


class BadPoint(CardUnreadable):
    """The chip gave a point that is not on its curve, or one that no honest chip gives."""


def draw_scalar(order: int) -> int:
    """Return a secret random number from 1 to *order* - 1."""
    return secrets.randbelow(order - 1) + 1


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a curve; never the one at infinity."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve that can multiply: ours by secret numbers, the chip's points too."""

    numbers: CurveNumbers
    openssl: ec.EllipticCurve = field(repr=False)

    @property
    def public_tag(self) -> int:
        """The tag of a public key in the input of the authentication token."""
        return 0x86

    @property
    def order(self) -> int:
        """The order of the base point."""
        return self.numbers.n

    @property
    def modulus(self) -> int:
        """The prime of the coordinates."""
        return self.numbers.p

    def base_times(self, scalar: int) -> Point:
        """Return *scalar* times the base point.

        Raises:
            BadPoint: The chip's share made *scalar* zero, as no honest one does.
        """
        public = self._private(scalar).public_key().public_numbers()
        return Point(public.x, public.y)

    def times(self, scalar: int, point: Point) -> Point:
        """Return *scalar* times *point*."""
        scalar %= self.order
        if scalar == 1:
            return point
        if scalar == self.order - 1:
            return Point(point.x, self.numbers.p - point.y)
        x = int.from_bytes(self.shared(scalar, point), "big")
        candidate = Point(x, self._root(x))
        # scalar * P + P is (scalar + 1) * P only for the right one of the two roots.
        if self.add(candidate, point).x == int.from_bytes(self.shared(scalar + 1, point), "big"):
            return candidate
        return Point(x, self.numbers.p - candidate.y)

    def shared(self, scalar: int, point: Point) -> bytes:
        """Return the abscissa of *scalar* times *point*, padded to the field's size."""
        return self._private(scalar).exchange(ec.ECDH(), self.public_key(point))

    def add(self, one: Point, other: Point) -> Point:
        """Return the sum of two public points.

        Raises:
            BadPoint: The sum is at infinity.
        """
        p = self.numbers.p
        if one.x == other.x:
            if (one.y + other.y) % p == 0:
                raise BadPoint("at infinity")
            slope = (3 * one.x * one.x + self.numbers.a) * pow(2 * one.y, -1, p) % p
        else:
            slope = (other.y - one.y) * pow(other.x - one.x, -1, p) % p
        x = (slope * slope - one.x - other.x) % p
        return Point(x, (slope * (one.x - x) - one.y) % p)

    def encode(self, point: Point) -> bytes:
        """Return *point* uncompressed: 04, x and y, each padded to the field's size."""
        size = self.numbers.size
        return b"\x04" + point.x.to_bytes(size, "big") + point.y.to_bytes(size, "big")

    def decode(self, data: bytes) -> Point:
        """Read an uncompressed point.

        Raises:
            BadPoint: It has another form or is not on the curve.
        """
        size, p = self.numbers.size, self.numbers.p
        if len(data) != 1 + 2 * size or data[0] != 4:
            raise BadPoint("form")
        point = Point(
            int.from_bytes(data[1 : 1 + size], "big"), int.from_bytes(data[-size:], "big")
        )
        if not (point.x < p and point.y < p and self.holds(point)):
            raise BadPoint("not on the curve")
        return point

    def holds(self, point: Point) -> bool:
        """Say whether *point* is on the curve."""
        return (point.y * point.y - self._cubic(point.x)) % self.numbers.p == 0

    def lift(self, x: int) -> Point | None:
        """Return a point with abscissa *x*, None where the curve has none."""
        point = Point(x, self._root(x))
        return point if self.holds(point) else None

    def from_random(self, number: int) -> Point:
        """Return the point that integrated mapping makes of a random number.

        Source: ICAO Doc 9303-11, Appendix B.2, whose names are kept.
        """
        p, a, b = self.numbers.p, self.numbers.a, self.numbers.b
        alpha = -number * number % p
        x2 = -b * pow(a, -1, p) * (1 + pow(alpha + alpha * alpha, -1, p)) % p
        h2 = self._cubic(x2)
        root = pow(h2, p - 1 - (p + 1) // 4, p)
        if root * root * h2 % p == 1:
            return Point(x2, root * h2 % p)
        return Point(alpha * x2 % p, root * pow(number, 3, p) * h2 % p)

    def _cubic(self, x: int) -> int:
        return (x * x * x + self.numbers.a * x + self.numbers.b) % self.numbers.p

    def _root(self, x: int) -> int:
        p = self.numbers.p  # 3 modulo 4 for every curve of the table
        return pow(self._cubic(x), (p + 1) // 4, p)

    def public_key(self, point: Point) -> ec.EllipticCurvePublicKey:
        """Return *point* as a key of the library."""
        return ec.EllipticCurvePublicNumbers(point.x, point.y, self.openssl).public_key()

    def _private(self, scalar: int) -> ec.EllipticCurvePrivateKey:
        if scalar % self.order == 0:
            raise BadPoint("at infinity")
        return ec.derive_private_key(scalar % self.order, self.openssl)


_OPENSSL: dict[str, ec.EllipticCurve] = {
    "secp256r1": ec.SECP256R1(),
    "secp384r1": ec.SECP384R1(),
    "secp521r1": ec.SECP521R1(),
    "brainpoolP256r1": ec.BrainpoolP256R1(),
    "brainpoolP384r1": ec.BrainpoolP384R1(),
    "brainpoolP512r1": ec.BrainpoolP512R1(),
}
_TABLE = {numbers.parameter: Curve(numbers, _OPENSSL[numbers.name]) for numbers in CURVES}


def find_curve(parameter: int) -> Curve | None:
    """Return the curve with this standardised domain parameter number."""
    return _TABLE.get(parameter)
