"""Promises of ``devices/paper/ticket.py``: a picture for the print head, for eye and machine."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from devices.paper.ticket import picture_pdf, ticket_picture, ticket_png
from tests.devices.paper.samples import TICKET, ticket

WIDTHS = pytest.mark.parametrize("width", [384, 512, 576])
WORDS = st.text(
    st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyẦỄỘƯỢỷỵ ,."), min_size=1, max_size=120
)


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return the box (left, top, right, bottom) that holds all black dots."""
    box = picture.convert("L").point([255 - grey for grey in range(256)]).getbbox()
    assert box is not None
    return box


@WIDTHS
def test_a_ticket_is_as_wide_as_the_print_head_and_black_and_white(width: int) -> None:
    picture = ticket_picture(TICKET, width)

    assert (picture.width, picture.mode) == (width, "1")


@WIDTHS
def test_the_code_on_a_ticket_is_read_back(width: int) -> None:
    read = zxingcpp.read_barcodes(ticket_picture(TICKET, width).convert("L"))

    assert [code.text for code in read] == [TICKET.qr]


def test_equal_tickets_are_equal_to_the_byte() -> None:
    assert ticket_png(TICKET, 576) == ticket_png(ticket(), 576)


@pytest.mark.parametrize(
    "change",
    [
        {"number": "A013"},
        {"service": "Hộ tịch"},
        {"agency": "Xã Cam Thảo"},
        {"ahead": 0},
        {"priority": "Người cao tuổi"},
        {"reprint": True},
        {"training": True},
        {"qr": "A013-261123"},
        {"issued_at": TICKET.issued_at.replace(minute=6)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_everything_a_ticket_says_is_seen_on_it(change: dict[str, object]) -> None:
    assert ticket_png(ticket(**change), 576) != ticket_png(TICKET, 576)


def test_a_mark_apart_from_its_letter_is_set_on_it() -> None:
    apart = ticket(service=unicodedata.normalize("NFD", TICKET.service))

    assert ticket_png(apart, 576) == ticket_png(TICKET, 576)


@settings(max_examples=40)
@given(agency=WORDS, service=WORDS, width=st.sampled_from([384, 576]))
def test_long_words_stay_on_the_paper_and_leave_the_code_alone(
    agency: str, service: str, width: int
) -> None:
    picture = ticket_picture(ticket(agency=agency, service=service), width)

    left, top, right, _ = ink(picture)
    assert (left >= 4, top >= 2, right <= width - 4) == (True, True, True)
    read = zxingcpp.read_barcodes(picture.convert("L"))
    assert [code.text for code in read] == [TICKET.qr]


def test_words_wider_than_the_paper_take_a_line_each() -> None:
    wide = ticket(service=f"{'W' * 30} {'M' * 30}")

    left, _, right, _ = ink(ticket_picture(wide, 384))

    assert (left >= 4, right <= 380) == (True, True)


def test_the_picture_tells_its_size_in_millimetres() -> None:
    picture = Image.open(BytesIO(ticket_png(TICKET, 576)))

    assert round(picture.width / picture.info["dpi"][0] * 25.4) == 72


def test_a_ticket_for_a_print_queue_is_a_page_of_its_own_size() -> None:
    picture = ticket_picture(TICKET, 576)

    pdf, size = picture_pdf(picture)

    (page,) = PdfReader(BytesIO(pdf)).pages
    assert (page.mediabox.width, page.mediabox.height) == pytest.approx(size, abs=0.01)
    assert round(size[0] / 72 * 25.4) == 72
