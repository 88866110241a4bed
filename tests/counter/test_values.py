"""What the small values promise."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.errors import BadCitizenNumber, BadDate, BadDossierCode, BadName, BadPhone
from counter.values import (
    CitizenNumber,
    DossierCode,
    PartialDate,
    ProvisionalCode,
    fold,
    local_day,
    tidy_name,
    tidy_phone,
    tidy_text,
    uuid7,
)


def test_a_citizen_number_never_shows_itself_by_accident() -> None:
    number = CitizenNumber("001099012345")

    shown = f"{number} {number!r} {[number]}"

    assert "099012" not in shown
    assert number.last_six == "012345"


@pytest.mark.parametrize(
    "text", ["", "00109901234", "0010990123456", "00109901234a", "٠٠١٠٩٩٠١٢٣٤٥"]
)
def test_a_citizen_number_is_twelve_ascii_digits(text: str) -> None:
    with pytest.raises(BadCitizenNumber):
        CitizenNumber(text)


def test_a_typed_number_may_have_blanks() -> None:
    assert CitizenNumber.parse(" 001 099 012345 ").digits == "001099012345"


@pytest.mark.parametrize(
    ("typed", "iso", "written"),
    [
        ("31/01/1999", "1999-01-31", "31/01/1999"),
        ("1-2-1960", "1960-02-01", "01/02/1960"),
        ("06/1950", "1950-06", "06/1950"),
        ("1950", "1950", "1950"),
    ],
)
def test_a_birth_date_may_be_known_in_part(typed: str, iso: str, written: str) -> None:
    born = PartialDate.parse(typed)

    assert (born.iso, born.written) == (iso, written)
    assert PartialDate.from_iso(iso) == born


@pytest.mark.parametrize("text", ["31/02/1999", "0/1/1999", "1/1/99", "hai", "", "1/1/1/1999"])
def test_a_day_that_does_not_exist_is_refused_and_never_rolled(text: str) -> None:
    with pytest.raises(BadDate):
        PartialDate.parse(text)


def test_a_name_is_composed_and_single_spaced() -> None:
    assert tidy_name("  Nguyễn\tVăn  Ả") == "Nguyễn Văn Ả"


@pytest.mark.parametrize("text", ["", "   ", "Nguyễn 2", "A\x00B", "x" * 301])
def test_what_no_name_has_is_refused(text: str) -> None:
    with pytest.raises(BadName):
        tidy_name(text)


@pytest.mark.parametrize(
    "text",
    ["Xóm\u202e 3", "Xóm\u200b 3", "\ufeffXóm 3", "Xóm\x00 3", "Xóm \ud800 3", "Xóm\u00ad 3"],
)
def test_signs_without_a_shape_are_not_kept(text: str) -> None:
    assert tidy_text(text) == "Xóm 3"


@pytest.mark.parametrize("text", ["Nguyễn\u202e Văn A", "Nguyễn Văn\u200b A", "Nguyễn Văn A\u2066"])
def test_two_names_that_look_alike_are_one(text: str) -> None:
    assert tidy_name(text) == "Nguyễn Văn A"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0912 000 001", "0912000001"), ("", None), ("+84-912000001", "+84912000001")],
)
def test_a_telephone_number_keeps_its_digits(typed: str, kept: str | None) -> None:
    assert tidy_phone(typed) == kept


def test_a_short_telephone_number_is_refused() -> None:
    with pytest.raises(BadPhone):
        tidy_phone("1234")


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Đặng Thị Hoà", "dang thi hoa"), ("ĐẶNG  THỊ HÒA", "dang thi hoa"), ("Ước", "uoc")],
)
def test_searching_needs_no_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_identifiers_made_later_sort_later() -> None:
    early = uuid7(datetime(2026, 11, 25, 1, tzinfo=UTC))
    late = uuid7(datetime(2026, 11, 25, 1, 0, 1, tzinfo=UTC))

    assert early < late
    assert early.version == 7


def test_a_day_begins_at_local_midnight() -> None:
    assert local_day(datetime(2026, 11, 22, 17, 30, tzinfo=UTC)) == date(2026, 11, 23)


def test_every_sample_code_is_accepted_or_refused_as_the_law_says(
    dossier_code_vectors: dict[str, list[dict[str, str]]],
) -> None:
    accepted = [DossierCode(sample["code"]) for sample in dossier_code_vectors["valid"]]
    refused = [
        sample["code"] for sample in dossier_code_vectors["invalid"] if _refuses(sample["code"])
    ]

    assert [(c.agency, c.day.isoformat(), c.serial) for c in accepted] == [
        (s["agency"], s["date"], int(s["serial"])) for s in dossier_code_vectors["valid"]
    ]
    assert refused == [sample["code"] for sample in dossier_code_vectors["invalid"]]


def test_a_scanned_code_may_have_blanks_and_small_letters() -> None:
    assert DossierCode.parse(" h15.50-261122-0001\r").text == "H15.50-261122-0001"


def test_a_provisional_code_is_never_taken_for_an_official_one() -> None:
    with pytest.raises(BadDossierCode):
        DossierCode("TAM-Q03-261123-0001")
    assert str(ProvisionalCode("TAM-Q03-261123-0001")) == "TAM-Q03-261123-0001"


def _refuses(code: str) -> bool:
    try:
        DossierCode(code)
    except BadDossierCode:
        return True
    return False
