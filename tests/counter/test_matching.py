"""A few letters without accents find a name, whatever way an officer shortens it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.matching import (
    ANY_ORDER,
    AT_START,
    EXACT,
    IN_ORDER,
    LOOSE,
    SHORTENED,
    Names,
    plain,
)

NAME = plain("Đăng ký khai sinh")
OTHERS = tuple(plain(name) for name in ("Tạm trú", "Sinh", "Đăng ký kết hôn"))


@pytest.mark.parametrize(
    ("typed", "closeness"),
    [
        ("đăng ký khai sinh", EXACT),
        ("DANG KY KHAI SINH", EXACT),
        ("dang ky", AT_START),
        ("da k kh", AT_START),
        ("khai sinh", IN_ORDER),
        ("kh si", IN_ORDER),
        ("ks", SHORTENED),
        ("dkks", SHORTENED),
        ("dk khai sinh", SHORTENED),
        ("khaisinh", SHORTENED),
        ("dkkhsinh", SHORTENED),
        ("sinh khai", ANY_ORDER),
        ("ks dang", LOOSE),
        ("sinh2", None),
        ("ang", None),
        ("dkkst", None),
    ],
)
def test_a_name_is_found_by_beginnings_and_first_letters(typed: str, closeness: int | None) -> None:
    assert Names([*OTHERS, NAME]).find(typed).get(len(OTHERS)) == closeness


def test_signs_between_words_part_them_and_are_not_asked_for() -> None:
    assert plain("  Khai sinh - thường trú (BHYT)") == " khai sinh thuong tru bhyt"


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyAĐ -.,", min_size=1, max_size=40))
def test_every_name_finds_itself(name: str) -> None:
    found = Names([*OTHERS, plain(name)]).find(name)

    assert plain(name) == "" or found[len(OTHERS)] == EXACT


@given(st.text(max_size=200))
def test_whatever_is_typed_the_search_answers(text: str) -> None:
    assert set(Names(OTHERS).find(text).values()) <= set(range(6))


def test_no_fit_reaches_over_the_end_of_a_name() -> None:
    assert Names([plain("khai"), plain("sinh")]).find("khai sinh") == {}
    assert Names([plain("khai"), plain("sinh")]).find("ks") == {}


def test_looser_fits_are_left_out_once_there_are_enough() -> None:
    names = Names([plain("khai sinh"), plain("sinh khai"), plain("kim sa")])

    assert names.find("kh si", enough=1) == {0: AT_START}
    assert names.find("kh si") == {0: AT_START, 1: ANY_ORDER}
