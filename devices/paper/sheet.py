"""Places text, rules and bars on the pages of a sheet; knows measures, not PDF.

All measures are points (1/72 inch) from the upper left corner of the page, downwards. What is
placed never overlaps and never leaves the page: everything goes below what is there already, and
what does not fit goes to the next page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

MM = 72 / 25.4
"""Points in a millimetre."""

LEADING = 1.18
"""Distance of two baselines, in type sizes."""

_ASCENT = 0.92  # of a type size above the baseline: capitals with two marks, as in Ế
_HAIR = 0.01  # points of rounding that never push a line to the next page


class Face(StrEnum):
    """The faces of the form's type."""

    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"


@dataclass(frozen=True, slots=True)
class Type:
    """Face and size in points."""

    face: Face
    size: float


Measure = Callable[[str, Type], float]
"""Width of some words in points."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words in one type; *y* is their baseline."""

    x: float
    y: float
    text: str = field(repr=False)
    type: Type


@dataclass(frozen=True, slots=True)
class Bars:
    """Filled rectangles: (x, y of the upper edge, width, height)."""

    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle drawn as a thin line."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Light words across the middle of the page, under all else."""

    text: str = field(repr=False)


Placed = Words | Bars | Frame | Mark
Page = tuple[Placed, ...]


def lowered(thing: Words | Frame, by: float) -> Words | Frame:
    """Return *thing* placed *by* points further down."""
    return replace(thing, y=thing.y + by)


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a paragraph in one type."""

    text: str = field(repr=False)
    type: Type


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a broken paragraph: runs that stand side by side.

    Attributes:
        width: Of all runs together, in points.
        height: Distance to the next line's top, in points.
    """

    runs: tuple[Run, ...]
    width: float
    height: float


@lru_cache(maxsize=64)
def _scaled(type_: Type, scale: float) -> Type:
    return replace(type_, size=type_.size * scale)


def break_lines(runs: Sequence[Run], width: float, measure: Measure) -> tuple[Line, ...]:
    """Break *runs* into lines of at most *width* points.

    Words break at blanks, never at no-break blanks; a word wider than a line breaks behind
    ``/``, ``.``, ``@`` or ``-`` where it can.
    """
    pieces = [
        Run(piece, run.type) for run in runs for piece in re.findall(r" +|[^ ]+", run.text) if piece
    ]
    lines: list[list[Run]] = [[]]
    used = 0.0
    for piece in (part for whole in pieces for part in _narrow(whole, width, measure)):
        wide = measure(piece.text, piece.type)
        if piece.text.isspace():
            if lines[-1]:
                lines[-1].append(piece)
                used += wide
            continue
        if lines[-1] and used + wide > width + _HAIR:
            lines.append([])
            used = 0.0
        lines[-1].append(piece)
        used += wide
    return tuple(_line(line, measure) for line in lines if line)


def _narrow(piece: Run, width: float, measure: Measure) -> list[Run]:
    if piece.text.isspace() or measure(piece.text, piece.type) <= width:
        return [piece]
    parts: list[Run] = []
    rest = piece.text
    while rest:
        end = len(rest)
        while end > 1 and measure(rest[:end], piece.type) > width:
            end -= 1
        if end < len(rest):
            behind = max(rest.rfind(sign, 0, end) for sign in "/.@-") + 1
            end = behind if behind > end // 2 else end
        parts.append(replace(piece, text=rest[:end]))
        rest = rest[end:]
    return parts


def _line(pieces: list[Run], measure: Measure) -> Line:
    while pieces[-1].text.isspace():
        pieces.pop()
    runs = tuple(
        Run("".join(piece.text for piece in same), type_)
        for type_, same in groupby(pieces, key=lambda piece: piece.type)
    )
    width = sum(measure(run.text, run.type) for run in runs)
    return Line(runs, width, max(run.type.size for run in runs) * LEADING)


def set_line(line: Line, *, x: float, top: float, measure: Measure) -> list[Words]:
    """Place one line with its top at *top* and its left end at *x*."""
    baseline = top + max(run.type.size for run in line.runs) * _ASCENT
    placed: list[Words] = []
    for run in line.runs:
        placed.append(Words(x, baseline, run.text, run.type))
        x += measure(run.text, run.type)
    return placed


class Align(StrEnum):
    """Where a line stands in its column."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


def set_column(
    lines: Sequence[Line],
    *,
    x: float,
    width: float,
    top: float,
    align: Align,
    measure: Measure,
) -> list[Words]:
    """Place *lines* below each other in the column that begins at *x*."""
    placed: list[Words] = []
    for line in lines:
        blank = width - line.width
        shift = {Align.LEFT: 0.0, Align.CENTRE: blank / 2, Align.RIGHT: blank}[align]
        placed += set_line(line, x=x + shift, top=top, measure=measure)
        top += line.height
    return placed


def height_of(lines: Sequence[Line]) -> float:
    """Return the height of *lines* below each other, in points."""
    return sum(line.height for line in lines)


@dataclass(slots=True)
class Sheet:
    """Pages being filled from the top.

    Attributes:
        width: Of the page, in points.
        height: Of the page, in points.
        margin: On the left, the right and the top.
        foot: Height at the bottom that is kept for the page number.
        scale: Factor of every type size, larger on larger paper.
        measure: Tells how wide words are.
        on_turn: Called on each further page before anything else is placed there.
        y: Where the next thing goes.
        pages: What stands on each page so far.
    """

    width: float
    height: float
    margin: float
    foot: float
    measure: Measure
    on_turn: Callable[[Sheet], None]
    scale: float = 1.0
    y: float = field(init=False)
    pages: list[list[Placed]] = field(init=False)

    def __post_init__(self) -> None:
        self.y = self.margin
        self.pages = [[]]

    @property
    def left(self) -> float:
        """Left edge of the text."""
        return self.margin

    @property
    def inner(self) -> float:
        """Width of the text."""
        return self.width - 2 * self.margin

    @property
    def whole(self) -> float:
        """Height of the text on an empty page."""
        return self.height - self.foot - self.margin

    @property
    def room(self) -> float:
        """Height that is left on this page."""
        return self.height - self.foot - self.y

    def turn(self) -> None:
        """Go on with a new page."""
        self.pages.append([])
        self.y = self.margin
        self.on_turn(self)

    def keep(self, height: float) -> None:
        """Turn the page unless *height* is left on this one."""
        if self.room + _HAIR < height:
            self.turn()

    def skip(self, height: float) -> None:
        """Leave *height* blank."""
        self.y += height

    def put(self, *placed: Placed) -> None:
        """Put what was already placed onto this page."""
        self.pages[-1] += placed

    def lines(self, runs: Sequence[Run], width: float | None = None) -> tuple[Line, ...]:
        """Break *runs* into lines as wide as the text, or *width*."""
        scaled = [Run(run.text, _scaled(run.type, self.scale)) for run in runs]
        return break_lines(scaled, self.inner if width is None else width, self.measure)

    def paragraph(
        self, *runs: Run, align: Align = Align.LEFT, indent: float = 0.0, below: float = 0.0
    ) -> None:
        """Set a paragraph line by line and leave *below* blank; it goes on over the page's end."""
        width = self.inner - indent
        for line in self.lines(runs, width):
            self.keep(line.height)
            self.put(
                *set_column(
                    [line],
                    x=self.left + indent,
                    width=width,
                    top=self.y,
                    align=align,
                    measure=self.measure,
                )
            )
            self.y += line.height
        self.y += below
