"""The chip's side of PACE with elliptic curves and generic mapping (ICAO Doc 9303-11, 4.4)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from devices.card.simulator.ber import obj
from devices.card.simulator.secure import (
    Session,
    aes_cbc,
    des_cbc,
    dynamic_data,
    fill,
    password_key,
    seal,
)
from devices.card.simulator.weierstrass import Affine, Weierstrass

Passwords = Mapping[int, bytes]
"""Secret by password reference: 1 for the machine-readable zone, 2 for the CAN."""
Scalar = Callable[[int], int]


class Refusal(Exception):
    """The chip ends the protocol with a status word."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status:04X}")
        self.status = status


def random_scalar(order: int) -> int:
    """Return a random number from 1 to *order* - 1."""
    return secrets.randbelow(order - 1) + 1


@dataclass(slots=True)
class ChipPace:
    """One run; each step may come once and in order.

    Attributes:
        oid: Value bytes of the protocol's identifier; the last is the cipher.
        secret: Of the password the terminal named.
    """

    oid: bytes
    curve: Weierstrass
    secret: bytes = field(repr=False)
    scalar: Scalar = random_scalar
    random: Callable[[int], bytes] = os.urandom
    _step: int = 0
    _nonce: int = field(default=0, repr=False)
    _generator: Affine = field(default=(0, 0), repr=False)
    _public: Affine = field(default=(0, 0), repr=False)
    _terminal: bytes = b""
    session: Session | None = None

    @property
    def _arc(self) -> int:
        return self.oid[-1]

    def answer(self, template: bytes) -> bytes:
        """Answer one GENERAL AUTHENTICATE.

        Raises:
            Refusal: The terminal is out of order or does not know the password.
        """
        told = dynamic_data(template)
        steps = (self._hide_nonce, self._map, self._agree, self._prove)
        if self._step >= len(steps):
            raise Refusal(0x6985)
        made = steps[self._step](told)
        self._step += 1
        return obj(0x7C, made)

    def _hide_nonce(self, told: Mapping[int, bytes]) -> bytes:
        if told:
            raise Refusal(0x6A80)
        key = password_key(self.secret, self._arc)
        nonce = self.random(16)
        self._nonce = int.from_bytes(nonce, "big")
        hidden = des_cbc(key, nonce) if self._arc == 1 else aes_cbc(key, b"\0" * 16, nonce)
        return obj(0x80, hidden)

    def _map(self, told: Mapping[int, bytes]) -> bytes:
        theirs = self.curve.from_bytes(told.get(0x81, b""))
        if theirs is None:
            raise Refusal(0x6A80)
        mine = self.scalar(self.curve.numbers.n)
        shared = self.curve.multiply(mine, theirs)
        carried = self.curve.multiply(self._nonce, self.curve.generator)
        self._generator = self.curve.plus(carried, shared)
        return obj(0x82, self.curve.to_bytes(self.curve.multiply(mine, self.curve.generator)))

    def _agree(self, told: Mapping[int, bytes]) -> bytes:
        theirs = self.curve.from_bytes(told.get(0x83, b""))
        if theirs is None:
            raise Refusal(0x6A80)
        mine = self.scalar(self.curve.numbers.n)
        self._public = self.curve.multiply(mine, self._generator)
        x, _ = self.curve.multiply(mine, theirs)
        self.session = Session.agree(self._arc, x.to_bytes(self.curve.numbers.size, "big"))
        self._terminal = told[0x83]
        return obj(0x84, self.curve.to_bytes(self._public))

    def _prove(self, told: Mapping[int, bytes]) -> bytes:
        if told.get(0x85) != self._token(self.curve.to_bytes(self._public)):
            self.session = None
            raise Refusal(0x6300)
        return obj(0x86, self._token(self._terminal))

    def _token(self, public: bytes) -> bytes:
        if self.session is None:
            raise Refusal(0x6985)
        data = obj(0x7F49, obj(0x06, self.oid), obj(0x86, public))
        if self._arc == 1:
            data = fill(data, 8)
        return seal(self._arc, self.session.mac, data)

    @property
    def is_done(self) -> bool:
        """Whether terminal and chip have proven themselves."""
        return self._step == 4
