"""How a chip proves to be the one the issuer made, and no copy of its files.

Chip authentication agrees on a new session with a key only the chip can know; active
authentication signs eight bytes that were never seen before. Both count only when the issuer's
signature covers the public key (``devices/card/authentic.py``).

Source: ICAO Doc 9303-11, 6.1 and 6.2.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable

from asn1crypto import algos, keys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from counter.errors import CardUnreadable
from devices.card import tlv
from devices.card.apdu import Answer, Command
from devices.card.curves import Point
from devices.card.infos import ChipKey
from devices.card.keys import CipherKind, session_keys
from devices.card.messaging import SecureChannel
from devices.card.pace import MappingProof
from devices.card.signatures import HASHES, UnknownScheme, load_key
from devices.card.signed import parsing

TRAILERS = {0x33: "sha1", 0x34: "sha256", 0x35: "sha512", 0x36: "sha384", 0x38: "sha224"}
"""Hash by the byte before a trailer of CC (ISO/IEC 10118); BC alone means SHA-1."""
NONCE = 8
SHORTEST_MESSAGE = 64

RandomBytes = Callable[[int], bytes]


class ProofRefused(CardUnreadable):
    """The chip does not carry out the proof it announced; nothing is proven either way."""


class ProofFailed(CardUnreadable):
    """The chip does not have the key: it is a copy."""


# Chip authentication


def authenticate_chip(channel: SecureChannel, key: ChipKey) -> None:
    """Agree with the chip on new session keys; *channel* goes on with them.

    Only the next good answer proves the chip: ``channel.is_proven`` is then true.

    Raises:
        ProofRefused: The chip does not take its own key.
    """
    ours = ec.generate_private_key(key.public.curve)
    public = ours.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    key_id = b"" if key.key_id is None else tlv.write(0x84, _digits(key.key_id))
    if key.cipher is CipherKind.TRIPLE_DES:
        data = tlv.write(0x91, public) + key_id
        _require(channel.send(Command(0x00, 0x22, 0x41, 0xA6, data=data)), "MSE:Set KAT")
    else:
        data = tlv.write(0x80, key.oid) + key_id
        _require(channel.send(Command(0x00, 0x22, 0x41, 0xA4, data=data)), "MSE:Set AT")
        template = tlv.write(0x7C, tlv.write(0x80, public))
        answer = channel.send(Command(0x00, 0x86, 0, 0, data=template, le=256))
        _require(answer, "GENERAL AUTHENTICATE")
    secret = ours.exchange(ec.ECDH(), key.public)
    channel.rekey(session_keys(key.cipher, secret))


def _require(answer: Answer, what: str) -> None:
    if not answer.ok:
        raise ProofRefused(f"{what}, status {answer.status:04X}")


def _digits(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8 or 1, "big")


def prove_by_mapping(proof: MappingProof, offered: tuple[ChipKey, ...]) -> None:
    """Check what opening the chip told against the keys it is said to have.

    Raises:
        ProofFailed: It has none of them.
        ProofRefused: None of them is on the curve it was opened with.
    """
    numbers = [key.public.public_numbers() for key in offered]
    same = [n for n in numbers if n.curve.name == proof.curve.openssl.name]
    if not same:
        raise ProofRefused("a key on another curve")
    if not any(proof.is_of(Point(n.x, n.y)) for n in same):
        raise ProofFailed("chip authentication mapping")


# Active authentication


def authenticate_actively(
    channel: SecureChannel,
    dg15: bytes,
    *,
    digest: str | None,
    long_answers: bool,
    random: RandomBytes = secrets.token_bytes,
) -> None:
    """Let the chip sign fresh random bytes and check them against the key of data group 15.

    Args:
        digest: Hash that data group 14 names for ECDSA; None when it names none.
        long_answers: Card and reader carry answers of more than 256 bytes.

    Raises:
        ProofFailed: The signature is wrong.
        ProofRefused: The chip does not sign, or with a kind of key that cannot be checked.
    """
    nonce = random(NONCE)
    command = Command(0x00, 0x88, 0, 0, data=nonce, le=256, extended=long_answers)
    answer = channel.send(command)
    _require(answer, "INTERNAL AUTHENTICATE")
    verify_active(dg15, nonce, answer.data, digest=digest)


def verify_active(dg15: bytes, nonce: bytes, signature: bytes, *, digest: str | None) -> None:
    """Check what a chip signed.

    Raises:
        ProofFailed: It is wrong.
        ProofRefused: The key is of a kind that cannot be checked.
    """
    try:
        with parsing():
            key = load_key(keys.PublicKeyInfo.load(tlv.get(dg15, 0x6F)))
    except UnknownScheme as error:
        raise ProofRefused("kind of key") from error
    if isinstance(key, rsa.RSAPublicKey):
        numbers = key.public_numbers()
        recovered = pow(int.from_bytes(signature, "big"), numbers.e, numbers.n)
        if recovered & 0xF != 0xC:  # the signer may give the smaller of s and n - s
            recovered = numbers.n - recovered
        verify_recovered(recovered.to_bytes((key.key_size + 7) // 8, "big"), nonce)
    else:
        _verify_ecdsa(key, nonce, signature, digest)


def verify_recovered(message: bytes, nonce: bytes) -> None:
    """Check the recovered message of ISO/IEC 9796-2, scheme 1: 6A, M1, hash of M1 and nonce.

    Raises:
        ProofFailed: It has another shape or another hash.
    """
    if len(message) < SHORTEST_MESSAGE:
        raise ProofFailed("length of the recovered message")
    name = "sha1" if message[-1:] == b"\xbc" else TRAILERS.get(message[-2], "")
    tail = 1 if message[-1:] == b"\xbc" else 2
    if not name or message[0] != 0x6A or (tail == 2 and message[-1] != 0xCC):
        raise ProofFailed("shape of the recovered message")
    size = HASHES[name].digest_size
    first, told = message[1 : -tail - size], message[-tail - size : -tail]
    made = hashlib.new(name, first + nonce).digest()
    if len(told) != size or not hmac.compare_digest(made, told):
        raise ProofFailed("hash of the recovered message")


def _verify_ecdsa(
    key: ec.EllipticCurvePublicKey, nonce: bytes, signature: bytes, digest: str | None
) -> None:
    half = len(signature) // 2
    if len(signature) == 2 * ((key.key_size + 7) // 8):
        r, s = (int.from_bytes(part, "big") for part in (signature[:half], signature[half:]))
        signature = algos.DSASignature({"r": r, "s": s}).dump()
    # Chips whose data group 14 names no hash use one as long as the key, or SHA-1 in old ones.
    by_size = "sha256" if key.key_size <= 256 else "sha384" if key.key_size <= 384 else "sha512"
    for name in (digest,) if digest else (by_size, "sha256", "sha1"):
        try:
            key.verify(signature, nonce, ec.ECDSA(HASHES[name]))
        except InvalidSignature:
            continue
        return
    raise ProofFailed("ECDSA signature")
