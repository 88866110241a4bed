"""PACE: chip and desk prove to each other that they know the password, and tell nobody.

Source: ICAO Doc 9303-11, 4.4 and 9.4.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from enum import IntEnum

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from counter.errors import CardUnreadable
from devices.card import tlv
from devices.card.apdu import Answer, Channel, Command
from devices.card.bac import AccessDenied
from devices.card.curves import Curve, Draw, Point, draw_scalar, find_curve
from devices.card.keys import FOR_NONCE, CipherKind, Password, derive, session_keys
from devices.card.messaging import TRIPLE_DES, Keys

ID_PACE = bytes.fromhex("04007F0007020204")
"""bsi-de protocols smartcard 4; two arcs follow: mapping and cipher."""


class PaceRefused(CardUnreadable):
    """The chip names a kind of PACE this program does not speak, or refuses its own."""


class Mapping(IntEnum):
    """How the nonce becomes a new generator: the arc before the cipher."""

    DH_GENERIC = 1
    ECDH_GENERIC = 2
    DH_INTEGRATED = 3
    ECDH_INTEGRATED = 4
    ECDH_CHIP_AUTHENTICATION = 6


@dataclass(frozen=True, slots=True)
class PaceInfo:
    """One kind of PACE that a chip offers in EF.CardAccess.

    Attributes:
        oid: The object identifier's value bytes.
        parameter: Number of the standardised domain parameters.
    """

    oid: bytes
    mapping: Mapping
    cipher: CipherKind
    parameter: int


def find_offer(offers: tuple[PaceInfo, ...]) -> PaceInfo | None:
    """Return the first of the chip's *offers* that this program can take."""
    for offer in offers:
        known = offer.mapping is Mapping.ECDH_GENERIC
        if known and find_curve(offer.parameter):
            return offer
    return None


def open_by_pace(
    channel: Channel,
    offer: PaceInfo,
    password: Password,
    *,
    several: bool = False,
    draw: Draw = draw_scalar,
) -> Keys:
    """Run PACE and return the session.

    Args:
        offer: One for which ``find_offer`` is true.
        several: The chip offers several domain parameters, so one must be named.
        draw: Makes the two secret numbers.

    Raises:
        AccessDenied: Chip and desk do not share the password.
        PaceRefused: The chip does not take its own offer.
        CardUnreadable: It answers nothing that can be used.
    """
    curve = find_curve(offer.parameter)
    if curve is None:
        raise PaceRefused("domain parameters")
    _select(channel, offer, password, several=several)
    nonce = _ask_nonce(channel, offer.cipher, password)

    ours = draw(curve.order)
    theirs = curve.decode(
        _step(channel, 0x81, curve.encode(curve.base_times(ours)), answer=0x82, last=False)
    )
    generator = _MappedGenerator(curve, int.from_bytes(nonce, "big"), ours, theirs)

    secret = draw(curve.order)
    public = generator.times(secret)
    chip_public = curve.decode(_step(channel, 0x83, curve.encode(public), answer=0x84, last=False))
    if chip_public == public:
        raise CardUnreadable("the chip gave our own key back")
    keys = session_keys(offer.cipher, curve.shared(secret, chip_public))

    token = authentication_token(offer, keys, curve.encode(chip_public))
    told = _step(channel, 0x85, token, answer=0x86, last=True)
    if not hmac.compare_digest(told, authentication_token(offer, keys, curve.encode(public))):
        raise AccessDenied(0x9000)
    return keys


@dataclass(frozen=True, slots=True)
class _MappedGenerator:
    """The generator s * G + H of generic mapping, never built: G carries what OpenSSL can."""

    curve: Curve
    nonce: int
    ours: int
    theirs: Point

    def times(self, secret: int) -> Point:
        """Return *secret* times the generator: one part over G, one over the chip's point."""
        order = self.curve.order
        over_base = self.curve.base_times(secret * self.nonce % order)
        over_theirs = self.curve.times(secret * self.ours % order, self.theirs)
        return self.curve.add(over_base, over_theirs)


def authentication_token(offer: PaceInfo, keys: Keys, public: bytes) -> bytes:
    """Return the seal over the other side's *public* key that proves the shared secret."""
    text = tlv.write(0x7F49, tlv.write(0x06, offer.oid) + tlv.write(0x86, public))
    if keys.suite is TRIPLE_DES:
        text += b"\x80" + bytes(-(len(text) + 1) % 8)
    return keys.suite.seal(keys.sealing, text)


def _select(channel: Channel, offer: PaceInfo, password: Password, *, several: bool) -> None:
    text = tlv.write(0x80, offer.oid) + tlv.write(0x83, bytes((password.reference,)))
    named = text + tlv.write(0x84, bytes((offer.parameter,)))
    answer = channel.send(Command(0x00, 0x22, 0xC1, 0xA4, data=named if several else text))
    if answer.status in {0x6A80, 0x6A87, 0x6A88} and not several:
        answer = channel.send(Command(0x00, 0x22, 0xC1, 0xA4, data=named))
    # 63Cx is a warning: the password may be tried x times more.
    if not answer.ok and answer.status >> 4 != 0x63C:
        raise PaceRefused(f"MSE:Set AT, status {answer.status:04X}")


def _ask_nonce(channel: Channel, cipher: CipherKind, password: Password) -> bytes:
    hidden = _step(channel, None, b"", answer=0x80, last=False)
    key = derive(cipher, password.secret, FOR_NONCE)
    if not hidden or len(hidden) % cipher.suite.block:
        raise CardUnreadable("nonce length")
    if cipher.suite is TRIPLE_DES:
        return TRIPLE_DES.decrypt(key, b"", hidden)
    opened = Cipher(algorithms.AES(key), modes.CBC(bytes(16))).decryptor()
    return opened.update(hidden) + opened.finalize()


def _step(channel: Channel, tag: int | None, value: bytes, *, answer: int, last: bool) -> bytes:
    data = tlv.write(0x7C, b"" if tag is None else tlv.write(tag, value))
    told = channel.send(Command(0x00 if last else 0x10, 0x86, 0, 0, data=data, le=256))
    _require_step(told, last=last)
    return tlv.get(told.data, 0x7C, answer)


def _require_step(told: Answer, *, last: bool) -> None:
    if told.ok:
        return
    if last and (told.status >> 8 == 0x63 or told.status in {0x6982, 0x6985, 0x6988, 0x6A80}):
        raise AccessDenied(told.status)
    raise CardUnreadable(f"GENERAL AUTHENTICATE, status {told.status:04X}")
