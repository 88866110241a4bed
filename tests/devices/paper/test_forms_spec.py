"""Every field, column and place to sign of the statutory forms stands on our paper of its day.

The reference description tells each form's labels; what stands between them is filled in. Where we
word a label otherwise, the reason stands here beside our own words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from counter.papers.law import RefusalFacts, SupplementFacts
from counter.values import VIETNAM
from counter.wording import PageSize
from devices.paper.forms_pdf import receipt_pages
from devices.paper.letterhead import A5
from devices.paper.sheet import Page, Words
from devices.paper.worded_pdf import size_of, worded_pages
from tests.devices.paper.samples import RECEIPT
from tests.devices.paper.worded_samples import HEAD, PAPERS, WORDINGS

DAYS = {
    "TT01/2018": datetime(2025, 9, 12, 9, 5, tzinfo=VIETNAM),
    "TT03/2025": datetime(2025, 9, 15, 9, 5, tzinfo=VIETNAM),
}
SAMPLES = {
    "phieu_bo_sung": "02_supplement",
    "phieu_tu_choi": "03_refusal",
    "xin_loi": "04_apology",
    "thong_bao_dung": "05_stop",
    "phieu_kiem_soat": "06_control",
    "so_theo_doi": "07_register",
}
FORMS = [
    (form, basis)
    for basis in DAYS
    for form in ("giay_tiep_nhan", *SAMPLES)
    if (form, basis) != ("thong_bao_dung", "TT01/2018")
]
OF_THE_HEAD = {
    "co_quan_cap_tren": HEAD.parent_agency,
    "co_quan_tiep_nhan": HEAD.agency,
    "ma_vach_qr": HEAD.code,
    "dia_danh_ngay": f"{HEAD.place}, ngày",
}
"""What the description tells in brackets; that bars and QR are read is proved beside."""

OURS: dict[tuple[str, str], str] = {
    # The volume and number of the register stand once, in the upper corner.
    ("giay_tiep_nhan", "vao_so"): "Quyển số: 01, Số thứ tự: 51",
    # Said to somebody whose dossier is refused, there is nothing to complete.
    ("phieu_tu_choi", "huong_dan"): "Nếu có vướng mắc",
    # The description leaves the sentence open; ours tells where the three stand.
    ("thong_bao_dung", "ho_so"): "tiếp nhận hồ sơ mã số",
    # From memory and cut off there; ours says what the column before it asks for.
    ("phieu_kiem_soat", "chu_thich"): "Ghi chú: Kết quả giải quyết ghi rõ trước hạn, đúng hạn",
}
OF_2025 = {
    # The title of 2025 asks for more time, so its sentence does.
    ("xin_loi", "xin_loi"): "xin lỗi Ông/Bà/tổ chức, đề nghị gia hạn thời gian giải quyết và",
}
NOT_OURS = {
    ("giay_tiep_nhan", "giai_doan_2_nhan"),
    ("giay_tiep_nhan", "giai_doan_2_tra"),
}
"""Of a second stage, which three provinces added: a supplement gives the receipt a new day."""


def pages_of(form: str, basis: str) -> tuple[tuple[Page, ...], tuple[float, float]]:
    """Return our paper with every fact filled in, on a day of that circular, and its size."""
    at = DAYS[basis]
    if form == "giay_tiep_nhan":
        paper = replace(
            RECEIPT,
            submitter="Trần Văn Mẫu",
            email="mau@example.vn",
            owner_number="001••••••345",
            owner_address="Thôn Nà Pài",
            received_at=at,
        )
        return receipt_pages(paper, "Liên 1: Lưu"), A5
    sample = PAPERS[SAMPLES[form]]
    facts = sample.facts
    if isinstance(facts, SupplementFacts | RefusalFacts):
        facts = replace(facts, phone="0900 000 123", email="mau@example.vn")
    worded = WORDINGS.word(replace(sample.head, at=at), facts)
    return worded_pages(worded, ""), size_of(worded)


def close(text: str) -> str:
    """Write *text* without blanks and case, as lines and cells divide it anywhere."""
    return "".join(text.split()).casefold()


def said_on(pages: tuple[Page, ...]) -> str:
    return close("".join(t.text for page in pages for t in page if isinstance(t, Words)))


def described(shared: Path, form: str) -> dict[str, Any]:
    spec = json.loads((shared / "domain" / "forms_spec.json").read_text(encoding="utf-8"))
    (found,) = [one for one in spec["forms"] if one["id"] == form]
    return dict(found)


def fixed(label: str) -> list[str]:
    """Return what a label always says: not the dots, what stands in braces, or a choice's bar."""
    parts = re.split(r"…|\{[^}]*\}| [|/] ", label)
    return [part.strip(" ;,") for part in parts if part.strip(" ;,:.")]


def columns(column: object) -> Iterator[str]:
    """Return every head of a table, with those below it."""
    if isinstance(column, str):
        yield column
    elif isinstance(column, list):
        for one in column:
            yield from columns(one)
    elif isinstance(column, dict) and "label" in column:
        yield column["label"]
        yield from fixed(column.get("sub", ""))
        yield from column.get("rows", ())
        yield from columns(column.get("children", []))
    elif isinstance(column, dict):
        for head, below in column.items():
            yield head
            yield from columns(below)


