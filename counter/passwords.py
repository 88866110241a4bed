"""Passwords and PINs of officers: what is good enough, and how they are kept and compared.

Kept with Argon2id (RFC 9106), three passes over 64 MiB in four lanes, each with its own salt.
"""

from __future__ import annotations

import hmac
import itertools
import os
import re
from functools import cache

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from counter.errors import WeakPassphrase, WeakPassword
from counter.values import fold, nfc

ITERATIONS, LANES, MEMORY_KIB = 3, 4, 64 * 1024
SHORTEST, LONGEST = 8, 128
SHORTEST_PIN = 6
SHORTEST_PASSPHRASE = 12

_WORDS = """
    password passwd pass passcode secret login admin administrator root user guest test demo welcome
    hello master letmein iloveyou love lovely baby angel princess sunshine dragon monkey shadow
    superman batman football soccer computer internet windows google facebook zalo youtube tiktok
    samsung iphone nokia honda yamaha toyota mercedes chelsea arsenal liverpool barcelona manchester
    ronaldo messi pokemon naruto doraemon summer winter spring autumn monday friday sunday
    matkhau matma khoa mokhoa dangnhap taikhoan quantri quantrivien nguoidung canbo congchuc
    vienchuc nhanvien truongphong giamdoc chutich bithu uyban ubnd ubndxa xa phuong huyen
    tinh thanhpho motcua quaymotcua trungtam hanhchinh hanhchinhcong dichvucong
    hoso hosocong tiepnhan traketqua
    bophan vanphong vanthu hotich tuphap diachinh congan canuoc cancuoc cccd chungthuc khaisinh
    vietnam hanoi saigon tphcm hcm danang haiphong cantho hue dalat nhatrang vungtau quangninh
    laocai yenbai sapa hagiang caobang langson thainguyen nghean thanhhoa binhduong dongnai
    nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly
    anh em toi minh hung dung tuan long nam son hai lan hoa huong linh mai nga thao trang thu ha
    hien nhung phuong thuy van yen quan khanh bao duy dat tien thanh trung hieu nghia kien cuong
    yeu anhyeu anhyeuem emyeuanh yeuem yeuanh conyeu conyeume meyeu bome giadinh vo chong contrai
    congai tinhyeu maimai hanhphuc thanhcong maymatroi cuocsong binhan yenbinh phatloc phattai
    tailoc bacho hochiminh dang doanthanhnien cachmang hoabinh doclap tudo viet quehuong datnuoc
    khongnho khongbiet khongcomatkhau hoilamgi quenmatkhau chaoban xinchao abc abcd xyz
    mot hai ba bon nam sau bay tam chin muoi mothaiba mothaibabon
"""
"""What people make passwords of, in English and in Vietnamese without accents; written by us."""

_WALKS = (
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb", "1q2w3e4r5t6y7u8i9o0p", "abcdefghijklmnopqrstuvwxyz",
    "q1w2e3r4t5y6u7i8o9p0", "aqswdefrgthyjukilo", "!@#$%^&*()",
)  # fmt: skip
"""Ways a finger walks over the keys."""

_LEET = str.maketrans("@4031!5$7+8", "aaoeiisst" + "tb")
_DATE = re.compile(r"(0?[1-9]|[12]\d|3[01])(0?[1-9]|1[0-2])((19|20)\d\d|\d\d)|(19|20)\d\d")
_PHONE = re.compile(r"(84|0)[35789]\d{8}")
_LUCKY = re.compile(r"(68|86|79|39|88|99|66|77|69|96)+")
_AROUND = "0123456789!@#$%^&*._-+"
FEWEST_FREE_SIGNS = 5
"""Signs that must be left when everything easy to guess was taken away."""


@cache
def common_words() -> frozenset[str]:
    """Return the words that stand for nothing in a password."""
    return frozenset(_WORDS.split())


def check_new(password: str, *, told: tuple[str, ...] = ()) -> None:
    """Check a new password or PIN.

    A password has eight characters or more and no rule about which; one of digits only is a PIN
    of six or more. What anybody tries first is refused by rules and not by a copied list: common
    words of both languages with what people add to them (years, dates, 123, @), walks over the
    keys, repeated pieces, telephone numbers, lucky numbers, and what is known of the officer.

    Args:
        told: What everybody knows of whom it is for: sign-in name, full name.

    Raises:
        WeakPassword: It is too short, too long, or among the first that anybody would try.
    """
    text = nfc(password)
    if len(text) > LONGEST or is_guessable(text, told):
        raise WeakPassword


