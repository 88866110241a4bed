"""Money at the desk: amounts in figures and in words, and what a fee comes to.

Everything is whole đồng in integers: rates, counts and caps are whole, so every sum is. Only the
price online, a percentage of the one at the desk, is rounded: down to a whole đồng for each unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from counter.errors import BadAmount
from counter.procedures import Fee
from counter.values import Dong

LARGEST = 10**15
"""Amounts from here on are mistakes: a thousand million million đồng."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def written(amount: Dong) -> str:
    """``1.250.000 đ``.

    Raises:
        BadAmount: It is negative or too large.
    """
    return f"{_sound(amount):,} đ".replace(",", ".")


def read_amount(text: str) -> Dong:
    """Read an amount as officers type it: ``1250000``, ``1.250.000``, with or without ``đ``.

    Raises:
        BadAmount: It is no whole number of đồng, or dots do not part thousands.
    """
    match = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+) ?(?:đ|đồng)?", text.strip().lower())
    if match is None:
        raise BadAmount
    return _sound(Dong(int(match[1].replace(".", ""))))


def in_words(amount: Dong) -> str:
    """``một triệu hai trăm năm mươi nghìn đồng chẵn``, as receipts write it.

    "chẵn" closes an amount of whole thousands, so that no figure can be added.

    Raises:
        BadAmount: It is negative or too large.
    """
    words = number_in_words(_sound(amount))
    return f"{words} đồng chẵn" if amount and amount % 1000 == 0 else f"{words} đồng"


def number_in_words(number: int) -> str:
    """Read a whole number from 0 to 10^15 as Vietnamese does.

    Ones after tens are "mốt", "tư", "lăm" (21, 24, 25; but 11, 14 and "lăm" in 15); missing tens
    are "linh", missing hundreds below a larger group "không trăm".
    """
    if number == 0:
        return _DIGITS[0]
    billions, below = divmod(number, 10**9)
    words = [f"{number_in_words(billions)} tỷ"] if billions else []
    for place, name in enumerate(("triệu", "nghìn", "")):
        group = below // 1000 ** (2 - place) % 1000
        if group:
            words.append(f"{_group(group, full=bool(words))} {name}".rstrip())
    return " ".join(words)


def _group(group: int, *, full: bool) -> str:
    """Read three figures; *full* names the hundreds even where there are none."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens == 0:
        if ones:
            words.append(f"linh {_DIGITS[ones]}" if words else _DIGITS[ones])
        return " ".join(words)
    words.append("mười" if tens == 1 else f"{_DIGITS[tens]} mươi")
    if ones == 5:
        words.append("lăm")
    elif ones in (1, 4) and tens > 1:
        words.append("mốt" if ones == 1 else "tư")
    elif ones:
        words.append(_DIGITS[ones])
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee that is asked.

    Attributes:
        quantity: How many units at ``unit_price``, 1 or more.
        amount: Quantity times price, lowered where the law caps it, zero when exempted.
    """

    code: str
    name: str
    kind: str
    quantity: int
    unit_price: Dong
    amount: Dong
    exempt_reason: str | None = None


class Asked(NamedTuple):
    """How often a fee is asked.

    Attributes:
        units: Units of one copy, such as its pages; 1 where nothing is counted.
        copies: How many such copies.
        exempt_reason: Why nothing is paid; None when it is paid.
        online: It was asked for online, where some fees are lower.
    """

    units: int = 1
    copies: int = 1
    exempt_reason: str | None = None
    online: bool = False


def fee_lines(fee: Fee, asked: Asked) -> tuple[FeeLine, ...]:
    """Return what *fee* comes to: one line, a second one for the units of its later rate.

    The cap holds for each copy; what is above it is taken off the last line. A fee whose rate the
    office has not entered gives no line: unknown is not free.

    Raises:
        BadAmount: Units or copies are below 1, or the sum is too large.
    """
    if asked.units < 1 or asked.copies < 1:
        raise BadAmount
    if fee.amount is None:
        return ()
    rates = [(fee.code, fee.name, fee.amount, asked.units)]
    if fee.later is not None and asked.units >= fee.later.first:
        first = fee.later.first - 1
        rates = [
            (fee.code, fee.name, fee.amount, first),
            (fee.later.code, fee.later.name, fee.later.amount, asked.units - first),
        ]
    lines = []
    percent = 100 if fee.online_percent is None or not asked.online else fee.online_percent
    left = LARGEST if fee.cap is None else fee.cap * percent // 100
    for code, name, full, units in rates:
        price = Dong(full * percent // 100)
        one = min(price * units, left)
        left -= one
        amount = 0 if asked.exempt_reason else _sound(Dong(one * asked.copies))
        lines.append(
            FeeLine(
                code=code,
                name=name,
                kind=fee.kind.value,
                quantity=units * asked.copies,
                unit_price=price,
                amount=Dong(amount),
                exempt_reason=asked.exempt_reason,
            )
        )
    return tuple(lines)


def total(lines: tuple[FeeLine, ...]) -> Dong:
    """Return the sum of all lines.

    Raises:
        BadAmount: It is too large.
    """
    return _sound(Dong(sum(line.amount for line in lines)))


def _sound(amount: Dong) -> Dong:
    if not 0 <= amount < LARGEST:
        raise BadAmount
    return amount
