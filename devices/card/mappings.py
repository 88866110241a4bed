"""The groups in which PACE runs, and the random number of integrated mapping.

Source: ICAO Doc 9303-11, 4.4.3.3 and Appendix B.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from devices.card.keys import CipherKind
from devices.card.messaging import TRIPLE_DES

Element = TypeVar("Element")

_NARROW = (
    bytes.fromhex("a668892a7c41e3ca739f40b057d85904"),
    bytes.fromhex("a4e136ac725f738b01c1f60217c188ad"),
)
_WIDE = (
    bytes.fromhex("d463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676"),
    bytes.fromhex("54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517"),
)
"""The constants c0 and c1: for keys of 128 bits (and triple DES), and for longer ones."""
SPARE_BITS = 64
"""More random bits than the modulus has, so that no number is likelier than another."""


class Group(Protocol[Element]):
    """A group in which PACE runs: points of a curve, or numbers modulo a prime."""

    @property
    def public_tag(self) -> int:
        """The tag of a public key in the input of the authentication token."""

    @property
    def order(self) -> int:
        """How many multiples the generator has."""

    @property
    def modulus(self) -> int:
        """The prime that numbers are taken by."""

    def base_times(self, scalar: int) -> Element:
        """Return *scalar* times the generator."""

    def times(self, scalar: int, element: Element) -> Element:
        """Return *scalar* times *element*."""

    def add(self, one: Element, other: Element) -> Element:
        """Return the sum of two public elements."""

    def shared(self, scalar: int, element: Element) -> bytes:
        """Return the secret that *scalar* and the other side's *element* make."""

    def encode(self, element: Element) -> bytes:
        """Return *element* as it goes over the wire."""

    def decode(self, data: bytes) -> Element:
        """Read an element and make sure that it is one."""

    def from_random(self, number: int) -> Element:
        """Return the element that integrated mapping makes of a random number."""


def random_number(kind: CipherKind, nonce: bytes, ours: bytes, modulus: int) -> int:
    """Return the pseudo-random number of integrated mapping.

    Args:
        nonce: The chip's.
        ours: The terminal's, as long as a key of *kind*.
    """
    wide = kind in {CipherKind.AES_192, CipherKind.AES_256}
    first, second = _WIDE if wide else _NARROW
    key = _encrypt(kind, ours, nonce)[: len(ours)]
    made = b""
    while 8 * len(made) < modulus.bit_length() + SPARE_BITS:
        made += _encrypt(kind, key, second)
        key = _encrypt(kind, key, first)[: len(ours)]
    return int.from_bytes(made, "big") % modulus


def _encrypt(kind: CipherKind, key: bytes, data: bytes) -> bytes:
    if kind is CipherKind.TRIPLE_DES:
        return TRIPLE_DES.encrypt(key, b"", data)
    run = Cipher(algorithms.AES(key), modes.CBC(bytes(16))).encryptor()
    return run.update(data) + run.finalize()