def check_new_passphrase(passphrase: str) -> None:
    """Check a new passphrase of the desk's database: a good password of twelve signs or more.

    Spaces around it count for nothing, as they open nothing.

    Raises:
        WeakPassphrase: It is too short, too long, or among the first that anybody would try.
    """
    try:
        check_new(passphrase.strip())
    except WeakPassword as error:
        raise WeakPassphrase from error
    if len(nfc(passphrase.strip())) < SHORTEST_PASSPHRASE:
        raise WeakPassphrase


def is_guessable(text: str, told: tuple[str, ...] = ()) -> bool:
    """Tell whether *text* is among what is tried first."""
    plain = re.sub(r"\s", "", fold(text))
    if text.isascii() and text.isdigit():
        return _is_weak_pin(text)
    if len(text) < SHORTEST or len(set(plain)) < 4 or _is_repeated(plain):
        return True
    known = {word for one in told for word in re.split(r"[^a-z0-9]+", fold(one)) if len(word) > 2}
    spelled = {plain, plain.strip(_AROUND).translate(_LEET)}
    return any(
        _free_signs(one, known) < FEWEST_FREE_SIGNS or _is_made_of_words(one, known)
        for one in spelled
    )


def _is_weak_pin(text: str) -> bool:
    if len(text) < SHORTEST_PIN:
        return True
    steps = {(int(b) - int(a)) % 10 for a, b in itertools.pairwise(text)}
    return (
        len(steps) == 1
        or len(set(text)) < 3
        or _is_repeated(text)
        or bool(_DATE.fullmatch(text) or _PHONE.fullmatch(text) or _LUCKY.fullmatch(text))
        or any(_is_walk(text, walk) for walk in _WALKS)
    )


def _is_repeated(text: str) -> bool:
    return len(text) > 1 and text in (text + text)[1:-1]


def _is_walk(text: str, walk: str) -> bool:
    return text in walk or text in walk[::-1]


def _free_signs(text: str, known: set[str]) -> int:
    """Return how many signs of *text* are left without words, walks, dates and digits in a row."""
    left = re.sub(r"[\W_]+", " ", text)
    for pattern in (_PHONE, _DATE, _LUCKY):
        left = pattern.sub(" ", left)
    for word in sorted({*common_words(), *known}, key=len, reverse=True):
        if len(word) > 3 or word in known:
            left = left.replace(word, " ")
    for length in range(6, 2, -1):
        for start in range(max(len(left) - length + 1, 0)):
            piece = left[start : start + length]
            if len(piece) == length and any(_is_walk(piece, walk) for walk in _WALKS):
                left = left.replace(piece, " " * length)
    left = re.sub(r"\d{1,4}(?=\s|$)|(?:(?<=\s)|^)\d{1,4}", " ", left)
    return len(left.replace(" ", ""))


def _is_made_of_words(text: str, known: set[str]) -> bool:
    """Tell whether it is one or two common words with at most four digits or signs around."""
    core = text.strip(_AROUND)
    if len(text) - len(core) > 4 and len(core) > 5:
        return core in common_words() or core in known
    words = common_words() | known
    return core in words or any(
        core[:cut] in words and core[cut:] in words for cut in range(1, len(core))
    )


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


def digest_of_card(number: str, chip_key: str, secret: bytes) -> str:
    """Return what is kept of an officer's own card (HMAC-SHA256, RFC 2104).

    The chip's key is in it, so that another card of the same number is another card.
    """
    told = f"officer card {number} {chip_key}"
    return hmac.new(secret, told.encode(), "sha256").hexdigest()


NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$AAAAAAAAAAAAAAAAAAAAAA"
    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)
"""Compared with when no such account exists, so that its absence cannot be timed."""


def _argon2(salt: bytes) -> Argon2id:
    return Argon2id(
        salt=salt, length=32, iterations=ITERATIONS, lanes=LANES, memory_cost=MEMORY_KIB
    )
