"""Signatures of issuers, checked by ``cryptography`` over what ``asn1crypto`` took apart.

``cryptography`` alone refuses about one issuer certificate in six: curves written out in numbers,
old string types, long serial numbers. So certificates are parsed tolerantly and keys rebuilt.
"""

from __future__ import annotations

import hashlib
from typing import Any

from asn1crypto import algos, keys
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from counter.errors import CardUnreadable
from devices.card.curve_numbers import CURVES

HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303 - old passports; their certificates say so
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_NAMED: dict[str, ec.EllipticCurve] = {
    curve.name.lower(): curve
    for curve in (
        ec.SECP224R1(),
        ec.SECP256R1(),
        ec.SECP384R1(),
        ec.SECP521R1(),
        ec.BrainpoolP256R1(),
        ec.BrainpoolP384R1(),
        ec.BrainpoolP512R1(),
    )
}
PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey


class UnknownScheme(CardUnreadable):
    """A key or signature of a kind this program cannot check."""


class WrongSignature(CardUnreadable):
    """The signature does not belong to the data and the key."""


def load_key(info: keys.PublicKeyInfo) -> PublicKey:
    """Rebuild the public key in a SubjectPublicKeyInfo.

    Raises:
        UnknownScheme: Its algorithm or curve is none that can be used.
    """
    try:
        algorithm = info.algorithm
        if algorithm in {"rsa", "rsassa_pss", "rsaes_oaep"}:
            numbers = info["public_key"].parsed.native
            return rsa.RSAPublicNumbers(numbers["public_exponent"], numbers["modulus"]).public_key()
        if algorithm == "ec":
            curve = _curve(info["algorithm"]["parameters"])
            point = bytes(info["public_key"].native)
            return ec.EllipticCurvePublicKey.from_encoded_point(curve, point)
    except (ValueError, TypeError, KeyError, AttributeError, UnsupportedAlgorithm) as error:
        raise UnknownScheme("public key") from error
    raise UnknownScheme(f"public key of {algorithm}")


def _curve(parameters: keys.ECDomainParameters) -> ec.EllipticCurve:
    chosen = parameters.chosen
    if parameters.name == "named":
        name = chosen.native
        if name not in _NAMED:
            raise UnknownScheme(f"curve {name}")
        return _NAMED[name]
    if parameters.name != "specified":
        raise UnknownScheme("implicit curve")
    p = chosen["field_id"]["parameters"].native
    a = int.from_bytes(chosen["curve"]["a"].native, "big")
    b = int.from_bytes(chosen["curve"]["b"].native, "big")
    base = bytes(chosen["base"].native)
    for known in CURVES:
        # The base point and the order count too: another base makes keys for whoever chose it.
        same = (p, a, b, chosen["order"].native) == (known.p, known.a, known.b, known.n)
        size = known.size
        full = b"\x04" + known.gx.to_bytes(size, "big") + known.gy.to_bytes(size, "big")
        short = bytes((2 + known.gy % 2,)) + known.gx.to_bytes(size, "big")
        if same and base in {full, short}:
            return _NAMED[known.name.lower()]
    raise UnknownScheme("curve written out in numbers")


def verify(
    key: PublicKey,
    how: algos.SignedDigestAlgorithm,
    signature: bytes,
    data: bytes,
    *,
    digest: str | None = None,
) -> None:
    """Check *signature* over *data*.

    Args:
        how: The signature's algorithm with its parameters.
        digest: Hash to use where *how* names none, as a bare ``rsassa_pkcs1v15`` does.

    Raises:
        WrongSignature: It is wrong.
        UnknownScheme: It cannot be checked.
    """
    scheme, name = _scheme(how, digest)
    if name not in HASHES:
        raise UnknownScheme(f"hash {name}")
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            if scheme == "plain":
                signature = _der(signature)
            elif scheme != "ecdsa":
                raise WrongSignature("another kind of key")
            key.verify(signature, data, ec.ECDSA(HASHES[name]))
        elif scheme == "rsassa_pss":
            key.verify(signature, data, _pss(how), HASHES[name])
        elif scheme == "rsassa_pkcs1v15":
            key.verify(signature, data, padding.PKCS1v15(), HASHES[name])
        else:
            raise WrongSignature("another kind of key")
    except InvalidSignature as error:
        raise WrongSignature from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UnknownScheme("signature") from error


_PLAIN_ECDSA = {
    f"0.4.0.127.0.7.1.1.4.1.{arc}": name
    for arc, name in enumerate(("sha1", "sha224", "sha256", "sha384", "sha512"), 1)
}


def _scheme(how: algos.SignedDigestAlgorithm, digest: str | None) -> tuple[str, str | None]:
    oid = how["algorithm"].dotted
    if oid in _PLAIN_ECDSA:
        return "plain", _PLAIN_ECDSA[oid]
    if oid == "1.2.840.10045.2.1":  # a key's identifier where a signature's belongs
        return "ecdsa", digest
    try:
        scheme: str = how.signature_algo
        if scheme == "rsassa_pss":
            return scheme, how["parameters"]["hash_algorithm"]["algorithm"].native
        if how["algorithm"].native == "rsassa_pkcs1v15":
            return scheme, digest
        return scheme, how.hash_algo
    except (ValueError, TypeError, KeyError) as error:
        raise UnknownScheme(f"signature algorithm {oid}") from error


def _pss(how: algos.SignedDigestAlgorithm) -> padding.PSS:
    parameters: Any = how["parameters"]
    mask = parameters["mask_gen_algorithm"]["parameters"]["algorithm"].native
    if mask not in HASHES:
        raise UnknownScheme(f"mask {mask}")
    return padding.PSS(padding.MGF1(HASHES[mask]), parameters["salt_length"].native)


def _der(plain: bytes) -> bytes:
    """Return r and s, written side by side, as a DER sequence."""
    half = len(plain) // 2
    pair = [int.from_bytes(plain[:half], "big"), int.from_bytes(plain[half:], "big")]
    made: bytes = algos.DSASignature({"r": pair[0], "s": pair[1]}).dump()
    return made


def hash_by(name: str, data: bytes) -> bytes:
    """Return the hash called *name* of *data*.

    Raises:
        UnknownScheme: It is none that issuers use.
    """
    if name not in HASHES:
        raise UnknownScheme(f"hash {name}")
    return hashlib.new(name, data, usedforsecurity=True).digest()
