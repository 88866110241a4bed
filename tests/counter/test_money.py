"""Amounts in figures and words, read back by somebody who knows only how Vietnamese counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.errors import BadAmount
from counter.money import (
    LARGEST,
    Asked,
    FeeLine,
    fee_lines,
    in_words,
    number_in_words,
    read_amount,
    total,
    written,
)
from counter.procedures import Fee, FeeKind, LaterRate
from counter.values import Dong

DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
COPY = Fee(
    code="CT-BS-1",
    name="Phí chứng thực bản sao, trang 1 và 2",
    kind=FeeKind.FEE,
    amount=Dong(2000),
    per="trang",
    cap=Dong(200_000),
    later=LaterRate("CT-BS-3", "Phí chứng thực bản sao, từ trang 3", 3, Dong(1000)),
)
AMOUNTS = st.integers(0, LARGEST - 1)


def understood(words: str) -> int:
    """Read a number as it is said: ones, tens and hundreds up to a group's name, then the next."""
    total = group = 0
    ones = 0
    for word in words.split():
        if word in DIGITS:
            ones = DIGITS.index(word)
        elif word in {"mốt", "tư", "lăm"}:
            ones = {"mốt": 1, "tư": 4, "lăm": 5}[word]
        elif word == "linh":
            ones = 0
        elif word in {"trăm", "mươi", "mười"}:
            group += {"trăm": 100 * ones, "mươi": 10 * ones, "mười": 10}[word]
            ones = 0
        elif word == "tỷ":
            total = (total + group + ones) * 10**9
            group = ones = 0
        else:
            total += (group + ones) * {"nghìn": 10**3, "triệu": 10**6}[word]
            group = ones = 0
    return total + group + ones


@given(AMOUNTS)
def test_a_number_in_words_is_understood_as_the_number(number: int) -> None:
    assert understood(number_in_words(number)) == number


@given(AMOUNTS)
def test_words_follow_the_rules_of_speech(number: int) -> None:
    words = f" {number_in_words(number)} "

    assert "  " not in words
    assert not any(wrong in words for wrong in (" mươi một ", " mươi năm ", " mươi bốn "))
    assert not any(wrong in words for wrong in (" mười mốt ", " mười tư ", " mười năm "))
    assert " không mươi" not in words
    assert not words.startswith((" không trăm", " linh"))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "không đồng"),
        (5, "năm đồng"),
        (10, "mười đồng"),
        (15, "mười lăm đồng"),
        (21, "hai mươi mốt đồng"),
        (24, "hai mươi tư đồng"),
        (104, "một trăm linh bốn đồng"),
        (115, "một trăm mười lăm đồng"),
        (2_000, "hai nghìn đồng chẵn"),
        (8_500, "tám nghìn năm trăm đồng"),
        (1_005, "một nghìn không trăm linh năm đồng"),
        (200_000, "hai trăm nghìn đồng chẵn"),
        (1_250_000, "một triệu hai trăm năm mươi nghìn đồng chẵn"),
        (1_000_001, "một triệu không trăm linh một đồng"),
        (3_000_000_000, "ba tỷ đồng chẵn"),
        (1_000_005_000, "một tỷ không trăm linh năm nghìn đồng chẵn"),
        (121_000_000_000_000, "một trăm hai mươi mốt nghìn tỷ đồng chẵn"),
    ],
)
def test_an_amount_is_written_in_words_as_receipts_do(amount: int, words: str) -> None:
    assert in_words(Dong(amount)) == words


def test_an_amount_is_written_in_figures_with_dots_between_thousands() -> None:
    assert written(Dong(1_250_000)) == "1.250.000 đ"
    assert written(Dong(0)) == "0 đ"


@given(AMOUNTS)
def test_what_is_written_is_read_as_the_same_amount(amount: int) -> None:
    assert read_amount(written(Dong(amount))) == amount
    assert read_amount(str(amount)) == amount


