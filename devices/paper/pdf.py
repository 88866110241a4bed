"""Writes placed pages as a PDF with the form's own type inside; the one file that knows ReportLab.

ReportLab is imported with the first paper, on the thread that makes paper, not at start-up.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from devices.paper.sheet import Bars, Face, Frame, Mark, Page, Type, Words

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.pathobject import PDFPathObject

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"

_HAIRLINE = 0.5
_MARK_GREY = 0.86
_MARK_ANGLE = 55
_MARK_SIZE = 28
_MARK_DROP = 40  # below the middle, so that it stays clear of the codes


def measure(text: str, type_: Type) -> float:
    """Return the width of *text* in points; it is the width at which it will be printed."""
    return _ems(text, type_.face) * type_.size


def write_pdf(pages: Sequence[Page], *, size: tuple[float, float], title: str) -> bytes:
    """Draw *pages* of *size* (width and height in points); equal pages give equal bytes."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # bytes as they are: no text encoding of streams, which costs a tenth
    for face in Face:
        _font(face)
    out = BytesIO()
    canvas = Canvas(
        out,
        pagesize=size,
        invariant=1,
        pageCompression=1,
        lang="vi-VN",
        initialFontName=_name(Face.REGULAR),
    )
    canvas.setTitle(title)
    canvas.setLineWidth(_HAIRLINE)
    for page in pages:
        _draw(canvas, page, size)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, page: Page, size: tuple[float, float]) -> None:
    height = size[1]
    canvas.setLineWidth(_HAIRLINE)
    _write(canvas, [thing for thing in page if isinstance(thing, Words)], height)
    for thing in page:
        match thing:
            case Words():
                continue
            case Bars():
                canvas.drawPath(_path(thing, height), stroke=0, fill=1)
            case Frame():
                y = height - thing.y - thing.height
                canvas.rect(thing.x, y, thing.width, thing.height, stroke=1, fill=0)
            case Mark():
                canvas.saveState()
                canvas.setFillGray(_MARK_GREY)
                canvas.setFont(_name(Face.BOLD), _MARK_SIZE)
                canvas.translate(size[0] / 2, height / 2 - _MARK_DROP)
                canvas.rotate(_MARK_ANGLE)
                canvas.drawCentredString(0, -_MARK_SIZE / 3, thing.text)
                canvas.restoreState()
            case _:
                assert_never(thing)


def _write(canvas: Canvas, words: Sequence[Words], height: float) -> None:
    """Write *words* in one stretch, naming a font only where it changes.

    One stretch for each would cost half as much again: a register has hundreds on a page.
    """
    text = canvas.beginText()
    set_in: Type | None = None
    for one in words:
        if one.type != set_in:
            text.setFont(_name(one.type.face), one.type.size)
            set_in = one.type
        text.setTextOrigin(one.x, height - one.y)
        text.textOut(one.text)
    canvas.drawText(text)


@lru_cache(maxsize=16)  # the same codes stand on every copy
def _path(bars: Bars, page_height: float) -> PDFPathObject:
    from reportlab.pdfgen.pathobject import PDFPathObject

    path = PDFPathObject()
    for x, y, wide, high in bars.boxes:
        path.rect(x, page_height - y - high, wide, high)
    return path


def _name(face: Face) -> str:
    return f"LiberationSerif-{face}"


@cache
def _font(face: Face) -> TTFont:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = TTFont(_name(face), str(FONTS / f"{_name(face)}.ttf"))
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=512)  # the words of the form come again, those of a citizen need not stay
def _ems(text: str, face: Face) -> float:
    width: float = _font(face).stringWidth(text, 1)
    return width
