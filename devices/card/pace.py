"""PACE: chip and desk prove to each other that they know the password, and tell nobody.

Source: ICAO Doc 9303-11, 4.4 and 9.4.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Generic

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from counter.errors import CardUnreadable
from devices.card import tlv
from devices.card.apdu import Answer, Channel, Command
from devices.card.bac import AccessDenied, RandomBytes
from devices.card.curves import Curve, Draw, Point, draw_scalar, find_curve
from devices.card.keys import FOR_NONCE, CipherKind, Password, derive, key_bytes, session_keys
from devices.card.mappings import Element, Group, random_number
from devices.card.messaging import TRIPLE_DES, Keys, pad, unpad
from devices.card.modp import ModpGroup, find_group

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

    @property
    def group(self) -> Curve | ModpGroup | None:
        """The group it runs in; None for one this program does not have."""
        if self.mapping in {Mapping.DH_GENERIC, Mapping.DH_INTEGRATED}:
            return find_group(self.parameter)
        return find_curve(self.parameter)


@dataclass(frozen=True, slots=True)
class MappingProof:
    """What a chip told while opening, from which its own key can be proven (chip auth. mapping).

    Attributes:
        mapped: Its public key of the mapping.
        scalar: The number it gave encrypted; times its static key it makes ``mapped``.
    """

    curve: Curve
    mapped: Point
    scalar: int = field(repr=False)

    def is_of(self, static: Point) -> bool:
        """Say whether the chip has the secret key of *static*."""
        return self.curve.times(self.scalar, static) == self.mapped


@dataclass(frozen=True, slots=True)
class Opened:
    """What PACE yields: the session, and with some chips the proof of its own key."""

    keys: Keys
    proof: MappingProof | None = None


def find_offer(offers: tuple[PaceInfo, ...]) -> PaceInfo | None:
    """Return the first of the chip's *offers* that this program can take.

    Curves come before numbers modulo a prime, and a mapping that proves the chip before others.
    """
    known = [offer for offer in offers if offer.group is not None]
    known.sort(key=lambda offer: isinstance(offer.group, ModpGroup))
    proving = [o for o in known if o.mapping is Mapping.ECDH_CHIP_AUTHENTICATION]
    return next(iter(proving + known), None)


def open_by_pace(
    channel: Channel,
    offer: PaceInfo,
    password: Password,
    *,
    several: bool = False,
    draw: Draw = draw_scalar,
    random: RandomBytes = secrets.token_bytes,
) -> Opened:
    """Run PACE and return the session.

    Args:
        offer: One that ``find_offer`` gave.
        several: The chip offers several domain parameters, so one must be named.
        draw: Makes the secret numbers.
        random: Makes the nonce of integrated mapping.

    Raises:
        AccessDenied: Chip and desk do not share the password.
        PaceRefused: The chip does not take its own offer.
        CardUnreadable: It answers nothing that can be used.
    """
    group = offer.group
    if group is None:
        raise PaceRefused("domain parameters")
    _select(channel, offer, password, several=several)
    nonce = _ask_nonce(channel, offer.cipher, password)
    if isinstance(group, ModpGroup):
        return Opened(_Run(channel, offer, group, draw, random).finish(nonce).keys)
    agreed = _Run(channel, offer, group, draw, random).finish(nonce)
    if offer.mapping is Mapping.ECDH_CHIP_AUTHENTICATION:
        return Opened(agreed.keys, _mapping_proof(group, agreed))
    return Opened(agreed.keys)


@dataclass(frozen=True, slots=True)
class _Agreed(Generic[Element]):
    """What a finished run leaves.

    Attributes:
        answer: The chip's last word: its token, and with some chips more.
        mapped: Its public key of the mapping; integrated mapping has none.
    """

    keys: Keys
    answer: bytes
    mapped: Element | None


def _mapping_proof(curve: Curve, agreed: _Agreed[Point]) -> MappingProof:
    hidden = tlv.get(agreed.answer, 0x8A)
    if agreed.mapped is None or not hidden or len(hidden) % 16:
        raise CardUnreadable("chip authentication mapping")
    keys = agreed.keys
    counter = b"\xff" * 16  # the vector of this one message is made of minus one
    shown = unpad(keys.suite.decrypt(keys.encryption, counter, hidden))
    return MappingProof(curve, agreed.mapped, int.from_bytes(shown, "big"))


@dataclass(frozen=True, slots=True)
class _Run(Generic[Element]):
    """One run in one group, from the nonce on."""

    channel: Channel
    offer: PaceInfo
    group: Group[Element]
    draw: Draw
    random: RandomBytes

    def finish(self, nonce: bytes) -> _Agreed[Element]:
        """Map, agree and prove."""
        group = self.group
        times, mapped = self._map(nonce)
        secret = self.draw(group.order)
        public = times(secret)
        sent = group.encode(public)
        told = group.decode(_step(self.channel, 0x83, sent, answer=0x84))
        if told == public:
            raise CardUnreadable("the chip gave our own key back")
        keys = session_keys(self.offer.cipher, group.shared(secret, told))
        token = self.token(keys, told)
        answer = _last_step(self.channel, token)
        if not hmac.compare_digest(tlv.get(answer, 0x86), self.token(keys, public)):
            raise AccessDenied(0x9000)
        return _Agreed(keys, answer, mapped)

    def _map(self, nonce: bytes) -> tuple[Callable[[int], Element], Element | None]:
        """Return how to multiply the mapped generator, and the chip's public key of the mapping."""
        group, order = self.group, self.group.order
        if self.offer.mapping in {Mapping.DH_INTEGRATED, Mapping.ECDH_INTEGRATED}:
            ours = self.random(key_bytes(self.offer.cipher))
            _step(self.channel, 0x81, ours, answer=0x82)
            number = random_number(self.offer.cipher, nonce, ours, group.modulus)
            generator = group.from_random(number)
            return lambda secret: group.times(secret, generator), None
        mine = self.draw(order)
        sent = group.encode(group.base_times(mine))
        theirs = group.decode(_step(self.channel, 0x81, sent, answer=0x82))
        number = int.from_bytes(nonce, "big")

        def times(secret: int) -> Element:
            # The generator s * G + H is never built: G carries what OpenSSL can do by itself.
            over_base = group.base_times(secret * number % order)
            return group.add(over_base, group.times(secret * mine % order, theirs))

        return times, theirs

    def token(self, keys: Keys, public: Element) -> bytes:
        """Return the seal over the other side's *public* key that proves the shared secret."""
        shown = tlv.write(self.group.public_tag, self.group.encode(public))
        text = tlv.write(0x7F49, tlv.write(0x06, self.offer.oid) + shown)
        if keys.suite is TRIPLE_DES:
            text = pad(text, 8)
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
    hidden = _step(channel, None, b"", answer=0x80)
    key = derive(cipher, password.secret, FOR_NONCE)
    if not hidden or len(hidden) % cipher.suite.block:
        raise CardUnreadable("nonce length")
    if cipher.suite is TRIPLE_DES:
        return TRIPLE_DES.decrypt(key, b"", hidden)
    opened = Cipher(algorithms.AES(key), modes.CBC(bytes(16))).decryptor()
    return opened.update(hidden) + opened.finalize()


def _step(channel: Channel, tag: int | None, value: bytes, *, answer: int) -> bytes:
    data = tlv.write(0x7C, b"" if tag is None else tlv.write(tag, value))
    told = channel.send(Command(0x10, 0x86, 0, 0, data=data, le=256))
    return tlv.get(_require(told), 0x7C, answer)


def _last_step(channel: Channel, token: bytes) -> bytes:
    """Send our *token*; return what the chip answers with its own."""
    data = tlv.write(0x7C, tlv.write(0x85, token))
    told = channel.send(Command(0x00, 0x86, 0, 0, data=data, le=256))
    if told.status >> 8 == 0x63 or told.status in {0x6982, 0x6985, 0x6988, 0x6A80}:
        raise AccessDenied(told.status)
    return tlv.get(_require(told), 0x7C)


def _require(told: Answer) -> bytes:
    if not told.ok:
        raise CardUnreadable(f"GENERAL AUTHENTICATE, status {told.status:04X}")
    return told.data
