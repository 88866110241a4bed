"""An address is kept as written; where it lies today is read from its words or a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter.addresses import Gazetteer, read_table
from counter.errors import BadData
from counter.units import load_units

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "units"
UNITS = load_units(FOLDER)
TABLE = """tinh,huyen,xa,ma_xa_moi
Tỉnh Ví Dụ,Huyện Mẫu,Xã Thử,00004
Ví Dụ,Mẫu,Chia Đôi,00004
Ví Dụ,Mẫu,Chia Đôi,00008
"""


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    table = tmp_path / "old-units.csv"
    table.write_text(TABLE, encoding="utf-8")
    return Gazetteer(FOLDER, table)


@pytest.mark.parametrize(
    "address",
    [
        "Số 5 phố Mẫu, Phường Ba Đình, Thành phố Hà Nội",
        "Số 5 phố Mẫu, P. Ba Đình, TP. Hà Nội",
        "Số 5 phố Mẫu, ba dinh, ha noi",
    ],
)
def test_an_address_of_today_says_where_it_lies(gazetteer: Gazetteer, address: str) -> None:
    placed = gazetteer.place(address)

    assert placed.commune is not None
    assert placed.commune.code == "00004"
    assert placed.detail == "Số 5 phố Mẫu"
    assert not placed.is_old


def test_communes_of_one_name_are_told_apart_by_their_kind(gazetteer: Gazetteer) -> None:
    names: dict[tuple[str, str], set[str]] = {}
    for commune in UNITS.communes:
        names.setdefault((commune.name, commune.province.name), set()).add(commune.kind)
    twins = [key for key, kinds in names.items() if len(kinds) > 1]
    for name, province in twins:
        placed = gazetteer.place(f"Thôn 1, Xã {name}, Tỉnh {province}")

        assert {commune.kind for commune in placed.communes} == {"Xã"}


def test_an_old_address_is_found_in_the_table(gazetteer: Gazetteer) -> None:
    placed = gazetteer.place("Thôn Đông, Xã Thử, Huyện Mẫu, Tỉnh Ví Dụ")

    assert placed.commune is not None
    assert placed.commune.code == "00004"
    assert (placed.detail, placed.is_old) == ("Thôn Đông", True)


def test_an_old_commune_that_was_divided_is_left_to_the_officer(gazetteer: Gazetteer) -> None:
    placed = gazetteer.place("Thôn Đông, Xã Chia Đôi, Huyện Mẫu, Tỉnh Ví Dụ")

    assert [commune.code for commune in placed.communes] == ["00004", "00008"]
    assert placed.commune is None


def test_what_no_table_knows_is_left_to_the_officer(tmp_path: Path) -> None:
    placed = Gazetteer(FOLDER, tmp_path / "none.csv").place("Xã A, Huyện B, Tỉnh C")

    assert (placed.communes, placed.is_old) == ((), True)


@pytest.mark.parametrize("address", ["", "Hà Nội", ",,,", "x" * 500])
def test_any_text_can_be_asked_for(gazetteer: Gazetteer, address: str) -> None:
    assert gazetteer.place(address).communes == ()


def test_a_table_may_be_parted_by_semicolons_and_begin_with_a_mark() -> None:
    table = "\ufeff" + TABLE.replace(",", ";")

    assert len(read_table(table, UNITS)) == 3


def test_every_mistake_of_a_table_is_named_with_its_line() -> None:
    table = "tinh,huyen,xa,ma_xa_moi\nA,B,C,99999\nA,B,,00004\nA,B,00004\n"

    with pytest.raises(BadData) as refusal:
        read_table(table, UNITS)

    assert refusal.value.mistakes == (
        "dòng 2: không có đơn vị nào mang mã 99999",
        "dòng 3: có ô để trống",
        "dòng 4: phải có 4 cột",
    )


@pytest.mark.parametrize("table", ["", "a,b,c,d\n", "tinh,huyen,xa,ma_xa_moi\n"])
def test_what_is_no_table_is_refused(table: str) -> None:
    with pytest.raises(BadData):
        read_table(table, UNITS)
