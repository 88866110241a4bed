"""The payment code is the one banks read, byte for byte, and nothing else is taken for one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from counter.errors import BadPaymentQr
from counter.money import read_amount
from counter.values import Dong
from counter.vietqr import Service, Transfer, crc16, payload, read_payload

VECTORS = Path(__file__).parents[2].parent / "shared" / "domain" / "vietqr_vectors.json"
GOOD = Transfer("970436", "0881000458086", amount=Dong(8000), purpose="LP H55242261122 0007")


def vectors(kind: str) -> list[dict[str, Any]]:
    if not VECTORS.exists():
        pytest.skip("../shared/domain/vietqr_vectors.json is absent")
    found: list[dict[str, Any]] = json.loads(VECTORS.read_text(encoding="utf-8"))[kind]
    return found


def transfer(parts: dict[str, Any]) -> Transfer:
    """Build what a sample describes; an amount written out is read as a typed one is."""
    amount = parts.get("amount")
    return Transfer(
        bin=parts["bin"],
        account=parts["account"],
        service=Service(parts.get("service", "QRIBFTTA")),
        amount=read_amount(amount) if isinstance(amount, str) else amount,
        purpose=parts.get("purpose"),
        bill=parts.get("bill"),
    )


def test_the_checksum_is_the_one_of_the_standard() -> None:
    assert crc16(b"123456789") == 0x29B1


def test_each_sample_is_built_byte_for_byte() -> None:
    samples = [sample for sample in vectors("vectors") if sample["build"]]

    built = {sample["id"]: payload(transfer(sample["build"])) for sample in samples}

    assert len(samples) == 7
    assert built == {sample["id"]: sample["payload"] for sample in samples}


def test_each_sample_is_read_back() -> None:
    samples = vectors("vectors")

    read = {sample["id"]: read_payload(sample["payload"]) for sample in samples}

    assert {id: read[id] for id in read if id != "vcb-acct-pim12"} == {
        sample["id"]: transfer(sample["build"]) for sample in samples if sample["build"]
    }
    assert read["vcb-acct-pim12"] == Transfer("970436", "0881000458086")


def test_each_spoiled_sample_is_refused_for_its_reason() -> None:
    names = {"crc_mismatch": "crc", "truncated_tlv": "truncated", "aid_not_napas": "not_napas"}
    samples = vectors("negative")

    reasons = {sample["id"]: reason(sample["payload"]) for sample in samples}

    assert reasons == {s["id"]: names.get(s["error"], s["error"]) for s in samples}


def reason(text: str) -> str | int:
    with pytest.raises(BadPaymentQr) as caught:
        read_payload(text)
    return caught.value.fields["reason"]


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        ({"amount": Dong(0)}, "amount"),
        ({"amount": Dong(-1)}, "amount"),
        ({"amount": Dong(10**13)}, "amount"),
        ({"bin": "97043"}, "bin"),
        ({"bin": "97043٦"}, "bin"),
        ({"account": "1" * 20}, "account"),
        ({"account": ""}, "account"),
        ({"purpose": "A" * 26}, "purpose"),
        ({"purpose": ""}, "purpose"),
        ({"purpose": "付款"}, "purpose"),
        ({"bill": "A" * 26}, "bill"),
    ],
)
def test_a_payment_banks_would_not_carry_is_refused(parts: dict[str, Any], wrong: str) -> None:
    with pytest.raises(BadPaymentQr) as caught:
        Transfer(**({"bin": "970436", "account": "123"} | parts))

    assert caught.value.fields["reason"] == wrong


def test_accents_are_taken_off_and_capitals_kept() -> None:
    text = payload(Transfer("970436", "123", purpose="Lệ phí hộ tịch Đ"))

    assert read_payload(text).purpose == "Le phi ho tich D"


def test_a_code_without_a_bank_is_incomplete() -> None:
    body = "00020101021138240010A0000007270206QRIBFT53037045802VN6304"

    assert reason(f"{body}{crc16(body.encode()):04X}") == "incomplete"


@given(
    st.builds(
        Transfer,
        bin=st.from_regex("[0-9]{6}", fullmatch=True),
        account=st.from_regex("[0-9A-Za-z]{1,19}", fullmatch=True),
        service=st.sampled_from(Service),
        amount=st.none() | st.integers(1, 10**13 - 1).map(Dong),
        purpose=st.none() | st.from_regex("[ -~]{1,25}", fullmatch=True),
        bill=st.none() | st.from_regex("[ -~]{1,25}", fullmatch=True),
    )
)
def test_what_is_built_is_read_back_and_only_whole(made: Transfer) -> None:
    text = payload(made)

    assert read_payload(text) == made
    with pytest.raises(BadPaymentQr):
        read_payload(text[:-1])


@given(st.integers(0, len(payload(GOOD)) - 5), st.characters(min_codepoint=33, max_codepoint=126))
def test_one_changed_letter_never_passes_for_the_payment(place: int, letter: str) -> None:
    text = payload(GOOD)
    assume(text[place] != letter)

    with pytest.raises(BadPaymentQr):
        read_payload(text[:place] + letter + text[place + 1 :])


@given(st.text(max_size=120))
def test_whatever_is_scanned_is_read_or_refused(text: str) -> None:
    with pytest.raises(BadPaymentQr):
        read_payload(text)
