"""The queue ticket as a black and white picture, as wide as the print head.

Drawn as a picture because receipt printers have no common way to print Vietnamese letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from counter.forms import TicketPaper
from devices.paper import barcode
from devices.paper.letterhead import REPRINT, TRAINING
from devices.paper.written import clock_and_day, composed

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
DOTS_PER_MM = 8
"""Of the usual print heads, called 203 dpi."""

DARK_FROM = 150
"""Grey value (0 black, 255 white) below which a dot is printed."""

_MARGIN = 8
_SMALLEST = 12
_GAP = 8
_STEP = 16
_TEXT_HEIGHT, _TEXT_BASELINE = 1.3, 1.01  # in type sizes
_DIGITS_HEIGHT, _DIGITS_BASELINE = 1.0, 0.87


@dataclass(frozen=True, slots=True)
class _Size:
    """Type sizes in dots for one width of paper."""

    agency: int
    number: int
    service: int
    text: int
    module: int


_WIDE = _Size(agency=26, number=190, service=34, text=28, module=6)
_NARROW = _Size(agency=22, number=128, service=28, text=24, module=5)
_NARROW_BELOW = 480

_REGULAR, _BOLD = "Medium", "Bold"


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the ticket: text in the middle, and blank dots under it.

    Attributes:
        inverse: White on a black bar.
        is_number: Letters without marks and digits, which need less height.
    """

    text: str = field(repr=False)
    face: str
    size: int
    below: int = 0
    inverse: bool = False
    is_number: bool = False

    @property
    def padding(self) -> int:
        """Black dots above and below white words."""
        return 4 if self.inverse else 0


