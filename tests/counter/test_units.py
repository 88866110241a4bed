"""Today's provinces and communes, whole, and found by a few letters."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from unicodedata import normalize

import pytest

from counter.errors import BadData
from counter.units import Units, load_units

FOLDER = Path(__file__).parents[2] / "resources" / "units"


@cache
def units() -> Units:
    return load_units(FOLDER)


def found(text: str, near: str | None = None) -> list[str]:
    return [commune.full_name for commune in units().find(text, 5, near)]


def test_there_are_two_levels_and_all_of_both() -> None:
    kinds = Counter(commune.kind for commune in units().communes)

    assert len(units().provinces) == 34
    assert kinds == {"Xã": 2611, "Phường": 697, "Đặc khu": 13}
    assert len({commune.code for commune in units().communes}) == 3321


def test_every_unit_is_the_one_of_the_reference(shared: Path) -> None:
    path = shared / "domain" / "admin_units_2026.json"
    reference = json.loads(path.read_text(encoding="utf-8"))["provinces"]

    expected = {
        (ward["code"], ward["type"], normalize("NFC", ward["name"]), province["code"])
        for province in reference
        for ward in province["wards"]
    }

    assert {(c.code, c.kind, c.name, c.province.code) for c in units().communes} == expected


def test_seven_cities_are_run_by_the_centre() -> None:
    cities = {p.name for p in units().provinces if p.kind == "Thành phố"}

    assert cities == {
        "Hà Nội",
        "Hải Phòng",
        "Huế",
        "Đà Nẵng",
        "Đồng Nai",
        "Hồ Chí Minh",
        "Cần Thơ",
    }


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ba dinh", "Phường Ba Đình, Thành phố Hà Nội"),
        ("p ba dinh", "Phường Ba Đình, Thành phố Hà Nội"),
        ("phuong hai chau", "Phường Hải Châu, Thành phố Đà Nẵng"),
        ("hoan kiem", "Phường Hoàn Kiếm, Thành phố Hà Nội"),
        ("Côn Đảo", "Đặc khu Côn Đảo, Thành phố Hồ Chí Minh"),
        ("tan lap tay ninh", "Xã Tân Lập, Tỉnh Tây Ninh"),
        ("tan lap tn", "Xã Tân Lập, Tỉnh Tây Ninh"),
        ("dong da ha noi", "Phường Đống Đa, Thành phố Hà Nội"),
    ],
)
def test_a_few_letters_find_a_commune(typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_the_desk_s_own_province_comes_first_among_equals() -> None:
    assert found("tan lap", near="80")[0] == "Xã Tân Lập, Tỉnh Tây Ninh"
    assert found("tan lap", near="68")[0] == "Xã Tân Lập, Tỉnh Lâm Đồng"


def test_nothing_typed_finds_nothing() -> None:
    assert found("") == found(" - ") == found("zzz") == []


def test_a_commune_is_known_by_its_code() -> None:
    commune = units().find_code("00004")

    assert commune is not None
    assert commune.full_name == "Phường Ba Đình, Thành phố Hà Nội"
    assert units().find_code("99999") is None


def test_the_file_keeps_the_notice_of_those_who_compiled_it() -> None:
    tree = json.loads((FOLDER / "units-2026.json").read_text(encoding="utf-8"))

    assert "Copyright (c) 2021 Thang Le Quoc" in tree["notice"]
    assert "The above copyright notice and this permission notice shall be" in tree["notice"]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", "không đọc được tệp"),
        ("[]", "phải là một nhóm"),
        ('{"about": "", "notice": ""}', "provinces: thiếu mục này"),
    ],
)
def test_a_spoiled_file_is_named(tmp_path: Path, text: str, mistake: str) -> None:
    (tmp_path / "units-2026.json").write_text(text, encoding="utf-8")

    with pytest.raises(BadData) as caught:
        load_units(tmp_path)

    assert any(mistake in line for line in caught.value.mistakes)
