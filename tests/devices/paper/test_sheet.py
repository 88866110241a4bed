"""Promises of ``devices/paper/sheet.py`` and ``table.py``: nothing is cut, lost or set over."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter.forms import FeeText, PaperLine, ReceiptPaper
from counter.values import Dong
from devices.paper.forms_pdf import CITIZEN_COPY, receipt_pages
from devices.paper.letterhead import A5, BODY, CELL, NOTE, STRONG
from devices.paper.pdf import measure
from devices.paper.sheet import (
    LEADING,
    MM,
    Bars,
    Frame,
    Page,
    Run,
    Type,
    Words,
    break_lines,
)
from devices.paper.written import composed
from tests.devices.paper.samples import receipt

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyẦỄỘƯỢỶỵÂĐ0123456789()/.,-@"


def text(seed: int, words: int, longest: int) -> str:
    """Return so many words of letters that Vietnamese papers hold, none longer than *longest*."""
    chance = Random(seed)
    return " ".join(
        "".join(chance.choices(LETTERS, k=chance.randint(1, longest))) for _ in range(words)
    )


SEED = st.integers(0, 2**20)
TEXT = st.builds(text, SEED, st.integers(1, 14), st.sampled_from([8, 12, 120]))
NAME = st.builds(text, SEED, st.integers(1, 12), st.just(24)).map(lambda name: name[:300])
"""At most 300 letters, as the counter keeps names and the settings agencies."""

LONG_TEXT = st.builds(text, SEED, st.integers(150, 600), st.just(10))
SLACK = 0.05  # points
NAMES_X = (10 + 8) * MM + 3.0
"""Where the column with the names of papers begins."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in points."""


def box(words: Words) -> Box:
    top = words.y - 0.92 * words.type.size
    bottom = top + LEADING * words.type.size
    return words.x, top, words.x + measure(words.text, words.type), bottom


def boxes(page: Page) -> list[Box]:
    """Return where words and codes stand."""
    found = [box(thing) for thing in page if isinstance(thing, Words)]
    for thing in page:
        if isinstance(thing, Bars) and len(thing.boxes) > 1:
            left = min(x for x, _, _, _ in thing.boxes)
            top = min(y for _, y, _, _ in thing.boxes)
            right = max(x + wide for x, _, wide, _ in thing.boxes)
            bottom = max(y + high for _, y, _, high in thing.boxes)
            found.append((left, top, right, bottom))
    return found


def overlap(one: Box, other: Box) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > SLACK and high > SLACK


def letters(pages: tuple[Page, ...], *types: Type) -> str:
    """Return all letters in one of *types*, without blanks."""
    words = (thing for page in pages for thing in page if isinstance(thing, Words))
    return "".join("".join(each.text for each in words if each.type in types).split())


papers = st.builds(PaperLine, TEXT | LONG_TEXT, *[st.integers(0, 99)] * 3)
fees = st.builds(FeeText, TEXT, st.just(Dong(8_000)), st.none() | TEXT)
receipts = st.builds(
    receipt,
    parent_agency=NAME,
    agency=NAME,
    place=NAME,
    applicant=NAME,
    submitter=st.none() | NAME,
    address=st.none() | TEXT,
    email=st.none() | TEXT,
    procedure=TEXT | LONG_TEXT,
    papers=st.lists(papers, max_size=15).map(tuple),
    fees=st.lists(fees, max_size=5).map(tuple),
    time_limit_words=TEXT,
    return_at=TEXT,
    officer=NAME,
    look_up=st.lists(TEXT, max_size=3).map(tuple),
    code=st.sampled_from(["H55.242-261123-0051", "000.00.00.H55.AAA.BBB.CCC-261123-1234567"]),
    provisional=st.booleans(),
    reprint=st.booleans(),
)


@settings(max_examples=60)
@given(receipts)
def test_no_words_and_no_code_ever_stand_over_each_other(paper: ReceiptPaper) -> None:
    for page in receipt_pages(composed(paper), CITIZEN_COPY):
        over = [pair for pair in combinations(boxes(page), 2) if overlap(*pair)]
        assert over == []


