"""How the simulated chip proves itself: its secret keys, and the groups with the public ones."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils

from devices.card.simulator.ber import integer, obj
from devices.card.simulator.weierstrass import BY_PARAMETER, Weierstrass

CA_ECDH_AES_128 = bytes.fromhex("04007F00070202030202")
CA_KEY_ECDH = bytes.fromhex("04007F000702020102")
ACTIVE = bytes.fromhex("678108010105")
PLAIN_ECDSA_SHA256 = bytes.fromhex("04007F00070101040103")
CURVE = 13


@dataclass(frozen=True, slots=True)
class ChipSecrets:
    """The keys that never leave a chip.

    Attributes:
        agreement: Secret number for chip authentication over brainpoolP256r1.
        signing: Key for active authentication.
        oid: Protocol of chip authentication; its last arc is the cipher.
    """

    agreement: int | None = field(repr=False, default=None)
    signing: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | None = field(repr=False, default=None)
    oid: bytes = CA_ECDH_AES_128

    @property
    def curve(self) -> Weierstrass:
        """The curve of chip authentication."""
        return BY_PARAMETER[CURVE]


def secrets_from(words: str) -> ChipSecrets:
    """Return keys that come from *words*, so that an invented card stays the same."""
    curve = BY_PARAMETER[CURVE]
    agreement = _scalar(f"CA {words}", curve.numbers.n)
    signing = ec.derive_private_key(
        _scalar(f"AA {words}", BY_PARAMETER[12].numbers.n), ec.SECP256R1()
    )
    return ChipSecrets(agreement, signing)


def _scalar(words: str, order: int) -> int:
    return int.from_bytes(hashlib.sha512(words.encode("utf-8")).digest(), "big") % (order - 1) + 1


def dg14(keys: ChipSecrets, card_access: bytes) -> bytes:
    """Return data group 14: what EF.CardAccess says, and the public key of chip authentication."""
    entries = _entries(card_access)
    if keys.agreement is not None:
        point = keys.curve.multiply(keys.agreement, keys.curve.generator)
        public = ec.EllipticCurvePublicNumbers(*point, ec.BrainpoolP256R1()).public_key()
        entries.append(obj(0x30, obj(0x06, CA_KEY_ECDH), _spki(public)))
        entries.append(obj(0x30, obj(0x06, keys.oid), integer(1)))
    if isinstance(keys.signing, ec.EllipticCurvePrivateKey):
        how = obj(0x06, PLAIN_ECDSA_SHA256)
        entries.append(obj(0x30, obj(0x06, ACTIVE), integer(1), how))
    return obj(0x6E, obj(0x31, *entries))


def _entries(card_access: bytes) -> list[bytes]:
    """Return the entries of EF.CardAccess but its own word on chip authentication."""
    rest, found = card_access[2:], []
    while rest:
        size = 2 + rest[1]
        found.append(rest[:size])
        rest = rest[size:]
    return [entry for entry in found if CA_ECDH_AES_128 not in entry]


def dg15(keys: ChipSecrets) -> bytes | None:
    """Return data group 15: the public key of active authentication."""
    return obj(0x6F, _spki(keys.signing.public_key())) if keys.signing else None


def _spki(key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def sign(keys: ChipSecrets, nonce: bytes, fresh: bytes) -> bytes | None:
    """Return the signature of active authentication; None for a chip without the key.

    Args:
        fresh: Random bytes for the recoverable part, at least as many as the modulus has.
    """
    if isinstance(keys.signing, ec.EllipticCurvePrivateKey):
        made = keys.signing.sign(nonce, ec.ECDSA(hashes.SHA256()))
        size = (keys.signing.key_size + 7) // 8
        return b"".join(n.to_bytes(size, "big") for n in utils.decode_dss_signature(made))
    if keys.signing is None:
        return None
    numbers = keys.signing.private_numbers()
    modulus = numbers.public_numbers.n
    size = (modulus.bit_length() + 7) // 8
    recoverable = fresh[: size - 1 - 32 - 2]
    digest = hashlib.sha256(recoverable + nonce).digest()
    message = b"\x6a" + recoverable + digest + b"\x34\xcc"
    return pow(int.from_bytes(message, "big"), numbers.d, modulus).to_bytes(size, "big")
