"""The ruler page of a roll printer: the last line whose black square is whole tells its width.

Each line is a picture command of its own, exactly as wide as it says: what is wider than the head
is cut off by the printer, or breaks onto the next line, and either way the square is not whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter.forms import RulerPaper
from devices.paper.ticket import FONTS, black_and_white, text_picture

if TYPE_CHECKING:
    from PIL.Image import Image

MARK = 28
"""Side of the square at the end of a line, in dots."""

LINE_HEIGHT = 48
_LABEL_SIZE = 30
_LABEL_ROOM = 84
_STROKE = 3

TITLE = "THƯỚC ĐO MÁY IN PHIẾU"
ADVICE = (
    "Tìm dòng dài nhất còn đủ ô đen ở cuối bên phải, rồi nhập số đầu dòng ấy ở trang"
    " “Đo khổ giấy” của chương trình."
)


def ruler_bands(paper: RulerPaper) -> list[Image]:
    """Draw the words, which the narrowest head has room for, and one line for each width."""
    return [
        text_picture(TITLE, ADVICE, paper.widths[0]),
        *(_line(width) for width in paper.widths),
    ]


def ruler_picture(paper: RulerPaper) -> Image:
    """Draw the whole page as a head of the greatest width would print it."""
    from PIL import Image

    bands = ruler_bands(paper)
    whole = Image.new("1", (paper.widths[-1], sum(band.height for band in bands)), 255)
    top = 0
    for band in bands:
        whole.paste(band, (0, top))
        top += band.height
    return whole


def _line(width: int) -> Image:
    from PIL import Image, ImageDraw, ImageFont

    band = Image.new("L", (width, LINE_HEIGHT), 255)
    draw = ImageDraw.Draw(band)
    middle = LINE_HEIGHT // 2
    font = ImageFont.truetype(
        str(FONTS / "BeVietnamPro_700Bold.ttf"),
        _LABEL_SIZE,
        layout_engine=ImageFont.Layout.BASIC,
    )
    draw.text((0, middle), str(width), font=font, fill=0, anchor="lm")
    stroke = (_LABEL_ROOM, middle - _STROKE // 2, width - 1, middle + _STROKE // 2)
    draw.rectangle(stroke, fill=0)
    top = (LINE_HEIGHT - MARK) // 2
    draw.rectangle((width - MARK, top, width - 1, top + MARK - 1), fill=0)
    return black_and_white(band)
