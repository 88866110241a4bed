"""The chip's side of PACE, in every mapping (ICAO Doc 9303-11, 4.4)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from devices.card.simulator.ber import obj
from devices.card.simulator.modular import GROUPS, Modular
from devices.card.simulator.secure import (
    KEY_BYTES,
    Session,
    aes_cbc,
    des_cbc,
    dynamic_data,
    fill,
    password_key,
    seal,
)
from devices.card.simulator.weierstrass import BY_PARAMETER, Weierstrass

Passwords = Mapping[int, bytes]
"""Secret by password reference: 1 for the machine-readable zone, 2 for the CAN."""
Scalar = Callable[[int], int]

DH = {1, 3}
INTEGRATED = {3, 4}
CHIP_AUTHENTICATION = 6
"""Mappings by the last arc but one of the protocol's identifier."""
MODULUS_SPARE = 64


class Refusal(Exception):
    """The chip ends the protocol with a status word."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status:04X}")
        self.status = status


def random_scalar(order: int) -> int:
    """Return a random number from 1 to *order* - 1."""
    return secrets.randbelow(order - 1) + 1


def group_of(oid: bytes, parameter: int) -> Weierstrass | Modular:
    """Return the group a protocol runs in.

    Raises:
        Refusal: There is none with that number.
    """
    known: Mapping[int, Weierstrass | Modular] = GROUPS if oid[-2] in DH else BY_PARAMETER
    if parameter not in known:
        raise Refusal(0x6A80)
    return known[parameter]


@dataclass(slots=True)
class ChipPace:
    """One run; each step may come once and in order.

    Attributes:
        oid: Value bytes of the protocol's identifier; the last is the cipher.
        group: A curve or numbers modulo a prime; its elements are handed through untouched.
        secret: Of the password the terminal named.
        static: The chip's own secret key, which one of the mappings proves.
    """

    oid: bytes
    group: Any
    secret: bytes = field(repr=False)
    static: int | None = field(default=None, repr=False)
    scalar: Scalar = random_scalar
    random: Callable[[int], bytes] = os.urandom
    session: Session | None = None
    _step: int = 0
    _nonce: bytes = field(default=b"", repr=False)
    _mapping_key: int = field(default=0, repr=False)
    _generator: Any = field(default=None, repr=False)
    _public: bytes = b""
    _terminal: bytes = b""

    @property
    def _arc(self) -> int:
        return self.oid[-1]

    @property
    def is_done(self) -> bool:
        """Whether terminal and chip have proven themselves."""
        return self._step == 4

    def answer(self, template: bytes) -> bytes:
        """Answer one GENERAL AUTHENTICATE.

        Raises:
            Refusal: The terminal is out of order or does not know the password.
        """
        told = dynamic_data(template)
        map_nonce = self._integrate if self.oid[-2] in INTEGRATED else self._map
        steps = (self._hide_nonce, map_nonce, self._agree, self._prove)
        if self._step >= len(steps):
            raise Refusal(0x6985)
        made = steps[self._step](told)
        self._step += 1
        return obj(0x7C, made)

    def _hide_nonce(self, told: Mapping[int, bytes]) -> bytes:
        if told:
            raise Refusal(0x6A80)
        self._nonce = self.random(32 if self._arc >= 3 else 16)
        return obj(0x80, self._encrypt(password_key(self.secret, self._arc), self._nonce))

    def _map(self, told: Mapping[int, bytes]) -> bytes:
        theirs = self.group.from_bytes(told.get(0x81, b""))
        if theirs is None:
            raise Refusal(0x6A80)
        mine = self._mapping_key = self.scalar(self.group.order)
        carried = self.group.multiply(int.from_bytes(self._nonce, "big"), self.group.generator)
        self._generator = self.group.plus(carried, self.group.multiply(mine, theirs))
        public = self.group.multiply(mine, self.group.generator)
        return obj(0x82, self.group.to_bytes(public))

    def _integrate(self, told: Mapping[int, bytes]) -> bytes:
        """Make the generator of both nonces, with the standard's two constants."""
        size = KEY_BYTES[self._arc]
        theirs = told.get(0x81, b"")
        if len(theirs) != size:
            raise Refusal(0x6A80)
        narrow = "a668892a7c41e3ca739f40b057d85904", "a4e136ac725f738b01c1f60217c188ad"
        wide = (
            "d463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676",
            "54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517",
        )
        c0, c1 = (bytes.fromhex(text) for text in (wide if self._arc >= 3 else narrow))
        blocks, key = [], self._encrypt(theirs, self._nonce)[:size]
        needed = self.group.p.bit_length() + MODULUS_SPARE
        for _ in range(-(-needed // (8 * len(c1)))):
            blocks.append(self._encrypt(key, c1))
            key = self._encrypt(key, c0)[:size]
        number = int.from_bytes(b"".join(blocks), "big") % self.group.p
        self._generator = self.group.encode_number(number)
        return obj(0x82)

    def _agree(self, told: Mapping[int, bytes]) -> bytes:
        theirs = self.group.from_bytes(told.get(0x83, b""))
        if theirs is None:
            raise Refusal(0x6A80)
        mine = self.scalar(self.group.order)
        self._public = self.group.to_bytes(self.group.multiply(mine, self._generator))
        shared = self.group.multiply(mine, theirs)
        self.session = Session.agree(self._arc, self.group.secret(shared))
        self._terminal = told[0x83]
        return obj(0x84, self._public)

    def _prove(self, told: Mapping[int, bytes]) -> bytes:
        session = self.session
        if session is None or told.get(0x85) != self._token(session, self._public):
            self.session = None
            raise Refusal(0x6300)
        made = obj(0x86, self._token(session, self._terminal))
        if self.oid[-2] == CHIP_AUTHENTICATION and self.static is not None:
            made += obj(0x8A, self._own_proof(session, self.static))
        return made

    def _own_proof(self, session: Session, static: int) -> bytes:
        """Return, encrypted, the number that leads from the static key to that of the mapping."""
        order = self.group.order
        number = self._mapping_key * pow(static, -1, order) % order
        shown = number.to_bytes(-(-order.bit_length() // 8), "big")
        vector = aes_cbc(session.enc, b"\0" * 16, b"\xff" * 16)
        return aes_cbc(session.enc, vector, fill(shown, 16))

    def _token(self, session: Session, public: bytes) -> bytes:
        data = obj(0x7F49, obj(0x06, self.oid), obj(self.group.tag, public))
        if self._arc == 1:
            data = fill(data, 8)
        return seal(self._arc, session.mac, data)

    def _encrypt(self, key: bytes, data: bytes) -> bytes:
        return des_cbc(key, data) if self._arc == 1 else aes_cbc(key, b"\0" * 16, data)
