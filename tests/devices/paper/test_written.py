"""Promises of ``devices/paper/written.py``."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest

from counter.values import Dong
from devices.paper.written import (
    NO_BREAK,
    clock_and_day,
    composed,
    day_in_words,
    money,
    time_in_words,
)
from tests.devices.paper.samples import RECEIPT, receipt


def blanks(words: str) -> str:
    return words.replace(NO_BREAK, " ")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 2, 3, 1, 5, tzinfo=UTC), "08 giờ 05 phút, ngày 03 tháng 02 năm 2026"),
        (datetime(2026, 11, 23, 9, 30, tzinfo=UTC), "16 giờ 30 phút, ngày 23 tháng 11 năm 2026"),
        (datetime(2026, 3, 31, 20, 0, tzinfo=UTC), "03 giờ 00 phút, ngày 01 tháng 4 năm 2026"),
    ],
)
def test_a_time_is_written_out_in_vietnamese_time(moment: datetime, words: str) -> None:
    assert blanks(time_in_words(moment)) == words


def test_the_words_of_one_date_are_never_parted() -> None:
    assert " " not in day_in_words(datetime(2026, 11, 23, tzinfo=UTC))


def test_a_ticket_has_clock_and_day_in_figures() -> None:
    assert clock_and_day(datetime(2026, 11, 23, 2, 5, tzinfo=UTC)) == "09:05  23/11/2026"


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "0 đồng"), (8_000, "8.000 đồng"), (3_000_000_000, "3.000.000.000 đồng")],
)
def test_money_is_written_with_points_between_thousands(amount: int, words: str) -> None:
    assert blanks(money(Dong(amount))) == words


def test_every_text_of_a_paper_is_composed_and_single_spaced() -> None:
    apart = receipt(
        applicant=unicodedata.normalize("NFD", "Nguyễn  Thị\tHường"),
        papers=tuple(
            type(line)(unicodedata.normalize("NFD", line.name), line.originals, 0, line.copies)
            for line in RECEIPT.papers
        ),
        look_up=tuple(unicodedata.normalize("NFD", way) for way in RECEIPT.look_up),
    )

    assert composed(apart) == RECEIPT
