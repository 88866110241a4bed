"""The text of a VietQR code: what a citizen's bank reads to pay a fee.

EMVCo QR code specification for merchant-presented mode 1.0 with NAPAS' transfer fields (IBFT
1.5.2). A code that was shown or scanned is not a payment; only the bank's word is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from counter.errors import BadPaymentQr
from counter.values import Dong

NAPAS = "A000000727"
LONGEST_TEXT = 25
LONGEST_AMOUNT = 13

_FORMAT, _METHOD, _ACCOUNT = "00", "01", "38"
_CURRENCY, _AMOUNT, _COUNTRY, _EXTRA, _CRC = "53", "54", "58", "62", "63"
_BILL, _PURPOSE = "01", "08"
_STATIC, _DYNAMIC = "11", "12"


class Service(StrEnum):
    """What the number belongs to."""

    ACCOUNT = "QRIBFTTA"
    CARD = "QRIBFTTC"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A payment a code asks for.

    Attributes:
        bin: The bank, six digits.
        account: Account or card number, at most 19 letters and digits.
        amount: None lets the payer choose.
        purpose: What the bank statement will say; accents are taken off, 25 characters at most.
        bill: Number of a bill or dossier, 25 characters at most.

    Raises:
        BadPaymentQr: A part has not that form; ``reason`` names it.
    """

    bin: str
    account: str
    service: Service = Service.ACCOUNT
    amount: Dong | None = None
    purpose: str | None = None
    bill: str | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch("[0-9]{6}", self.bin):
            raise BadPaymentQr(reason="bin")
        if not re.fullmatch("[0-9A-Za-z]{1,19}", self.account):
            raise BadPaymentQr(reason="account")
        if self.amount is not None and not 0 < self.amount < 10**LONGEST_AMOUNT:
            raise BadPaymentQr(reason="amount")
        for reason, text in (("purpose", self.purpose), ("bill", self.bill)):
            if text is not None and not re.fullmatch(f"[ -~]{{1,{LONGEST_TEXT}}}", _ascii(text)):
                raise BadPaymentQr(reason=reason)


def payload(transfer: Transfer) -> str:
    """Return the text of the code, ending in its checksum."""
    account = _field("00", transfer.bin) + _field("01", transfer.account)
    fields = [
        _field(_FORMAT, "01"),
        _field(_METHOD, _STATIC if transfer.amount is None else _DYNAMIC),
        _field(
            _ACCOUNT, _field("00", NAPAS) + _field("01", account) + _field("02", transfer.service)
        ),
        _field(_CURRENCY, "704"),
    ]
    if transfer.amount is not None:
        fields.append(_field(_AMOUNT, str(transfer.amount)))
    fields.append(_field(_COUNTRY, "VN"))
    extra = [
        _field(tag, _ascii(text))
        for tag, text in ((_BILL, transfer.bill), (_PURPOSE, transfer.purpose))
        if text is not None
    ]
    if extra:
        fields.append(_field(_EXTRA, "".join(extra)))
    body = "".join(fields) + f"{_CRC}04"
    return f"{body}{crc16(body.encode('ascii')):04X}"


def read_payload(text: str) -> Transfer:
    """Read the text of a code back.

    Raises:
        BadPaymentQr: ``reason`` is ``empty``, ``bad_length``, ``truncated``, ``crc_not_last``,
            ``crc``, ``not_napas``, ``incomplete``, or what ``Transfer`` refuses.
    """
    if not text:
        raise BadPaymentQr(reason="empty")
    tags = _fields(text)
    if list(tags)[-1] != _CRC:
        raise BadPaymentQr(reason="crc_not_last")
    if f"{crc16(text[:-4].encode(errors='replace')):04X}" != tags[_CRC]:
        raise BadPaymentQr(reason="crc")
    merchant = _fields(tags.get(_ACCOUNT, ""))
    if merchant.get("00") != NAPAS:
        raise BadPaymentQr(reason="not_napas")
    holder = _fields(merchant.get("01", ""))
    extra = _fields(tags.get(_EXTRA, ""))
    amount = tags.get(_AMOUNT)
    if amount is not None and not re.fullmatch(f"[0-9]{{1,{LONGEST_AMOUNT}}}", amount):
        raise BadPaymentQr(reason="amount")
    try:
        return Transfer(
            bin=holder["00"],
            account=holder["01"],
            service=Service(merchant["02"]),
            amount=None if amount is None else Dong(int(amount)),
            purpose=extra.get(_PURPOSE),
            bill=extra.get(_BILL),
        )
    except (KeyError, ValueError) as error:
        raise BadPaymentQr(reason="incomplete") from error


def crc16(octets: bytes) -> int:
    """CRC-16/CCITT-FALSE: polynomial 0x1021, begun with 0xFFFF, nothing reflected."""
    crc = 0xFFFF
    for octet in octets:
        crc ^= octet << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"


def _fields(text: str) -> dict[str, str]:
    """Part *text* into its fields: two digits of tag, two of length, the value."""
    fields: dict[str, str] = {}
    place = 0
    while place < len(text):
        head = re.compile("([0-9]{2})([0-9]{2})").match(text, place)
        if head is None:
            raise BadPaymentQr(reason="truncated" if len(text) - place < 4 else "bad_length")
        place = head.end() + int(head[2])
        if place > len(text):
            raise BadPaymentQr(reason="truncated")
        fields[head[1]] = text[head.end() : place]
    return fields


def _ascii(text: str) -> str:
    """Take the accents off, keeping capitals: ``Lệ phí`` to ``Le phi``."""
    parts = unicodedata.normalize("NFD", text.translate({ord("đ"): "d", ord("Đ"): "D"}))
    return "".join(c for c in parts if not unicodedata.combining(c))
