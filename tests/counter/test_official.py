"""The official catalogues are read with their traps."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter.calendar import WORKING_DAY
from counter.catalogue import load_catalogue
from counter.curation import Doubt, Part, with_parts
from counter.editions import read_back, written_out
from counter.errors import BadOfficial
from counter.official.comparing import proposals
from counter.official.lines import Official, is_note
from counter.official.reading import official_of, read_official
from counter.procedures import PaperKind, Term
from sync.sandbox import shipped

HOUSE = Path(__file__).resolve().parents[2]
FACTS = HOUSE.parent / "shared" / "domain"
CATALOGUE = load_catalogue(HOUSE / "resources" / "procedures")
DAY = date(2026, 11, 25)


def told(**changes: Any) -> dict[str, Any]:
    """One entry of LayThuTuc, all values texts as DVCQG sends them."""
    return {
        "MATTHC": "1.001193",
        "TENTTHC": "Đăng ký khai sinh",
        "LINHVUCTHUCHIEN": [{"MALINHVUC": "G15-TP07", "TENLINHVUC": "Hộ tịch"}],
        "CACHTHUCTHUCHIEN": [way("1", "1", "Ngày làm việc")],
        "KETQUATHUCHIEN": [{"MAKETQUA": "KQ.G15.000031", "TENKETQUA": "Giấy khai sinh"}],
        "THANHPHANHOSO": [],
    } | changes


def way(channel: str, quantity: str, unit: str, *fees: dict[str, str]) -> dict[str, Any]:
    time = {"THOIGIANGIAIQUYET": quantity, "DONVITINH": unit, "MOTA": "", "PHILEPHI": list(fees)}
    return {"KENH": channel, "THOIGIAN": [time]}


def papers(group: str, *names: str, code: str = "") -> dict[str, Any]:
    return {"TRUONGHOP": group, "GIAYTO": [{"MAGIAYTO": code, "TENGIAYTO": n} for n in names]}


def read(**changes: Any) -> Official:
    (one,) = official_of({"error_code": "0", "result": [told(**changes)]}, "tệp")
    return one


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Bản sao giấy tờ phải được chứng thực", "* Lưu ý:"),
        ("- Trường hợp gửi qua bưu chính thì phải gửi kèm bản sao", ""),
        ("Giấy tờ chứng minh nơi cư trú gồm:", "* Giấy tờ phải nộp:"),
        ("Người yêu cầu chịu trách nhiệm về nội dung kê khai", ""),
    ],
)
def test_a_note_is_no_paper(name: str, group: str) -> None:
    assert is_note(name, group)


def test_notes_stay_out_of_the_checklist_and_are_told() -> None:
    one = read(
        THANHPHANHOSO=[
            papers("* Giấy tờ phải nộp:", "Giấy chứng sinh", code="000.00.00.G15-KQ004389"),
            papers("* Lưu ý:", "Bản chụp phải kèm bản chính", "Cán bộ đối chiếu rồi trả lại"),
        ]
    )

    assert [paper.name for paper in one.papers] == ["Giấy chứng sinh"]
    assert len(one.notes) == 2
    assert Doubt.NOTES_LEFT_OUT in one.doubts


@pytest.mark.parametrize(
    ("sum_told", "words", "amount", "free"),
    [
        ("0", "Miễn phí", 0, True),
        ("0", "", None, False),
        ("0", "Mức lệ phí do Hội đồng nhân dân tỉnh quyết định; miễn lệ phí cho hộ nghèo", None, 0),
        ("8000", "Lệ phí cấp bản sao", 8000, False),
        ("8.000", "Lệ phí cấp bản sao", 8000, False),
    ],
)
def test_zero_is_free_only_where_the_words_say_so(
    sum_told: str, words: str, amount: int | None, free: bool
) -> None:
    fee = {"MAPHILEPHI": "1", "SOTIEN": sum_told, "DONVI": "Đồng", "MOTA": words}

    one = read(CACHTHUCTHUCHIEN=[way("1", "1", "Ngày làm việc", fee)])

    assert (one.fees[0].amount, one.fees[0].free) == (amount, free)
    assert (Doubt.FEE_UNKNOWN in one.doubts) == (amount is None)


def test_a_name_of_pages_is_cut_to_what_a_receipt_can_bear() -> None:
    one = read(THANHPHANHOSO=[papers("", "Giấy tờ về nhà đất " + "theo quy định " * 300)])

    assert len(one.papers[0].name) <= 160
    assert Doubt.LONG_NAMES in one.doubts


def test_a_code_that_stands_twice_is_taken_once() -> None:
    one = read(THANHPHANHOSO=[papers("", "Giấy A", "Giấy B", code="000.00.00.G15-KQ1")])

    assert [paper.code for paper in one.papers] == ["000.00.00.G15-KQ1", None]
    assert Doubt.CODE_TWICE in one.doubts


def test_the_time_at_the_desk_counts_and_another_one_is_told() -> None:
    one = read(CACHTHUCTHUCHIEN=[way("2", "7", "Ngày"), way("1", "3,5", "Ngày làm việc")])

    assert one.term == Term(3.5, WORKING_DAY)
    assert Doubt.TIMES_DIFFER in one.doubts


def test_what_is_shown_is_shown_and_what_is_of_a_case_is_of_that_case() -> None:
    one = read(
        THANHPHANHOSO=[
            papers("* Giấy tờ phải xuất trình:", "Hộ chiếu"),
            papers("Đăng ký tạm trú theo danh sách", "Danh sách người tạm trú"),
        ]
    )

    assert one.papers[0].kind is PaperKind.PRESENT
    assert (one.papers[1].required, one.papers[1].when) == (
        False,
        "Đăng ký tạm trú theo danh sách",
    )


def test_our_own_words_and_counts_stay_where_the_code_is_the_same() -> None:
    one = read(
        THANHPHANHOSO=[
            papers("", "Giấy chứng sinh do cơ sở y tế cấp", code="000.00.00.G15-KQ004389")
        ]
    )

    (offer,) = proposals(CATALOGUE, [one], DAY, DAY).offered

    assert [p.name for p in offer.proposed.papers] == ["Giấy chứng sinh"]
    assert Part.PAPERS in offer.parts
    assert Part.PAPERS not in offer.sure


def test_a_fee_that_is_not_known_never_replaces_ours() -> None:
    fee = {"MAPHILEPHI": "1", "SOTIEN": "0", "DONVI": "", "MOTA": "Theo Nghị quyết của tỉnh"}

    found = proposals(
        CATALOGUE, [read(CACHTHUCTHUCHIEN=[way("1", "1", "Ngày làm việc", fee)])], DAY, DAY
    )

    assert all(Part.FEES not in offer.parts for offer in found.offered)


def test_only_the_parts_that_were_accepted_are_taken_over() -> None:
    one = read(CACHTHUCTHUCHIEN=[way("1", "2", "Ngày làm việc")], TENTTHC="Khai sinh mới")
    (offer,) = proposals(CATALOGUE, [one], DAY, DAY).offered
    assert offer.current is not None

    taken = with_parts(offer.current, offer.proposed, (Part.TERM,))

    assert (taken.term.quantity, taken.name) == (2, "Đăng ký khai sinh")


def test_a_field_the_office_has_no_service_for_is_told_and_not_offered() -> None:
    one = read(MATTHC="9.999999", LINHVUCTHUCHIEN=[{"MALINHVUC": "X-1", "TENLINHVUC": "Lạ"}])

    found = proposals(CATALOGUE, [one], DAY, DAY)

    assert (found.offered, found.unplaced) == ((), ("9.999999",))


def test_the_portals_own_catalogue_is_read_in_the_words_of_the_contract() -> None:
    items = [item for _code, item in shipped._procedures()]

    found = proposals(CATALOGUE, official_of({"items": items}, "cổng"), DAY, DAY)

    assert found.unplaced == ()
    assert found.same + len(found.offered) == len(items)
    assert found.same >= 0.8 * len(items)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"result": [1]}', '[{"MATTHC": 5}]', "ế{"])
def test_a_file_that_is_no_catalogue_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "danh-muc.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(BadOfficial):
        read_official(path)


@pytest.mark.parametrize("procedure", CATALOGUE.procedures, ids=lambda p: p.code)
def test_a_version_is_read_back_as_it_was_written_out(procedure: Any) -> None:
    assert read_back(written_out(procedure)) == procedure


def test_the_sample_of_the_national_interface_is_read() -> None:
    path = FACTS / "dvcqg_samples.json"
    if not path.exists():
        pytest.skip("needs the reference data in ../shared")
    answer = json.loads(path.read_text(encoding="utf-8"))["LayThuTuc"]["response_ok"]

    (one,) = official_of(answer, path.name)

    assert (one.code, one.papers[0].code) == ("1.001193", "000.00.00.G15-KQ004389")


def test_hardly_a_note_of_the_63_procedures_is_taken_for_a_paper() -> None:
    path = FACTS / "procedures_commune_detail.json"
    if not path.exists():
        pytest.skip("needs the reference data in ../shared")
    told_ = json.loads(path.read_text(encoding="utf-8"))["procedures"]
    lines = [part for procedure in told_ for part in procedure["components"]]
    notes = [line for line in lines if line["kind"] == "note"]
    wanted = [line for line in lines if line["kind"] in {"submit", "present"}]

    missed = [line for line in notes if not is_note(line["name"], line["group"])]
    lost = [line for line in wanted if is_note(line["name"], line["group"])]

    assert len(missed) <= 0.05 * len(notes), [line["name"][:80] for line in missed]
    assert len(lost) <= 0.15 * len(wanted), [line["name"][:80] for line in lost]


def test_a_paper_of_ours_stays_whose_line_reads_like_a_note() -> None:
    line = "Trường hợp không có Giấy chứng sinh thì nộp văn bản của người làm chứng"
    one = read(
        THANHPHANHOSO=[
            papers("", "Tờ khai đăng ký khai sinh", code="000.00.00.G15-KQ003204"),
            papers("", line, code="000.00.00.G15-KQ004389"),
        ]
    )

    (offer,) = proposals(CATALOGUE, [one], DAY, DAY).offered

    assert "Giấy chứng sinh" in [paper.name for paper in offer.proposed.papers]