@settings(max_examples=60)
@given(receipts)
def test_everything_stays_within_the_margins_of_the_page(paper: ReceiptPaper) -> None:
    margin, foot = 10 * MM - SLACK, 4.5 * MM
    for page in receipt_pages(composed(paper), CITIZEN_COPY):
        frames = [
            (thing.x, thing.y, thing.x + thing.width, thing.y + thing.height)
            for thing in page
            if isinstance(thing, Frame)
        ]
        for left, top, right, bottom in boxes(page) + frames:
            assert left >= margin
            assert top >= margin
            assert right <= A5[0] - margin
            assert bottom <= A5[1] - foot


@settings(max_examples=60)
@given(receipts)
def test_not_one_letter_of_what_was_received_is_lost(paper: ReceiptPaper) -> None:
    paper = composed(paper)
    pages = receipt_pages(paper, CITIZEN_COPY)

    plain, strong = letters(pages, BODY), letters(pages, STRONG)
    for words in (paper.time_limit_words, paper.return_at, paper.agency):
        assert "".join(words.split()) in plain
    for words in (paper.procedure, paper.applicant.upper(), paper.officer):
        assert "".join(words.split()) in strong
    names = (
        thing.text
        for page in pages
        for thing in page
        if isinstance(thing, Words) and thing.type == CELL and thing.x == pytest.approx(NAMES_X)
    )
    received = "".join(line.name for line in paper.papers)
    assert "".join("".join(names).split()) == "".join(received.split())


@pytest.mark.parametrize("count", [700, 2_000, 5_000])
def test_a_paper_whose_name_is_longer_than_a_page_goes_on_on_the_next(count: int) -> None:
    numbered = " ".join(f"chữ{n}" for n in range(count // 7))
    pages = receipt_pages(
        composed(
            receipt(papers=(PaperLine("Đơn", 1), PaperLine(numbered, 1), PaperLine("Ảnh", 4)))
        ),
        CITIZEN_COPY,
    )

    shown = [thing.text for page in pages for thing in page if isinstance(thing, Words)]
    words = [word for text in shown for word in text.split() if word.startswith("chữ")]
    assert words == numbered.split()
    assert shown.index("Ảnh") > shown.index("Đơn")


@settings(max_examples=30)
@given(st.lists(st.integers(20, 900), min_size=1, max_size=40))
def test_each_page_of_a_table_begins_with_its_head_and_no_head_stands_alone(
    lengths: list[int],
) -> None:
    rows = tuple(PaperLine("giấy tờ " * (length // 8 + 1), 1) for length in lengths)

    for page in receipt_pages(composed(receipt(papers=rows)), CITIZEN_COPY):
        texts = [thing.text for thing in page if isinstance(thing, Words)]
        has_rows = any(text.startswith("giấy tờ") for text in texts)
        has_caption = any(text.startswith("1. Thành phần hồ sơ") for text in texts)
        assert texts.count("Thành phần hồ sơ") == (1 if has_rows else 0)
        assert has_rows or not has_caption


@given(TEXT, TEXT, st.floats(60, 400))
def test_broken_lines_keep_their_width_and_every_letter(
    label: str, value: str, width: float
) -> None:
    lines = break_lines([Run(f"{label}: ", BODY), Run(value, STRONG)], width, measure)

    assert all(line.width <= width + SLACK for line in lines)
    joined = "".join(run.text for line in lines for run in line.runs)
    assert "".join(joined.split()) == "".join(f"{label}: {value}".split())


def test_a_long_address_of_the_network_breaks_behind_a_sign() -> None:
    address = "https://dichvucong.example/tra-cuu/ho-so/theo-ma-ho-so-da-tiep-nhan"

    lines = break_lines([Run(address, NOTE)], 150, measure)

    assert len(lines) == 2
    assert lines[0].runs[0].text[-1] in "/-."