@pytest.mark.parametrize(("form", "basis"), FORMS)
def test_every_field_of_the_form_stands_on_our_paper(shared: Path, form: str, basis: str) -> None:
    pages, _ = pages_of(form, basis)
    page = said_on(pages)
    ours = {**OURS, **(OF_2025 if basis == "TT03/2025" else {})}
    lost = []
    for field in described(shared, form)["fields"]:
        key = (form, field["key"])
        if key in NOT_OURS:
            continue
        told = ours.get(key) or OF_THE_HEAD.get(field["key"])
        words = [told] if told else fixed(field.get("label", ""))
        words += [*columns(field.get("columns", [])), *fixed(field.get("sub", ""))]
        lost += [(field["key"], word) for word in words if close(word) not in page]

    assert lost == []


@pytest.mark.parametrize(("form", "basis"), FORMS)
def test_who_signs_stands_on_the_forms_side(shared: Path, form: str, basis: str) -> None:
    pages, (width, _) = pages_of(form, basis)
    words = [thing for page in pages for thing in page if isinstance(thing, Words)]
    for field in described(shared, form)["fields"]:
        if not str(field.get("pos", "")).startswith("sign-"):
            continue
        (place,) = [thing.x for thing in words if close(thing.text) == close(field["label"])]
        assert (place < width / 2) == (field["pos"] == "sign-left"), field["label"]


def test_the_control_sheet_has_room_for_four_passings(shared: Path) -> None:
    pages, _ = pages_of("phieu_kiem_soat", "TT03/2025")
    (table,) = [f for f in described(shared, "phieu_kiem_soat")["fields"] if "columns" in f]

    assert said_on(pages).count(close("1. Giao:")) >= table["min_blocks"]


@pytest.mark.parametrize(("form", "basis"), FORMS)
def test_each_form_has_the_size_of_the_circular_or_of_practice(
    shared: Path, form: str, basis: str
) -> None:
    spec = described(shared, form)
    sizes = " ".join(spec.get("page", {}).values())
    size = PageSize.A5 if form == "giay_tiep_nhan" else PAPERS[SAMPLES[form]].wording.page

    assert not sizes or size.value.split()[0] in sizes
    assert (size is PageSize.A4_WIDE) == ("landscape" in sizes)


def test_a_label_that_no_paper_says_is_found(shared: Path) -> None:
    pages, _ = pages_of("phieu_tu_choi", "TT03/2025")

    assert close("Số căn cước/Hộ chiếu") not in said_on(pages)
    assert close("Nội dung yêu cầu giải quyết:") in said_on(pages)


BEYOND_THE_LAW = {
    "ban_giao_ket_qua": "results_back",
    "giay_bien_nhan_tra_kq": "return",
    "tiep_nhan_nhieu_ho_so": "many",
    "bien_lai": "cash",
    "bang_ke_ban_giao_bcci": "posted",
}
"""The papers that offices print beside the forms; a dossier's whole course is on the screen."""

SAID_OTHERWISE = {
    "Người trả kết quả: họ tên, điện thoại": "Người trả kết quả:",
    "Người nhận kết quả: họ tên, điện thoại": "Người nhận kết quả:",
    "Đơn vị": HEAD.agency,
    "Số lượng hồ sơ": "Số bộ",
    "Tên loại phí, lệ phí": "Khoản thu",
    "Liên 1: Lưu tại cơ quan thu / Liên 2: Giao cho người nộp tiền / Liên 3: Lưu nội bộ": "Liên",
    "Tên đơn vị hoặc người nộp tiền": "Người nộp tiền:",
    "Viết bằng chữ": "nghìn đồng",
    "Địa danh, ngày": f"{HEAD.place}, ngày",
    "P (phí)": "Phí",
    "LP (lệ phí)": "Lệ phí",
}
ON_THE_LEGAL_RECEIPT = {"Mẫu số", "Ký hiệu"}
"""Of the legal receipt, which the portal's system makes; ours names its number once it is known."""

WHERE_KNOWN = {"Trích yếu"}
"""Left out where it is not known, as of the sample."""


@pytest.mark.parametrize("form", BEYOND_THE_LAW)
def test_every_field_of_the_other_papers_stands_on_ours(shared: Path, form: str) -> None:
    spec = json.loads((shared / "domain" / "forms_spec.json").read_text(encoding="utf-8"))
    (found,) = [one for one in spec["extra"] if one["id"] == form]
    page = said_on(worded_pages(PAPERS[BEYOND_THE_LAW[form]], "Liên 1: Lưu"))
    wanted = [*found.get("columns", []), *found.get("fields", []), *found.get("sign", [])]

    lost = [
        label
        for label in wanted
        if label not in ON_THE_LEGAL_RECEIPT | WHERE_KNOWN
        and close(SAID_OTHERWISE.get(label, label)) not in page
    ]

    assert len(wanted) >= 8
    assert lost == []


def test_only_the_course_of_a_dossier_has_no_paper_of_ours(shared: Path) -> None:
    spec = json.loads((shared / "domain" / "forms_spec.json").read_text(encoding="utf-8"))

    assert {one["id"] for one in spec["extra"]} - set(BEYOND_THE_LAW) == {"qua_trinh_xu_ly"}
