"""A ruled table on a sheet; its head is repeated on every page it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from devices.paper.sheet import (
    Align,
    Frame,
    Line,
    Run,
    Sheet,
    Type,
    Words,
    height_of,
    lowered,
    set_column,
)

_PAD_X = 3.0
_PAD_Y = 1.6
_BELOW_CAPTION = 2.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its width in points and where its cells stand in it."""

    width: float
    align: Align


@dataclass(frozen=True, slots=True)
class HeadCell:
    """One cell of the head, which has one or more levels.

    Attributes:
        first: Its first column, counted from 0.
        span: How many columns it covers.
        level: 0 at the top, counted downwards.
        levels: How many levels it covers.
    """

    text: str
    first: int
    span: int = 1
    level: int = 0
    levels: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """The fixed part of a table.

    Attributes:
        row_height: The least height of a row, in points.
    """

    columns: tuple[Column, ...]
    head: tuple[HeadCell, ...]
    head_type: Type
    type: Type
    row_height: float = 0.0


def set_table(sheet: Sheet, table: Table, rows: Sequence[Sequence[str]], *caption: Run) -> None:
    """Set *caption*, the head and *rows*, from where *sheet* stands.

    Each line of a cell begins anew. What does not fit goes to the next page, under the head again.
    A row is divided, between two lines, only when it is higher than half a page. Caption and head
    never stand without a row.
    """
    lefts = _lefts(sheet, table)
    broken: dict[tuple[str, float], tuple[Line, ...]] = {}  # a column says the same again and again

    def cell(text: str, width: float) -> tuple[Line, ...]:
        if (text, width) not in broken:
            broken[text, width] = _cell(sheet, text, table.type, width)
        return broken[text, width]

    cells = [
        [
            cell(text, column.width - 2 * _PAD_X)
            for text, column in zip(row, table.columns, strict=True)
        ]
        for row in rows
    ]
    head, head_height = _head(sheet, table, lefts)
    caption_height = height_of(sheet.lines(caption)) + _BELOW_CAPTION
    first = max(_least(sheet, cells[0]), table.row_height) if cells else 0.0
    sheet.keep(caption_height + head_height + first)
    sheet.paragraph(*caption, below=_BELOW_CAPTION)
    _put_head(sheet, head, head_height)
    for row_cells in cells:
        _set_row(sheet, table, row_cells, lefts=lefts, head=(head, head_height))


def _cell(sheet: Sheet, text: str, type_: Type, width: float) -> tuple[Line, ...]:
    return tuple(
        line for part in text.split("\n") for line in sheet.lines([Run(part, type_)], width)
    )


def _lefts(sheet: Sheet, table: Table) -> tuple[float, ...]:
    lefts = [sheet.left]
    for column in table.columns:
        lefts.append(lefts[-1] + column.width)
    return tuple(lefts)


def _row_height(cells: Sequence[Sequence[Line]]) -> float:
    return max(height_of(lines) for lines in cells) + 2 * _PAD_Y


def _head(
    sheet: Sheet, table: Table, lefts: Sequence[float]
) -> tuple[tuple[Words | Frame, ...], float]:
    """Place the head as if its top were at 0; return it with its height."""
    broken = [
        sheet.lines(
            [Run(cell.text, table.head_type)],
            lefts[cell.first + cell.span] - lefts[cell.first] - 2 * _PAD_X,
        )
        for cell in table.head
    ]
    levels = [0.0] * max(cell.level + cell.levels for cell in table.head)
    heights = [height_of(lines) + 2 * _PAD_Y for lines in broken]
    for cell, high in sorted(zip(table.head, heights, strict=True), key=lambda c: c[0].levels):
        last = cell.level + cell.levels - 1
        levels[last] = max(levels[last], high - sum(levels[cell.level : last]))
    placed: list[Words | Frame] = []
    for cell, lines in zip(table.head, broken, strict=True):
        top = sum(levels[: cell.level])
        height = sum(levels[cell.level : cell.level + cell.levels])
        left, right = lefts[cell.first], lefts[cell.first + cell.span]
        placed.append(Frame(left, top, right - left, height))
        placed += set_column(
            lines,
            x=left + _PAD_X,
            width=right - left - 2 * _PAD_X,
            top=top + (height - height_of(lines)) / 2,
            align=Align.CENTRE,
            measure=sheet.measure,
        )
    return tuple(placed), sum(levels)


def _put_head(sheet: Sheet, head: Sequence[Words | Frame], height: float) -> None:
    sheet.put(*(lowered(thing, sheet.y) for thing in head))
    sheet.y += height


def _set_row(
    sheet: Sheet,
    table: Table,
    cells: Sequence[Sequence[Line]],
    *,
    lefts: Sequence[float],
    head: tuple[Sequence[Words | Frame], float],
) -> None:
    rest = [list(lines) for lines in cells]
    if sheet.room < max(_least(sheet, rest), table.row_height):
        _turn(sheet, head)
    while True:
        part = [_fitting(lines, sheet.room - 2 * _PAD_Y) for lines in rest]
        height = max(_row_height(part), table.row_height)
        for lines, column, left in zip(part, table.columns, lefts, strict=False):
            sheet.put(
                Frame(left, sheet.y, column.width, height),
                *set_column(
                    lines,
                    x=left + _PAD_X,
                    width=column.width - 2 * _PAD_X,
                    top=sheet.y + _PAD_Y,
                    align=column.align,
                    measure=sheet.measure,
                ),
            )
        sheet.y += height
        rest = [lines[len(done) :] for lines, done in zip(rest, part, strict=True)]
        if not any(rest):
            return
        _turn(sheet, head)


def _turn(sheet: Sheet, head: tuple[Sequence[Words | Frame], float]) -> None:
    sheet.turn()
    _put_head(sheet, *head)


def _least(sheet: Sheet, cells: Sequence[Sequence[Line]]) -> float:
    """Return the height of the least part of a row that may stand on a page."""
    whole = _row_height(cells)
    if whole <= sheet.whole / 2:
        return whole
    return max(lines[0].height for lines in cells if lines) + 2 * _PAD_Y


def _fitting(lines: Sequence[Line], room: float) -> list[Line]:
    fitting: list[Line] = []
    for line in lines:
        room -= line.height
        if room < 0:
            break
        fitting.append(line)
    return fitting
