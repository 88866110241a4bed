"""Promises of ``devices/paper/worded_pdf.py``: every paper says its facts, whole and readably."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from itertools import combinations

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from counter.papers.desk import HandOverFacts, ToPayFacts
from counter.papers.law import RegisterFacts
from counter.wording import PageSize, Top, WordedPaper
from devices.paper.letterhead import DOT
from devices.paper.sheet import MM, Bars, Frame, Words
from devices.paper.worded_pdf import size_of, worded_pages, worded_pdf
from tests.counter.test_vietqr import vectors
from tests.devices.paper.samples import CODE
from tests.devices.paper.test_sheet import Box, box, overlap
from tests.devices.paper.worded_samples import HANDED, HEAD, PAPERS, REGISTER, WORDINGS, head

SLACK = 0.05


def said(paper: WordedPaper, copies: int = 1) -> list[str]:
    """Return the text of each page with single blanks, as another program extracts it."""
    reader = PdfReader(BytesIO(worded_pdf(paper, copies)))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def texts(value: object) -> list[str]:
    """Return every text in the facts of a paper."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, tuple):
        return [text for part in value for text in texts(part)]
    if is_dataclass(value):
        return [text for f in fields(value) for text in texts(getattr(value, f.name))]
    return []


@pytest.mark.parametrize("name", PAPERS)
def test_every_text_of_the_facts_stands_on_the_paper(name: str) -> None:
    paper = PAPERS[name]
    page = "".join(said(paper)).replace(" ", "").lower()

    lost = [text for text in texts(paper.facts) if text.replace(" ", "").lower() not in page]

    assert [text for text in lost if not _divided(paper) and text != as_code(paper)] == []


def as_code(paper: WordedPaper) -> str:
    """Return the text that stands on the paper as a code only."""
    return paper.facts.qr if isinstance(paper.facts, ToPayFacts) else ""


def _divided(paper: WordedPaper) -> bool:
    """Tell whether cells are so narrow that a text is divided from itself by its neighbours."""
    return paper.wording.page is PageSize.A4_WIDE


@pytest.mark.parametrize("name", PAPERS)
def test_nothing_stands_over_another_or_leaves_the_page(name: str) -> None:
    paper = PAPERS[name]
    width, height = size_of(paper)
    for page in worded_pages(paper, "Liên 1: Lưu"):
        words = [box(thing) for thing in page if isinstance(thing, Words)]
        frames: list[Box] = [
            (f.x, f.y, f.x + f.width, f.y + f.height) for f in page if isinstance(f, Frame)
        ]
        assert [pair for pair in combinations(words, 2) if overlap(*pair)] == []
        for left, top, right, bottom in words + frames:
            assert left >= 10 * MM - SLACK
            assert top >= 10 * MM - SLACK
            assert right <= width - 10 * MM + SLACK
            assert bottom <= height - 4.5 * MM


@pytest.mark.parametrize(
    "name", [n for n, p in PAPERS.items() if p.head.code and n != "declaration"]
)
def test_bars_and_qr_are_read_from_a_203_dpi_raster(name: str) -> None:
    page = pypdfium2.PdfDocument(worded_pdf(PAPERS[name]))[0]

    found = zxingcpp.read_barcodes(page.render(scale=203 / 72, grayscale=True).to_pil())

    code = PAPERS[name].head.code
    assert {str(one.format): one.text for one in found} == {"Code 128": code, "QR Code": code}


def codes_on(paper: WordedPaper) -> list[str]:
    """Return every code that stands on the first page, read from a 203-dpi raster."""
    page = pypdfium2.PdfDocument(worded_pdf(paper))[0]
    found = zxingcpp.read_barcodes(page.render(scale=203 / 72, grayscale=True).to_pil())
    return [one.text for one in found]


def paid_by(qr: str) -> WordedPaper:
    """Return the paper to pay by the code *qr*."""
    paper = PAPERS["to_pay"]
    assert isinstance(paper.facts, ToPayFacts)
    return replace(paper, facts=replace(paper.facts, qr=qr))


def test_the_payment_code_stands_alone_and_is_read_byte_for_byte() -> None:
    paper = PAPERS["to_pay"]

    assert codes_on(paper) == [as_code(paper)]
    assert "Phải nộp: 75.000 đồng" in said(paper)[0]