def ticket_picture(paper: TicketPaper, width: int) -> Image:
    """Draw the ticket *width* dots wide and as high as it needs; a 1-bit picture, 0 is black."""
    from PIL import Image, ImageDraw

    paper = composed(paper)
    size = _NARROW if width < _NARROW_BELOW else _WIDE
    rows = _broken(_rows(paper, size), width - 2 * _MARGIN)
    code = barcode.qr(paper.qr)
    side = len(code) * size.module
    quiet = barcode.QR_QUIET_MODULES * size.module
    height = _MARGIN + sum(_height(row) + row.below for row in rows) + quiet + side + quiet
    picture = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(picture)
    y = _MARGIN
    for row in rows:
        if row.inverse:
            draw.rectangle((0, y, width, y + _height(row) - 1), fill=0)
        colour = 255 if row.inverse else 0
        font = _font(row.face, row.size)
        draw.text((width // 2, y + _baseline(row)), row.text, font=font, fill=colour, anchor="ms")
        y += _height(row) + row.below
    left, top = (width - side) // 2, y + quiet
    for line, bars in enumerate(code):
        above = top + line * size.module
        for at, wide in bars:
            x = left + at * size.module
            draw.rectangle((x, above, x + wide * size.module - 1, above + size.module - 1), fill=0)
    return black_and_white(picture)


def text_picture(title: str, text: str, width: int) -> Image:
    """Draw a bold line and a sentence under it, *width* dots wide; a 1-bit picture."""
    from PIL import Image, ImageDraw

    wanted = [
        _Row(title, _BOLD, _NARROW.service, _GAP),
        _Row(text, _REGULAR, _NARROW.text, _GAP),
    ]
    rows = _broken(wanted, width - 2 * _MARGIN)
    height = _MARGIN + sum(_height(row) + row.below for row in rows)
    picture = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(picture)
    y = _MARGIN
    for row in rows:
        font = _font(row.face, row.size)
        draw.text((width // 2, y + _baseline(row)), row.text, font=font, fill=0, anchor="ms")
        y += _height(row) + row.below
    return black_and_white(picture)


def black_and_white(picture: Image) -> Image:
    """Return a grey picture as the dots that are printed."""
    return picture.point([0 if grey < DARK_FROM else 255 for grey in range(256)], "1")


def ticket_png(paper: TicketPaper, width: int) -> bytes:
    """Return the ticket as a PNG of 203 dpi; equal papers give equal bytes."""
    return picture_png(ticket_picture(paper, width))


def picture_png(picture: Image) -> bytes:
    """Return a picture as a PNG of 203 dpi."""
    out = BytesIO()
    inch = DOTS_PER_MM * 25.4
    picture.save(out, "PNG", dpi=(inch, inch))
    return out.getvalue()


def picture_pdf(picture: Image) -> tuple[bytes, tuple[float, float]]:
    """Return a picture as a PDF page of its own size, and that size in points."""
    out = BytesIO()
    inch = DOTS_PER_MM * 25.4
    picture.save(out, "PDF", resolution=inch)
    return out.getvalue(), (picture.width / inch * 72, picture.height / inch * 72)


def _rows(paper: TicketPaper, size: _Size) -> list[_Row]:
    ahead = f"Còn {paper.ahead} người trước" if paper.ahead else "Sắp đến lượt, xin chờ gọi số"
    marks = [TRAINING] if size is _WIDE else TRAINING.split(" - ")
    rows = [_Row(mark, _BOLD, size.text, inverse=True) for mark in marks if paper.training]
    rows += [
        _Row("", _REGULAR, _GAP),
        _Row(paper.agency.upper(), _BOLD, size.agency, 12),
        _Row("SỐ THỨ TỰ CỦA ÔNG/BÀ", _REGULAR, size.agency),
        _Row(paper.number, _BOLD, size.number, is_number=True),
    ]
    if paper.priority:
        rows.append(_Row(f"ƯU TIÊN: {paper.priority}", _BOLD, size.text, 10, inverse=True))
    rows += [
        _Row(paper.service, _BOLD, size.service, 12),
        _Row(ahead, _REGULAR, size.text, 4),
        *_wait(paper, size),
        _Row(clock_and_day(paper.issued_at), _REGULAR, size.text),
    ]
    if paper.reprint:
        rows.append(_Row(REPRINT, _BOLD, size.text))
    return rows


def _wait(paper: TicketPaper, size: _Size) -> list[_Row]:
    if paper.wait is None:
        return []
    least, most = paper.wait
    words = f"Dự kiến chờ {least} đến {most} phút" if least else f"Dự kiến chờ dưới {most} phút"
    return [_Row(words, _REGULAR, size.text, 4)]


def _broken(rows: Sequence[_Row], width: int) -> list[_Row]:
    """Break each row at blanks into rows at most *width* dots wide; a wider word gets smaller."""
    broken: list[_Row] = []
    for row in rows:
        lines = _balanced(row, width)
        broken += [_narrowed(row, line, width) for line in lines]
        broken[-1] = replace(broken[-1], below=row.below)
    return broken


def _balanced(row: _Row, width: int) -> list[str]:
    """Break *row* into as few lines as *width* allows, all about as long as each other."""
    lines = _lines(row, width)
    for narrower in range(width - _STEP, width // 2, -_STEP):
        if len(_lines(row, narrower)) > len(lines):
            break
        width = narrower
    return _lines(row, width) if len(lines) > 1 else lines


def _lines(row: _Row, width: int) -> list[str]:
    lines: list[str] = []
    for word in row.text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, row.face, row.size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _narrowed(row: _Row, text: str, width: int) -> _Row:
    size = row.size
    while size > _SMALLEST and _width(text, row.face, size) > width:
        size = size * 9 // 10
    return replace(row, text=text, size=size, below=0)


def _height(row: _Row) -> int:
    """Height of a row in dots: room for capitals with two marks above and one below."""
    return round(row.size * (_DIGITS_HEIGHT if row.is_number else _TEXT_HEIGHT)) + row.padding * 2


def _baseline(row: _Row) -> int:
    return round(row.size * (_DIGITS_BASELINE if row.is_number else _TEXT_BASELINE)) + row.padding


def _width(text: str, face: str, size: int) -> float:
    """Width in dots, word by word: measuring is slow, and the same words stand on every ticket."""
    words = text.split(" ")
    blanks = (len(words) - 1) * _word_width(" ", face, size)
    return blanks + sum(_word_width(word, face, size) for word in words)


@lru_cache(maxsize=256)
def _word_width(word: str, face: str, size: int) -> float:
    return _font(face, size).getlength(word)


@cache
def _font(face: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    weight = {"Medium": "500Medium", "Bold": "700Bold"}[face]
    path = FONTS / f"BeVietnamPro_{weight}.ttf"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