@pytest.mark.parametrize("text", ["", "đ", "1000.5", "1.00", "1,000", "-5", "1 000", "1e3", "١"])
def test_what_is_no_amount_is_not_guessed(text: str) -> None:
    with pytest.raises(BadAmount):
        read_amount(text)


@pytest.mark.parametrize("amount", [-1, LARGEST])
def test_an_impossible_amount_is_never_written(amount: int) -> None:
    with pytest.raises(BadAmount):
        written(Dong(amount))
    with pytest.raises(BadAmount):
        in_words(Dong(amount))


def lines(asked: Asked, fee: Fee = COPY) -> list[tuple[str, int, int]]:
    return [(line.code, line.quantity, line.amount) for line in fee_lines(fee, asked)]


@pytest.mark.parametrize(
    ("pages", "copies", "sum_due"),
    [(1, 1, 2_000), (2, 3, 12_000), (3, 1, 5_000), (5, 3, 21_000), (198, 1, 200_000)],
)
def test_certified_copies_cost_less_from_the_third_page(
    pages: int, copies: int, sum_due: int
) -> None:
    assert total(fee_lines(COPY, Asked(pages, copies))) == sum_due


def test_each_rate_is_a_line_of_its_own() -> None:
    assert lines(Asked(5, 3)) == [("CT-BS-1", 6, 12_000), ("CT-BS-3", 9, 9_000)]


@given(st.integers(1, 5_000), st.integers(1, 50))
def test_no_copy_costs_more_than_the_cap_and_more_pages_never_cost_less(
    pages: int, copies: int
) -> None:
    now = total(fee_lines(COPY, Asked(pages, copies)))

    assert now <= 200_000 * copies
    assert now <= total(fee_lines(COPY, Asked(pages + 1, copies)))
    assert now == copies * total(fee_lines(COPY, Asked(pages)))


def test_who_is_exempted_pays_nothing_and_the_line_says_why() -> None:
    exempted = fee_lines(COPY, Asked(3, 1, "Hộ nghèo"))

    assert total(exempted) == 0
    assert {line.exempt_reason for line in exempted} == {"Hộ nghèo"}
    assert [line.unit_price for line in exempted] == [2000, 1000]


def test_an_unknown_rate_gives_no_line_and_a_free_one_gives_zero() -> None:
    unknown = Fee(code="LP", name="Lệ phí", kind=FeeKind.SERVICE_FEE)
    free = Fee(code="LP", name="Lệ phí", kind=FeeKind.SERVICE_FEE, amount=Dong(0), free=True)

    assert fee_lines(unknown, Asked()) == ()
    assert lines(Asked(), free) == [("LP", 1, 0)]


@pytest.mark.parametrize("asked", [Asked(0), Asked(1, 0), Asked(-2)])
def test_a_fee_is_asked_at_least_once(asked: Asked) -> None:
    with pytest.raises(BadAmount):
        fee_lines(COPY, asked)


def test_a_total_too_large_is_refused() -> None:
    line = FeeLine("LP", "Lệ phí", "FEE", 1, Dong(1), Dong(LARGEST - 1))

    with pytest.raises(BadAmount):
        total((line, line))


@pytest.mark.parametrize(("percent", "amount"), [(None, 15_000), (50, 7_500), (33, 4_950), (0, 0)])
def test_the_price_online_is_a_percentage_of_the_one_at_the_desk(
    percent: int | None, amount: int
) -> None:
    fee = Fee("A", "Lệ phí", FeeKind.SERVICE_FEE, amount=Dong(15_000), online_percent=percent)

    (online,) = fee_lines(fee, Asked(online=True))
    (at_desk,) = fee_lines(fee, Asked())

    assert (online.amount, at_desk.amount) == (amount, 15_000)


def test_a_price_online_is_rounded_down_to_a_whole_dong() -> None:
    fee = Fee("A", "Lệ phí", FeeKind.SERVICE_FEE, amount=Dong(999), online_percent=50)

    (line,) = fee_lines(fee, Asked(units=3, online=True))

    assert (line.unit_price, line.amount) == (499, 1497)
