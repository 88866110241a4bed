"""The chip's side of secure messaging, and its key derivation (ICAO Doc 9303-11, 9.7 and 9.8)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives import cmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from devices.card.simulator.ber import Malformed, first, obj, objects

KEY_BYTES = {1: 16, 2: 16, 3: 24, 4: 32}
"""Key length by the last arc of a protocol's identifier: 3DES, AES-128, AES-192, AES-256."""


class Broken(Exception):
    """A protected command is not right; the chip forgets the session."""


def kdf(arc: int, secret: bytes, use: int) -> bytes:
    """Derive a key; *use* is 1 to encrypt, 2 to seal, 3 for the nonce."""
    make = hashlib.sha1 if arc <= 2 else hashlib.sha256
    return make(secret + bytes([0, 0, 0, use])).digest()[: KEY_BYTES[arc]]


def des_cbc(key: bytes, data: bytes, *, decrypt: bool = False) -> bytes:
    """Run two-key triple DES in CBC from a zero vector."""
    cipher = Cipher(TripleDES(key[:16] + key[:8]), modes.CBC(b"\0" * 8))
    run = cipher.decryptor() if decrypt else cipher.encryptor()
    return run.update(data) + run.finalize()


def aes_cbc(key: bytes, iv: bytes, data: bytes, *, decrypt: bool = False) -> bytes:
    """Run AES in CBC."""
    cipher = Cipher(algorithms.AES(key), modes.CBC(iv))
    run = cipher.decryptor() if decrypt else cipher.encryptor()
    return run.update(data) + run.finalize()


def fill(data: bytes, block: int) -> bytes:
    """Append 80 and zeros up to whole blocks."""
    filled = data + b"\x80"
    return filled + b"\0" * (-len(filled) % block)


def des_mac(key: bytes, filled: bytes) -> bytes:
    """Return the MAC that chips call retail: single DES all along, triple at the last block."""
    last = des_cbc(key[:8] * 2, filled)[-8:]
    return des_cbc(key[:8] * 2, des_cbc(key[8:16] * 2, last, decrypt=True))


def seal(arc: int, key: bytes, data: bytes) -> bytes:
    """Return eight bytes of MAC over *data*, which DES wants filled."""
    if arc == 1:
        return des_mac(key, data)
    made = cmac.CMAC(algorithms.AES(key))
    made.update(data)
    return made.finalize()[:8]


@dataclass(frozen=True, slots=True)
class Plain:
    """One command as the chip's files see it.

    Attributes:
        le: Bytes the terminal wants at most; None when it wants none.
    """

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    le: int | None = None


@dataclass(slots=True)
class Session:
    """The keys a terminal and this chip agreed on.

    Attributes:
        arc: 1 for triple DES, 2 to 4 for AES.
        count: The send sequence counter.
    """

    arc: int
    enc: bytes = field(repr=False)
    mac: bytes = field(repr=False)
    count: int = 0

    @classmethod
    def agree(cls, arc: int, secret: bytes, count: int = 0) -> Session:
        """Make the session that a shared secret yields."""
        return cls(arc, kdf(arc, secret, 1), kdf(arc, secret, 2), count)

    @property
    def width(self) -> int:
        """Bytes of a block and of the counter."""
        return 8 if self.arc == 1 else 16

    def open(self, command: Plain) -> Plain:
        """Check and decrypt a protected command.

        Raises:
            Broken: Seal or shape is wrong.
        """
        count = self._next()
        try:
            parts = dict(objects(command.data))
            told = parts.pop(0x8E)
        except (Malformed, KeyError) as error:
            raise Broken from error
        if not parts.keys() <= {0x85, 0x87, 0x97}:
            raise Broken
        head = bytes([command.cla, command.ins, command.p1, command.p2])
        body = command.data[: -len(obj(0x8E, told))]
        filled = fill(head, self.width) + body
        if told != seal(self.arc, self.mac, fill(count + filled, self.width)):
            raise Broken
        hidden = parts.get(0x85)
        if 0x87 in parts:
            if parts[0x87][:1] != b"\x01":
                raise Broken
            hidden = parts[0x87][1:]
        data = b"" if hidden is None else self._decrypt(count, hidden)
        le = None
        if 0x97 in parts:
            wanted = int.from_bytes(parts[0x97], "big")
            le = wanted or 256 ** len(parts[0x97])
        return Plain(command.cla & 0xF3, command.ins, command.p1, command.p2, data, le)

    def close(self, ins: int, data: bytes, status: int) -> bytes:
        """Return the protected answer."""
        count = self._next()
        body = b""
        if data:
            hidden = self._crypt(count, fill(data, self.width))
            body = obj(0x85, hidden) if ins & 1 else obj(0x87, b"\x01", hidden)
        body += obj(0x99, status.to_bytes(2, "big"))
        return body + obj(0x8E, seal(self.arc, self.mac, fill(count + body, self.width)))

    def room(self, answer_bytes: int) -> int:
        """Return how many bytes of data fit into a protected answer of *answer_bytes*."""
        head = 1 + (3 if answer_bytes > 300 else 2) + 1
        blocks = (answer_bytes - 4 - 10 - head) // self.width
        return blocks * self.width - 1

    def _next(self) -> bytes:
        self.count += 1
        return self.count.to_bytes(self.width, "big")

    def _crypt(self, count: bytes, data: bytes) -> bytes:
        if self.arc == 1:
            return des_cbc(self.enc, data)
        return aes_cbc(self.enc, self._iv(count), data)

    def _decrypt(self, count: bytes, data: bytes) -> bytes:
        if not data or len(data) % self.width:
            raise Broken
        if self.arc == 1:
            shown = des_cbc(self.enc, data, decrypt=True)
        else:
            shown = aes_cbc(self.enc, self._iv(count), data, decrypt=True)
        shown = shown.rstrip(b"\0")
        if shown[-1:] != b"\x80":
            raise Broken
        return shown[:-1]

    def _iv(self, count: bytes) -> bytes:
        return aes_cbc(self.enc, b"\0" * 16, count)


def password_key(secret: bytes, arc: int) -> bytes:
    """Return the key that hides the nonce of PACE."""
    return kdf(arc, secret, 3)


def dynamic_data(template: bytes) -> dict[int, bytes]:
    """Return what lies in the 7C template of GENERAL AUTHENTICATE."""
    inner = first(template, 0x7C)
    return {} if inner is None else dict(objects(inner))
