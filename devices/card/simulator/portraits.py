"""Faces of invented citizens: drawings, so that nobody takes them for a person."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 480, 640
FINER = 2
"""Drawn larger and shrunk, for smooth edges."""
PAPER, INK, SHIRT, COLLAR = "#dfe7ee", "#2b2b33", "#5b7fa6", "#ffffff"
GREY, BLACK = "#a7a9b0", "#26242b"


@dataclass(frozen=True, slots=True)
class Looks:
    """What a drawn face looks like.

    Attributes:
        hair: ``short``, ``long``, ``bun`` or ``bald``; ``grey`` before it for grey hair.
        extra: ``none``, ``round`` or ``square`` glasses, or ``beard``.
        skin: A colour like ``#e8c39e``.
    """

    hair: str
    extra: str
    skin: str


def draw(looks: Looks) -> bytes:
    """Return the face as a JPEG of 480 by 640 pixels, about as large as on a real chip."""
    sheet = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), PAPER)
    pen = _Pen(ImageDraw.Draw(sheet))
    _draw_paper(pen)
    colour = GREY if looks.hair.startswith("grey") else BLACK
    style = looks.hair.removeprefix("grey ")
    if style in {"long", "bun"}:
        pen.oval(240, 275, 128, 165, colour)
    if style == "long":
        pen.box((112, 275, 368, 470), colour)
    if style == "bun":
        pen.oval(240, 105, 52, 46, colour)
    _draw_body(pen, looks.skin)
    pen.oval(240, 290, 105, 135, looks.skin)
    for side in (-1, 1):
        pen.oval(240 + side * 105, 300, 16, 28, looks.skin)
    _draw_hair(pen, style, colour)
    _draw_face(pen)
    _draw_extra(pen, looks.extra, colour)
    small = sheet.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    encoded = io.BytesIO()
    small.save(encoded, "JPEG", quality=55)
    return encoded.getvalue()


class _Pen:
    """Draws in the small picture's pixels."""

    def __init__(self, on: ImageDraw.ImageDraw) -> None:
        self._on = on

    def oval(self, x: int, y: int, wide: int, high: int, colour: str) -> None:
        self._on.ellipse(_fine(x - wide, y - high, x + wide, y + high), fill=colour)

    def ring(self, x: int, y: int, wide: int, high: int, colour: str) -> None:
        box = _fine(x - wide, y - high, x + wide, y + high)
        self._on.ellipse(box, outline=colour, width=5 * FINER)

    def frame(self, x: int, y: int, wide: int, high: int, colour: str) -> None:
        box = _fine(x - wide, y - high, x + wide, y + high)
        self._on.rounded_rectangle(box, 8 * FINER, outline=colour, width=5 * FINER)

    def box(self, corners: tuple[int, int, int, int], colour: str) -> None:
        self._on.rounded_rectangle(_fine(*corners), 30 * FINER, fill=colour)

    def arc(self, box: tuple[int, int, int, int], span: tuple[int, int], wide: int) -> None:
        self._on.arc(_fine(*box), *span, fill=INK, width=wide * FINER)

    def slice(self, box: tuple[int, int, int, int], span: tuple[int, int], colour: str) -> None:
        self._on.chord(_fine(*box), *span, fill=colour)

    def line(self, points: tuple[int, int, int, int], colour: str, wide: int) -> None:
        self._on.line(_fine(*points), fill=colour, width=wide * FINER)

    def shape(self, points: list[tuple[int, int]], colour: str) -> None:
        self._on.polygon([(x * FINER, y * FINER) for x, y in points], fill=colour)


def _fine(a: int, b: int, c: int, d: int) -> tuple[int, int, int, int]:
    return a * FINER, b * FINER, c * FINER, d * FINER


def _draw_paper(pen: _Pen) -> None:
    """Hatch the paper: no photograph has such a ground."""
    for at in range(-HEIGHT, WIDTH, 40):
        pen.line((at, HEIGHT, at + HEIGHT, 0), "#d3dde6", 9)


def _draw_body(pen: _Pen, skin: str) -> None:
    pen.box((70, 500, 410, 760), SHIRT)
    pen.box((190, 390, 290, 530), skin)
    pen.shape([(190, 505), (240, 565), (290, 505), (312, 522), (240, 615), (168, 522)], COLLAR)


def _draw_hair(pen: _Pen, style: str, colour: str) -> None:
    if style == "bald":
        for side in (-1, 1):
            pen.oval(240 + side * 104, 265, 12, 32, GREY)
        return
    pen.slice((130, 138, 350, 360), (192, 348), colour)
    if style == "short":
        pen.shape([(132, 222), (132, 285), (150, 272), (166, 222)], colour)
        pen.shape([(348, 222), (348, 285), (330, 272), (314, 222)], colour)


def _draw_face(pen: _Pen) -> None:
    for side in (-1, 1):
        middle = 240 + side * 44
        pen.oval(middle, 295, 16, 9, "#ffffff")
        pen.oval(middle, 295, 8, 8, INK)
        pen.arc((middle - 24, 255, middle + 24, 290), (200, 340), 4)
    pen.arc((226, 300, 254, 345), (20, 160), 4)
    pen.arc((200, 340, 280, 385), (25, 155), 5)


def _draw_extra(pen: _Pen, extra: str, colour: str) -> None:
    if extra == "beard":
        pen.arc((180, 330, 300, 420), (10, 170), 9)
        pen.line((212, 352, 268, 352), colour, 7)
    if extra not in {"round", "square"}:
        return
    draw = pen.ring if extra == "round" else pen.frame
    for side in (-1, 1):
        draw(240 + side * 46, 296, 34, 28, INK)
    pen.line((228, 294, 252, 294), INK, 5)
