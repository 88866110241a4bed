"""Passwords and PINs of officers: what is good enough, and how they are kept and compared.

Kept with Argon2id (RFC 9106), three passes over 64 MiB in four lanes, each with its own salt.
"""

from __future__ import annotations

import hmac
import itertools
import os
import re

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from counter.errors import WeakPassword
from counter.values import fold, nfc

ITERATIONS, LANES, MEMORY_KIB = 3, 4, 64 * 1024
SHORTEST, LONGEST = 8, 128
SHORTEST_PIN = 6

_COMMON = """
    12345678 123456789 1234567890 87654321 11111111 00000000 88888888 66668888 68686868
    password password1 passw0rd qwertyui qwerty123 1q2w3e4r iloveyou abc12345 abcd1234 admin123
    adminadmin administrator matkhau1 matkhau123 matkhau@123 anhyeuem emyeuanh vietnam1
    vietnam123 hanoi123 saigon123 motcua123 motcua@123 quaymotcua canbo123 canbo@123 ubndxa123
    tiepnhan hanhchinh congchuc trungtam hosocong dichvucong 0123456789 0987654321 aa123456
    a1234567 123456aa 123456abc abc123456 qwertyuiop asdfghjk zxcvbnm1 1qaz2wsx letmein1
    welcome1 football superman khongnho khongbiet hoilamgi maimaimai tinhyeu1 giadinh1 conyeume
    mothaiba motcuaxa
"""

COMMON = frozenset(_COMMON.split())
"""Passwords tried first; compared without accents, spaces and case."""


def check_new(password: str) -> None:
    """Check a new password or PIN.

    A password has eight characters or more and no rule about which; one of digits only is a PIN
    of six or more that neither repeats one digit nor counts up or down.

    Raises:
        WeakPassword: It is too short, too long, or among the first that anybody would try.
    """
    text = nfc(password)
    plain = re.sub(r"\s", "", fold(text))
    if text.isascii() and text.isdigit():
        steps = {int(b) - int(a) for a, b in itertools.pairwise(text)}
        weak = len(text) < SHORTEST_PIN or steps in ({0}, {1}, {-1})
    else:
        weak = len(text) < SHORTEST or len(set(plain)) < 4
    if weak or len(text) > LONGEST or plain in COMMON:
        raise WeakPassword


def keep(password: str) -> str:
    """Return what is kept of a password: an Argon2id string with its own salt."""
    return _argon2(os.urandom(16)).derive_phc_encoded(nfc(password).encode())


def holds(password: str, kept: str) -> bool:
    """Tell whether *password* is the one that was kept; takes as long either way."""
    try:
        Argon2id.verify_phc_encoded(nfc(password).encode(), kept)
    except InvalidKey:
        return False
    return True


def digest_of_card(number: str, secret: bytes) -> str:
    """Return what is kept of an officer's own card number (HMAC-SHA256, RFC 2104)."""
    return hmac.new(secret, f"officer card {number}".encode(), "sha256").hexdigest()


NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA"
    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)
"""Compared with when no such account exists, so that its absence cannot be timed."""


def _argon2(salt: bytes) -> Argon2id:
    return Argon2id(
        salt=salt, length=32, iterations=ITERATIONS, lanes=LANES, memory_cost=MEMORY_KIB
    )