def test_each_official_sample_of_a_payment_code_is_read_from_paper_as_it_is() -> None:
    samples = [sample["payload"] for sample in vectors("vectors")]

    assert [codes_on(paid_by(qr)) for qr in samples] == [[qr] for qr in samples]


@pytest.mark.parametrize(
    "name", [n for n, p in PAPERS.items() if p.head.code and n != "declaration"]
)
def test_the_narrowest_bar_is_three_whole_dots(name: str) -> None:
    page = worded_pages(PAPERS[name], "")[0]
    (bars,) = [
        b
        for b in page
        if isinstance(b, Bars) and len({y for _, y, _, _ in b.boxes}) == 1 and len(b.boxes) > 1
    ]

    edges = [edge / DOT for x, _, wide, _ in bars.boxes for edge in (x, wide)]

    assert edges == pytest.approx([round(edge) for edge in edges])
    assert min(wide / DOT for _, _, wide, _ in bars.boxes) == pytest.approx(3)


@pytest.mark.parametrize("name", [n for n, p in PAPERS.items() if len(p.wording.copies) == 2])
def test_two_copies_are_made_and_the_last_alone_is_handed_out(name: str) -> None:
    paper = PAPERS[name]
    kept, given = paper.wording.copies

    both, one = said(paper, 2), said(paper)

    assert kept in both[0]
    assert given in both[-1]
    assert given in one[0]
    assert len(both) == 2 * len(one)


@pytest.mark.parametrize("name", PAPERS)
def test_a_reprint_and_a_training_paper_say_so(name: str) -> None:
    paper = PAPERS[name]
    paper = replace(paper, head=replace(paper.head, reprint=True, training=True))

    page = said(paper)[0]

    assert "BẢN IN LẠI" in page
    assert "BẢN THỬ - KHÔNG CÓ GIÁ TRỊ" in page
    assert "BẢN IN LẠI" not in said(PAPERS[name])[0]


@pytest.mark.parametrize("name", PAPERS)
def test_wording_that_nobody_compared_says_so_in_its_corner(name: str) -> None:
    paper = PAPERS[name]

    assert ("Lời văn chưa đối chiếu" in said(paper)[0]) is paper.wording.unverified


@pytest.mark.parametrize("name", PAPERS)
def test_equal_papers_are_equal_to_the_byte(name: str) -> None:
    assert worded_pdf(PAPERS[name]) == worded_pdf(PAPERS[name])


def test_what_is_not_known_leaves_dots_and_an_optional_line_is_left_out() -> None:
    page = said(PAPERS["03_refusal"])[0]

    assert "Số điện thoại: ....." in page
    assert "Email" not in page


def test_the_sum_is_written_in_words() -> None:
    assert "75.000 đồng (bảy mươi lăm nghìn đồng chẵn)" in said(PAPERS["cash"])[0]


def test_the_control_sheet_has_room_for_four_hands() -> None:
    assert said(PAPERS["06_control"])[0].count("2. Nhận:") == 4


def test_a_list_of_a_hundred_goes_on_under_the_same_head() -> None:
    facts = HandOverFacts(
        unit="Phòng Kinh tế", giver="A", handed=HANDED * 25, count=25 * len(HANDED)
    )

    pages = said(WORDINGS.word(head(code="", number="8/BG"), facts))

    assert len(pages) > 3
    assert all("Nội dung giải quyết TTHC" in page for page in pages)
    assert f"Trang 2/{len(pages)}" in pages[1]


def test_an_empty_register_is_still_a_register() -> None:
    facts = RegisterFacts(first=HEAD.at.date(), last=HEAD.at.date(), lines=(), officer="A")

    assert "Mã hồ sơ" in said(WORDINGS.word(HEAD, facts))[0]


def test_the_register_shows_every_dossier() -> None:
    pages = " ".join(said(PAPERS["07_register"]))

    assert all(line.code[-4:] in pages for line in REGISTER)
    assert CODE[-4:] in pages


def test_only_what_a_citizen_writes_stands_under_the_nation_alone() -> None:
    assert [n for n, p in PAPERS.items() if p.wording.top is Top.NATION] == ["declaration"]
