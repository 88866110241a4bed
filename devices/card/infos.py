"""What a chip can do, as EF.CardAccess and data group 14 list it (ICAO Doc 9303-11, 9.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from asn1crypto import keys
from cryptography.hazmat.primitives.asymmetric import ec

from devices.card import tlv
from devices.card.curves import find_curve
from devices.card.keys import CipherKind
from devices.card.pace import ID_PACE, Mapping, PaceInfo
from devices.card.signatures import UnknownScheme, load_key
from devices.card.signed import parsing

_BSI = bytes.fromhex("04007F000702")
ID_CA_KEY_ECDH = _BSI + bytes.fromhex("020102")
ID_CA_ECDH = _BSI + bytes.fromhex("020302")
"""One arc follows: the cipher."""
ID_STANDARDIZED = bytes.fromhex("04007F00070102")
ID_ACTIVE = bytes.fromhex("678108010105")
_PLAIN_ECDSA = bytes.fromhex("04007F000701010401")
_PLAIN_HASHES = {1: "sha1", 2: "sha224", 3: "sha256", 4: "sha384", 5: "sha512"}


@dataclass(frozen=True, slots=True)
class ChipKey:
    """A key the chip can prove to have by chip authentication.

    Attributes:
        oid: Value bytes of the protocol; its last arc is the cipher.
        key_id: The number the chip gave it; None when it has only one.
    """

    oid: bytes
    cipher: CipherKind
    key_id: int | None
    public: ec.EllipticCurvePublicKey = field(repr=False)


def infos(listed: bytes) -> Iterator[tuple[bytes, list[tlv.Tlv]]]:
    """Yield identifier and further parts of each entry in a SET of SecurityInfo."""
    for info in tlv.read(listed).children:
        parts = info.children if info.tag == 0x30 else []
        if parts and parts[0].tag == 0x06:
            yield parts[0].value, parts[1:]


def pace_offers(card_access: bytes) -> tuple[PaceInfo, ...]:
    """Return the kinds of PACE in EF.CardAccess, in the chip's order."""
    offers = []
    for oid, parts in infos(card_access):
        if not (oid.startswith(ID_PACE) and len(oid) == len(ID_PACE) + 2 and len(parts) >= 2):
            continue
        try:
            kind = Mapping(oid[-2]), CipherKind(oid[-1])
        except ValueError:
            continue  # a kind of a later standard
        offers.append(PaceInfo(oid, *kind, parameter=_number(parts[1])))
    return tuple(offers)


def also_offered(dg14: bytes | None) -> tuple[PaceInfo, ...]:
    """Return the kinds of PACE in data group 14, which the issuer signed; EF.CardAccess is not."""
    try:
        return pace_offers(tlv.get(dg14, 0x6E)) if dg14 else ()
    except tlv.BadTlv:
        return ()


def chip_keys(dg14: bytes) -> tuple[ChipKey, ...]:
    """Return the keys of data group 14 that this program can ask for.

    Raises:
        CardUnreadable: It is no such group.
    """
    listed = tlv.get(dg14, 0x6E)
    protocols: dict[int | None, bytes] = {}
    publics: dict[int | None, ec.EllipticCurvePublicKey] = {}
    for oid, parts in infos(listed):
        if oid.startswith(ID_CA_ECDH) and len(oid) == len(ID_CA_ECDH) + 1:
            protocols[_number(parts[1]) if len(parts) > 1 else None] = oid
        elif oid == ID_CA_KEY_ECDH and parts:
            public = _find_key(parts[0])
            if public:
                publics[_number(parts[1]) if len(parts) > 1 else None] = public
    if not protocols and publics:
        # Chips of the first years name a key and no protocol; it is then triple DES.
        protocols = dict.fromkeys(publics, ID_CA_ECDH + b"\x01")
    return tuple(
        ChipKey(oid, CipherKind(oid[-1]), key_id, publics[key_id])
        for key_id, oid in protocols.items()
        if key_id in publics and oid[-1] in set(CipherKind)
    )


def active_hash(dg14: bytes | None) -> str | None:
    """Return the hash that data group 14 names for active authentication with ECDSA."""
    for oid, parts in infos(tlv.get(dg14, 0x6E)) if dg14 else ():
        if oid == ID_ACTIVE and len(parts) > 1 and parts[1].value[:-1] == _PLAIN_ECDSA:
            return _PLAIN_HASHES.get(parts[1].value[-1])
    return None


def _find_key(spki: tlv.Tlv) -> ec.EllipticCurvePublicKey | None:
    """Return the public key in a SubjectPublicKeyInfo; None for a curve OpenSSL does not have."""
    parts = spki.children
    algorithm = parts[0].children if parts else []
    if len(parts) == 2 and len(algorithm) == 2 and algorithm[0].value == ID_STANDARDIZED:
        curve = find_curve(_number(algorithm[1]))
        return curve.public_key(curve.decode(parts[1].value[1:])) if curve else None
    try:
        with parsing():
            found = load_key(keys.PublicKeyInfo.load(tlv.write(spki.tag, spki.value)))
    except UnknownScheme:
        return None
    return found if isinstance(found, ec.EllipticCurvePublicKey) else None


def _number(node: tlv.Tlv) -> int:
    return int.from_bytes(node.value, "big")
