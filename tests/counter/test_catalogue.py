"""An office's own catalogue file is checked whole, and every mistake is named where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.catalogue import load_catalogue
from counter.errors import BadData

GOOD = """
revision = "thu.1"
effective_from = 2026-01-01

[field]
code = "G15-TP07"
name = "Hộ tịch"
letter = "A"

[[procedure]]
code = "1.001193"
name = "Đăng ký khai sinh"
papers = [{ name = "Giấy chứng sinh", originals = 1 }]
term = { quantity = 1, unit = "WORKING_DAY" }
fees = [{ code = "LP", name = "Lệ phí", kind = "SERVICE_FEE", amount = 8000 }]
results = [{ name = "Giấy khai sinh" }]
"""
OTHER_FIELD = GOOD.replace("G15-TP07", "G15-TP08").replace("1.001193", "1.000894")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ho-tich.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "commonest.toml").write_text('codes = ["1.001193"]', encoding="utf-8")
    return tmp_path


def mistakes(folder: Path) -> tuple[str, ...]:
    with pytest.raises(BadData) as caught:
        load_catalogue(folder)
    return caught.value.mistakes


def change(folder: Path, old: str, new: str) -> None:
    assert old in GOOD
    (folder / "ho-tich.toml").write_text(GOOD.replace(old, new), encoding="utf-8")


def test_what_the_file_says_once_holds_for_each_procedure(folder: Path) -> None:
    [procedure] = load_catalogue(folder).procedures

    assert (procedure.revision, procedure.field.letter) == ("thu.1", "A")
    assert procedure.short_name == "Đăng ký khai sinh"


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ("originals = 1", "orginals = 1", "1.001193: papers.1.orginals: không có mục nào tên"),
        ("originals = 1", "originals = 0", "1.001193: papers.1: số bản phải từ 1 đến 99"),
        ("originals = 1", 'originals = "1"', "1.001193: papers.1.originals: phải là số nguyên"),
        ("originals = 1", "originals = 1, required = false", "papers.1: required = false đi cùng"),
        ("amount = 8000", "amount = 0", "1.001193: fees.1: miễn phí thì ghi amount = 0 cùng free"),
        ("amount = 8000", "amount = 8000, free = true", "1.001193: fees.1: miễn phí thì ghi"),
        ("amount = 8000", "amount = -1", "1.001193: fees.1: mức thu không được âm"),
        ('"SERVICE_FEE"', '"LE_PHI"', "1.001193: fees.1.kind: phải là một trong: 'FEE'"),
        ('unit = "WORKING_DAY"', 'unit = "NGAY"', "1.001193: term: đơn vị phải là một trong"),
        ("quantity = 1", "quantity = -1", "1.001193: term: thời hạn phải từ 0"),
        ('code = "1.001193"', 'code = "khai sinh"', "khai sinh: mã thủ tục không đúng dạng"),
        ('name = "Đăng ký khai sinh"\n', "", "1.001193: name: thiếu mục này"),
        ("papers = [{", "papers = [1, {", "1.001193: papers.1: phải là một nhóm"),
        ('letter = "A"', 'letter = "AB"', "field: letter phải là một chữ cái hoa"),
        ('letter = "A"\n', "", "field.letter: thiếu mục này"),
        ("[[procedure]]", "[[procedures]]", "procedure: thiếu mục này"),
        ("= 2026-01-01", '= "xuân"', "1.001193: effective_from: phải là ngày"),
        ("results = [", 'owner = "ministry"\nresults = [', "1.001193: system nêu tên hệ thống"),
        ("results = [", "effective_to = 2025-01-01\nresults = [", "effective_to trước"),
        ("term = {", "term = ", "không đúng cú pháp TOML"),
    ],
)
def test_a_mistake_is_named_by_file_procedure_and_key(
    folder: Path, old: str, new: str, mistake: str
) -> None:
    change(folder, old, new)

    said = mistakes(folder)

    assert all(line.startswith("ho-tich.toml: ") for line in said)
    assert any(mistake in line for line in said)


def test_all_mistakes_of_all_files_are_told_at_once(folder: Path) -> None:
    change(folder, "originals = 1", "originals = 0")
    (folder / "ket-hon.toml").write_text(OTHER_FIELD.replace("8000", '"8000"'), encoding="utf-8")
    (folder / "commonest.toml").write_text("codes = 7", encoding="utf-8")

    assert [line.split(":")[0] for line in mistakes(folder)] == [
        "ho-tich.toml",
        "ket-hon.toml",
        "commonest.toml",
    ]


def test_two_fields_cannot_share_a_letter(folder: Path) -> None:
    (folder / "ket-hon.toml").write_text(OTHER_FIELD, encoding="utf-8")

    assert mistakes(folder) == ("letter: A là chữ cái của 2 lĩnh vực",)


def test_two_versions_cannot_hold_on_the_same_day(folder: Path) -> None:
    later = GOOD[GOOD.index("[[procedure]]") :].replace(
        "papers", "effective_from = 2026-07-01\npapers"
    )
    (folder / "ho-tich.toml").write_text(GOOD + later, encoding="utf-8")

    assert mistakes(folder) == ("1.001193: hai phiên bản cùng có hiệu lực ngày 2026-07-01",)


def test_a_commonest_procedure_must_exist(folder: Path) -> None:
    (folder / "commonest.toml").write_text('codes = ["9.999999"]', encoding="utf-8")

    assert mistakes(folder) == ("commonest.toml: 9.999999: không có thủ tục này",)


def test_a_missing_list_of_the_commonest_is_a_mistake(folder: Path) -> None:
    (folder / "commonest.toml").unlink()

    assert mistakes(folder) == ("commonest.toml: không đọc được tệp",)


@given(noise=st.binary(max_size=300))
def test_a_file_of_noise_is_refused_and_never_more(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes
) -> None:
    folder = tmp_path_factory.mktemp("noise")
    (folder / "ho-tich.toml").write_bytes(noise)
    (folder / "commonest.toml").write_text("codes = []", encoding="utf-8")

    assert all(line.startswith("ho-tich.toml: ") for line in mistakes(folder))
